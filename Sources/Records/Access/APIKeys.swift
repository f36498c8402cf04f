public import Clauses
public import Storage

extension APIKey: RowDecodable {
  static let columns: SQL = """
    k.id, k.organisation, k.name, k.role, k.permissions, k.hint, k.created_by, k.created_at, k.ends_at, k.used_at,
    k.revoked_at
    """

  /// Reads the columns of ``APIKeys``.
  public init(row: Row) throws {
    let words: String = try row.value(4)
    self.init(
      id: try row.value(0), organisation: try row.value(1), name: try row.value(2), role: try row.value(3),
      permissions: Set(words.split(separator: " ").compactMap { KeyPermission(rawValue: String($0)) }),
      hint: try row.value(5), createdBy: try row.value(6), createdAt: try row.value(7), endsAt: try row.value(8))
    usedAt = try row.value(9)
    revokedAt = try row.value(10)
  }
}

/// What one statement tells of the program that sends a key.
public struct KeyHolder: Sendable, RowDecodable {
  /// The key.
  public let key: APIKey
  /// The organisation's name.
  public let organisation: String
  /// Where the organisation stands.
  public let state: OrganisationState

  /// Reads the columns of ``APIKeys/holder(digest:in:)``.
  public init(row: Row) throws {
    key = try APIKey(row: row)
    organisation = try row.value(11)
    state = try row.value(12)
  }
}

/// The table of keys.
public enum APIKeys {
  /// The key of a secret, still serving or not, with its organisation.
  public static func holder(digest: String, in db: any Connection) throws -> KeyHolder? {
    try db.first(
      KeyHolder.self,
      """
      SELECT \(APIKey.columns), o.name, o.state FROM api_key k JOIN organisation o ON o.id = k.organisation
      WHERE k.digest = \(digest)
      """)
  }

  /// Those of an organisation, the latest first.
  public static func all(of organisation: ID<Organisation>, in db: any Connection) throws -> [APIKey] {
    try db.all(
      APIKey.self,
      "SELECT \(APIKey.columns) FROM api_key k WHERE k.organisation = \(organisation) ORDER BY k.id DESC")
  }

  /// Adds one.
  public static func insert(_ key: APIKey, digest: String, in db: any Connection) throws {
    let words = key.permissions.sorted().map(\.rawValue).joined(separator: " ")
    try db.execute(
      """
      INSERT INTO api_key (digest, id, organisation, name, role, permissions, hint, created_by, created_at, ends_at)
      VALUES (\(digest), \(key.id), \(key.organisation), \(key.name), \(key.role), \(words), \(key.hint),
        \(key.createdBy), \(key.createdAt), \(key.endsAt))
      """)
  }

  /// Notes that a key is in use.
  public static func touch(_ key: ID<APIKey>, at now: Moment, in db: any Connection) throws {
    try db.execute(
      "UPDATE api_key SET used_at = \(now) WHERE id = \(key) AND (used_at IS NULL OR used_at < \(now))")
  }

  /// Revokes one of an organisation's; false where it is not theirs, or was revoked already.
  public static func revoke(
    _ key: ID<APIKey>, of organisation: ID<Organisation>, at now: Moment, in db: any Connection
  ) throws -> Bool {
    try db.execute(
      """
      UPDATE api_key SET revoked_at = \(now)
      WHERE id = \(key) AND organisation = \(organisation) AND revoked_at IS NULL
      """) == 1
  }

  /// Revokes those that someone made for an organisation: they know the secrets.
  public static func revoke(
    createdBy account: ID<Account>, organisation: ID<Organisation>, at now: Moment, in db: any Connection
  ) throws {
    try db.execute(
      """
      UPDATE api_key SET revoked_at = \(now)
      WHERE created_by = \(account) AND organisation = \(organisation) AND revoked_at IS NULL
      """)
  }
}
