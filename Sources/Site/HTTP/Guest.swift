import Casework
import Clauses
import HTTPTypes
import Hummingbird
import Logging
import Vault

/// What a request tells of its sender beyond their rights: the session, the secret of its forms.
struct Guest: Sendable {
  /// Whose session it is; nil for a visitor.
  var session: RecogniseSession.Answer?
  /// The secret of the session's cookie.
  var secret: Secret?
  /// The secret from which forms are marked: the session's, else the browser's own.
  var formSecret: Secret?
  /// Whether the browser has no secret for its forms yet.
  var isNew = false

  /// The mark of forms.
  var formToken: FormToken? { formSecret.map { FormToken($0) } }
}

extension SiteContext {
  /// For whom the frame of the page is.
  var audience: Audience {
    var audience = Audience()
    audience.isDemonstration = isDemonstration
    audience.path = path
    guard let session = guest.session, !session.isWaiting else { return audience }
    audience.name = session.name
    audience.acting = session.organisation.map { name in session.role.map { "\(name), \($0.label)" } ?? name }
    audience.mark = formMark
    audience.seesPlanned = actor.may(.readPlanned)
    audience.seesOrganisations = actor.may(.readOrganisations)
    audience.treatsRequests = actor.may(.treatPersonalRequests)
    return audience
  }
}

/// The cookies that we set.
struct Cookies: Sendable {
  /// Whether pages are served over TLS; the names then bind cookies to this very host (RFC 6265bis, `__Host-`).
  let isSecure: Bool

  var session: String { isSecure ? "__Host-marchepied" : "marchepied" }
  var form: String { isSecure ? "__Host-marchepied-form" : "marchepied-form" }
  /// What ties a browser that left for the provider of identities to its return.
  var provider: String { isSecure ? "__Host-marchepied-fournisseur" : "marchepied-fournisseur" }

  /// A cookie for this host alone, out of reach of scripts and of other sites; without `seconds` it ends with the
  /// browser's own session.
  func field(_ name: String, _ value: String, seconds: Int? = nil) -> String {
    var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
    if isSecure { text += "; Secure" }
    if let seconds { text += "; Max-Age=\(seconds)" }
    return text
  }

  /// The value of a cookie in a request.
  func value(_ name: String, in request: Request) -> String? {
    for header in request.headers[values: .cookie] {
      for pair in header.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0].filter({ $0 != " " }) == name { return String(parts[1].filter { $0 != " " }) }
      }
    }
    return nil
  }
}

/// Finds out who asks, in one statement, and gives browsers without session a secret for their forms.
///
/// A base that does not answer makes a visitor of everyone: the page itself then says what is wrong.
struct SessionReader: RouterMiddleware {
  typealias Context = SiteContext

  let world: World
  let cookies: Cookies

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.actor.request = context.requestID
    context.isDemonstration = world.access.isDemonstration
    context.path = request.method == .get && !Self.passed.contains(request.uri.path) ? request.uri.description : nil
    guard !Self.needsNobody(request.uri.path) else { return try await next(request, context) }
    await recognise(request, &context)
    if context.guest.formSecret == nil {
      context.guest.formSecret = cookies.value(cookies.form, in: request).flatMap { Secret($0) }
    }
    if context.guest.formSecret == nil {
      (context.guest.formSecret, context.guest.isNew) = (Secret(), true)
    }
    var response = try await next(request, context)
    if let secret = context.guest.formSecret, context.guest.isNew, response.headers[.formMarked] != nil {
      response.headers.append(HTTPField(name: .setCookie, value: cookies.field(cookies.form, secret.text)))
    }
    response.headers[.formMarked] = nil
    return response
  }

  private func recognise(_ request: Request, _ context: inout SiteContext) async {
    guard let secret = cookies.value(cookies.session, in: request).flatMap({ Secret($0) }) else { return }
    do {
      guard let answer = try await RecogniseSession(secret).run(in: world) else { return }
      context.actor = Actor(answer.identity, request: context.requestID)
      context.guest.session = answer
      context.guest.secret = secret
      context.guest.formSecret = secret
    } catch {
      context.logger.error("session not read", metadata: ["error": "\(error)"])
    }
  }

  /// Pages that nobody comes back to: the return from a provider of identities serves once.
  private static let passed: Set = [Address.access(.providerReturn).href, Address.access(.providerEnd).href]

  /// Assets and what supervision reads are the same for everyone.
  private static func needsNobody(_ path: String) -> Bool {
    path.hasPrefix("/assets/") || path == "/healthz" || path == "/metrics" || path.hasPrefix("/api/")
  }
}

extension HTTPField.Name {
  /// Inside the server only: the page holds a form that a visitor may send.
  static let formMarked = Self.known("X-Form-Marked")
}

/// Refuses what another site makes a browser send: every method that changes something, but those of the API, which
/// reads no cookie.
struct SameOrigin: RouterMiddleware {
  typealias Context = SiteContext

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    let isSafe = [.get, .head, .options].contains(request.method) || request.uri.path.hasPrefix("/api/")
    guard isSafe || Self.isOurs(request) else { throw Problem.foreignForm }
    return try await next(request, context)
  }

  private static func isOurs(_ request: Request) -> Bool {
    if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { return false }
    guard let origin = request.headers[.origin] else { return true }
    let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
    guard let host = request.head.authority, parts.count == 3, parts[1].isEmpty else { return false }
    return parts[2].lowercased() == host.lowercased()
  }
}

extension HTTPField.Name {
  static let secFetchSite = Self.known("Sec-Fetch-Site")
}

extension Problem {
  /// 403: a form that does not come from our pages, or comes too late.
  static let foreignForm = Problem(
    .forbidden, "Ce formulaire ne peut pas être accepté.",
    remedy: "Il vient d’une autre page, ou d’une session terminée. Revenez à la page, rechargez-la et recommencez.")
}
