public import Clauses
import Records
import Storage
public import Vault

/// The invented people under whose name anyone may enter a demonstration, and nowhere else.
public struct ListDemonstrationAccounts: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter
  /// The list.
  public init() {}

  /// One of them.
  public struct Line: Sendable {
    /// The membership to act in.
    public let membership: ID<Membership>
    /// Their name.
    public let name: String
    /// As what.
    public let role: Role
    /// Whether they look after the organisation.
    public let isAdministrator: Bool
    /// The organisation.
    public let organisation: String
    /// Where it stands.
    public let state: OrganisationState
  }

  /// Reads the list; empty outside a demonstration.
  public func run(as actor: Actor, in world: World) async throws -> [Line] {
    try actor.authorise(Self.right)
    guard world.access.isDemonstration else { return [] }
    let keys = world.access.keys
    return try await world.database.read { db in
      try Memberships.demonstration(in: db).compactMap { membership -> Line? in
        guard let account = try Accounts.find(membership.account, in: db), account.state == .active,
          let organisation = try Organisations.find(membership.organisation, in: db)
        else { return nil }
        return Line(
          membership: membership.id, name: try account.identity(keys).name, role: membership.role,
          isAdministrator: membership.isAdministrator, organisation: organisation.name, state: organisation.state)
      }
    }
  }
}

/// Enters a demonstration under an invented name.
public struct EnterDemonstration: Sendable {
  /// What one must be allowed.
  public static let right = Right.enter
  private let membership: ID<Membership>
  private let device: String

  /// The entry of someone.
  public init(_ membership: ID<Membership>, device: String) { (self.membership, self.device) = (membership, device) }

  /// Opens a session; nil outside a demonstration, or for someone who is not of it.
  public func run(as actor: Actor, in world: World) async throws -> Secret? {
    guard
      let line = try await ListDemonstrationAccounts().run(as: actor, in: world)
        .first(where: { $0.membership == membership })
    else { return nil }
    let found = try await world.database.read { try Memberships.find(line.membership, in: $0) }
    guard let account = found?.account else { return nil }
    let opening = Opening(account: account, method: .demonstration, device: device, membership: line.membership)
    guard case .opened(let secret) = try await opening.run(as: actor, in: world) else { return nil }
    return secret
  }
}
