import NIOCore

/// Holds the closing of a connection back until what was written has been sent: a slow reader gets the whole of its
/// answer when the server is asked to end.
///
/// Whoever takes nothing for half a minute is given up.
final class SentBeforeClosed: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let patience = TimeAmount.seconds(30)

  private var unsent = 0
  private var closing: (mode: CloseMode, promise: EventLoopPromise<Void>?)?
  private var lastChance: Scheduled<Void>?

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    unsent += 1
    let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    sent.futureResult.whenComplete { _ in bound.value.0.noteSent(bound.value.1) }
    context.write(data, promise: sent)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard unsent > 0, mode != .input, closing == nil else { return context.close(mode: mode, promise: promise) }
    closing = (mode, promise)
    wait(context)
    context.flush()
  }

  func handlerRemoved(context: ChannelHandlerContext) { lastChance?.cancel() }

  private func noteSent(_ context: ChannelHandlerContext) {
    unsent -= 1
    if unsent == 0 { finish(context) } else if closing != nil { wait(context) }
  }

  /// Half a minute, anew each time something is taken.
  private func wait(_ context: ChannelHandlerContext) {
    lastChance?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    lastChance = context.eventLoop.scheduleTask(in: Self.patience) { bound.value.0.finish(bound.value.1) }
  }

  private func finish(_ context: ChannelHandlerContext) {
    guard let (mode, promise) = closing else { return }
    closing = nil
    lastChance?.cancel()
    context.close(mode: mode, promise: promise)
  }
}
