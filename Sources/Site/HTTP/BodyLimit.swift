import HTTPTypes
import Hummingbird
import NIOCore

/// Refuses bodies that are longer than the routes take, by their announced length or while they arrive.
struct BodyLimit: RouterMiddleware {
  typealias Context = SiteContext

  /// The greatest number of bytes.
  let bytes: Int
  /// The same where a file is sent.
  let uploadBytes: Int
  /// The paths where files are sent.
  let uploads: Set<String>

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    let bytes = uploads.contains(request.uri.path) ? uploadBytes : bytes
    if let announced = request.headers[.contentLength].flatMap({ Int($0) }) {
      guard announced <= bytes else { throw Problem.tooLarge(limit: bytes) }
      return try await next(request, context)
    }
    guard request.headers[.transferEncoding] != nil else { return try await next(request, context) }
    var counted = request
    counted.body = RequestBody(asyncSequence: LimitedBody(base: request.body, limit: bytes))
    return try await next(counted, context)
  }
}

/// The parts of a body, until they pass the limit.
private struct LimitedBody: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  let base: RequestBody
  let limit: Int

  struct Iterator: AsyncIteratorProtocol {
    var base: RequestBody.AsyncIterator
    let limit: Int
    var seen = 0

    mutating func next() async throws -> ByteBuffer? {
      guard let part = try await base.next() else { return nil }
      seen += part.readableBytes
      guard seen <= limit else { throw Problem.tooLarge(limit: limit) }
      return part
    }
  }

  func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator(), limit: limit) }
}
