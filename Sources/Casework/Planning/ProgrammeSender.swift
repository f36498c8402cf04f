public import Clauses
import Records
import Storage
import Vault

/// Who sends a programme without an account, in clear; kept in memory for as long as it is shown.
public struct ProgrammeSender: Sendable, Hashable, CustomStringConvertible {
  /// Their name.
  public var name: String
  /// Their e-mail.
  public var email: EmailAddress
  /// Their telephone number; empty where none was given.
  public var phone: String

  /// Never the person: what is printed may be logged.
  public var description: String { "expéditeur" }
}

extension StoredSender {
  /// Seals who sends with the active key, and indexes the e-mail.
  mutating func seal(_ sender: ProgrammeSender, keys: KeyRing) {
    name = keys.seal(sender.name, at: place("name")).text
    email = keys.seal(sender.email.text, at: place("email")).text
    phone = keys.seal(sender.phone, at: place("phone")).text
    emailIndex = EmailIndex.active(sender.email, keys)
    keyID = Int(keys.active.id)
  }

  /// Who sends.
  func sender(_ keys: KeyRing) throws -> ProgrammeSender {
    guard let address = EmailAddress(try keys.openText(try Sealed(text: email), at: place("email"))) else {
      throw SealedError.malformed
    }
    return ProgrammeSender(
      name: try keys.openText(try Sealed(text: name), at: place("name")), email: address,
      phone: try keys.openText(try Sealed(text: phone), at: place("phone")))
  }

  private func place(_ column: String) -> SealedPlace {
    SealedPlace(table: "programme_sender", column: column, row: programme.description)
  }
}

/// Forgets who sent a programme without an account; what was sent stays.
public struct ForgetSender: Sendable {
  /// What one must be allowed.
  public static let right = Right.studyPlanned
  private let id: ID<PurchaseProgramme>

  /// The forgetting of the sender of a programme.
  public init(_ id: ID<PurchaseProgramme>) { self.id = id }

  /// Erases them; false for a programme that is not the reader's, or has no sender.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    _ = try actor.signedIn(for: Self.right)
    let (id, today, now, keys) = (id, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard let programme = try Programmes.find(id, in: db),
        try PlannedReach.of(Self.right, for: actor, on: today, in: db)
          .holds(body: programme.body, buyer: programme.buyer, in: db),
        try ProgrammeSenders.remove(id, in: db)
      else { return false }
      try Trail.write(
        TrailNote(.senderForgotten, kind: "programme", id: id.description), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// Takes away drafts that nobody took in time, and forgets those who sent programmes without an account long ago.
public struct SweepProgrammes: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// Drafts taken away in one transaction.
  private static let batch = 20
  /// The sweeping.
  public init() {}

  /// Does it; says how many drafts and senders went. Throws where a figure is missing.
  public func run(as actor: Actor, in world: World) async throws -> (drafts: Int, senders: Int) {
    try actor.authorise(Self.right)
    let today = world.moment.universalDay
    let days = try world.figures.counts.nearest(.draftKeptDays, on: world.today()).value
    let months = try world.figures.counts.nearest(.senderKeptMonths, on: world.today()).value
    var drafts = 0
    while true {
      try Task.checkCancellation()
      let count = try await world.database.write {
        try Programmes.removeDrafts(before: today.adding(days: -days).start, limit: Self.batch, in: $0)
      }
      drafts += count
      if count < Self.batch { break }
    }
    let senders = try await world.database.write {
      try ProgrammeSenders.remove(before: today.adding(months: -months).start, in: $0)
    }
    return (drafts, senders)
  }
}
