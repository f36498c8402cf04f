public import Clauses
public import Storage

/// Whether an account may be used.
public enum AccountState: String, Sendable, Hashable, SQLConvertible {
  /// Its owner may sign in.
  case active
  /// Nobody may; its history stays.
  case deactivated
}

/// An account as stored: what tells who it is is sealed, and only whoever holds the keys reads it.
public struct StoredAccount: Sendable, RowDecodable {
  /// Its identifier.
  public let id: ID<Account>
  /// The sealed e-mail.
  public var email: String
  /// The blind index of the e-mail, under the key of the sealed columns.
  public var emailIndex: String
  /// The sealed given name.
  public var givenName: String
  /// The sealed surname.
  public var surname: String
  /// The number of the key that sealed them.
  public var keyID: Int
  /// The hash of the password; nil where none was chosen.
  public var password: String?
  /// Whether it may be used.
  public var state: AccountState
  /// The sealed secret of the second factor; nil where there is none.
  public var totp: String?
  /// The step of the last code that was taken.
  public var totpStep: Int64?
  /// When it was made.
  public let createdAt: Moment
  /// When its owner last came.
  public var seenAt: Moment?
  /// When a link that was only ever sent to its e-mail was followed; nil while nobody has proved to read it.
  public var provedAt: Moment?
  /// Whether its owner is invented, in a demonstration.
  public var isInvented = false
  /// Grows with each change.
  public var version: Int

  /// A new account, which its owner may use at once.
  public init(
    id: ID<Account>, email: String, emailIndex: String, givenName: String, surname: String, keyID: Int,
    password: String?, createdAt: Moment
  ) {
    (self.id, self.email, self.emailIndex, self.keyID) = (id, email, emailIndex, keyID)
    (self.givenName, self.surname, self.password, state) = (givenName, surname, password, .active)
    (totp, totpStep, self.createdAt, seenAt, version) = (nil, nil, createdAt, nil, 1)
  }

  static let columns: SQL = """
    a.id, a.email, a.email_index, a.given_name, a.surname, a.key_id, a.password, a.state, a.totp, a.totp_step,
    a.created_at, a.seen_at, a.proved_at, a.invented, a.version
    """

  /// Reads the columns of ``Accounts``.
  public init(row: Row) throws {
    id = try row.value(0)
    email = try row.value(1)
    emailIndex = try row.value(2)
    givenName = try row.value(3)
    surname = try row.value(4)
    keyID = try row.value(5)
    password = try row.value(6)
    state = try row.value(7)
    totp = try row.value(8)
    totpStep = try row.value(9)
    createdAt = try row.value(10)
    seenAt = try row.value(11)
    provedAt = try row.value(12)
    isInvented = try row.value(13)
    version = try row.value(14)
  }
}

/// The table of accounts.
public enum Accounts {
  /// One by its identifier.
  public static func find(_ id: ID<Account>, in db: any Connection) throws -> StoredAccount? {
    try db.first(StoredAccount.self, "SELECT \(StoredAccount.columns) FROM account a WHERE a.id = \(id)")
  }

  /// One by the blind index of its e-mail, under any key of the ring.
  public static func find(emailIndexes: [String], in db: any Connection) throws -> StoredAccount? {
    try db.first(
      StoredAccount.self,
      "SELECT \(StoredAccount.columns) FROM account a WHERE a.email_index IN \(SQL.list(emailIndexes)) LIMIT 1")
  }

  /// Several at once, by their identifiers.
  public static func find(
    all ids: Set<ID<Account>>, in db: any Connection
  ) throws -> [ID<Account>: StoredAccount] {
    guard !ids.isEmpty else { return [:] }
    let accounts = try db.all(
      StoredAccount.self, "SELECT \(StoredAccount.columns) FROM account a WHERE a.id IN \(SQL.list(ids.sorted()))")
    return Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0) })
  }

  /// How many there are.
  public static func count(in db: any Connection) throws -> Int {
    try db.scalar(Int.self, "SELECT COUNT(*) FROM account") ?? 0
  }

  /// Adds one.
  public static func insert(_ account: StoredAccount, in db: any Connection) throws {
    let a = account
    try db.execute(
      """
      INSERT INTO account (id, email, email_index, given_name, surname, key_id, password, state, totp, totp_step,
        created_at, seen_at, proved_at, invented, version)
      VALUES (\(a.id), \(a.email), \(a.emailIndex), \(a.givenName), \(a.surname), \(a.keyID), \(a.password),
        \(a.state), \(a.totp), \(a.totpStep), \(a.createdAt), \(a.seenAt), \(a.provedAt),
        \(a.isInvented), \(a.version))
      """)
  }

  /// Writes one in place of the version it was read at; false where someone changed it meanwhile.
  public static func update(_ account: StoredAccount, in db: any Connection) throws -> Bool {
    let a = account
    return try db.execute(
      """
      UPDATE account SET email = \(a.email), email_index = \(a.emailIndex), given_name = \(a.givenName),
        surname = \(a.surname), key_id = \(a.keyID), password = \(a.password), state = \(a.state), totp = \(a.totp),
        totp_step = \(a.totpStep), seen_at = \(a.seenAt), proved_at = \(a.provedAt), version = \(a.version + 1)
      WHERE id = \(a.id) AND version = \(a.version)
      """) == 1
  }

  /// Those that another key than this one sealed, in the order of their identifiers.
  public static func sealed(
    byOtherThan key: Int, limit: Int, in db: any Connection
  ) throws -> [StoredAccount] {
    try db.all(
      StoredAccount.self,
      """
      SELECT \(StoredAccount.columns) FROM account a WHERE a.key_id <> \(key) ORDER BY a.id LIMIT \(limit)
      """)
  }

  /// Replaces the recovery codes of an account, by their hashes.
  public static func setRecoveryCodes(
    _ hashes: [String], of account: ID<Account>, in db: any Connection
  ) throws {
    try db.execute("DELETE FROM recovery_code WHERE account = \(account)")
    for hash in hashes { try db.execute("INSERT INTO recovery_code (account, hash) VALUES (\(account), \(hash))") }
  }

  /// The hashes of the recovery codes that were not used yet.
  public static func recoveryCodes(of account: ID<Account>, in db: any Connection) throws -> [String] {
    try db.scalars(String.self, "SELECT hash FROM recovery_code WHERE account = \(account) ORDER BY hash")
  }

  /// Takes a recovery code away; false where it was used already.
  public static func useRecoveryCode(
    _ hash: String, of account: ID<Account>, in db: any Connection
  ) throws -> Bool {
    try db.execute("DELETE FROM recovery_code WHERE account = \(account) AND hash = \(hash)") == 1
  }
}
