public import Clauses
public import Storage

/// One line of the trail: who did what to what, and the digest of what it told.
public struct TrailEntry: Sendable, Hashable, RowDecodable {
  /// Its identifier, in the order of time.
  public let id: ID<TrailLine>
  /// When.
  public let at: Moment
  /// What was done, by its stable name.
  public let action: String
  /// Who did it; nil for the machine's operator or someone unknown.
  public let account: ID<Account>?
  /// As what.
  public let membership: ID<Membership>?
  /// For which organisation.
  public let organisation: ID<Organisation>?
  /// What kind of thing it was done to.
  public let subjectKind: String
  /// Which thing.
  public let subject: String
  /// Why, where a reason was given.
  public let reason: String?
  /// The number of the request.
  public let request: String?
  /// The salted digest of its payload.
  public let digest: String

  /// A line from its parts.
  public init(
    id: ID<TrailLine>, at: Moment, action: String, account: ID<Account>?, membership: ID<Membership>?,
    organisation: ID<Organisation>?, subjectKind: String, subject: String, reason: String?, request: String?,
    digest: String
  ) {
    (self.id, self.at, self.action, self.account, self.membership) = (id, at, action, account, membership)
    (self.organisation, self.subjectKind, self.subject) = (organisation, subjectKind, subject)
    (self.reason, self.request, self.digest) = (reason, request, digest)
  }

  static let columns: SQL = """
    e.id, e.at, e.action, e.account, e.membership, e.organisation, e.subject_kind, e.subject, e.reason, e.request,
    e.digest
    """

  /// Reads the columns of ``TrailEntries``.
  public init(row: Row) throws {
    id = try row.value(0)
    at = try row.value(1)
    action = try row.value(2)
    account = try row.value(3)
    membership = try row.value(4)
    organisation = try row.value(5)
    subjectKind = try row.value(6)
    subject = try row.value(7)
    reason = try row.value(8)
    request = try row.value(9)
    digest = try row.value(10)
  }

  /// Every part in an order that never changes: what a seal holds.
  public var parts: [String] {
    [
      id.description, String(at.milliseconds), action, account?.description ?? "", membership?.description ?? "",
      organisation?.description ?? "", subjectKind, subject, reason ?? "", request ?? "", digest,
    ]
  }
}

/// What a line of the trail tells beyond its head; it can be taken away, the line cannot.
public struct TrailPayload: Sendable, RowDecodable {
  /// The line.
  public let entry: ID<TrailLine>
  /// What makes its digest impossible to guess.
  public let salt: String
  /// The person under whose key the body is sealed; nil for a body in clear.
  public let keyedBy: String?
  /// The body.
  public let body: String

  /// A payload from its parts.
  public init(entry: ID<TrailLine>, salt: String, keyedBy: String?, body: String) {
    (self.entry, self.salt, self.keyedBy, self.body) = (entry, salt, keyedBy, body)
  }

  /// Reads the columns of ``TrailEntries``.
  public init(row: Row) throws {
    entry = try row.value(0)
    salt = try row.value(1)
    keyedBy = try row.value(2)
    body = try row.value(3)
  }
}

/// The tables of the trail.
public enum TrailEntries {
  /// Adds a line and its payload.
  public static func insert(_ entry: TrailEntry, _ payload: TrailPayload, in db: any Connection) throws {
    let e = entry
    try db.execute(
      """
      INSERT INTO trail_entry (id, at, action, account, membership, organisation, subject_kind, subject, reason,
        request, digest)
      VALUES (\(e.id), \(e.at), \(e.action), \(e.account), \(e.membership), \(e.organisation), \(e.subjectKind),
        \(e.subject), \(e.reason), \(e.request), \(e.digest))
      """)
    try db.execute(
      """
      INSERT INTO trail_payload (entry, salt, keyed_by, body)
      VALUES (\(payload.entry), \(payload.salt), \(payload.keyedBy), \(payload.body))
      """)
  }

  /// A thing by its kind and its identifier.
  public struct Subject: Sendable, Hashable {
    /// The kind, such as `account` or `organisation`.
    public let kind: String
    /// The identifier.
    public let id: String
    /// A thing.
    public init(kind: String, id: String) { (self.kind, self.id) = (kind, id) }
  }

  /// Which lines a list shows.
  public struct Filter: Sendable, Hashable {
    /// Done to this thing: its kind and its identifier.
    public var subject: Subject?
    /// Done by this account, or to it.
    public var account: ID<Account>?
    /// Done for this organisation, or to it.
    public var organisation: ID<Organisation>?
    /// Kinds of things whose lines are left out.
    public var leavesOut: [String] = []
    /// Before this line.
    public var before: ID<TrailLine>?

    /// Every line.
    public init() {}

    var condition: SQL {
      var parts: [SQL] = ["1 = 1"]
      if let subject { parts.append("e.subject_kind = \(subject.kind) AND e.subject = \(subject.id)") }
      if let account {
        parts.append("(e.account = \(account) OR (e.subject_kind = 'account' AND e.subject = \(account)))")
      }
      if let organisation {
        parts.append(
          "(e.organisation = \(organisation) OR (e.subject_kind = 'organisation' AND e.subject = \(organisation)))")
      }
      if !leavesOut.isEmpty { parts.append("e.subject_kind NOT IN \(SQL.list(leavesOut))") }
      if let before { parts.append("e.id < \(before)") }
      return parts.joined(separator: " AND ")
    }
  }

  /// The last lines, the newest first.
  public static func list(_ filter: Filter, limit: Int, in db: any Connection) throws -> [TrailEntry] {
    try db.all(
      TrailEntry.self,
      """
      SELECT \(TrailEntry.columns) FROM trail_entry e WHERE \(filter.condition) ORDER BY e.id DESC LIMIT \(limit)
      """)
  }

  /// The payloads of some lines.
  public static func payloads(of entries: [ID<TrailLine>], in db: any Connection) throws -> [TrailPayload] {
    guard !entries.isEmpty else { return [] }
    return try db.all(
      TrailPayload.self,
      "SELECT entry, salt, keyed_by, body FROM trail_payload WHERE entry IN \(SQL.list(entries)) ORDER BY entry")
  }

  /// Takes away what the lines about a person told, and the key under which it was sealed.
  public static func forget(person: String, in db: any Connection) throws {
    try db.execute("DELETE FROM trail_payload WHERE keyed_by = \(person)")
    try db.execute("DELETE FROM subject_key WHERE subject = \(person)")
  }
}

/// The keys of single persons, sealed.
public enum SubjectKeys {
  /// The sealed key of a person.
  public static func find(_ person: String, in db: any Connection) throws -> String? {
    try db.scalar(String.self, "SELECT sealed FROM subject_key WHERE subject = \(person)")
  }

  /// Stores the sealed key of a person, in place of the one before.
  public static func save(_ person: String, _ sealed: String, in db: any Connection) throws {
    try db.execute(
      """
      INSERT INTO subject_key (subject, sealed) VALUES (\(person), \(sealed))
      ON CONFLICT (subject) DO UPDATE SET sealed = excluded.sealed
      """)
  }

  /// Every one, in order, after a person.
  public static func list(
    after person: String, limit: Int, in db: any Connection
  ) throws -> [(person: String, sealed: String)] {
    var result: [(person: String, sealed: String)] = []
    try db.forEach(
      "SELECT subject, sealed FROM subject_key WHERE subject > \(person) ORDER BY subject LIMIT \(limit)"
    ) { row in result.append((try row.value(0), try row.value(1))) }
    return result
  }
}

/// The chain of seals over the trail.
public enum TrailSeals {
  /// The last seal; nil before the first.
  public static func last(in db: any Connection) throws -> (position: Int64, seal: String)? {
    var result: (Int64, String)?
    try db.forEach("SELECT position, seal FROM trail_seal ORDER BY position DESC LIMIT 1") { row in
      result = (try row.value(0), try row.value(1))
    }
    return result
  }

  /// Lines made since a moment that are not sealed yet, the oldest first.
  public static func unsealed(since moment: Moment, limit: Int, in db: any Connection) throws -> [TrailEntry] {
    try db.all(
      TrailEntry.self,
      """
      SELECT \(TrailEntry.columns) FROM trail_entry e
      WHERE e.id >= \(ID<TrailLine>.floor(at: moment))
        AND NOT EXISTS (SELECT 1 FROM trail_seal s WHERE s.entry = e.id) ORDER BY e.id LIMIT \(limit)
      """)
  }

  /// How many lines are not sealed yet.
  public static func tail(in db: any Connection) throws -> Int {
    try db.scalar(
      Int.self,
      "SELECT COUNT(*) FROM trail_entry e WHERE NOT EXISTS (SELECT 1 FROM trail_seal s WHERE s.entry = e.id)") ?? 0
  }

  /// Adds a seal.
  public static func insert(
    position: Int64, entry: ID<TrailLine>, seal: String, in db: any Connection
  ) throws {
    try db.execute("INSERT INTO trail_seal (position, entry, seal) VALUES (\(position), \(entry), \(seal))")
  }

  /// One place of the chain, for its verification.
  public struct Link: Sendable {
    /// Its position.
    public let position: Int64
    /// The line that it names.
    public let named: String
    /// The seal.
    public let seal: String
    /// The line; nil where it is gone.
    public let entry: TrailEntry?
    /// The salt and the body of its payload; nil where it was erased.
    public let payload: TrailPayload?
  }

  /// Hands the chain over in order, without holding it in memory.
  public static func walk(in db: any Connection, _ body: (Link) throws -> Void) throws {
    try db.stream(
      """
      SELECT \(TrailEntry.columns), p.entry, p.salt, p.keyed_by, p.body, s.position, s.entry, s.seal
      FROM trail_seal s LEFT JOIN trail_entry e ON e.id = s.entry LEFT JOIN trail_payload p ON p.entry = s.entry
      ORDER BY s.position
      """
    ) { row in
      let isThere = try !row.isNull(at: 0)
      let hasPayload = try !row.isNull(at: 11)
      let payload =
        try hasPayload
        ? TrailPayload(
          entry: row.value(11), salt: row.value(12), keyedBy: row.value(13), body: row.value(14)) : nil
      try body(
        Link(
          position: row.value(15), named: row.value(16), seal: row.value(17),
          entry: isThere ? TrailEntry(row: row) : nil, payload: payload))
    }
  }
}
