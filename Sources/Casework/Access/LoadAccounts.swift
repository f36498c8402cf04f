public import Clauses
import Records
import Storage
import Vault

/// Fills an empty directory with invented organisations and people who have no password: for demonstrations and
/// measurements, never beside real accounts.
public struct LoadAccounts: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// An organisation with its people.
  public struct Group: Sendable {
    /// What it is.
    public var kind: OrganisationKind
    /// Its SIRET.
    public var siret: SIRET?
    /// Its name.
    public var name: String
    /// Its postcode.
    public var postcode: String
    /// Where it stands.
    public var state: OrganisationState
    /// Why, where it is refused or suspended.
    public var reason: String?
    /// The département that it covers, for a facilitation body or a coordination.
    public var covers: [String]
    /// Its people.
    public var people: [Person]

    /// A group.
    public init(
      kind: OrganisationKind, siret: SIRET?, name: String, postcode: String, state: OrganisationState = .active,
      reason: String? = nil, covers: [String] = [], people: [Person]
    ) {
      (self.kind, self.siret, self.name, self.postcode) = (kind, siret, name, postcode)
      (self.state, self.reason, self.covers, self.people) = (state, reason, covers, people)
    }
  }

  /// One of its people.
  public struct Person: Sendable {
    /// Who it is.
    public var identity: Identity
    /// As what.
    public var role: Role
    /// Whether they look after the organisation.
    public var isAdministrator: Bool
    /// A facilitator's missions.
    public var missions: String?
    /// A facilitator's share of a full time, in percent.
    public var timeShare: Int?

    /// A person.
    public init(
      _ identity: Identity, _ role: Role, isAdministrator: Bool, missions: String? = nil, timeShare: Int? = nil
    ) {
      (self.identity, self.role, self.isAdministrator) = (identity, role, isAdministrator)
      (self.missions, self.timeShare) = (missions, timeShare)
    }
  }

  private let groups: [Group]

  /// The loading of some groups.
  public init(_ groups: [Group]) { self.groups = groups }

  /// Writes them in one transaction and marks the base as a demonstration; false where there are accounts already.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (groups, now, today, keys) = (groups, world.moment, world.today(), world.access.keys)
    return try await world.database.write { db in
      guard try Accounts.count(in: db) == 0, try Organisations.count(in: db) == 0 else { return false }
      // One more millisecond each, so that identifiers follow the order of the list.
      var tick = now.milliseconds - 60_000
      func next() -> Moment {
        tick += 1
        return Moment(milliseconds: tick)
      }
      for group in groups {
        var organisation = Organisation(
          id: ID(at: next()), kind: group.kind, siret: group.siret, name: group.name, state: group.state, createdAt: now
        )
        (organisation.postcode, organisation.reason) = (group.postcode, group.reason)
        organisation.departement = DepartementCode(ofFiveSigns: group.postcode)
        organisation.decidedAt = group.state == .waiting ? nil : now
        try Organisations.insert(organisation, in: db)
        for code in group.covers {
          try OrganisationTerritories.insert(
            .init(kind: .departement, code: code, first: today.adding(years: -2)), of: organisation.id, in: db)
        }
        for person in group.people {
          var account = try StoredAccount(id: ID(at: next()), person.identity, password: nil, at: now, keys: keys)
          (account.isInvented, account.provedAt) = (true, now)
          try Accounts.insert(account, in: db)
          var membership = Membership(
            id: ID(at: next()), account: account.id, organisation: organisation.id, role: person.role,
            isAdministrator: person.isAdministrator, startedAt: now)
          (membership.missions, membership.timeShare) = (person.missions, person.timeShare)
          try Memberships.insert(membership, in: db)
        }
        try Trail.write(
          TrailNote(
            .organisationRegistered, organisation: organisation.id,
            changes: [TrailChange("nom", nil, group.name), TrailChange("sorte", nil, group.kind.label)]),
          as: actor, at: now, keys: keys, in: db)
      }
      try InstallationNotes.set(InstallationNotes.demonstration, "yes", in: db)
      return true
    }
  }
}
