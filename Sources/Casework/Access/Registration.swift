public import Clauses
import Records
import Storage
public import Vault

/// What someone types of themselves to open an account.
public struct PersonDraft: Sendable {
  /// Given name.
  public var givenName: String
  /// Surname.
  public var surname: String
  /// E-mail.
  public var email: String
  /// The password that they chose.
  public var password: Password

  /// A draft.
  public init(givenName: String, surname: String, email: String, password: Password) {
    (self.givenName, self.surname, self.email, self.password) = (givenName, surname, email, password)
  }

  /// The identity that it tells; throws ``FieldFault`` for the first wrong field, the password included.
  func identity(in world: World) throws -> Identity {
    let given = try PersonalText.line(givenName, "prenom")
    let family = try PersonalText.line(surname, "nom")
    guard let address = EmailAddress(email) else {
      throw FieldFault("courriel", "Cette adresse électronique n’est pas complète, par exemple prenom.nom@mairie.fr.")
    }
    let identity = Identity(givenName: given, surname: family, email: address)
    try OwnPassword.refuseWeak(password, for: identity, field: "nouveau", in: world)
    return identity
  }
}

/// Makes the first facilitation body and its administrator, by the link that the first start prints.
public struct SetUpInstallation: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  /// The secret of the link.
  public var secret: Secret
  /// The first organisation; its kind is a facilitation body whatever the draft says.
  public var organisation: OrganisationDraft
  /// Its administrator.
  public var person: PersonDraft
  /// The browser and the system, in a few words.
  public var device: String

  /// A set-up.
  public init(secret: Secret, organisation: OrganisationDraft, person: PersonDraft, device: String) {
    (self.secret, self.organisation, self.person, self.device) = (secret, organisation, person, device)
  }

  /// Makes both in one transaction, uses the link up, and opens a session; nil for a link that serves no more.
  ///
  /// Throws ``FieldFault``; the link then still serves.
  public func run(as actor: Actor, in world: World) async throws -> Secret? {
    try actor.authorise(Self.right)
    let identity = try person.identity(in: world)
    guard try await Self.isOpen(secret, in: world) else { return nil }
    let hash = try await world.access.hasher.hash(person.password)
    let (now, keys, digest, draft) = (world.moment, world.access.keys, secret.digest.text, organisation)
    let today = world.today()
    let account: ID<Account>? = try await world.database.write { db in
      guard try !Organisations.hasActiveBody(in: db),
        let link = try AccessLinks.find(digest: digest, .setUp, at: now, in: db),
        try AccessLinks.use(link, at: now, in: db)
      else { return nil }
      var body = Organisation(
        id: ID(at: now), kind: .facilitationBody, siret: nil, name: "", state: .active, createdAt: now)
      try draft.fill(&body, in: db)
      body.decidedAt = now
      try Organisations.insert(body, in: db)
      if let departement = body.departement {
        try OrganisationTerritories.insert(
          .init(kind: .departement, code: departement.code, first: today), of: body.id, in: db)
      }
      var account = try StoredAccount(id: ID(at: now), identity, password: hash, at: now, keys: keys)
      // Whoever reads the terminal of the server needs no other proof.
      account.provedAt = now
      try Accounts.insert(account, in: db)
      try Memberships.insert(
        Membership(
          id: ID(at: now), account: account.id, organisation: body.id, role: .facilitator, isAdministrator: true,
          startedAt: now), in: db)
      try Trail.write(TrailNote(.accountMade, account: account.id), as: actor, at: now, keys: keys, in: db)
      try Trail.write(
        TrailNote(
          .installationSetUp, organisation: body.id,
          changes: [TrailChange("organisation", nil, body.name), TrailChange("administration", nil, identity.name)],
          person: account.id), as: actor, at: now, keys: keys, in: db)
      return account.id
    }
    guard let account else { return nil }
    guard
      case .opened(let secret) = try await Opening(account: account, method: .password, device: device)
        .run(as: actor, in: world)
    else { return nil }
    return secret
  }

  /// Whether a link to set the installation up still serves.
  public static func isOpen(_ secret: Secret, in world: World) async throws -> Bool {
    let (now, digest) = (world.moment, secret.digest.text)
    return try await world.database.read { try AccessLinks.find(digest: digest, .setUp, at: now, in: $0) != nil }
  }
}

/// Makes the link that sets an installation up, while no facilitation body works; the one made before serves no more.
public struct PrepareSetUp: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// Hours for which the link serves; another start makes another.
  private static let hours: Int64 = 24
  /// The preparation.
  public init() {}

  /// The secret of the link, to print once; nil once a facilitation body works.
  public func run(as actor: Actor, in world: World) async throws -> Secret? {
    try actor.authorise(Self.right)
    let (now, secret) = (world.moment, Secret())
    return try await world.database.write { db in
      guard try !Organisations.hasActiveBody(in: db) else { return nil }
      try AccessLinks.withdraw(.setUp, account: nil, in: db)
      try AccessLinks.insert(
        AccessLink(
          digest: secret.digest.text, id: ID(at: now), kind: .setUp, createdAt: now,
          endsAt: now.adding(hours: Self.hours)), in: db)
      return secret
    }
  }
}

/// Registers an organisation and its first administrator; it stays inert until someone validates it.
public struct RegisterOrganisation: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  /// The organisation.
  public var organisation: OrganisationDraft
  /// Its administrator; nil where someone who is signed in registers another organisation.
  public var person: PersonDraft?
  /// The browser and the system, in a few words.
  public var device: String

  /// A registration.
  public init(organisation: OrganisationDraft, person: PersonDraft?, device: String) {
    (self.organisation, self.person, self.device) = (organisation, person, device)
  }

  /// What came of it.
  public enum Outcome: Sendable {
    /// Registered, and a session is open; nil for whoever already had one.
    case registered(ID<Organisation>, Secret?)
    /// The organisation is there already: its administrators invite.
    case known(String)
  }

  /// Registers both in one transaction.
  ///
  /// Throws ``FieldFault``. An e-mail that already has an account is refused with the words of a wrong password, so that
  /// nobody learns who has one: its owner signs in first.
  public func run(as actor: Actor, in world: World) async throws -> Outcome {
    try actor.authorise(Self.right)
    guard let kind = OrganisationKind(code: organisation.kind) else {
      throw FieldFault("sorte", "Choisissez ce que fait votre organisation.")
    }
    let identity = try person?.identity(in: world)
    guard identity != nil || actor.person != nil else { throw Forbidden(reason: .signIn) }
    let hash: PasswordHash?
    if let person { hash = try await world.access.hasher.hash(person.password) } else { hash = nil }
    let (now, keys, draft) = (world.moment, world.access.keys, organisation)
    let made = try await world.database.write { db -> Made in
      var body = Organisation(id: ID(at: now), kind: kind, siret: nil, name: "", state: .waiting, createdAt: now)
      try draft.fill(&body, in: db)
      guard try Organisations.hasActiveBody(in: db) else {
        throw FieldFault("sorte", "Marchepied n’est pas encore en service ici\u{202F}: revenez plus tard.")
      }
      guard body.departement != nil else {
        throw FieldFault("codepostal", "Indiquez le code postal\u{202F}: il dit qui validera votre organisation.")
      }
      if let siret = body.siret, let known = try Organisations.find(siret, kind, in: db) { return .known(known.name) }
      let account: ID<Account>
      if let identity {
        guard try Accounts.find(emailIndexes: EmailIndex.all(identity.email, keys), in: db) == nil else {
          throw FieldFault(
            "courriel", "Cette adresse ne peut pas servir ici. Si vous avez un compte, connectez-vous d’abord.")
        }
        let new = try StoredAccount(id: ID(at: now), identity, password: hash, at: now, keys: keys)
        try Accounts.insert(new, in: db)
        try Trail.write(TrailNote(.accountMade, account: new.id), as: actor, at: now, keys: keys, in: db)
        account = new.id
      } else if let person = actor.person {
        account = person.account
      } else {
        throw Forbidden(reason: .signIn)
      }
      try Organisations.insert(body, in: db)
      try Memberships.insert(
        Membership(
          id: ID(at: now), account: account, organisation: body.id, role: kind.role, isAdministrator: true,
          startedAt: now), in: db)
      try Trail.write(
        TrailNote(
          .organisationRegistered, organisation: body.id,
          changes: [TrailChange("nom", nil, body.name), TrailChange("sorte", nil, kind.label)]),
        as: actor, at: now, keys: keys, in: db)
      return .made(body.id, account)
    }
    switch made {
    case .known(let name): return .known(name)
    case .made(let organisation, let account):
      guard identity != nil else { return .registered(organisation, nil) }
      let opening = Opening(account: account, method: .password, device: device)
      guard case .opened(let secret) = try await opening.run(as: actor, in: world) else {
        return .registered(organisation, nil)
      }
      return .registered(organisation, secret)
    }
  }

  private enum Made: Sendable {
    case known(String)
    case made(ID<Organisation>, ID<Account>)
  }
}
