public import Clauses
import Records
import Storage
import Vault

/// Does something about a request: makes sure of the identity, gives it to someone, notes, extends, answers, closes.
public struct TreatPersonalRequest: Sendable {
  /// What one must be allowed.
  public static let right = Right.treatPersonalRequests

  /// What is done.
  public enum Step: Sendable {
    /// How the identity was made sure of, and a word about it.
    case verify(PersonalRequest.IdentityProof, note: String)
    /// Who is on it from now on; nil for whoever asks.
    case assign(ID<Membership>?)
    /// A note for whoever treats the request.
    case note(String)
    /// A longer delay, for a reason that the person is told.
    case extend(reason: String)
    /// The answer, with its text, that the person is sent.
    case answer(PersonalRequest.Outcome, text: String)
    /// Nothing is left to do.
    case close
  }

  /// The request.
  public var id: ID<PersonalRequest>
  /// What is done.
  public var step: Step
  /// The version that was read.
  public var version: Int

  /// Something to do.
  public init(_ id: ID<PersonalRequest>, _ step: Step, version: Int) {
    (self.id, self.step, self.version) = (id, step, version)
  }

  /// Does it, with its line and its letter, in one transaction; false for a request that the actor may not treat.
  ///
  /// Throws ``FieldFault`` for what cannot be done, and ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (work, today) = (RequestWork(actor: actor, now: world.moment, world: world), world.today())
    let (id, step, version) = (id, step, version)
    return try await world.database.write { db in
      guard let request = try PersonalRequests.find(id, in: db),
        try RequestReach.of(actor, on: today, in: db).holds(request)
      else { return false }
      guard request.version == version else { throw ChangedMeanwhile() }
      if let letter = try work.apply(step, to: request, in: db) {
        try Outbox.queue(letter, with: work.keys, at: work.now.milliseconds, in: db)
      }
      return true
    }
  }
}

/// What a step does to a request, without sending anything.
struct RequestWork: Sendable {
  let actor: Actor
  /// When the step is done.
  let now: Moment
  /// When its line is written: now, but for a demonstration that begins in the past.
  var noted: Moment
  let today: Day
  let keys: KeyRing
  let figures: Figures

  init(actor: Actor, now: Moment, world: World) {
    (self.actor, self.now, noted, today) = (actor, now, now, world.today())
    (keys, figures) = (world.access.keys, world.figures)
  }

  /// Writes the step, the request and the line; gives the letter to send, if any.
  func apply(
    _ step: TreatPersonalRequest.Step, to request: StoredPersonalRequest, in db: any Connection
  ) throws -> Letter? {
    var request = request
    guard request.state != .closed else {
      throw FieldFault("note", "Cette demande est close\u{202F}: elle ne change plus.")
    }
    var letter: Letter?
    switch step {
    case .verify(let proof, let typed):
      try refuseAnswered(request, "identite")
      request.identity = proof
      try write(
        .verified, .requestVerified, &request, note: try PersonalText.paragraphs(typed, "note-identite", longest: 1000),
        [TrailChange("identité", nil, proof.label)], in: db)
    case .assign(let membership):
      let name = try assign(membership, &request, in: db)
      try write(.assigned, .requestAssigned, &request, note: name, [], in: db)
    case .note(let typed):
      guard let text = try PersonalText.paragraphs(typed, "note") else {
        throw FieldFault("note", "Écrivez votre note.")
      }
      try write(.noted, .requestNoted, &request, note: text, [], in: db)
    case .extend(let typed):
      letter = try extend(typed, &request, in: db)
    case .answer(let outcome, let typed):
      letter = try answer(outcome, typed, &request, in: db)
    case .close:
      guard request.state == .answered else {
        throw FieldFault("note", "Répondez d’abord\u{202F}: une demande sans réponse ne se clôt pas.")
      }
      (request.state, request.closedAt) = (.closed, now)
      try write(.closed, .requestClosed, &request, note: nil, [], in: db)
    }
    return letter
  }

  private func refuseAnswered(_ request: StoredPersonalRequest, _ field: String) throws(FieldFault) {
    guard request.state.isOpen else { throw FieldFault(field, "Cette demande a déjà sa réponse.") }
  }

  /// Gives the request to someone of the actor's own organisation who may treat it; their name.
  private func assign(
    _ membership: ID<Membership>?, _ request: inout StoredPersonalRequest, in db: any Connection
  ) throws -> String {
    try refuseAnswered(request, "membre")
    guard let chosen = membership ?? actor.acting?.membership, let member = try Memberships.find(chosen, in: db),
      member.organisation == actor.acting?.organisation, ShowPersonalRequest.mayTreat(member),
      let account = try Accounts.find(member.account, in: db), account.state == .active
    else { throw FieldFault("membre", "Choisissez quelqu’un de votre organisation qui traite ces demandes.") }
    request.assignee = account.id
    return try account.identity(keys).name
  }

  private func extend(
    _ typed: String, _ request: inout StoredPersonalRequest, in db: any Connection
  ) throws -> Letter {
    try refuseAnswered(request, "motif-prolongation")
    guard !request.isExtended else {
      throw FieldFault("motif-prolongation", "Le délai a déjà été prolongé\u{202F}: il ne peut l’être qu’une fois.")
    }
    guard today <= request.dueOn else {
      throw FieldFault(
        "motif-prolongation",
        "Le délai est passé depuis le \(request.dueOn.french)\u{202F}: il ne peut plus être prolongé. Répondez sans attendre."
      )
    }
    guard let reason = try PersonalText.paragraphs(typed, "motif-prolongation", longest: 2000) else {
      throw FieldFault("motif-prolongation", "Dites pourquoi\u{202F}: la personne lira ce motif.")
    }
    let before = request.dueOn
    request.isExtended = true
    request.dueOn = try PersonalRequestClock.read(
      receivedOn: request.receivedOn, isExtended: true, on: today, figures: figures
    ).due
    let change = TrailChange("réponse due", before.french, request.dueOn.french)
    try write(.extended, .requestExtended, &request, note: reason, [change], in: db)
    return try RequestLetter.delay(of: request, to: request.requester(keys), reason: reason)
  }

  private func answer(
    _ outcome: PersonalRequest.Outcome, _ typed: String, _ request: inout StoredPersonalRequest,
    in db: any Connection
  ) throws -> Letter {
    try refuseAnswered(request, "reponse")
    let text = try PersonalText.paragraphs(typed, "reponse")
    guard text != nil || !outcome.needsReason else {
      throw FieldFault("reponse", "Dites pourquoi\u{202F}: un refus, même en partie, se motive.")
    }
    guard request.identity != nil || outcome == .refused else {
      throw FieldFault(
        "reponse",
        "Notez d’abord comment l’identité a été vérifiée, ou refusez en disant pourquoi elle n’a pas pu l’être.")
    }
    (request.state, request.outcome, request.answeredAt) = (.answered, outcome, now)
    try write(
      .answered, .requestAnswered, &request, note: text, [TrailChange("réponse", nil, outcome.label)], in: db)
    return try RequestLetter.answer(to: request, of: request.requester(keys), outcome, text: text)
  }

  private func write(
    _ kind: PersonalRequest.Step, _ action: TrailAction, _ request: inout StoredPersonalRequest, note: String?,
    _ changes: [TrailChange], in db: any Connection
  ) throws {
    if request.state == .received { request.state = .underWay }
    guard try PersonalRequests.update(request, in: db) else { throw ChangedMeanwhile() }
    request.version += 1
    try PersonalRequests.insert(
      StoredRequestStep(kind, of: request.id, note: note, by: actor.person?.account, at: now, keys: keys), in: db)
    try Trail.write(TrailNote(action, request: request, changes: changes), as: actor, at: noted, keys: keys, in: db)
  }
}
