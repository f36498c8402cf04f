import HTTPTypes
import Hummingbird
import Metrics
import Synchronization

/// Counts requests and their duration by route template, method and status; never by raw path, which would be endless.
final class HTTPMeasures: RouterMiddleware {
  typealias Context = SiteContext

  private struct Key: Hashable {
    let route: String
    let method: String
    let status: Int
  }

  private struct Handles {
    let count: Counter
    let duration: Metrics.Timer
  }

  private let handles = Mutex<[Key: Handles]>([:])
  private let active: Meter
  private let factory: any MetricsFactory

  init(factory: any MetricsFactory) {
    self.factory = factory
    active = Meter(label: "http_requests_active", dimensions: [], factory: factory)
  }

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    active.increment()
    defer { active.decrement() }
    let response = try await next(request, context)
    let elapsed = (ContinuousClock.now - start).components
    let key = Key(
      route: context.endpointPath ?? "none", method: Self.known(request.method), status: response.status.code)
    let measures = measures(for: key)
    measures.count.increment()
    measures.duration.recordNanoseconds(elapsed.seconds * 1_000_000_000 + elapsed.attoseconds / 1_000_000_000)
    return response
  }

  private func measures(for key: Key) -> Handles {
    handles.withLock { handles in
      if let known = handles[key] { return known }
      let dimensions = [("route", key.route), ("method", key.method), ("status", String(key.status))]
      let fresh = Handles(
        count: Counter(label: "http_requests_total", dimensions: dimensions, factory: factory),
        duration: Metrics.Timer(
          label: "http_request_duration_seconds", dimensions: [("route", key.route)],
          preferredDisplayUnit: .seconds, factory: factory))
      handles[key] = fresh
      return fresh
    }
  }

  /// A method of ours, or `OTHER`: clients may invent names without end.
  private static func known(_ method: HTTPRequest.Method) -> String {
    let names = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return names.contains(method.rawValue) ? method.rawValue : "OTHER"
  }
}
