public import Clauses
public import Storage

/// Who sent a programme without an account, as stored: name, e-mail and telephone sealed.
public struct StoredSender: Sendable, RowDecodable {
  /// The programme.
  public let programme: ID<PurchaseProgramme>
  /// What its sender calls it by.
  public let reference: String
  /// The sealed name.
  public var name = ""
  /// The sealed e-mail.
  public var email = ""
  /// The blind index of the e-mail.
  public var emailIndex = ""
  /// The sealed telephone number; sealed empty where none was given.
  public var phone = ""
  /// The key that sealed them.
  public var keyID = 0
  /// When it came.
  public let receivedAt: Moment

  /// A sender whose columns are still to be sealed.
  public init(programme: ID<PurchaseProgramme>, reference: String, receivedAt: Moment) {
    (self.programme, self.reference, self.receivedAt) = (programme, reference, receivedAt)
  }

  static let columns: SQL = "programme, reference, name, email, email_index, phone, key_id, received_at"

  /// Reads the columns of ``ProgrammeSenders``.
  public init(row: Row) throws {
    programme = try row.value(0)
    reference = try row.value(1)
    name = try row.value(2)
    email = try row.value(3)
    emailIndex = try row.value(4)
    phone = try row.value(5)
    keyID = try row.value(6)
    receivedAt = try row.value(7)
  }
}

/// The table of those who sent programmes without an account.
public enum ProgrammeSenders {
  /// The sender of a programme; nil where it was sent from an account, or the sender was forgotten.
  public static func find(_ programme: ID<PurchaseProgramme>, in db: any Connection) throws -> StoredSender? {
    try db.first(
      StoredSender.self, "SELECT \(StoredSender.columns) FROM programme_sender WHERE programme = \(programme)")
  }

  /// The sendings of an e-mail, the last first, at most 20.
  public static func all(emailIndexes indexes: [String], in db: any Connection) throws -> [StoredSender] {
    try db.all(
      StoredSender.self,
      """
      SELECT \(StoredSender.columns) FROM programme_sender WHERE email_index IN \(SQL.list(indexes))
      ORDER BY received_at DESC LIMIT 20
      """)
  }

  /// Which of some programmes have a sender.
  public static func known(
    among programmes: [ID<PurchaseProgramme>], in db: any Connection
  ) throws -> Set<ID<PurchaseProgramme>> {
    guard !programmes.isEmpty else { return [] }
    return Set(
      try db.scalars(
        ID<PurchaseProgramme>.self,
        "SELECT programme FROM programme_sender WHERE programme IN \(SQL.list(programmes))"))
  }

  /// Adds one.
  public static func insert(_ sender: StoredSender, in db: any Connection) throws {
    let s = sender
    try db.execute(
      """
      INSERT INTO programme_sender (programme, reference, name, email, email_index, phone, key_id, received_at)
      VALUES (\(s.programme), \(s.reference), \(s.name), \(s.email), \(s.emailIndex), \(s.phone), \(s.keyID),
        \(s.receivedAt))
      """)
  }

  /// Writes the sealed columns anew.
  public static func reseal(_ sender: StoredSender, in db: any Connection) throws {
    let s = sender
    try db.execute(
      """
      UPDATE programme_sender SET name = \(s.name), email = \(s.email), email_index = \(s.emailIndex),
        phone = \(s.phone), key_id = \(s.keyID)
      WHERE programme = \(s.programme)
      """)
  }

  /// Some that another key sealed.
  public static func sealed(byOtherThan key: Int, limit: Int, in db: any Connection) throws -> [StoredSender] {
    try db.all(
      StoredSender.self,
      """
      SELECT \(StoredSender.columns) FROM programme_sender WHERE key_id <> \(key) ORDER BY programme LIMIT \(limit)
      """)
  }

  /// Forgets one; false where there is none.
  public static func remove(_ programme: ID<PurchaseProgramme>, in db: any Connection) throws -> Bool {
    try db.execute("DELETE FROM programme_sender WHERE programme = \(programme)") == 1
  }

  /// Forgets those who sent before a moment; says how many.
  public static func remove(before moment: Moment, in db: any Connection) throws -> Int {
    try db.execute("DELETE FROM programme_sender WHERE received_at < \(moment)")
  }
}
