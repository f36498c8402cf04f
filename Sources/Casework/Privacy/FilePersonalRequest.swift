public import Clauses
import Records
import Storage
import Vault

/// What someone writes to make a request about their data.
public struct PersonalRequestDraft: Sendable {
  /// What is asked, by its code.
  public var kind: String
  /// Name as typed.
  public var name: String
  /// E-mail as typed.
  public var email: String
  /// Département as typed; empty where none is given.
  public var departement: String
  /// What they say.
  public var text: String

  /// A draft.
  public init(kind: String, name: String, email: String, departement: String = "", text: String = "") {
    (self.kind, self.name, self.email) = (kind, name, email)
    (self.departement, self.text) = (departement, text)
  }
}

/// Takes a request in, from anyone, and sends a receipt with its reference and its legal deadline.
///
/// The answer is the same whether the program knows the address or not, and nothing lets anyone follow a request by its
/// reference: nobody learns who asks.
public struct FilePersonalRequest: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  /// The request.
  public var draft: PersonalRequestDraft

  /// A request to take in.
  public init(_ draft: PersonalRequestDraft) { self.draft = draft }

  /// What the person keeps.
  public struct Receipt: Sendable {
    /// What the request is called by.
    public let reference: String
    /// What was asked.
    public let kind: PersonalRequest.Kind
    /// When it came.
    public let receivedOn: Day
    /// The last day for an answer.
    public let due: Day
  }

  /// Writes the request, its first step, its line and its letter in one transaction; throws ``FieldFault``.
  public func run(as actor: Actor, in world: World) async throws -> Receipt {
    try actor.authorise(Self.right)
    let (kind, requester) = try read()
    let departement = try Self.departement(draft.departement, in: world)
    let (now, today, keys) = (world.moment, world.today(), world.access.keys)
    let clock = try PersonalRequestClock.read(receivedOn: today, isExtended: false, on: today, figures: world.figures)
    let (id, reference) = (ID<PersonalRequest>(at: now), RequestReference.new())
    let known = try await world.database.write { db -> String? in
      // The same request sent twice, as by a page loaded again, is one request and one receipt.
      if let known = try Self.twin(kind, requester, on: today, keys, in: db) { return known.reference }
      let account = try actor.person.flatMap { try Accounts.find($0.account, in: db) }
      let isOwn = try account.map { try $0.identity(keys).email.folded == requester.email.folded } ?? false
      // Where nobody works, whoever treats requests sees it.
      let place = try departement.flatMap { try OrganisationTerritories.isCovered($0, on: today, in: db) ? $0 : nil }
      var request = StoredPersonalRequest(
        id: id, reference: reference, kind: kind, departement: place, account: isOwn ? account?.id : nil,
        receivedOn: today, dueOn: clock.due, receivedAt: now)
      request.identity = isOwn ? .account : nil
      request.seal(requester, keys: keys)
      try PersonalRequests.insert(request, in: db)
      try PersonalRequests.insert(
        StoredRequestStep(.received, of: id, note: nil, by: request.account, at: now, keys: keys), in: db)
      try Trail.write(
        TrailNote(
          .requestReceived, request: request,
          changes: [TrailChange("objet", nil, kind.label), TrailChange("réponse due", nil, clock.due.french)]),
        as: actor, at: now, keys: keys, in: db)
      let letter = try RequestLetter.receipt(of: request, to: requester)
      try Outbox.queue(letter, with: keys, at: now.milliseconds, in: db)
      return nil
    }
    return Receipt(reference: known ?? reference, kind: kind, receivedOn: today, due: clock.due)
  }

  /// A request of the same day that asks the same in the same words, and that nobody has looked at yet.
  private static func twin(
    _ kind: PersonalRequest.Kind, _ requester: Requester, on today: Day, _ keys: KeyRing, in db: any Connection
  ) throws -> StoredPersonalRequest? {
    var filter = PersonalRequests.Filter()
    (filter.states, filter.emailIndexes) = ([.received], EmailIndex.all(requester.email, keys))
    return try PersonalRequests.list(filter, offset: 0, limit: 50, in: db).lines.first {
      try $0.kind == kind && $0.receivedOn == today && $0.requester(keys) == requester
    }
  }

  private func read() throws(FieldFault) -> (PersonalRequest.Kind, Requester) {
    guard let kind = PersonalRequest.Kind(rawValue: draft.kind) else {
      throw FieldFault("objet", "Choisissez ce que vous demandez.")
    }
    let name = try PersonalText.line(draft.name, "nom")
    guard let email = EmailAddress(draft.email) else {
      throw FieldFault("courriel", "Cette adresse électronique n’est pas complète, par exemple prenom.nom@exemple.fr.")
    }
    let text = try PersonalText.paragraphs(draft.text, "texte")
    guard text != nil || !kind.needsText else {
      throw FieldFault(
        "texte",
        kind == .rectification
          ? "Dites ce qui est inexact et ce qu’il faut écrire à la place."
          : "Dites en quelques mots pourquoi vous vous opposez\u{202F}: la réponse en dépend.")
    }
    return (kind, Requester(name: name, email: email, text: text ?? ""))
  }

  private static func departement(_ typed: String, in world: World) throws(FieldFault) -> DepartementCode? {
    let text = typed.filter { !$0.isWhitespace }.uppercased()
    guard !text.isEmpty else { return nil }
    guard let code = DepartementCode(text), world.figures.departements[code] != nil else {
      throw FieldFault(
        "departement", "Ce département n’existe pas\u{202F}: choisissez-le dans la liste, ou laissez vide.")
    }
    return code
  }
}

/// What people call a request by: eight signs that are not mistaken for one another and tell nothing.
enum RequestReference {
  private static let signs = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")

  /// `DP-7K3M-2QTB`, or with other first letters.
  static func new(_ letters: String = "DP") -> String {
    let drawn = (0..<8).map { _ in signs[Int.random(in: 0..<signs.count)] }
    return "\(letters)-\(String(drawn.prefix(4)))-\(String(drawn.suffix(4)))"
  }

  /// What someone typed, as the base holds it; nil for what is no reference.
  static func read(_ typed: String) -> String? {
    let text = typed.uppercased().filter { $0.isLetter || $0.isNumber }
    guard text.count == 10, text.hasPrefix("DP"), text.dropFirst(2).allSatisfy(signs.contains) else { return nil }
    return "DP-\(text.dropFirst(2).prefix(4))-\(text.suffix(4))"
  }
}

extension TrailNote {
  /// Something done to a request; it tells nothing of who asks.
  init(_ action: TrailAction, request: StoredPersonalRequest, changes: [TrailChange] = []) {
    self.init(
      action, kind: "personal-request", id: request.id.description,
      changes: [TrailChange("référence", nil, request.reference)] + changes)
  }
}
