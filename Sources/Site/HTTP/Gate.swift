import NIOCore
import NIOPosix
import Synchronization

/// Lets costly answers out a few at a time: an export or a large computation holds the machine far longer than a page.
///
/// Each address has a bucket of them, and all together only a few run at once.
public final class Gate: Sendable {
  /// What is let out, for the sentence that sends someone away.
  public enum Kind: Sendable {
    /// Lists taken away as files.
    case exports
    /// Questions to the rules.
    case rules
    /// Files that are sent.
    case uploads
  }

  private let kind: Kind
  private let rate: RateLimit?
  private let atOnce: Int
  private let running = Mutex(0)

  /// A gate from its bucket for each address and the number that may run at once.
  public init(_ kind: Kind, rate: RateLimit?, atOnce: Int) {
    self.kind = kind
    self.rate = rate
    self.atOnce = atOnce
  }

  /// Ten exports in a row, then one every six seconds for each address, and two at once for all.
  public static func exports() -> Gate {
    Gate(.exports, rate: RateLimit(burst: 10, perSecond: 1.0 / 6), atOnce: 2)
  }

  /// Thirty documents in a row, then one every two seconds for each address, and two printings at once for all: each is a
  /// process of its own.
  public static func prints() -> Gate { Gate(.exports, rate: RateLimit(burst: 30, perSecond: 0.5), atOnce: 2) }

  /// Ten files in a row, then one every six seconds for each address, and two at once for all.
  public static func uploads() -> Gate {
    Gate(.uploads, rate: RateLimit(burst: 10, perSecond: 1.0 / 6), atOnce: 2)
  }

  /// A hundred questions in a row, then ten a second for each address where it is paced, and two at once for all.
  public static func rules(isPaced: Bool = true) -> Gate {
    Gate(.rules, rate: isPaced ? RateLimit(burst: 100, perSecond: 10) : nil, atOnce: 2)
  }

  /// The threads that long computations hold, so that none holds those of pages.
  private static let bench: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: max(1, System.coreCount - 1))
    pool.start()
    return pool
  }()

  /// Runs a computation for an address on a thread of its own, as ``run(for:_:)`` does.
  func compute<Value: Sendable>(
    for client: String?, _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await run(for: client) { try await Self.bench.runIfActive(work) }
  }

  /// Runs the work for an address, nil for a local socket.
  ///
  /// Throws 429 where the address asks too often and 503 where too many run, with the seconds to wait.
  func run<Value>(for client: String?, _ work: () async throws -> Value) async throws -> Value {
    if let client, let wait = rate?.take(client, at: .now) { throw Problem.tooMany(of: kind, seconds: wait) }
    let isFree = running.withLock { running in
      guard running < atOnce else { return false }
      running += 1
      return true
    }
    guard isFree else { throw Problem.busy(kind) }
    defer { running.withLock { $0 -= 1 } }
    return try await work()
  }
}
