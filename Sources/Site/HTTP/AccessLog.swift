import HTTPTypes
import Hummingbird
import Logging

/// Writes one line a request: method, path, route, status, duration. Never the query, which may hold a name that someone searched.
///
/// Also settles whom the request is for: behind `proxies` trusted proxies, the address is read from `X-Forwarded-For`, counted from the right, where only they write.
struct AccessLog: RouterMiddleware {
  typealias Context = SiteContext

  /// How many proxies of ours stand in front.
  let proxies: Int

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.client = client(of: request, peer: context.peer)
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let elapsed = ContinuousClock.now - start
    let milliseconds = elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000
    context.logger.log(
      level: response.status.kind == .serverError ? .error : .info, "request",
      metadata: [
        "method": "\(request.method.rawValue)",
        "path": "\(Self.masked(request.uri.path, route: context.endpointPath))",
        "route": "\(context.endpointPath ?? "none")",
        "status": "\(response.status.code)",
        "ms": "\(milliseconds)",
      ])
    return response
  }

  /// The path with every long number cut: someone may have put a person's where a company's should stand.
  ///
  /// A path that holds the secret of a link is its route: whoever reads logs must not be able to follow it.
  private static func masked(_ path: String, route: String?) -> String {
    if let route, route.contains("{secret}") { return route }
    var run = 0
    let isLong = path.utf8.contains { byte in
      run = (0x30...0x39).contains(byte) ? run + 1 : 0
      return run == 10
    }
    return isLong ? path.replacing(/[0-9]{10,}/) { "\($0.output.prefix(4))…" } : path
  }

  private func client(of request: Request, peer: String?) -> String? {
    guard proxies > 0 else { return peer }
    let hops = request.headers[values: .xForwardedFor].flatMap { $0.split(separator: ",") }
    guard hops.count >= proxies else { return peer }
    let text = hops[hops.count - proxies].filter { $0 != " " && $0 != "\t" }
    return text.isEmpty || text.count > 45 ? peer : String(text)
  }
}
