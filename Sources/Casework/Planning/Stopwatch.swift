import Foundation
import Synchronization

/// Says where the time of an import goes; an import without one pays nothing for it.
public final class Stopwatch: Sendable {
  /// What time is spent on.
  public enum Part: String, Sendable, CaseIterable {
    /// The reader's thread: reading, mending, judging and encoding, in seconds of CPU; it runs beside the writer.
    case reading
    /// Whole transactions of batches, the three next parts and the commit included.
    case transactions
    /// Looking up which records are already there.
    case comparison
    /// Writing the notices, what spotting says of them, and the buyers.
    case rows
    /// Making the notices findable by their words.
    case search
    /// Building indexes and statistics once every record is stored.
    case indexes
  }

  private let spent = Mutex<[Part: Duration]>([:])
  private let longest = Mutex(Duration.zero)

  /// A stopwatch at zero.
  public init() {}

  /// What was spent on each part so far.
  public var parts: [Part: Duration] { spent.withLock { $0 } }

  /// How long the writer was held at a stretch for records, the commit included; building indexes is not counted.
  public var longestTransaction: Duration { longest.withLock { $0 } }

  /// Counts a whole transaction of batches.
  func add(transaction duration: Duration) {
    add(duration, to: .transactions)
    longest.withLock { $0 = max($0, duration) }
  }

  func add(_ duration: Duration, to part: Part) {
    spent.withLock { $0[part, default: .zero] += duration }
  }

  /// The CPU time of the calling thread.
  static func threadTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}

extension Stopwatch? {
  /// Runs the closure, timed where there is a stopwatch.
  func measure<T>(_ part: Stopwatch.Part, _ body: () throws -> T) rethrows -> T {
    guard let self else { return try body() }
    let start = ContinuousClock.now
    defer { self.add(.now - start, to: part) }
    return try body()
  }
}
