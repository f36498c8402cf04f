public import Storage

/// The queue of messages. Moments are milliseconds since 1970; what is over keeps neither recipient nor text.
public enum Mails {
  /// Where a message stands.
  public enum State: String, Sendable, CaseIterable, SQLConvertible {
    /// To be sent when its hour comes.
    case waiting
    /// A sender has claimed it, until its hour; then another one may take it over.
    case sending
    /// The server took it.
    case sent
    /// Given up.
    case failed
    /// It came too late to be of use.
    case expired
  }

  /// A message to queue.
  public struct New: Sendable {
    let id, keyDigest, kind, letter: String
    let at: Int64
    let notAfter: Int64?

    /// A message whose letter is sealed for the row of this identifier.
    public init(id: String, keyDigest: String, kind: String, letter: String, at: Int64, notAfter: Int64?) {
      (self.id, self.keyDigest, self.kind, self.letter) = (id, keyDigest, kind, letter)
      (self.at, self.notAfter) = (at, notAfter)
    }
  }

  /// A message that its sender has claimed.
  public struct Claimed: Sendable, RowDecodable {
    /// Its identifier.
    public let id: String
    /// The letter, sealed.
    public let letter: String
    /// How many times it was tried, this time included.
    public let tries: Int
    /// When it was queued.
    public let createdAt: Int64
    /// After which it is of no use.
    public let notAfter: Int64?

    /// Reads a row in the order of the columns, before the claim.
    public init(row: Row) throws {
      id = try row.value(0)
      letter = try row.value(1)
      tries = try row.value(2, as: Int.self) + 1
      createdAt = try row.value(3)
      notAfter = try row.value(4)
    }
  }

  /// What became of a claimed message.
  public struct Mark: Sendable {
    let state: State
    let next: Int64?
    let error: String?

    /// A state; when to try again where it waits, and why it did not go.
    public init(state: State, next: Int64? = nil, error: String? = nil) {
      (self.state, self.next, self.error) = (state, next, error)
    }
  }

  /// Queues a message; false where one with its key is there already.
  public static func add(_ mail: New, in db: any Connection) throws -> Bool {
    try db.execute(
      """
      INSERT INTO mail (id, key_digest, kind, state, attempts, next_at, not_after, created_at, letter)
      VALUES (\(mail.id), \(mail.keyDigest), \(mail.kind), \(State.waiting), 0, \(mail.at), \(mail.notAfter), \
      \(mail.at), \(mail.letter))
      ON CONFLICT (key_digest) DO NOTHING
      """) == 1
  }

  // The states stand as words in the conditions below, so that the engines see that `mail_due` answers them.

  /// When the first message is due; nil where none waits.
  public static func nextDue(in db: any Connection) throws -> Int64? {
    try db.scalar(
      Int64.self, "SELECT next_at FROM mail WHERE state IN ('waiting', 'sending') ORDER BY next_at LIMIT 1")
  }

  /// Ends messages that came too late, and erases them; says how many.
  public static func expire(at now: Int64, in db: any Connection) throws -> Int {
    try db.execute(
      """
      UPDATE mail SET state = \(State.expired), letter = NULL, claim = NULL
      WHERE state IN ('waiting', 'sending') AND next_at <= \(now) AND not_after <= \(now)
      """)
  }

  /// Claims the message that has been due longest; nil where none is.
  public static func claim(
    _ claim: String, at now: Int64, until lease: Int64, in db: any Connection
  ) throws -> Claimed? {
    let mail = try db.first(
      Claimed.self,
      """
      SELECT id, letter, attempts, created_at, not_after FROM mail
      WHERE state IN ('waiting', 'sending') AND next_at <= \(now) ORDER BY next_at, id LIMIT 1
      """)
    guard let mail else { return nil }
    try db.execute(
      """
      UPDATE mail SET state = \(State.sending), claim = \(claim), attempts = \(mail.tries), next_at = \(lease)
      WHERE id = \(mail.id)
      """)
    return mail
  }

  /// Notes what became of a message; false where another sender has taken it over.
  public static func settle(
    _ id: String, claim: String, _ mark: Mark, at now: Int64, in db: any Connection
  ) throws -> Bool {
    let held: SQL = "WHERE id = \(id) AND claim = \(claim) AND state = \(State.sending)"
    guard mark.state != .waiting else {
      return try db.execute(
        """
        UPDATE mail SET state = \(State.waiting), claim = NULL, next_at = \(mark.next ?? now), \
        last_error = \(mark.error) \(held)
        """) == 1
    }
    let sentAt = mark.state == .sent ? now : nil
    return try db.execute(
      """
      UPDATE mail SET state = \(mark.state), claim = NULL, letter = NULL, sent_at = \(sentAt), \
      last_error = \(mark.error) \(held)
      """) == 1
  }
}

/// The queue as it is shown.
extension Mails {
  /// A message without its letter.
  public struct Stored: Sendable, RowDecodable {
    /// Its identifier.
    public let id: String
    /// What it is for.
    public let kind: String
    /// Where it stands.
    public let state: State
    /// How many times it was tried.
    public let tries: Int
    /// When it is tried next, or the sender's hour ends.
    public let nextAt: Int64
    /// When it was queued.
    public let createdAt: Int64
    /// When the server took it.
    public let sentAt: Int64?
    /// Why it did not go the last time.
    public let error: String?

    /// Reads a row in the order of the columns.
    public init(row: Row) throws {
      id = try row.value(0)
      kind = try row.value(1)
      state = try row.value(2)
      tries = try row.value(3)
      nextAt = try row.value(4)
      createdAt = try row.value(5)
      sentAt = try row.value(6)
      error = try row.value(7)
    }
  }

  /// The messages, the last queued first.
  public static func list(limit: Int, in db: any Connection) throws -> [Stored] {
    try db.all(
      Stored.self,
      """
      SELECT id, kind, state, attempts, next_at, created_at, sent_at, last_error FROM mail
      ORDER BY created_at DESC, id DESC LIMIT \(limit)
      """)
  }

  /// How many messages stand where.
  public static func counts(in db: any Connection) throws -> [State: Int] {
    var counts: [State: Int] = [:]
    try db.forEach("SELECT state, COUNT(*) FROM mail GROUP BY state") { row in
      counts[try row.value(0)] = try row.value(1, as: Int.self)
    }
    return counts
  }
}
