public import Clauses
public import Storage

/// A programme as stored: where it came from, and which column holds what.
public struct StoredProgramme: Sendable, RowDecodable {
  /// Where it stands.
  public enum State: String, Sendable, SQLConvertible {
    /// It is being looked at and corrected; no contract came out of it.
    case draft
    /// Its contracts were taken.
    case sent
    /// What it brought was taken back.
    case undone
  }

  /// Its identifier.
  public let id: ID<PurchaseProgramme>
  /// The facilitation body that it is for.
  public let body: ID<Organisation>
  /// The buyer's establishment.
  public let buyer: SIRET
  /// The buyer's name.
  public let buyerName: String
  /// The name of the file.
  public let fileName: String
  /// The sheet that was read.
  public let sheet: String
  /// The row of titles, 0 where there is none.
  public var titleRow: Int
  /// JSON list of the titles.
  public var titles: String
  /// `field=column` pairs with spaces between.
  public var places: String
  /// Whether rows were left out, the file having too many.
  public let isCut: Bool
  /// Where it stands.
  public var state: State
  /// Who sent it.
  public let createdBy: ID<Account>?
  /// When it came.
  public let createdAt: Moment
  /// When its contracts were taken.
  public var sentAt: Moment?
  /// Grows with each change.
  public var version: Int

  /// A programme that has just come.
  public init(
    id: ID<PurchaseProgramme>, body: ID<Organisation>, buyer: SIRET, buyerName: String, fileName: String, sheet: String,
    titleRow: Int, titles: String, places: String, isCut: Bool, createdBy: ID<Account>?, createdAt: Moment
  ) {
    (self.id, self.body, self.buyer, self.buyerName) = (id, body, buyer, buyerName)
    (self.fileName, self.sheet, self.titleRow, self.titles) = (fileName, sheet, titleRow, titles)
    (self.places, self.isCut, self.createdBy, self.createdAt) = (places, isCut, createdBy, createdAt)
    (state, version) = (.draft, 1)
  }

  /// One that somebody typed or chose: it was checked in its form, and comes in as it is.
  public static func typed(
    _ id: ID<PurchaseProgramme>, origin: String, body: ID<Organisation>, buyer: SIRET, buyerName: String,
    places: String, by account: ID<Account>, at now: Moment
  ) -> StoredProgramme {
    var programme = StoredProgramme(
      id: id, body: body, buyer: buyer, buyerName: buyerName, fileName: origin, sheet: "", titleRow: 0, titles: "[]",
      places: places, isCut: false, createdBy: account, createdAt: now)
    (programme.state, programme.sentAt) = (.sent, now)
    return programme
  }

  static let columns: SQL = """
    id, body, buyer, buyer_name, file_name, sheet, title_row, titles, places, is_cut, state, created_by, created_at,
    sent_at, version
    """

  /// Reads the columns of ``Programmes``.
  public init(row: Row) throws {
    id = try row.value(0)
    body = try row.value(1)
    buyer = try row.value(2)
    buyerName = try row.value(3)
    fileName = try row.value(4)
    sheet = try row.value(5)
    titleRow = try row.value(6)
    titles = try row.value(7)
    places = try row.value(8)
    isCut = try row.value(9)
    state = try row.value(10)
    createdBy = try row.value(11)
    createdAt = try row.value(12)
    sentAt = try row.value(13)
    version = try row.value(14)
  }
}

/// The tables of programmes.
public enum Programmes {
  /// One by its identifier.
  public static func find(_ id: ID<PurchaseProgramme>, in db: any Connection) throws -> StoredProgramme? {
    try db.first(StoredProgramme.self, "SELECT \(StoredProgramme.columns) FROM programme WHERE id = \(id)")
  }

  /// The latest ones of some bodies, or of a buyer.
  public static func latest(
    bodies: [ID<Organisation>]?, buyer: SIRET?, limit: Int, in db: any Connection
  ) throws -> [StoredProgramme] {
    guard bodies != nil || buyer != nil else { return [] }
    let condition: SQL = bodies.map { "body IN \(SQL.list($0))" } ?? "buyer = \(buyer)"
    return try db.all(
      StoredProgramme.self,
      "SELECT \(StoredProgramme.columns) FROM programme WHERE \(condition) ORDER BY \(waitsFirst), id DESC LIMIT \(limit)"
    )
  }

  /// What came without an account and waits stands before all the rest: someone was promised an answer.
  private static let waitsFirst: SQL =
    "CASE WHEN state = \(StoredProgramme.State.draft) AND created_by IS NULL THEN 0 ELSE 1 END"

  /// Adds one with its rows, each a JSON list of cells.
  public static func insert(
    _ programme: StoredProgramme, rows: [(number: Int, cells: String)], in db: any Connection
  ) throws {
    let p = programme
    try db.execute(
      """
      INSERT INTO programme (id, body, buyer, buyer_name, file_name, sheet, title_row, titles, places, is_cut, state,
        created_by, created_at, sent_at, version)
      VALUES (\(p.id), \(p.body), \(p.buyer), \(p.buyerName), \(p.fileName), \(p.sheet), \(p.titleRow), \(p.titles),
        \(p.places), \(p.isCut), \(p.state), \(p.createdBy), \(p.createdAt), \(p.sentAt), \(p.version))
      """)
    for row in rows {
      try db.execute(
        """
        INSERT INTO programme_row (programme, number, cells, left_out)
        VALUES (\(p.id), \(row.number), \(row.cells), \(false))
        """)
    }
  }

  /// Writes the state and the columns in place of the version it was read at; false where someone changed it meanwhile.
  public static func update(_ programme: inout StoredProgramme, in db: any Connection) throws -> Bool {
    let p = programme
    let count = try db.execute(
      """
      UPDATE programme SET title_row = \(p.titleRow), titles = \(p.titles), places = \(p.places), state = \(p.state), sent_at = \(p.sentAt), version = \(p.version + 1)
      WHERE id = \(p.id) AND version = \(p.version)
      """)
    if count == 1 { programme.version += 1 }
    return count == 1
  }

  /// One row of a file.
  public struct StoredRow: Sendable, RowDecodable {
    /// Its number in the sheet.
    public let number: Int
    /// JSON list of its cells.
    public let cells: String
    /// Whether someone left it out.
    public let isLeftOut: Bool

    /// Reads number, cells and whether it is left out.
    public init(row: Row) throws {
      number = try row.value(0)
      cells = try row.value(1)
      isLeftOut = try row.value(2)
    }
  }

  /// One row of a programme.
  public static func row(
    _ number: Int, of id: ID<PurchaseProgramme>, in db: any Connection
  ) throws -> StoredRow? {
    try db.first(
      StoredRow.self,
      "SELECT number, cells, left_out FROM programme_row WHERE programme = \(id) AND number = \(number)")
  }

  /// The rows of a programme, in order.
  public static func rows(of id: ID<PurchaseProgramme>, in db: any Connection) throws -> [StoredRow] {
    try db.all(
      StoredRow.self,
      "SELECT number, cells, left_out FROM programme_row WHERE programme = \(id) ORDER BY number")
  }

  /// Replaces a row.
  public static func change(
    row number: Int, of id: ID<PurchaseProgramme>, cells: String, isLeftOut: Bool, in db: any Connection
  ) throws {
    try db.execute(
      """
      UPDATE programme_row SET cells = \(cells), left_out = \(isLeftOut)
      WHERE programme = \(id) AND number = \(number)
      """)
  }

  /// How many drafts that came without an account wait for some bodies.
  public static func waitingWithoutAccount(for bodies: [ID<Organisation>], in db: any Connection) throws -> Int {
    try db.scalar(
      Int.self,
      """
      SELECT COUNT(*) FROM programme
      WHERE body IN \(SQL.list(bodies)) AND state = \(StoredProgramme.State.draft) AND created_by IS NULL
      """) ?? 0
  }

  /// Takes away some drafts that came before a moment, with their rows and whoever sent them; says how many.
  public static func removeDrafts(before moment: Moment, limit: Int, in db: any Connection) throws -> Int {
    let old = try db.scalars(
      ID<PurchaseProgramme>.self,
      """
      SELECT id FROM programme WHERE state = \(StoredProgramme.State.draft) AND created_at < \(moment)
      ORDER BY id LIMIT \(limit)
      """)
    guard !old.isEmpty else { return 0 }
    try removeParts(of: old, in: db)
    try db.execute("DELETE FROM programme WHERE id IN \(SQL.list(old))")
    return old.count
  }

  /// Takes one draft away; false where someone changed or took it meanwhile.
  public static func removeDraft(
    _ id: ID<PurchaseProgramme>, version: Int, in db: any Connection
  ) throws -> Bool {
    let count = try db.execute(
      """
      DELETE FROM programme WHERE id = \(id) AND version = \(version) AND state = \(StoredProgramme.State.draft)
      """)
    if count == 1 { try removeParts(of: [id], in: db) }
    return count == 1
  }

  private static func removeParts(of programmes: [ID<PurchaseProgramme>], in db: any Connection) throws {
    for table in ["programme_row", "programme_sender"] as [SQL] {
      try db.execute("DELETE FROM \(table) WHERE programme IN \(SQL.list(programmes))")
    }
  }

  /// What each title means for a buyer, as someone said it last.
  public static func titles(of buyer: SIRET, in db: any Connection) throws -> [String: String] {
    var known: [String: String] = [:]
    try db.forEach("SELECT title, field FROM programme_title WHERE buyer = \(buyer)") { row in
      known[try row.value(0)] = try row.value(1, as: String.self)
    }
    return known
  }

  /// Remembers what a title means for a buyer.
  public static func remember(
    _ title: String, _ field: String, of buyer: SIRET, in db: any Connection
  ) throws {
    try db.execute(
      """
      INSERT INTO programme_title (buyer, title, field) VALUES (\(buyer), \(title), \(field))
      ON CONFLICT (buyer, title) DO UPDATE SET field = excluded.field
      """)
  }
}
