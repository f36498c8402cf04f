import HTTPTypes
import Hummingbird
public import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOHTTPTypesHTTP1

extension HTTPServerBuilder {
  /// HTTP/1.1 where texts are compressed with gzip (deflate for who knows nothing else).
  ///
  /// A connection on which no request runs or comes in is closed after `idle`: whoever holds many open takes no room from others.
  /// One whose request takes longer than `request` from its first byte to the first byte of its answer is closed too.
  public static func compressed(
    idle: Duration = .seconds(75), request: Duration = .seconds(300)
  ) -> HTTPServerBuilder {
    let configuration = HTTP1Channel.Configuration(idleTimeout: .init(idle))
    return HTTPServerBuilder { responder in
      CompressedHTTP1(
        base: HTTP1Channel(responder: responder, configuration: configuration), patience: .init(request))
    }
  }
}

/// Hummingbird's HTTP/1 channel with NIO's compressor under the codec of shared HTTP types.
///
/// The compressor speaks NIO's own HTTP/1 parts, and `additionalChannelHandlers` come after the codec that replaces them; so it is put in front of the codec.
struct CompressedHTTP1: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  let base: HTTP1Channel
  let patience: TimeAmount

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    base.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
      let compressor = HTTPResponseCompressor(initialByteBufferCapacity: 4096) { head, _ in
        guard head.headers.contains(name: Compressible.mark.rawName) else { return .doNotCompress }
        head.headers.remove(name: Compressible.mark.rawName)
        return .compressIfPossible
      }
      let front = PreferGzip()
      try pipeline.addHandlers([front, compressor, PastCompressor(front: front)], position: .before(codec))
      try pipeline.addHandlers([SentBeforeClosed(), RequestClock(patience: patience)], position: .first)
      return value
    }
  }

  func handle(value: Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}

/// Leaves out `deflate` where gzip is accepted too: at equal preference the compressor would choose deflate, which some clients read wrongly.
private final class PreferGzip: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(var head) = unwrapInboundIn(data), head.headers.contains(name: "accept-encoding") else {
      return context.fireChannelRead(data)
    }
    let accepted = head.headers[canonicalForm: "accept-encoding"]
    let gzip = accepted.contains { $0.hasPrefix("gzip") && !$0.hasSuffix("q=0") }
    guard gzip, accepted.contains(where: { $0.hasPrefix("deflate") }) else { return context.fireChannelRead(data) }
    let kept = accepted.filter { !$0.hasPrefix("deflate") }.joined(separator: ", ")
    head.headers.replaceOrAdd(name: "accept-encoding", value: kept)
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
}

/// Sends past the compressor the answers that no request asked for.
///
/// A request that cannot be parsed is answered with a bare 400, and the compressor, which expects a request before each answer, would stop the whole program.
private final class PastCompressor: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// The handler on the other side of the compressor.
  private let front: PreferGzip
  /// Requests that the compressor has seen and that have no answer yet.
  private var waiting = 0
  /// Whether the answer that is being sent was not asked for.
  private var isUnasked = false

  init(front: PreferGzip) { self.front = front }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head = unwrapInboundIn(data) { waiting += 1 }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .head(let head) = unwrapOutboundIn(data) {
      if head.status.code < 200 { return past(context, data, promise) }
      isUnasked = waiting == 0
      waiting = max(0, waiting - 1)
    }
    if isUnasked { past(context, data, promise) } else { context.write(data, promise: promise) }
  }

  private func past(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
    do {
      try context.pipeline.syncOperations.context(handler: front).write(data, promise: promise)
    } catch {
      promise?.fail(error)
      context.close(promise: nil)
    }
  }
}

/// Marks the responses that the channel may compress: texts of some length, not compressed already, with a body.
///
/// A HEAD has none, and the channel cannot know the method; the mark never leaves the server.
struct Compressible: RouterMiddleware {
  typealias Context = SiteContext

  static let mark = HTTPField.Name.known("X-Marchepied-Compress")
  /// Below this many bytes, gzip wins nothing.
  static let threshold = 860

  /// Whether this server has the channel that takes the mark away again.
  let isOn: Bool

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    guard Self.isText(response.headers[.contentType]), response.headers[.contentEncoding] == nil else {
      return response
    }
    if response.headers[.vary] == nil { response.headers[.vary] = "Accept-Encoding" }
    guard isOn, request.method != .head, response.status != .notModified else { return response }
    if let length = response.body.contentLength, length < Self.threshold { return response }
    response.headers[Self.mark] = "1"
    return response
  }

  private static func isText(_ type: String?) -> Bool {
    guard let type else { return false }
    return ["text/", "application/json", "application/problem+json", "image/svg+xml", "application/javascript"]
      .contains { type.hasPrefix($0) }
  }
}
