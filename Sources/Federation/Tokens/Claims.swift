import Foundation

/// What signed and unsigned texts of the provider say, before anything of it is believed.
enum Claims {
  static func read<T: Decodable>(_ type: T.Type, _ bytes: [UInt8]) -> T? {
    try? JSONDecoder().decode(type, from: Data(bytes))
  }

  /// One text or a list of them, as `aud` may be.
  struct OneOrMany: Decodable, Sendable {
    let values: [String]
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      values = if let one = try? container.decode(String.self) { [one] } else { try container.decode([String].self) }
    }
  }

  /// A truth that some providers write as a text.
  struct Truth: Decodable, Sendable {
    let value: Bool?
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = try? container.decode(String.self)
      value = (try? container.decode(Bool.self)) ?? text.flatMap { Bool($0) }
    }
  }

  /// A text, or nothing where something else stands: what is said of a person never makes the whole unreadable.
  struct Text: Decodable, Sendable {
    let value: String?
    init(from decoder: any Decoder) throws { value = try? decoder.singleValueContainer().decode(String.self) }
  }
}

/// What is said about a person.
struct PersonClaims: Decodable, Sendable {
  let sub: String?
  let email: String?
  let emailVerified: Claims.Truth?
  let givenName: String?
  let usualName: String?
  let familyName: String?
  let siret: String?

  private enum Name: String, CodingKey {
    case sub, email, emailVerified = "email_verified", givenName = "given_name", usualName = "usual_name"
    case familyName = "family_name", siret
  }

  init(from decoder: any Decoder) throws {
    let claims = try decoder.container(keyedBy: Name.self)
    func text(_ name: Name) throws -> String? { try claims.decodeIfPresent(Claims.Text.self, forKey: name)?.value }
    sub = try text(.sub)
    email = try text(.email)
    emailVerified = try claims.decodeIfPresent(Claims.Truth.self, forKey: .emailVerified)
    givenName = try text(.givenName)
    usualName = try text(.usualName)
    familyName = try text(.familyName)
    siret = try text(.siret)
  }

  /// The address when it has one @ between two parts, no blank and at most 254 characters.
  var plausibleEmail: String? {
    guard let email, email.utf8.count <= 254, email == ForeignText.line(email, most: 254), !email.contains(" "),
      case let parts = email.split(separator: "@", omittingEmptySubsequences: false), parts.count == 2,
      parts.allSatisfy({ !$0.isEmpty })
    else { return nil }
    return email
  }
}

/// What says for whom, by whom and until when a signed text holds.
struct Envelope: Decodable, Sendable {
  let iss: String?
  let aud: Claims.OneOrMany?
  let azp: String?
  let exp: Double?
  let iat: Double?
  let nbf: Double?

  /// The minute by which two clocks may differ.
  private static let tolerance = 60.0

  /// The first thing wrong with what it says; what it does not say is not looked at.
  func fault(for settings: OpenIDSettings, at moment: Date) -> OpenIDError.Fault? {
    let now = moment.timeIntervalSince1970
    if let iss, iss != settings.issuer { return .issuer }
    if let aud, !aud.values.contains(settings.clientID) { return .audience }
    // Made for several, it names the one that asked for it.
    if (aud?.values.count ?? 0) > 1, azp == nil { return .audience }
    if let azp, azp != settings.clientID { return .audience }
    if let exp, now >= exp + Envelope.tolerance { return .expired }
    if let iat, iat > now + Envelope.tolerance { return .notYet }
    if let nbf, nbf > now + Envelope.tolerance { return .notYet }
    return nil
  }
}
