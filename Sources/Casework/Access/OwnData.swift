import Clauses
import Foundation
import Records
import Storage
public import Vault

/// Everything that is kept about someone's own account, to take away (RGPD, articles 15 and 20).
public struct ExportOwnData: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  /// Lines of the trail that are given, the newest first.
  private static let lines = 5000
  /// The export.
  public init() {}

  private struct Document: Encodable {
    struct Place: Encodable {
      let organisation, role: String
      let administers: Bool
      let from: String
      let to: String?
      let missions, skills, employer: String?
      let timeShare: Int?
    }
    struct Session: Encodable { let device, method, from, lastUse: String }
    struct Request: Encodable {
      let reference, kind, state, receivedOn, dueOn, text: String
    }
    struct Provided: Encodable {
      let provider, shown, from: String
      let lastUse: String?
    }
    struct Line: Encodable {
      let at, action, subjectKind: String
      let changes: [TrailChange]?
    }

    let givenName, surname, email, createdAt: String
    let hasPassword, hasSecondFactor: Bool
    let memberships: [Place]
    let sessions: [Session]
    let requests: [Request]
    let identities: [Provided]
    let trail: [Line]
  }

  /// The JSON text; the export itself is a line of the trail.
  public func run(as actor: Actor, in world: World) async throws -> String {
    let person = try actor.signedIn(for: Self.right)
    let terms = try world.accessTerms()
    let (now, keys) = (world.moment, world.access.keys)
    let document = try await world.database.write { db -> Document in
      guard let account = try Accounts.find(person.account, in: db) else { throw Forbidden(reason: .signIn) }
      let identity = try account.identity(keys)
      let memberships = try Memberships.all(ofAccount: account.id, in: db)
      let names = try Organisations.names(of: Set(memberships.map(\.organisation)), in: db)
      var filter = TrailEntries.Filter()
      filter.account = account.id
      let entries = try TrailEntries.list(filter, limit: Self.lines, in: db)
      let payloads = Dictionary(
        uniqueKeysWithValues: try TrailEntries.payloads(of: entries.map(\.id), in: db).map { ($0.entry, $0) })
      try Trail.write(TrailNote(.exported, account: account.id), as: actor, at: now, keys: keys, in: db)
      return Document(
        givenName: identity.givenName, surname: identity.surname, email: identity.email.text,
        createdAt: "\(account.createdAt)", hasPassword: account.password != nil, hasSecondFactor: account.totp != nil,
        memberships: memberships.map {
          .init(
            organisation: names[$0.organisation] ?? "", role: $0.role.label, administers: $0.isAdministrator,
            from: "\($0.startedAt)", to: $0.endedAt.map { "\($0)" }, missions: $0.missions, skills: $0.skills,
            employer: $0.employer, timeShare: $0.timeShare)
        },
        sessions: try Sessions.all(
          of: account.id, at: now, idleFrom: now.adding(minutes: -terms.idleMinutes), in: db
        ).map {
          .init(device: $0.device, method: $0.method.label, from: "\($0.createdAt)", lastUse: "\($0.seenAt)")
        },
        requests: try PersonalRequests.own(account.id, identity.email, keys, in: db).map {
          .init(
            reference: $0.reference, kind: $0.kind.label, state: $0.state.label, receivedOn: "\($0.receivedOn)",
            dueOn: "\($0.dueOn)", text: try $0.requester(keys).text)
        },
        identities: try ProviderIdentities.all(of: account.id, in: db).map {
          .init(
            provider: $0.issuer, shown: try $0.text(keys), from: "\($0.createdAt)", lastUse: $0.seenAt.map { "\($0)" })
        },
        trail: try entries.map { entry in
          .init(
            at: "\(entry.at)", action: TrailAction(rawValue: entry.action)?.label ?? entry.action,
            subjectKind: entry.subjectKind,
            changes: try payloads[entry.id].flatMap { try Trail.changes(of: $0, keys: keys, in: db) })
        })
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }
}

/// Erases one's own account (RGPD, article 17): what tells who it was goes, what was done stays, without a name.
public struct ForgetOwnAccount: Sendable {
  /// What one must be allowed.
  public static let right = Right.manageOwnAccount
  private let password: Password

  /// An erasure, by someone who gives the password again.
  public init(password: Password) { self.password = password }

  /// Ends memberships and sessions, replaces the identity, destroys the person's key and what the trail told under it.
  ///
  /// Throws ``FieldFault`` for a wrong password, or where an organisation would have nobody left to look after it.
  public func run(as actor: Actor, in world: World) async throws {
    let person = try actor.signedIn(for: Self.right)
    try await OwnPassword.check(password, of: person, field: "motdepasse-effacer", in: world)
    let (now, keys) = (world.moment, world.access.keys)
    try await world.database.write { db in
      guard var account = try Accounts.find(person.account, in: db), account.state == .active else {
        throw Forbidden(reason: .signIn)
      }
      guard !account.isInvented else {
        throw FieldFault("motdepasse-effacer", "Cette personne est inventée\u{202F}: elle sert à tous les visiteurs.")
      }
      try AccessLinks.forget(emailIndexes: EmailIndex.all(try account.identity(keys).email, keys), in: db)
      for var membership in try Memberships.present(of: account.id, in: db) {
        (membership.endedAt, membership.missions, membership.skills, membership.employer) = (now, nil, nil, nil)
        guard try Memberships.update(membership, in: db) else { throw ChangedMeanwhile() }
        _ = try PlannedDossiers.handOver(from: membership.id, to: nil, in: db)
        try APIKeys.revoke(createdBy: account.id, organisation: membership.organisation, at: now, in: db)
        try Trail.write(
          TrailNote(.memberLeft, organisation: membership.organisation), as: actor, at: now, keys: keys, in: db)
        do {
          try LastAdministrator.refuse(in: membership.organisation, db, unlessEmpty: true)
        } catch let fault as FieldFault {
          throw FieldFault("motdepasse-effacer", fault.description)
        }
      }
      // Nobody has this address: the domain never exists (RFC 2606).
      guard let nobody = EmailAddress("\(account.id)@anonyme.invalid") else { throw Forbidden(reason: .role) }
      account.seal(Identity(givenName: "Compte", surname: "anonymisé", email: nobody), keys: keys)
      (account.password, account.totp, account.totpStep, account.seenAt) = (nil, nil, nil, nil)
      (account.state, account.provedAt) = (.deactivated, nil)
      guard try Accounts.update(account, in: db) else { throw ChangedMeanwhile() }
      try Accounts.setRecoveryCodes([], of: account.id, in: db)
      try ProviderIdentities.removeAll(of: account.id, in: db)
      try ProviderArrivals.remove(of: account.id, in: db)
      try Sessions.endAll(of: account.id, except: nil, in: db)
      try AccessLinks.withdraw(.signIn, account: account.id, in: db)
      try AccessLinks.withdraw(.reset, account: account.id, in: db)
      try TrailEntries.forget(person: account.id.description, in: db)
      try Trail.write(TrailNote(.accountForgotten, account: account.id), as: actor, at: now, keys: keys, in: db)
    }
  }
}
