public import Clauses
import Records
import Vault

/// Who the owner of an account is, in clear; kept in memory for as long as it is shown.
public struct Identity: Sendable, Hashable, CustomStringConvertible {
  /// Given name.
  public var givenName: String
  /// Surname.
  public var surname: String
  /// E-mail.
  public var email: EmailAddress

  /// An identity from its parts.
  public init(givenName: String, surname: String, email: EmailAddress) {
    (self.givenName, self.surname, self.email) = (givenName, surname, email)
  }

  /// Given name and surname.
  public var name: String { "\(givenName) \(surname)" }

  /// Never the person: what is printed may be logged.
  public var description: String { "identité" }
}

extension StoredAccount {
  /// A new account with what tells who it is sealed.
  init(
    id: ID<Account>, _ identity: Identity, password: PasswordHash?, at now: Moment, keys: KeyRing
  ) throws(SealedError) {
    self.init(
      id: id, email: "", emailIndex: "", givenName: "", surname: "", keyID: 0, password: password?.text, createdAt: now)
    seal(identity, keys: keys)
  }

  /// Seals an identity with the active key, and indexes its e-mail.
  mutating func seal(_ identity: Identity, keys: KeyRing) {
    email = keys.seal(identity.email.text, at: place("email")).text
    givenName = keys.seal(identity.givenName, at: place("given_name")).text
    surname = keys.seal(identity.surname, at: place("surname")).text
    emailIndex = EmailIndex.active(identity.email, keys)
    keyID = Int(keys.active.id)
  }

  /// Who the owner is.
  func identity(_ keys: KeyRing) throws -> Identity {
    let text = try keys.openText(try Sealed(text: email), at: place("email"))
    guard let address = EmailAddress(text) else { throw SealedError.malformed }
    return Identity(
      givenName: try keys.openText(try Sealed(text: givenName), at: place("given_name")),
      surname: try keys.openText(try Sealed(text: surname), at: place("surname")), email: address)
  }

  /// The second factor; nil where there is none.
  func secondFactor(_ keys: KeyRing) throws -> TOTP? {
    guard let totp else { return nil }
    return TOTP(base32: try keys.openText(try Sealed(text: totp), at: place("totp")))
  }

  /// Seals a second factor.
  mutating func seal(_ secondFactor: TOTP, keys: KeyRing) {
    totp = keys.seal(secondFactor.base32, at: place("totp")).text
  }

  private func place(_ column: String) -> SealedPlace {
    SealedPlace(table: "account", column: column, row: id.description)
  }
}

extension SessionHolder {
  /// The name of whoever holds the session.
  func name(_ keys: KeyRing) throws -> String {
    func place(_ column: String) -> SealedPlace {
      SealedPlace(table: "account", column: column, row: session.account.description)
    }
    let given = try keys.openText(try Sealed(text: givenName), at: place("given_name"))
    let family = try keys.openText(try Sealed(text: surname), at: place("surname"))
    return "\(given) \(family)"
  }
}

/// The blind indexes of an e-mail.
enum EmailIndex {
  /// Under the active key: what a new row holds.
  static func active(_ email: EmailAddress, _ keys: KeyRing) -> String {
    BlindIndex(keys.active).email(email.folded) ?? ""
  }

  /// Under each key of the ring: what a search asks for while a rotation is under way.
  static func all(_ email: EmailAddress, _ keys: KeyRing) -> [String] {
    keys.keys.compactMap { BlindIndex($0).email(email.folded) }
  }
}

/// What people type of themselves.
enum PersonalText {
  /// A name or a short line: without spaces at its ends, without control characters, of a length, and without a social
  /// security number.
  static func line(_ typed: String, _ field: String, longest: Int = 100) throws(FieldFault) -> String {
    let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.isEmpty else { throw FieldFault(field, "Remplissez ce champ.") }
    return try checked(text, field, longest: longest)
  }

  /// A line that may be absent.
  static func optional(_ typed: String?, _ field: String, longest: Int = 200) throws(FieldFault) -> String? {
    let text = (typed ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return text.isEmpty ? nil : try checked(text, field, longest: longest)
  }

  private static func checked(_ text: String, _ field: String, longest: Int) throws(FieldFault) -> String {
    guard text.count <= longest else {
      throw FieldFault(field, "Ce texte est trop long\u{202F}: \(French.count(longest, "caractère")) au plus.")
    }
    guard !text.unicodeScalars.contains(where: { [.control, .format].contains($0.properties.generalCategory) }) else {
      throw FieldFault(field, "Ce texte contient des signes invisibles\u{202F}: tapez-le à nouveau.")
    }
    if let sentence = NIRDetector.sentence(for: NIRDetector.matches(in: text)) { throw FieldFault(field, sentence) }
    return text
  }
}

/// What is wrong with a field that someone filled in; nothing was written.
public struct FieldFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The name of the field in its form.
  public let field: String
  /// What is wrong and how to mend it, in French.
  public let description: String
  /// A fault.
  public init(_ field: String, _ description: String) { (self.field, self.description) = (field, description) }
}

/// Someone changed the same thing meanwhile; nothing was written.
public struct ChangedMeanwhile: Error, Sendable, CustomStringConvertible {
  /// What to do.
  public var description: String {
    "Quelqu’un a modifié cette fiche entre-temps. Relisez-la, puis enregistrez à nouveau."
  }
}
