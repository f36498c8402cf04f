import Synchronization

/// Tells a closure that runs on a thread of the database that the task which waits for it was cancelled.
final class Cancellation: Sendable {
  private let flag = Atomic(false)

  var isCancelled: Bool { flag.load(ordering: .relaxed) }

  func cancel() { flag.store(true, ordering: .relaxed) }

  func check() throws {
    if isCancelled { throw CancellationError() }
  }
}
