public import Clauses
public import Storage

extension SignInMethod: SQLConvertible {}

/// A session as stored, by the digest of its secret.
public struct StoredSession: Sendable, RowDecodable {
  /// The digest of the secret that the browser holds.
  public let digest: String
  /// What its owner ends it by.
  public let id: ID<OpenSession>
  /// Whose.
  public let account: ID<Account>
  /// For which organisation they act; nil for none.
  public var membership: ID<Membership>?
  /// How it was begun.
  public let method: SignInMethod
  /// Whether a second factor was given.
  public var isStrong: Bool
  /// Whether it is open, or still waits for the second factor.
  public var isComplete: Bool
  /// The browser and the system, in a few words.
  public let device: String
  /// When it began.
  public let createdAt: Moment
  /// When it was last used, to some minutes.
  public var seenAt: Moment
  /// When it ends whatever happens.
  public let endsAt: Moment

  /// A new session.
  public init(
    digest: String, id: ID<OpenSession>, account: ID<Account>, membership: ID<Membership>?,
    method: SignInMethod, isStrong: Bool, isComplete: Bool, device: String, at now: Moment, endsAt: Moment
  ) {
    (self.digest, self.id, self.account, self.membership, self.method) = (digest, id, account, membership, method)
    (self.isStrong, self.isComplete, self.device) = (isStrong, isComplete, device)
    (createdAt, seenAt, self.endsAt) = (now, now, endsAt)
  }

  static let columns: SQL = """
    s.digest, s.id, s.account, s.membership, s.method, s.strong, s.complete, s.device, s.created_at, s.seen_at,
    s.ends_at
    """

  /// Reads the columns of ``Sessions``.
  public init(row: Row) throws {
    digest = try row.value(0)
    id = try row.value(1)
    account = try row.value(2)
    membership = try row.value(3)
    method = try row.value(4)
    isStrong = try row.value(5)
    isComplete = try row.value(6)
    device = try row.value(7)
    createdAt = try row.value(8)
    seenAt = try row.value(9)
    endsAt = try row.value(10)
  }
}

/// What one statement tells of whoever sends a session's secret.
public struct SessionHolder: Sendable, RowDecodable {
  /// The session.
  public let session: StoredSession
  /// The account's sealed given name and surname.
  public let givenName: String
  /// The sealed surname.
  public let surname: String
  /// What they are where they act; nil where they act for nobody, or no longer may.
  public let acting: Acting?
  /// How many organisations they may act for.
  public let memberships: Int

  /// The membership in use with its organisation.
  public struct Acting: Sendable {
    /// The membership.
    public let membership: ID<Membership>
    /// The organisation.
    public let organisation: ID<Organisation>
    /// As what.
    public let role: Role
    /// Whether they look after it.
    public let isAdministrator: Bool
    /// The organisation's kind.
    public let kind: OrganisationKind
    /// The organisation's name.
    public let name: String
    /// Where the organisation stands.
    public let state: OrganisationState
  }

  /// Reads the columns of ``Sessions/holder(digest:at:idleFrom:in:)``.
  public init(row: Row) throws {
    session = try StoredSession(row: row)
    givenName = try row.value(11)
    surname = try row.value(12)
    memberships = try row.value(13)
    if let membership: ID<Membership> = try row.value(14, as: ID<Membership>?.self) {
      acting = Acting(
        membership: membership, organisation: try row.value(15), role: try row.value(16),
        isAdministrator: try row.value(17), kind: try row.value(18), name: try row.value(19),
        state: try row.value(20))
    } else {
      acting = nil
    }
  }
}

/// The table of sessions.
public enum Sessions {
  /// Who holds a session that is neither ended nor idle since before a moment, in one statement.
  public static func holder(
    digest: String, at now: Moment, idleFrom: Moment, in db: any Connection
  ) throws -> SessionHolder? {
    try db.first(
      SessionHolder.self,
      """
      SELECT \(StoredSession.columns), a.given_name, a.surname,
        (SELECT COUNT(*) FROM membership n WHERE n.account = a.id AND n.ended_at IS NULL),
        m.id, m.organisation, m.role, m.administrator, o.kind, o.name, o.state
      FROM session s JOIN account a ON a.id = s.account
        LEFT JOIN membership m ON m.id = s.membership AND m.account = a.id AND m.ended_at IS NULL
        LEFT JOIN organisation o ON o.id = m.organisation
      WHERE s.digest = \(digest) AND s.ends_at > \(now) AND s.seen_at > \(idleFrom) AND a.state = 'active'
      """)
  }

  /// Adds one; with the sealed token that a provider of identities wants back at its end.
  public static func insert(_ session: StoredSession, idToken: String? = nil, in db: any Connection) throws {
    let s = session
    try db.execute(
      """
      INSERT INTO session (digest, id, account, membership, method, strong, complete, device, created_at, seen_at,
        ends_at, id_token)
      VALUES (\(s.digest), \(s.id), \(s.account), \(s.membership), \(s.method), \(s.isStrong), \(s.isComplete),
        \(s.device), \(s.createdAt), \(s.seenAt), \(s.endsAt), \(idToken))
      """)
  }

  /// The sealed token that a provider of identities wants back at the end of a session; nil for any other.
  public static func idToken(of session: ID<OpenSession>, in db: any Connection) throws -> String? {
    try db.scalar(String.self, "SELECT id_token FROM session WHERE id = \(session) AND id_token IS NOT NULL")
  }

  /// Notes that a session is in use.
  public static func touch(digest: String, at now: Moment, in db: any Connection) throws {
    try db.execute("UPDATE session SET seen_at = \(now) WHERE digest = \(digest) AND seen_at < \(now)")
  }

  /// Settles for which organisation a session acts.
  public static func act(
    as membership: ID<Membership>?, session: ID<OpenSession>, in db: any Connection
  ) throws {
    try db.execute("UPDATE session SET membership = \(membership) WHERE id = \(session)")
  }

  /// Marks a session as having a second factor.
  public static func strengthen(_ session: ID<OpenSession>, in db: any Connection) throws {
    try db.execute("UPDATE session SET strong = \(true), complete = \(true) WHERE id = \(session)")
  }

  /// Someone's, the last used first.
  public static func all(
    of account: ID<Account>, at now: Moment, idleFrom: Moment, in db: any Connection
  ) throws -> [StoredSession] {
    try db.all(
      StoredSession.self,
      """
      SELECT \(StoredSession.columns) FROM session s
      WHERE s.account = \(account) AND s.ends_at > \(now) AND s.seen_at > \(idleFrom)
      ORDER BY s.seen_at DESC, s.id DESC
      """)
  }

  /// Ends one of someone's; false where it is not theirs or has ended.
  public static func end(
    _ session: ID<OpenSession>, of account: ID<Account>, in db: any Connection
  ) throws -> Bool {
    try db.execute("DELETE FROM session WHERE id = \(session) AND account = \(account)") == 1
  }

  /// Ends all of someone's, but one.
  @discardableResult
  public static func endAll(
    of account: ID<Account>, except kept: ID<OpenSession>?, in db: any Connection
  ) throws -> Int {
    guard let kept else { return try db.execute("DELETE FROM session WHERE account = \(account)") }
    return try db.execute("DELETE FROM session WHERE account = \(account) AND id <> \(kept)")
  }

  /// Ends those that act in a membership.
  public static func endAll(actingAs membership: ID<Membership>, in db: any Connection) throws {
    try db.execute("DELETE FROM session WHERE membership = \(membership)")
  }

  /// Takes away those that have ended.
  @discardableResult
  public static func sweep(at now: Moment, idleFrom: Moment, in db: any Connection) throws -> Int {
    try db.execute("DELETE FROM session WHERE ends_at <= \(now) OR seen_at <= \(idleFrom)")
  }
}
