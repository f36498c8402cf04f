import Casework
import Clauses
import HTTPTypes
import Hummingbird

/// Finds out which program asks, by the key of its `Authorization` header (RFC 6750); the interface reads no cookie.
///
/// A program without key is a visitor. A key that does not serve is refused, even where no key is asked for: its owner
/// should learn it.
struct KeyReader: RouterMiddleware {
  typealias Context = SiteContext

  let world: World
  /// Requests of one key: a hundred in a row, then ten a second; nil takes them all.
  let pace: RateLimit?
  /// Keys that do not serve, by address: ten in a row, then one every six seconds.
  private let misses = RateLimit(burst: 10, perSecond: 1.0 / 6)

  init(world: World, isPaced: Bool) {
    self.world = world
    pace = isPaced ? RateLimit(burst: 100, perSecond: 10) : nil
  }

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    guard request.uri.path.hasPrefix("/api/"), let header = request.headers[.authorization] else {
      return try await next(request, context)
    }
    var context = context
    let answer: RecogniseKey.Answer
    do {
      guard let reader = Self.key(in: header) else { throw RecogniseKey.Refusal.unknown }
      answer = try await reader.run(in: world)
    } catch let refusal as RecogniseKey.Refusal {
      if let client = context.client, let wait = misses.take(client, at: .now) {
        throw Problem.tooMany(seconds: wait)
      }
      throw Problem.key(refusal)
    }
    if let wait = pace?.take(answer.key.id.description, at: .now) { throw Problem.tooMany(seconds: wait) }
    context.actor = Actor(answer.identity, request: context.requestID)
    context.key = answer
    return try await next(request, context)
  }

  private static func key(in header: String) -> RecogniseKey? {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return RecogniseKey(String(parts[1]))
  }
}

extension Problem {
  /// 401: a key that does not serve.
  static func key(_ refusal: RecogniseKey.Refusal) -> Problem {
    let what =
      switch refusal {
      case .unknown: "Cette clé d’accès n’existe pas."
      case .revoked: "Cette clé d’accès a été révoquée."
      case .expired: "Cette clé d’accès a expiré."
      }
    return Problem(
      .unauthorized, what, place: "en-tête «\u{A0}Authorization\u{A0}»",
      remedy:
        "Envoyez «\u{A0}Bearer\u{A0}» suivi d’une clé en cours\u{202F}: elle se crée sur la fiche de votre organisation.",
      headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])
  }

  /// 401: a key is asked for and none was sent.
  static let keyAsked = Problem(
    .unauthorized, "Cette information demande une clé d’accès.", place: "en-tête «\u{A0}Authorization\u{A0}»",
    remedy: "Envoyez «\u{A0}Bearer\u{A0}» suivi de la clé\u{202F}: elle se crée sur la fiche de votre organisation.",
    headers: [.wwwAuthenticate: "Bearer"])
}
