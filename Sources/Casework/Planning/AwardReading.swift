import Clauses
import Exchange
import Foundation
import Records
import Storage
import Synchronization

/// Reads a file on a thread of its own and sends ready batches down a channel.
final class AwardReading: Sendable {
  /// Records a batch.
  private static let batchSize = 200

  private let file: MappedFile
  private let position: Int
  private let rules: SpottingRules
  private let basis: Spottings.Basis
  private let dialect: Dialect
  private let channel: BatchChannel<AwardBatch>
  private let stopwatch: Stopwatch?
  private let outcome = Mutex<Result<AwardReadSummary, any Error>?>(nil)

  init(
    _ file: MappedFile, from position: Int, rules: SpottingRules, basis: Spottings.Basis, dialect: Dialect,
    into channel: BatchChannel<AwardBatch>, stopwatch: Stopwatch? = nil
  ) {
    self.dialect = dialect
    self.file = file
    self.position = position
    self.rules = rules
    self.basis = basis
    self.channel = channel
    self.stopwatch = stopwatch
  }

  /// Starts reading.
  func start() {
    let thread = Thread { [self] in
      do {
        let summary = try read()
        outcome.withLock { $0 = .success(summary) }
        channel.finish()
      } catch {
        outcome.withLock { $0 = .failure(error) }
        channel.finish(throwing: error)
      }
    }
    thread.name = "award-reader"
    thread.stackSize = 4 << 20
    thread.start()
  }

  /// What reading came to, once the channel has ended.
  func result() throws -> AwardReadSummary {
    guard let result = outcome.withLock({ $0 }) else { throw CancellationError() }
    return try result.get()
  }

  private func read() throws -> AwardReadSummary {
    defer { stopwatch?.add(Stopwatch.threadTime(), to: .reading) }
    var preparer = AwardPreparer(rules: rules, basis: basis, dialect: dialect)
    var batch = AwardBatch()
    let summary = try AwardReader(file).read(from: position) { record in
      preparer.add(record, to: &batch)
      guard batch.items.count >= Self.batchSize else { return .proceed }
      let full = batch
      batch = AwardBatch()
      return channel.send(full) ? .proceed : .stop
    }
    if !batch.items.isEmpty { _ = channel.send(batch) }
    return summary
  }
}
