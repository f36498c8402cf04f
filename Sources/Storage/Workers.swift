import NIOPosix

/// The threads on which a database's blocking calls run: as many as there are connections, so that none waits for another.
final class Workers: Sendable {
  private let pool: NIOThreadPool

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
      } catch is NIOThreadPoolError.ThreadPoolInactive {
        throw StorageError.closed
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Lets what runs finish, and refuses the rest.
  func close() async throws {
    try await pool.shutdownGracefully()
  }
}
