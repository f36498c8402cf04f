public import Clauses
import Records
import Storage
public import Vault

/// The people of an organisation, and those who were invited.
public struct ListMembers: Sendable {
  /// What one must be allowed.
  public static let right = Right.readMembers
  private enum Question: Sendable {
    case organisation(ID<Organisation>)
    case member(ID<Membership>)
  }

  private let question: Question

  /// The people of an organisation.
  public init(_ id: ID<Organisation>) { question = .organisation(id) }

  /// The people of the organisation of a member.
  public init(of member: ID<Membership>) { question = .member(member) }

  /// One member.
  public struct Line: Sendable {
    /// The membership.
    public let membership: Membership
    /// Who it is.
    public let identity: Identity
    /// Whether the account may still be used.
    public let isActive: Bool
    /// Whether there is a second factor.
    public let hasSecondFactor: Bool
    /// When they last came.
    public let seenAt: Moment?
  }

  /// One invitation that waits.
  public struct Invitation: Sendable {
    /// What it is withdrawn by.
    public let id: ID<SentLink>
    /// To whom.
    public let email: EmailAddress
    /// As what.
    public let role: Role
    /// Until when.
    public let endsAt: Moment
  }

  /// The page.
  public struct Model: Sendable {
    /// The organisation.
    public let organisation: Organisation
    /// The present members, the oldest first.
    public let present: [Line]
    /// Those who left.
    public let past: [Line]
    /// Who was invited; empty for a reader who may not invite.
    public let invitations: [Invitation]
    /// Whether the reader may invite and change.
    public let mayManage: Bool
  }

  /// Reads the page; nil for an organisation that the reader may not see.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (question, today, now, keys) = (question, world.today(), world.moment, world.access.keys)
    return try await world.database.read { db in
      let asked: ID<Organisation>? =
        switch question {
        case .organisation(let id): id
        case .member(let id): try Memberships.find(id, in: db)?.organisation
        }
      guard let id = asked, let organisation = try Reach.organisation(id, Self.right, for: actor, on: today, in: db)
      else { return nil }
      let mayManage = try Reach.of(.manageMembers, for: actor, on: today, in: db).holds(organisation)
      let memberships = try Memberships.all(of: id, in: db)
      let accounts = try Accounts.find(all: Set(memberships.map(\.account)), in: db)
      // People in insertion are known to those who accompany them, not to whoever sees the organisation, nor to programs.
      let seesParticipants =
        actor.acting.map {
          $0.organisation == id && Rights.sight(of: .identity, for: $0.role) >= .organisation
        } ?? (actor.identity == .machineOperator)
      let lines = try memberships.compactMap { membership -> Line? in
        guard seesParticipants || membership.role != .participant else { return nil }
        guard let account = accounts[membership.account] else { return nil }
        return Line(
          membership: membership, identity: try account.identity(keys), isActive: account.state == .active,
          hasSecondFactor: account.totp != nil, seenAt: account.seenAt)
      }
      let invitations =
        try mayManage
        ? AccessLinks.invitations(of: id, at: now, in: db).compactMap { try Invitation($0, keys: keys) } : []
      return Model(
        organisation: organisation, present: lines.filter { $0.membership.endedAt == nil },
        past: lines.filter { $0.membership.endedAt != nil }, invitations: invitations, mayManage: mayManage)
    }
  }
}

/// Invites someone into one's own organisation, by a link that serves once.
public struct InviteMember: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageMembers
  /// Invitations that may wait at once, so that nobody writes to the whole world under our name.
  private static let mostWaiting = 100

  /// The organisation.
  public var organisation: ID<Organisation>
  /// The e-mail as typed.
  public var email: String
  /// As what, by its name.
  public var role: String
  /// Whether to look after the organisation too.
  public var isAdministrator: Bool

  /// An invitation.
  public init(_ organisation: ID<Organisation>, email: String, role: String, isAdministrator: Bool) {
    (self.organisation, self.email, self.role) = (organisation, email, role)
    self.isAdministrator = isAdministrator
  }

  /// Makes it; nil for an organisation that is not the reader's to manage.
  ///
  /// Throws ``FieldFault``. The link is sent, and given to whoever invites, who may also hand it over by hand.
  public func run(as actor: Actor, in world: World) async throws -> Secret? {
    let person = try actor.signedIn(for: Self.right)
    guard let address = EmailAddress(email) else {
      throw FieldFault("courriel", "Cette adresse électronique n’est pas complète, par exemple prenom.nom@mairie.fr.")
    }
    let terms = try world.accessTerms()
    let (invitation, today, now, keys, secret) = (self, world.today(), world.moment, world.access.keys, Secret())
    let site = world.access.site
    return try await world.database.write { db -> Secret? in
      guard
        let organisation = try Reach.organisation(invitation.organisation, Self.right, for: actor, on: today, in: db),
        organisation.state != .merged
      else { return nil }
      guard organisation.state == .active else {
        throw FieldFault("courriel", "Vous pourrez inviter quand votre organisation sera validée.")
      }
      guard let role = Role(rawValue: invitation.role), organisation.kind.roles.contains(role) else {
        throw FieldFault("role", "Choisissez un rôle de la liste.")
      }
      try LastAdministrator.refuse(role, isAdministrator: invitation.isAdministrator)
      guard try AccessLinks.invitations(of: organisation.id, at: now, in: db).count < Self.mostWaiting else {
        throw FieldFault("courriel", "Trop d’invitations attendent déjà\u{202F}: retirez celles qui ne servent plus.")
      }
      let link = AccessLink(
        digest: secret.digest.text, id: ID(at: now), kind: .invitation,
        email: keys.seal(address.text, at: AccessLink.place(secret.digest.text)).text,
        emailIndex: EmailIndex.active(address, keys), organisation: organisation.id, role: role,
        isAdministrator: invitation.isAdministrator, createdBy: person.account, createdAt: now,
        endsAt: now.adding(hours: terms.invitationDays * 24))
      try AccessLinks.insert(link, in: db)
      let letter = try Self.letter(
        to: address, organisation: organisation.name, role: role, secret: secret, link: link, site: site)
      try Outbox.queue(letter, with: keys, at: now.milliseconds, in: db)
      try Trail.write(
        TrailNote(
          .memberInvited, organisation: organisation.id, changes: [TrailChange("rôle", nil, role.label)]),
        as: actor, at: now, keys: keys, in: db)
      return secret
    }
  }
}

/// Takes an invitation back.
public struct WithdrawInvitation: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageMembers
  private let organisation: ID<Organisation>
  private let link: ID<SentLink>

  /// The withdrawal of an invitation.
  public init(_ link: ID<SentLink>, of organisation: ID<Organisation>) {
    (self.link, self.organisation) = (link, organisation)
  }

  /// Does it; false for one that is not the reader's to manage, or that no longer waits.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (link, id, today, now, keys) = (link, organisation, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard try Reach.organisation(id, Self.right, for: actor, on: today, in: db) != nil,
        try AccessLinks.withdraw(link, of: id, in: db)
      else { return false }
      try Trail.write(
        TrailNote(.invitationWithdrawn, organisation: id), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// What an invitation says before it is accepted.
public struct ReadInvitation: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter
  private let secret: Secret
  private let browser: Secret?

  /// The invitation of a link, in a browser known by a secret that it alone holds.
  public init(_ secret: Secret, browser: Secret? = nil) { (self.secret, self.browser) = (secret, browser) }

  /// The invitation.
  public struct Model: Sendable {
    /// The organisation that invites.
    public let organisation: String
    /// As what.
    public let role: Role
    /// To whom.
    public let email: EmailAddress
    /// Whether that e-mail has an account already: its owner signs in and accepts.
    public let hasAccount: Bool
    /// The name of the provider of identities; nil where there is none.
    public let provider: String?
    /// What people read of the identity that waits in this browser, and may open the new account; nil where none does.
    public let identity: String?
  }

  /// Reads it; nil for a link that serves no more.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (digest, now, keys) = (secret.digest.text, world.moment, world.access.keys)
    let (browser, provider) = (browser, world.access.provider)
    return try await world.database.read { db in
      guard let link = try AccessLinks.find(digest: digest, .invitation, at: now, in: db),
        let organisation = try link.organisation.flatMap({ try Organisations.find($0, in: db) }),
        organisation.state != .merged, let role = link.role, let email = try link.address(keys)
      else { return nil }
      let account = try Accounts.find(emailIndexes: EmailIndex.all(email, keys), in: db)
      let waiting = try browser.flatMap { browser in
        try provider.flatMap {
          try ProviderArrivals.find(browser: browser.digest.text, account: nil, issuer: $0.issuer, at: now, in: db)
        }
      }
      return Model(
        organisation: organisation.name, role: role, email: email, hasAccount: account != nil,
        provider: provider?.name, identity: try waiting?.text(keys))
    }
  }
}

/// Accepts an invitation: with a new account, or with the one that its owner is signed in with.
public struct AcceptInvitation: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter

  /// The secret of the link.
  public var secret: Secret
  /// Given name as typed; unused by whoever is signed in.
  public var givenName: String
  /// Surname as typed.
  public var surname: String
  /// The password that was chosen.
  public var password: Password
  /// The browser and the system, in a few words.
  public var device: String
  /// The browser in which an identity waits that opens the new account in place of a password; nil for a password.
  public var browser: Secret?

  /// An acceptance.
  public init(
    secret: Secret, givenName: String, surname: String, password: Password, device: String, browser: Secret? = nil
  ) {
    (self.secret, self.givenName, self.surname) = (secret, givenName, surname)
    (self.password, self.device, self.browser) = (password, device, browser)
  }

  /// What came of it.
  public enum Outcome: Sendable {
    /// The link serves no more.
    case ended
    /// The e-mail has an account: its owner signs in first.
    case signInFirst
    /// The account has never proved to read its e-mail: someone else may have made it.
    case proveFirst
    /// Someone else is signed in.
    case otherPerson
    /// Joined; with a new session for a new account, with the session in use otherwise.
    case joined(Secret?)
  }

  /// Joins the organisation and uses the link up in one transaction. Throws ``FieldFault``; the link then still serves.
  public func run(as actor: Actor, in world: World) async throws -> Outcome {
    guard let invitation = try await ReadInvitation(secret).run(as: actor, in: world) else { return .ended }
    let (now, keys, digest) = (world.moment, world.access.keys, secret.digest.text)
    var fresh: (identity: Identity, hash: PasswordHash?)?
    let tie = browser.flatMap { browser in
      world.access.provider.map {
        Tie(browser: browser, provider: $0, field: "prenom", site: world.access.site)
      }
    }
    if let person = actor.person {
      let account = try await world.database.read { try Accounts.find(person.account, in: $0) }
      guard let mine = try account?.identity(keys), mine.email.folded == invitation.email.folded else {
        return .otherPerson
      }
      guard account?.provedAt != nil else { return .proveFirst }
    } else if invitation.hasAccount {
      return .signInFirst
    } else if tie != nil {
      fresh = (
        Identity(
          givenName: try PersonalText.line(givenName, "prenom"), surname: try PersonalText.line(surname, "nom"),
          email: invitation.email), nil
      )
    } else {
      let identity = try PersonDraft(
        givenName: givenName, surname: surname, email: invitation.email.text, password: password
      ).identity(in: world)
      fresh = (identity, try await world.access.hasher.hash(password))
    }
    let new = fresh
    let joined = try await world.database.write { db -> (ID<Account>, ID<Membership>)? in
      guard let link = try AccessLinks.find(digest: digest, .invitation, at: now, in: db),
        let organisation = link.organisation, let role = link.role, try AccessLinks.use(link, at: now, in: db)
      else { return nil }
      let account: ID<Account>
      if let new {
        let made = try StoredAccount(id: ID(at: now), new.identity, password: new.hash, at: now, keys: keys)
        try Accounts.insert(made, in: db)
        try Trail.write(TrailNote(.accountMade, account: made.id), as: actor, at: now, keys: keys, in: db)
        if let tie, try !tie.run(to: made, as: actor, at: now, keys: keys, in: db) {
          throw FieldFault("prenom", "L’identité n’attend plus dans ce navigateur\u{202F}: retournez la chercher.")
        }
        account = made.id
      } else if let person = actor.person {
        account = person.account
      } else {
        return nil
      }
      let membership = Membership(
        id: ID(at: now), account: account, organisation: organisation, role: role,
        isAdministrator: link.isAdministrator, startedAt: now)
      try Memberships.insert(membership, in: db)
      try Trail.write(
        TrailNote(
          .memberJoined, organisation: organisation,
          changes: [TrailChange("membre", nil, new?.identity.name), TrailChange("rôle", nil, role.label)],
          person: account), as: actor, at: now, keys: keys, in: db)
      return (account, membership.id)
    }
    guard let (account, membership) = joined else { return .ended }
    guard fresh != nil else {
      _ = try await ActAs(membership).run(as: actor, in: world)
      return .joined(nil)
    }
    let opening = Opening(
      account: account, method: tie == nil ? .password : .federation, device: device, membership: membership)
    guard case .opened(let secret) = try await opening.run(as: actor, in: world) else { return .joined(nil) }
    return .joined(secret)
  }
}

/// Changes what a member is in one's own organisation.
public struct ChangeMember: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageMembers

  /// The membership.
  public var id: ID<Membership>
  /// As what, by its name.
  public var role: String
  /// Whether to look after the organisation too.
  public var isAdministrator: Bool
  /// Missions, for a facilitator.
  public var missions: String
  /// Share of a full time in percent, for a facilitator.
  public var timeShare: String
  /// Skills, for a facilitator.
  public var skills: String
  /// Who employs the facilitator, where it is another body.
  public var employer: String

  /// A change.
  public init(
    _ id: ID<Membership>, role: String, isAdministrator: Bool, missions: String = "", timeShare: String = "",
    skills: String = "", employer: String = ""
  ) {
    (self.id, self.role, self.isAdministrator, self.missions) = (id, role, isAdministrator, missions)
    (self.timeShare, self.skills, self.employer) = (timeShare, skills, employer)
  }

  /// Writes it; nil for a member who is not the reader's to manage, else the organisation.
  ///
  /// Throws ``FieldFault`` where a field is wrong, or the organisation would have nobody left to look after it.
  public func run(as actor: Actor, in world: World) async throws -> ID<Organisation>? {
    try actor.authorise(Self.right)
    let (change, today, now, keys) = (self, world.today(), world.moment, world.access.keys)
    let missions = try PersonalText.optional(missions, "missions", longest: 1000)
    let skills = try PersonalText.optional(skills, "competences", longest: 1000)
    let employer = try PersonalText.optional(employer, "employeur")
    let share = try Self.share(timeShare)
    return try await world.database.write { db -> ID<Organisation>? in
      guard var membership = try Memberships.find(change.id, in: db), membership.endedAt == nil,
        let organisation = try Reach.organisation(membership.organisation, Self.right, for: actor, on: today, in: db)
      else { return nil }
      guard let role = Role(rawValue: change.role), organisation.kind.roles.contains(role) else {
        throw FieldFault("role", "Choisissez un rôle de la liste.")
      }
      try LastAdministrator.refuse(role, isAdministrator: change.isAdministrator)
      let before = membership
      (membership.role, membership.isAdministrator) = (role, change.isAdministrator)
      (membership.missions, membership.timeShare) = (missions, share)
      (membership.skills, membership.employer) = (skills, employer)
      guard membership != before else { return organisation.id }
      guard try Memberships.update(membership, in: db) else { throw ChangedMeanwhile() }
      try LastAdministrator.refuse(in: organisation.id, db)
      if !membership.isAdministrator || membership.role != before.role {
        try AccessLinks.withdraw(createdBy: membership.account, organisation: organisation.id, in: db)
        try APIKeys.revoke(createdBy: membership.account, organisation: organisation.id, at: now, in: db)
      }
      try Trail.write(
        TrailNote(
          .memberChanged, organisation: organisation.id, changes: before.changes(to: membership),
          person: membership.account), as: actor, at: now, keys: keys, in: db)
      return organisation.id
    }
  }

  private static func share(_ typed: String) throws(FieldFault) -> Int? {
    let text = typed.filter { !$0.isWhitespace && $0 != "%" }
    guard !text.isEmpty else { return nil }
    guard let share = Int(text), (1...100).contains(share) else {
      throw FieldFault("quotite", "Indiquez une part de temps plein de 1 à 100, sans virgule.")
    }
    return share
  }
}

extension Membership {
  fileprivate func changes(to other: Membership) -> [TrailChange] {
    [
      TrailChange("rôle", role.label, other.role.label),
      TrailChange("administration", isAdministrator ? "oui" : "non", other.isAdministrator ? "oui" : "non"),
      TrailChange("missions", missions, other.missions),
      TrailChange("temps", timeShare.map { "\($0) %" }, other.timeShare.map { "\($0) %" }),
      TrailChange("compétences", skills, other.skills), TrailChange("employeur", employer, other.employer),
    ].filter { $0.before != $0.after }
  }
}

/// Never an organisation without anyone to look after it.
enum LastAdministrator {
  /// Someone in insertion looks after no organisation.
  static func refuse(_ role: Role, isAdministrator: Bool) throws(FieldFault) {
    guard role == .participant, isAdministrator else { return }
    throw FieldFault(
      "role", "Une personne en insertion n’administre pas l’organisation\u{202F}: choisissez l’un ou l’autre.")
  }

  /// Undoes the transaction, by throwing, where nobody would be left; with `unlessEmpty`, an organisation whose last
  /// member leaves may stay with nobody at all.
  static func refuse(
    in organisation: ID<Organisation>, _ db: any Connection, unlessEmpty: Bool = false
  ) throws {
    guard try Memberships.administrators(of: organisation, in: db) == 0 else { return }
    if unlessEmpty, try Memberships.all(of: organisation, in: db).allSatisfy({ $0.endedAt != nil }) { return }
    throw FieldFault(
      "administration",
      "Quelqu’un doit administrer l’organisation\u{202F}: confiez d’abord l’administration à une autre personne.")
  }
}

/// Ends a member's access, and says who takes over what they followed.
public struct EndMembership: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageMembers

  /// The membership.
  public var id: ID<Membership>
  /// Who takes the portfolio over; nil where there is nothing to take over.
  public var successor: ID<Membership>?

  /// The end of a membership.
  public init(_ id: ID<Membership>, successor: ID<Membership>?) { (self.id, self.successor) = (id, successor) }

  /// Ends it and the sessions that act in it; nil for a member who is not the reader's to manage.
  ///
  /// The account stays, and its history with it; one that has no membership left may do nothing but look after itself.
  public func run(as actor: Actor, in world: World) async throws -> ID<Organisation>? {
    try actor.authorise(Self.right)
    let (end, today, now, keys) = (self, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db -> ID<Organisation>? in
      guard var membership = try Memberships.find(end.id, in: db), membership.endedAt == nil,
        let organisation = try Reach.organisation(membership.organisation, Self.right, for: actor, on: today, in: db)
      else { return nil }
      // The heir is named by a number only: a name here would stay with the one who leaves.
      var heir: String?
      var follower: ID<Membership>?
      if let successor = end.successor {
        guard let other = try Memberships.find(successor, in: db), other.organisation == organisation.id,
          other.endedAt == nil, other.id != membership.id
        else { throw FieldFault("suite", "Choisissez un membre présent de l’organisation.") }
        heir = "membre \(other.id)"
        follower = other.role == .facilitator ? other.id : nil
      }
      (membership.endedAt, membership.successor) = (now, end.successor)
      guard try Memberships.update(membership, in: db) else { throw ChangedMeanwhile() }
      try LastAdministrator.refuse(in: organisation.id, db)
      try Sessions.endAll(actingAs: membership.id, in: db)
      let handed = try PlannedDossiers.handOver(from: membership.id, to: follower, in: db)
      try AccessLinks.withdraw(createdBy: membership.account, organisation: organisation.id, in: db)
      try APIKeys.revoke(createdBy: membership.account, organisation: organisation.id, at: now, in: db)
      try Trail.write(
        TrailNote(
          .memberLeft, organisation: organisation.id,
          changes: [TrailChange("suite confiée à", nil, heir)]
            + (handed > 0 ? [TrailChange("marchés suivis", nil, String(handed))] : []),
          person: membership.account), as: actor, at: now, keys: keys, in: db)
      return organisation.id
    }
  }
}

extension AccessLink {
  /// Where the e-mail of an invitation is sealed.
  static func place(_ digest: String) -> SealedPlace {
    SealedPlace(table: "access_link", column: "email", row: digest)
  }

  /// To whom it was sent.
  func address(_ keys: KeyRing) throws -> EmailAddress? {
    guard let email else { return nil }
    return EmailAddress(try keys.openText(try Sealed(text: email), at: AccessLink.place(digest)))
  }
}

extension ListMembers.Invitation {
  init?(_ link: AccessLink, keys: KeyRing) throws {
    guard let role = link.role, let email = try link.address(keys) else { return nil }
    (id, self.email, self.role, endsAt) = (link.id, email, role, link.endsAt)
  }
}
