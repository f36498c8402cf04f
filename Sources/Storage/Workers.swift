import NIOPosix
import Synchronization

/// The threads on which a database's blocking calls run: as many as there are connections, so that none waits for another.
final class Workers: Sendable {
  private let pool: NIOThreadPool
  private let isClosed = Atomic(false)

  init(threads: Int) {
    pool = NIOThreadPool(numberOfThreads: threads)
    pool.start()
  }

  /// Runs the closure on a free thread. A task cancelled before its turn leaves the queue with `CancellationError`.
  func run<T: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> T) async throws -> T {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      do {
        return try await pool.runIfActive {
          try cancellation.check()
          return try body(cancellation)
        }
      } catch is CancellationError where isClosed.load(ordering: .relaxed) && !cancellation.isCancelled {
        // The closed pool's own way to refuse.
        throw StorageError.closed
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Lets what runs finish, and refuses the rest.
  func close() async throws {
    isClosed.store(true, ordering: .relaxed)
    try await pool.shutdownGracefully()
  }
}
