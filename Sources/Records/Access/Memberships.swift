public import Clauses
public import Storage

extension Membership: RowDecodable {
  static let columns: SQL = """
    m.id, m.account, m.organisation, m.role, m.administrator, m.missions, m.time_share, m.skills, m.employer,
    m.started_at, m.ended_at, m.successor, m.version
    """

  /// Reads the columns of ``Memberships``.
  public init(row: Row) throws {
    self.init(
      id: try row.value(0), account: try row.value(1), organisation: try row.value(2), role: try row.value(3),
      isAdministrator: try row.value(4), startedAt: try row.value(9))
    missions = try row.value(5)
    timeShare = try row.value(6)
    skills = try row.value(7)
    employer = try row.value(8)
    endedAt = try row.value(10)
    successor = try row.value(11)
    version = try row.value(12)
  }
}

/// The table of memberships.
public enum Memberships {
  /// One by its identifier.
  public static func find(_ id: ID<Membership>, in db: any Connection) throws -> Membership? {
    try db.first(Membership.self, "SELECT \(Membership.columns) FROM membership m WHERE m.id = \(id)")
  }

  /// Several by their identifiers.
  public static func find(all ids: Set<ID<Membership>>, in db: any Connection) throws -> [Membership] {
    guard !ids.isEmpty else { return [] }
    return try db.all(
      Membership.self, "SELECT \(Membership.columns) FROM membership m WHERE m.id IN \(SQL.list(ids.sorted()))")
  }

  /// Someone's present ones, the oldest first.
  public static func present(of account: ID<Account>, in db: any Connection) throws -> [Membership] {
    try db.all(
      Membership.self,
      """
      SELECT \(Membership.columns) FROM membership m WHERE m.account = \(account) AND m.ended_at IS NULL ORDER BY m.id
      """)
  }

  /// All of someone's, past ones included, the oldest first.
  public static func all(ofAccount account: ID<Account>, in db: any Connection) throws -> [Membership] {
    try db.all(
      Membership.self, "SELECT \(Membership.columns) FROM membership m WHERE m.account = \(account) ORDER BY m.id")
  }

  /// Everyone of an organisation, past members included, the oldest first.
  public static func all(of organisation: ID<Organisation>, in db: any Connection) throws -> [Membership] {
    try db.all(
      Membership.self,
      "SELECT \(Membership.columns) FROM membership m WHERE m.organisation = \(organisation) ORDER BY m.id")
  }

  /// Present members who are invented, with one person a role and an organisation's kind, for the door of a demonstration.
  public static func demonstration(in db: any Connection) throws -> [Membership] {
    try db.all(
      Membership.self,
      """
      SELECT \(Membership.columns) FROM membership m
      WHERE m.id IN (SELECT MIN(n.id) FROM membership n JOIN organisation o ON o.id = n.organisation
          JOIN account a ON a.id = n.account
        WHERE n.ended_at IS NULL AND a.invented GROUP BY n.role, n.administrator, o.state)
      ORDER BY m.id
      """)
  }

  /// Every present member who is invented.
  public static func invented(in db: any Connection) throws -> [Membership] {
    try db.all(
      Membership.self,
      """
      SELECT \(Membership.columns) FROM membership m
      WHERE m.ended_at IS NULL AND m.account IN (SELECT id FROM account WHERE invented) ORDER BY m.id
      """)
  }

  /// How many look after an organisation today.
  public static func administrators(of organisation: ID<Organisation>, in db: any Connection) throws -> Int {
    try db.scalar(
      Int.self,
      """
      SELECT COUNT(*) FROM membership m JOIN account a ON a.id = m.account
      WHERE m.organisation = \(organisation) AND m.administrator AND m.role <> 'participant' AND m.ended_at IS NULL AND a.state = 'active'
      """) ?? 0
  }

  /// Adds one.
  public static func insert(_ membership: Membership, in db: any Connection) throws {
    let m = membership
    try db.execute(
      """
      INSERT INTO membership (id, account, organisation, role, administrator, missions, time_share, skills, employer,
        started_at, ended_at, successor, version)
      VALUES (\(m.id), \(m.account), \(m.organisation), \(m.role), \(m.isAdministrator), \(m.missions),
        \(m.timeShare), \(m.skills), \(m.employer), \(m.startedAt), \(m.endedAt), \(m.successor), \(m.version))
      """)
  }

  /// Writes one in place of the version it was read at; false where someone changed it meanwhile.
  public static func update(_ membership: Membership, in db: any Connection) throws -> Bool {
    let m = membership
    return try db.execute(
      """
      UPDATE membership SET organisation = \(m.organisation), role = \(m.role), administrator = \(m.isAdministrator),
        missions = \(m.missions), time_share = \(m.timeShare), skills = \(m.skills), employer = \(m.employer),
        ended_at = \(m.endedAt), successor = \(m.successor), version = \(m.version + 1)
      WHERE id = \(m.id) AND version = \(m.version)
      """) == 1
  }
}
