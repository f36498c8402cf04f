import Clauses
import Foundation
import Records
import Storage
import Synchronization
import TestSupport
import Vault

@testable import Casework

/// A clock that a test moves.
final class TestClock: Sendable {
  private let moment = Mutex(Moment("2026-11-21T09:30:00.000Z") ?? Moment(milliseconds: 0))

  var now: Moment { moment.withLock { $0 } }
  func move(minutes: Int64) { moment.withLock { $0 = $0.adding(minutes: minutes) } }
  func move(seconds: Int64) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A world whose clock the test moves, with one facilitation body and its administrator.
struct House {
  let world: World
  let clock: TestClock
  let body: ID<Organisation>
  let administrator: Actor

  static let password = Password("Trois chevaux, deux ânes et 1 mulet")
  static let email = "claire.moreau@exemple.fr"

  /// Who sends the secret of a session.
  func actor(_ secret: Secret) async throws -> Actor {
    guard let answer = try await RecogniseSession(secret).run(in: world) else { return .visitor }
    return Actor(answer.identity)
  }

  /// An actor with a membership of its own, as a strong session would make it; the session is a real one.
  func enter(
    _ role: Role, in organisation: ID<Organisation>, administers: Bool = false, isStrong: Bool = true,
    name: String = "Nadia Benali"
  ) async throws -> Actor {
    try await actor(
      try await session(role, in: organisation, administers: administers, isStrong: isStrong, name: name).secret)
  }

  /// The session of a new member and the membership.
  func session(
    _ role: Role, in organisation: ID<Organisation>, administers: Bool, isStrong: Bool, name: String = "Nadia Benali"
  ) async throws -> (secret: Secret, member: ID<Membership>) {
    let (now, keys) = (world.moment, world.access.keys)
    let words = name.split(separator: " ").map(String.init)
    let secret = Secret()
    let member = try await world.database.write { db in
      let id = ID<Account>(at: now)
      guard let email = EmailAddress("\(id.description.prefix(30))@exemple.fr") else { throw FieldFault("", "") }
      var account = try StoredAccount(
        id: id, Identity(givenName: words[0], surname: words[1], email: email), password: nil, at: now, keys: keys)
      account.provedAt = now
      try Accounts.insert(account, in: db)
      let membership = Membership(
        id: ID(at: now), account: id, organisation: organisation, role: role, isAdministrator: administers,
        startedAt: now)
      try Memberships.insert(membership, in: db)
      try Sessions.insert(
        StoredSession(
          digest: secret.digest.text, id: ID(at: now), account: id, membership: membership.id, method: .password,
          isStrong: isStrong, isComplete: true, device: "essai", at: now, endsAt: now.adding(hours: 12)), in: db)
      return membership.id
    }
    return (secret, member)
  }

  /// An organisation with nobody in it.
  func organisation(
    _ kind: OrganisationKind, _ name: String, departement: String = "77", state: OrganisationState = .active,
    siret: String? = nil
  ) async throws -> ID<Organisation> {
    let now = world.moment
    return try await world.database.write { db in
      var organisation = Organisation(
        id: ID(at: now), kind: kind, siret: try siret.map { try SIRET($0) }, name: name, state: state, createdAt: now)
      organisation.departement = DepartementCode(departement)
      try Organisations.insert(organisation, in: db)
      return organisation.id
    }
  }

  /// A planned contract of another buyer that a body follows, and the programme that brought it.
  func planned(body: ID<Organisation>) async throws -> (ID<PlannedDossier>, ID<PurchaseProgramme>) {
    let now = world.moment
    return try await world.database.write { db in
      let buyer = try SIRET("21400192700000")
      let programme = StoredProgramme(
        id: ID(at: now), body: body, buyer: buyer, buyerName: "Ailleurs", fileName: "x.csv", sheet: "x", titleRow: 0,
        titles: "[]", places: "", isCut: false, createdBy: nil, createdAt: now)
      try Programmes.insert(programme, rows: [], in: db)
      let dossier = PlannedDossier(
        id: ID(at: now), body: body, buyer: buyer, buyerName: "Ailleurs", contract: PlannedContract(object: "Voirie"),
        receivedAt: now, answerDue: world.today(), programme: programme.id)
      try PlannedDossiers.insert(dossier, in: db)
      return (dossier.id, programme.id)
    }
  }

  /// The actions that the trail tells, the oldest first.
  func actions() async throws -> [String] {
    try await world.database.read {
      try TrailEntries.list(.init(), limit: 1000, in: $0).map(\.action).reversed()
    }
  }
}

/// Gives the test a house on an engine.
func withHouse(_ engine: Engine, _ body: (House) async throws -> Void) async throws {
  try await withWorld(engine) { world, _ in
    let clock = TestClock()
    var world = world
    world.now = { "\(clock.now)" }
    let secret = try await PrepareSetUp().run(as: .machineOperator, in: world)
    guard let secret else { throw FieldFault("", "no link") }
    let opened = try await SetUpInstallation(
      secret: secret,
      organisation: OrganisationDraft(siret: "21770288100012", name: "Maison de l’emploi", postcode: "77000"),
      person: PersonDraft(
        givenName: "Claire", surname: "Moreau", email: House.email, password: House.password),
      device: "Firefox sur Linux"
    ).run(as: .visitor, in: world)
    guard let opened, let answer = try await RecogniseSession(opened).run(in: world) else {
      throw FieldFault("", "not set up")
    }
    let actor = Actor(answer.identity)
    guard let organisation = actor.acting?.organisation else { throw FieldFault("", "no organisation") }
    try await body(House(world: world, clock: clock, body: organisation, administrator: actor))
  }
}
