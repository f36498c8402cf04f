import Dispatch

/// Batches on their way from the reader's thread to the writer, never more than a few at once.
final class BatchChannel<Batch: Sendable>: Sendable {
  private let room: DispatchSemaphore
  private let sink: AsyncThrowingStream<Batch, any Error>.Continuation
  /// The batches, in order.
  let batches: AsyncThrowingStream<Batch, any Error>

  init(capacity: Int) {
    // Made empty and then filled: a semaphore must not be given up with less than it was made with.
    room = DispatchSemaphore(value: 0)
    for _ in 0..<capacity { room.signal() }
    (batches, sink) = AsyncThrowingStream.makeStream(of: Batch.self)
  }

  /// Sends a batch, waiting for room; called on the reader's own thread only. False once nobody listens.
  func send(_ batch: Batch) -> Bool {
    room.wait()
    if case .terminated = sink.yield(batch) { return false }
    return true
  }

  /// Makes room for another batch.
  func taken() { room.signal() }

  /// Ends the stream, with an error where reading failed.
  func finish(throwing error: (any Error)? = nil) {
    sink.finish(throwing: error)
    room.signal()
  }

  /// Lets a waiting reader go on to notice that nobody listens.
  func abandon() {
    sink.finish()
    for _ in 0..<4 { room.signal() }
  }
}
