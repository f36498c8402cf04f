public import Clauses
public import Storage

/// An identity of a provider that opens an account: issuer and subject together, by their keyed hash.
public struct ProviderIdentity: Sendable, RowDecodable {
  /// What it is taken away by.
  public let id: ID<TiedIdentity>
  /// The provider.
  public let issuer: String
  /// The keyed hash of issuer and subject.
  public let digest: String
  /// Whose account it opens.
  public let account: ID<Account>
  /// What people read of it, sealed.
  public var shown: String
  /// When it was tied.
  public let createdAt: Moment
  /// When it last served.
  public var seenAt: Moment?

  /// A new one.
  public init(
    id: ID<TiedIdentity>, issuer: String, digest: String, account: ID<Account>, shown: String, createdAt: Moment
  ) {
    (self.id, self.issuer, self.digest, self.account) = (id, issuer, digest, account)
    (self.shown, self.createdAt, seenAt) = (shown, createdAt, nil)
  }

  static let columns: SQL = "id, issuer, digest, account, shown, created_at, seen_at"

  /// Reads the columns of ``ProviderIdentities``.
  public init(row: Row) throws {
    id = try row.value(0)
    issuer = try row.value(1)
    digest = try row.value(2)
    account = try row.value(3)
    shown = try row.value(4)
    createdAt = try row.value(5)
    seenAt = try row.value(6)
  }
}

/// The table of identities.
public enum ProviderIdentities {
  /// One by the keyed hash of its issuer and subject.
  public static func find(digest: String, in db: any Connection) throws -> ProviderIdentity? {
    try db.first(
      ProviderIdentity.self,
      "SELECT \(ProviderIdentity.columns) FROM provider_identity WHERE digest = \(digest)")
  }

  /// Someone's, the oldest first.
  public static func all(of account: ID<Account>, in db: any Connection) throws -> [ProviderIdentity] {
    try db.all(
      ProviderIdentity.self,
      "SELECT \(ProviderIdentity.columns) FROM provider_identity WHERE account = \(account) ORDER BY id")
  }

  /// Adds one.
  public static func insert(_ identity: ProviderIdentity, in db: any Connection) throws {
    let i = identity
    try db.execute(
      """
      INSERT INTO provider_identity (id, issuer, digest, account, shown, created_at, seen_at)
      VALUES (\(i.id), \(i.issuer), \(i.digest), \(i.account), \(i.shown), \(i.createdAt), \(i.seenAt))
      """)
  }

  /// Writes what people read of one, and when it last served.
  public static func update(_ identity: ProviderIdentity, in db: any Connection) throws {
    let i = identity
    try db.execute(
      "UPDATE provider_identity SET shown = \(i.shown), seen_at = \(i.seenAt) WHERE id = \(i.id)")
  }

  /// Takes one of someone's away; false where it is not theirs.
  public static func remove(
    _ identity: ID<TiedIdentity>, of account: ID<Account>, in db: any Connection
  ) throws -> Bool {
    try db.execute("DELETE FROM provider_identity WHERE id = \(identity) AND account = \(account)") == 1
  }

  /// Takes all of someone's away.
  @discardableResult
  public static func removeAll(of account: ID<Account>, in db: any Connection) throws -> Int {
    try db.execute("DELETE FROM provider_identity WHERE account = \(account)")
  }

  /// Some of them in the order of their identifiers, after a place.
  public static func list(after last: String, limit: Int, in db: any Connection) throws -> [ProviderIdentity] {
    try db.all(
      ProviderIdentity.self,
      "SELECT \(ProviderIdentity.columns) FROM provider_identity WHERE id > \(last) ORDER BY id LIMIT \(limit)")
  }
}
