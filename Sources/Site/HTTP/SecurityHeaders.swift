import HTTPTypes
import Hummingbird

/// Puts on every response what browsers need to keep the page closed to others.
struct SecurityHeaders: RouterMiddleware {
  typealias Context = SiteContext

  /// Whether pages are served over TLS: browsers are then told to ask for nothing else, for two years.
  let isSecure: Bool

  /// Nothing is allowed but what we serve ourselves; no inline script or style; `data:` pictures for Bootstrap's icons.
  static let policy = [
    "default-src 'none'", "img-src 'self' data:", "style-src 'self'", "script-src 'self'", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
  ].joined(separator: "; ")

  private static let fields: [(HTTPField.Name, String)] = [
    (.contentSecurityPolicy, policy),
    (.xContentTypeOptions, "nosniff"),
    (.referrerPolicy, "same-origin"),
    (.permissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    (.crossOriginOpenerPolicy, "same-origin"),
    (.crossOriginResourcePolicyField, "same-origin"),
  ]

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    for (name, value) in Self.fields { response.headers[name] = value }
    if isSecure { response.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
    response.headers[.xRequestID] = context.requestID
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

extension HTTPField.Name {
  static let referrerPolicy = Self.known("Referrer-Policy")
  static let permissionsPolicy = Self.known("Permissions-Policy")
  static let crossOriginOpenerPolicy = Self.known("Cross-Origin-Opener-Policy")
  static let crossOriginResourcePolicyField = Self.known("Cross-Origin-Resource-Policy")
  static let xRequestID = Self.known("X-Request-Id")
  static let xForwardedFor = Self.known("X-Forwarded-For")

  /// A name that is a literal of ours, and therefore a valid one.
  static func known(_ name: StaticString) -> HTTPField.Name {
    guard let field = HTTPField.Name("\(name)") else { preconditionFailure("not a field name: \(name)") }
    return field
  }
}
