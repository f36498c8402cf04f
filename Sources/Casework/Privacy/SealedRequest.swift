public import Clauses
import Records
import Storage
import Vault

/// Who asks, and what, in clear; kept in memory for as long as it is shown.
public struct Requester: Sendable, Hashable, CustomStringConvertible {
  /// Their name as they wrote it.
  public var name: String
  /// Their e-mail.
  public var email: EmailAddress
  /// What they wrote; empty where they wrote nothing.
  public var text: String

  /// Who asks, from its parts.
  public init(name: String, email: EmailAddress, text: String) {
    (self.name, self.email, self.text) = (name, email, text)
  }

  /// Never the person: what is printed may be logged.
  public var description: String { "demande" }
}

extension StoredPersonalRequest {
  /// Seals who asks with the active key, and indexes the e-mail.
  mutating func seal(_ requester: Requester, keys: KeyRing) {
    email = keys.seal(requester.email.text, at: place("email")).text
    name = keys.seal(requester.name, at: place("name")).text
    body = keys.seal(requester.text, at: place("body")).text
    emailIndex = EmailIndex.active(requester.email, keys)
    keyID = Int(keys.active.id)
  }

  /// Who asks.
  func requester(_ keys: KeyRing) throws -> Requester {
    guard let address = EmailAddress(try keys.openText(try Sealed(text: email), at: place("email"))) else {
      throw SealedError.malformed
    }
    return Requester(
      name: try keys.openText(try Sealed(text: name), at: place("name")), email: address,
      text: try keys.openText(try Sealed(text: body), at: place("body")))
  }

  private func place(_ column: String) -> SealedPlace {
    SealedPlace(table: "personal_request", column: column, row: id.description)
  }
}

extension PersonalRequests {
  /// The requests of the owner of an account: made from it, or with its e-mail.
  ///
  /// Whoever typed that e-mail without an account gave the address of its owner: only its proved owner reads them here.
  static func own(
    _ account: ID<Account>, _ email: EmailAddress, _ keys: KeyRing, in db: any Connection
  ) throws -> [StoredPersonalRequest] {
    var filter = Filter()
    filter.account = account
    if try Accounts.find(account, in: db)?.provedAt != nil { filter.emailIndexes = EmailIndex.all(email, keys) }
    return try list(filter, offset: 0, limit: 100, in: db).lines
  }
}

extension StoredRequestStep {
  /// A step with its note sealed.
  init(
    _ kind: PersonalRequest.Step, of request: ID<PersonalRequest>, note: String?, by account: ID<Account>?,
    at now: Moment, keys: KeyRing
  ) {
    let id = ID<PersonalRequest.Step>(at: now)
    self.init(
      id: id, request: request, at: now, account: account, kind: kind,
      note: note.map { keys.seal($0, at: Self.place(id)).text }, keyID: Int(keys.active.id))
  }

  /// The note in clear.
  func clear(_ keys: KeyRing) throws -> String? {
    try note.map { try keys.openText(try Sealed(text: $0), at: Self.place(id)) }
  }

  /// Seals the note anew with the active key.
  mutating func reseal(_ keys: KeyRing) throws {
    let text = try clear(keys)
    note = text.map { keys.seal($0, at: Self.place(id)).text }
    keyID = Int(keys.active.id)
  }

  private static func place(_ id: ID<PersonalRequest.Step>) -> SealedPlace {
    SealedPlace(table: "personal_request_step", column: "note", row: id.description)
  }
}

extension PersonalText {
  /// Some paragraphs: ends of lines stay, blank ones are brought to one; a length, no invisible sign, no social security
  /// number, not even over two lines. Nil where nothing was written.
  static func paragraphs(_ typed: String, _ field: String, longest: Int = 5000) throws(FieldFault) -> String? {
    guard typed.count <= longest else {
      throw FieldFault(field, "Ce texte est trop long\u{202F}: \(French.count(longest, "caractère")) au plus.")
    }
    if let sentence = NIRDetector.sentence(for: NIRDetector.matches(in: typed)) { throw FieldFault(field, sentence) }
    var lines: [String] = []
    for line in typed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      _ = try optional(String(line), field, longest: longest)
      // No-break spaces stay: they are how French is written.
      let text = line.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
      if !text.isEmpty || lines.last?.isEmpty == false { lines.append(text) }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
