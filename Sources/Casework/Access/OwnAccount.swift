public import Clauses
import Records
import Storage
public import Vault

/// The password of whoever is signed in, asked again before what cannot be undone.
enum OwnPassword {
  /// Throws ``FieldFault`` where it is not the right one; an account without a password passes.
  static func check(
    _ password: Password, of person: Actor.Person, field: String = "motdepasse", in world: World
  ) async throws {
    let account = try await world.database.read { try Accounts.find(person.account, in: $0) }
    guard let account else { throw Forbidden(reason: .signIn) }
    guard let text = account.password else { return }
    guard case .accepted = try await world.access.hasher.check(password, against: PasswordHash(text)) else {
      throw FieldFault(field, "Ce n’est pas votre mot de passe actuel.")
    }
  }

  /// Throws ``FieldFault`` for a password that the policy does not take.
  static func refuseWeak(
    _ password: Password, for identity: Identity, field: String, in world: World
  ) throws {
    let refusals = try world.accessTerms().passwords.refusals(
      of: password, email: identity.email.text, names: [identity.givenName, identity.surname])
    guard refusals.isEmpty else { throw FieldFault(field, refusals.map(\.description).joined(separator: " ")) }
  }
}

/// Shows someone their own account.
public struct ShowOwnAccount: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  private let browser: Secret?

  /// The page, in a browser known by a secret that it alone holds.
  public init(browser: Secret? = nil) { self.browser = browser }

  /// A session as its owner sees it.
  public struct Session: Sendable {
    /// What it is ended by.
    public let id: ID<OpenSession>
    /// The browser and the system.
    public let device: String
    /// How it was begun.
    public let method: SignInMethod
    /// When it began.
    public let createdAt: Moment
    /// When it was last used.
    public let seenAt: Moment
    /// Whether it is this one.
    public let isThis: Bool
  }

  /// A request about one's own data.
  public struct Request: Sendable {
    /// What it is called by.
    public let reference: String
    /// What was asked.
    public let kind: PersonalRequest.Kind
    /// When.
    public let receivedOn: Day
    /// Where it stands.
    public let state: PersonalRequest.State
    /// The last day for an answer.
    public let due: Day
  }

  /// An organisation that they may act for.
  public struct Place: Sendable {
    /// The membership.
    public let membership: ID<Membership>
    /// The organisation.
    public let organisation: ID<Organisation>
    /// Its name.
    public let name: String
    /// As what.
    public let role: Role
    /// Whether they look after it.
    public let isAdministrator: Bool
    /// Where it stands.
    public let state: OrganisationState
    /// Whether they act for it now.
    public let isCurrent: Bool
  }

  /// The account.
  public struct Model: Sendable {
    /// Who they are.
    public let identity: Identity
    /// Whether there is a password.
    public let hasPassword: Bool
    /// Whether there is a second factor.
    public let hasSecondFactor: Bool
    /// Whether their role asks for one that this session does not have.
    public let needsSecondFactor: Bool
    /// Recovery codes that were not used yet.
    public let recoveryCodes: Int
    /// Where they may act.
    public let places: [Place]
    /// Their open sessions.
    public let sessions: [Session]
    /// The requests that they made about their data.
    public let requests: [Request]
    /// What the provider of identities says of them; nil where there is none.
    public let identities: OwnIdentities?
  }

  /// Reads the page.
  public func run(as actor: Actor, in world: World) async throws -> Model {
    let person = try actor.signedIn(for: Self.right)
    let terms = try world.accessTerms()
    let (now, keys, browser) = (world.moment, world.access.keys, browser)
    return try await world.database.read { db in
      guard let account = try Accounts.find(person.account, in: db) else { throw Forbidden(reason: .signIn) }
      let places = try Memberships.present(of: account.id, in: db).compactMap { membership -> Place? in
        guard let organisation = try Organisations.find(membership.organisation, in: db) else { return nil }
        return Place(
          membership: membership.id, organisation: organisation.id, name: organisation.name, role: membership.role,
          isAdministrator: membership.isAdministrator, state: organisation.state,
          isCurrent: membership.id == person.acting?.membership)
      }
      let sessions = try Sessions.all(
        of: account.id, at: now, idleFrom: now.adding(minutes: -terms.idleMinutes), in: db)
      return Model(
        identity: try account.identity(keys), hasPassword: account.password != nil,
        hasSecondFactor: account.totp != nil,
        needsSecondFactor: !person.isStrong && places.contains { $0.role.needsSecondFactor },
        recoveryCodes: try Accounts.recoveryCodes(of: account.id, in: db).count, places: places,
        sessions: sessions.map {
          Session(
            id: $0.id, device: $0.device, method: $0.method, createdAt: $0.createdAt, seenAt: $0.seenAt,
            isThis: $0.id == person.session)
        },
        requests: try PersonalRequests.own(account.id, try account.identity(keys).email, keys, in: db).map {
          Request(
            reference: $0.reference, kind: $0.kind, receivedOn: $0.receivedOn, state: $0.state, due: $0.dueOn)
        },
        identities: try OwnIdentities.read(of: person, browser: browser, in: world, db))
    }
  }
}

/// Changes one's own password.
public struct ChangePassword: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount

  /// The one in use; empty for an account without one.
  public var current: Password
  /// The new one.
  public var new: Password

  /// A change.
  public init(current: Password, new: Password) { (self.current, self.new) = (current, new) }

  /// Stores the hash of the new one and ends every other session.
  ///
  /// Throws ``FieldFault`` for a wrong or weak password.
  public func run(as actor: Actor, in world: World) async throws {
    let person = try actor.signedIn(for: Self.right)
    try await OwnPassword.check(current, of: person, field: "actuel", in: world)
    let keys = world.access.keys
    let account = try await world.database.read { try Accounts.find(person.account, in: $0) }
    guard let identity = try account?.identity(keys) else { throw Forbidden(reason: .signIn) }
    try OwnPassword.refuseWeak(new, for: identity, field: "nouveau", in: world)
    let hash = try await world.access.hasher.hash(new)
    let now = world.moment
    try await world.database.write { db in
      guard var account = try Accounts.find(person.account, in: db) else { throw Forbidden(reason: .signIn) }
      account.password = hash.text
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      try Sessions.endAll(of: account.id, except: person.session, in: db)
      try AccessLinks.withdraw(.signIn, account: account.id, in: db)
      try AccessLinks.withdraw(.reset, account: account.id, in: db)
      try Trail.write(TrailNote(.passwordChanged, account: account.id), as: actor, at: now, keys: keys, in: db)
    }
  }
}

/// Corrects one's own name.
public struct ChangeIdentity: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount

  /// Given name as typed.
  public var givenName: String
  /// Surname as typed.
  public var surname: String

  /// A correction.
  public init(givenName: String, surname: String) { (self.givenName, self.surname) = (givenName, surname) }

  /// Stores it; throws ``FieldFault``.
  public func run(as actor: Actor, in world: World) async throws {
    let person = try actor.signedIn(for: Self.right)
    let given = try PersonalText.line(givenName, "prenom")
    let family = try PersonalText.line(surname, "nom")
    let (now, keys) = (world.moment, world.access.keys)
    try await world.database.write { db in
      guard var account = try Accounts.find(person.account, in: db) else { throw Forbidden(reason: .signIn) }
      var identity = try account.identity(keys)
      let before = identity
      (identity.givenName, identity.surname) = (given, family)
      guard identity != before else { return }
      account.seal(identity, keys: keys)
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(
          .accountChanged, account: account.id, changes: [TrailChange("nom", before.name, identity.name)]),
        as: actor, at: now, keys: keys, in: db)
    }
  }
}

/// Ends one of one's own sessions, or all the others.
public struct EndSessions: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  private let session: ID<OpenSession>?

  /// The end of one session; of every other one where nil.
  public init(_ session: ID<OpenSession>?) { self.session = session }

  /// Ends them; false where that session is not one's own.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    let (now, keys, session) = (world.moment, world.access.keys, session)
    return try await world.database.write { db in
      if let session {
        guard try Sessions.end(session, of: person.account, in: db) else { return false }
      } else {
        try Sessions.endAll(of: person.account, except: person.session, in: db)
      }
      try Trail.write(TrailNote(.sessionEnded, account: person.account), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// Chooses for which organisation one acts from now on, in this session.
public struct ActAs: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  private let membership: ID<Membership>

  /// A choice.
  public init(_ membership: ID<Membership>) { self.membership = membership }

  /// Makes it; false where that membership is not one's own, or has ended.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    let person = try actor.signedIn(for: Self.right)
    let (now, keys, chosen) = (world.moment, world.access.keys, membership)
    return try await world.database.write { db in
      guard let membership = try Memberships.find(chosen, in: db), membership.account == person.account,
        membership.endedAt == nil
      else { return false }
      guard membership.id != person.acting?.membership else { return true }
      try Sessions.act(as: membership.id, session: person.session, in: db)
      try Trail.write(
        TrailNote(.actedAs, organisation: membership.organisation), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}
