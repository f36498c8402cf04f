import Casework
public import HTTPTypes

/// A request that cannot be served, told to a person: what, where, and how to mend it.
///
/// Pages show it as a page, the API as `application/problem+json`.
public struct Problem: Error, Sendable, Equatable {
  /// The HTTP status.
  public var status: HTTPResponse.Status
  /// What went wrong, in one short sentence; the page's heading.
  public var what: String
  /// Where: the field, the line, the part of the address; nil where the whole request is meant.
  public var place: String?
  /// What to do now.
  public var remedy: String
  /// Where to do it, with the words of the button; nil for the home page.
  var way: Way?
  /// Header fields that go with the status, such as `Allow` or `Retry-After`.
  public var headers: HTTPFields

  /// A button of the page.
  struct Way: Sendable, Equatable {
    let label: String
    let address: Address
  }

  /// A problem from its parts.
  public init(
    _ status: HTTPResponse.Status, _ what: String, place: String? = nil, remedy: String, headers: HTTPFields = [:]
  ) {
    self.status = status
    self.what = what
    self.place = place
    self.remedy = remedy
    self.headers = headers
  }
}

extension Problem {
  /// 400: the request cannot be read.
  public static func badRequest(_ what: String, place: String? = nil, remedy: String) -> Problem {
    Problem(.badRequest, what, place: place, remedy: remedy)
  }

  /// 403: a right is missing; says which, and what to do.
  init(_ forbidden: Forbidden) {
    self.init(.forbidden, "\(forbidden)", remedy: forbidden.remedy)
    switch forbidden.reason {
    case .secondFactor:
      way = Way(label: "Activer la double authentification", address: .access(.ownPart(.secondFactor)))
    case .signIn: way = Way(label: "Se connecter", address: .access(.signIn(Query())))
    case .validation, .role, .permission: break
    }
  }

  /// 404: nothing lives at this address.
  public static let notFound = Problem(
    .notFound, "Cette page n’existe pas.",
    remedy: "Vérifiez l’adresse, ou repartez de l’accueil ou du repérage.")

  /// 404 for a thing that has an identifier: `missing("Ce marché", …)`.
  public static func missing(_ thing: String, remedy: String) -> Problem {
    Problem(.notFound, "\(thing) n’est pas dans la base.", remedy: remedy)
  }

  /// 405: the address exists and takes other methods.
  static func methodNotAllowed(_ allowed: [HTTPRequest.Method]) -> Problem {
    Problem(
      .methodNotAllowed, "Cette adresse ne prend pas ce genre de demande.",
      remedy: "Ouvrez la page par son lien, sans renvoyer de formulaire.",
      headers: [.allow: allowed.map(\.rawValue).joined(separator: ", ")])
  }

  /// 413: more bytes than the route takes.
  static func tooLarge(limit: Int) -> Problem {
    Problem(
      .contentTooLarge, "L’envoi est trop volumineux.", place: "limite\u{202F}: \(Weight.french(limit))",
      remedy: "Réduisez le fichier ou envoyez-le en plusieurs fois.")
  }

  /// 429: too many requests from one address.
  static func tooMany(seconds: Int) -> Problem {
    Problem(
      .tooManyRequests, "Trop de demandes en peu de temps.",
      remedy: "Attendez \(seconds)\u{A0}seconde\(seconds > 1 ? "s" : ""), puis rechargez la page.",
      headers: [.retryAfter: String(seconds)])
  }

  /// 429: too many costly answers asked from one address.
  static func tooMany(of kind: Gate.Kind, seconds: Int) -> Problem {
    let again = "Attendez \(seconds)\u{A0}seconde\(seconds > 1 ? "s" : ""), puis"
    return switch kind {
    case .exports:
      Problem(
        .tooManyRequests, "Trop d’exports en peu de temps.", remedy: "\(again) redemandez le fichier.",
        headers: [.retryAfter: String(seconds)])
    case .uploads:
      Problem(
        .tooManyRequests, "Trop de fichiers en peu de temps.", remedy: "\(again) renvoyez le vôtre.",
        headers: [.retryAfter: String(seconds)])
    case .rules:
      Problem(
        .tooManyRequests, "Trop de questions en peu de temps.", remedy: "\(again) renvoyez la vôtre.",
        headers: [.retryAfter: String(seconds)])
    }
  }

  /// 503: the costly answers of others take all the room.
  static func busy(_ kind: Gate.Kind) -> Problem {
    switch kind {
    case .exports:
      Problem(
        .serviceUnavailable, "D’autres exports sont en cours.",
        remedy: "Redemandez le fichier dans une dizaine de secondes.", headers: [.retryAfter: "10"])
    case .uploads:
      Problem(
        .serviceUnavailable, "D’autres fichiers sont en cours de lecture.",
        remedy: "Renvoyez le vôtre dans une dizaine de secondes.", headers: [.retryAfter: "10"])
    case .rules:
      Problem(
        .serviceUnavailable, "D’autres calculs sont en cours.", remedy: "Renvoyez la question dans une seconde.",
        headers: [.retryAfter: "1"])
    }
  }

  /// 503: the service cannot answer now.
  static let unavailable = Problem(
    .serviceUnavailable, "Le service est momentanément indisponible.",
    remedy: "Réessayez dans une minute. Rien de ce qui était enregistré n’est perdu.", headers: [.retryAfter: "60"])

  /// 500: a fault of ours, known by the request's number in the logs.
  static func fault(request id: String) -> Problem {
    Problem(
      .internalServerError, "Un problème de notre côté empêche d’afficher cette page.", place: "demande \(id)",
      remedy: "Réessayez. Si cela continue, signalez ce numéro de demande à la personne qui administre Marchepied.")
  }

  /// The problem for a bare status that a library threw.
  static func plain(_ status: HTTPResponse.Status) -> Problem {
    switch status {
    case .notFound: .notFound
    case .contentTooLarge:
      Problem(
        .contentTooLarge, "L’envoi est trop volumineux.", remedy: "Réduisez le fichier ou envoyez-le en plusieurs fois."
      )
    case .serviceUnavailable: .unavailable
    default:
      Problem(
        status, "La demande est mal formée.",
        remedy: "Repartez de la page et recommencez\u{202F}; si vous utilisez l’API, lisez sa documentation.")
    }
  }
}

/// Sizes of files in French.
enum Weight {
  /// `12 ko`, `3 Mo`, rounded up.
  static func french(_ bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes)\u{A0}octet\(bytes > 1 ? "s" : "")" }
    if bytes < 1_000_000 { return "\((bytes + 999) / 1000)\u{A0}ko" }
    return "\((bytes + 999_999) / 1_000_000)\u{A0}Mo"
  }
}
