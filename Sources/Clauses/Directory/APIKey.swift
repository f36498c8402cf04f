/// A key with which a program of an organisation reads the interface for programs (API), in the organisation's name.
public struct APIKey: Sendable, Hashable {
  /// Its identifier.
  public let id: ID<APIKey>
  /// For whom it reads.
  public let organisation: ID<Organisation>
  /// What it serves for, in words.
  public let name: String
  /// The role that it has there, which is that of whoever made it.
  public let role: Role
  /// What it opens, beside what anyone may read.
  public let permissions: Set<KeyPermission>
  /// The last signs of its secret, by which people tell one from another.
  public let hint: String
  /// Who made it.
  public let createdBy: ID<Account>
  /// When it was made.
  public let createdAt: Moment
  /// Until when it serves.
  public let endsAt: Moment
  /// When it last served, to some minutes.
  public var usedAt: Moment?
  /// When it was revoked.
  public var revokedAt: Moment?

  /// A new key.
  public init(
    id: ID<APIKey>, organisation: ID<Organisation>, name: String, role: Role, permissions: Set<KeyPermission>,
    hint: String, createdBy: ID<Account>, createdAt: Moment, endsAt: Moment
  ) {
    (self.id, self.organisation, self.name, self.role) = (id, organisation, name, role)
    (self.permissions, self.hint, self.createdBy) = (permissions, hint, createdBy)
    (self.createdAt, self.endsAt) = (createdAt, endsAt)
  }

  /// Whether it serves at a moment.
  public func serves(at now: Moment) -> Bool { revokedAt == nil && now < endsAt }
}

/// What a key may open beside what anyone may read.
public enum KeyPermission: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The pages of organisations, as far as the role sees them.
  case organisations
  /// The people of organisations: name, role, since when.
  case members

  /// The words for people.
  public var label: String {
    switch self {
    case .organisations: "Fiches des organisations"
    case .members: "Membres des organisations (nom, rôle)"
    }
  }

  /// The order of lists.
  public static func < (a: KeyPermission, b: KeyPermission) -> Bool { a.rawValue < b.rawValue }
}
