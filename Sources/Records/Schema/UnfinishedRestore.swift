public import Storage

/// The mark that a base bears while it is being filled from elsewhere: without all its rows it must never pass for whole.
///
/// One row in a table of its own, which is made before anything else and goes last.
public enum UnfinishedRestore {
  static let table = "unfinished_restore"

  /// How far the filling went.
  public struct Mark: Sendable, Equatable, RowDecodable {
    /// What it is filled from: the digest of a backup’s manifest, or nothing that can be gone on with.
    public var source: String
    /// When it began, as UTC text.
    public var startedAt: String
    /// Which run fills it: another run that takes over writes its own.
    public var run: String
    /// How many tables are loaded whole.
    public var tables = 0
    /// How many rows of the next one are loaded.
    public var rows = 0
    /// How many bytes of its text they took.
    public var bytes = 0
    /// Whether every row is there and was compared with its source.
    public var isVerified = false

    /// A filling that begins.
    public init(source: String, startedAt: String, run: String) {
      self.source = source
      self.startedAt = startedAt
      self.run = run
    }

    /// Reads a row in the order of the columns.
    public init(row: Row) throws {
      source = try row.value(0)
      startedAt = try row.value(1)
      run = try row.value(2)
      tables = try row.value(3)
      rows = try row.value(4)
      bytes = try row.value(5)
      isVerified = try row.value(6)
    }
  }

  private static let columns: SQL = "source, started_at, run, tables_done, rows_done, bytes_done, verified"

  /// The mark of this base; nil where it is whole.
  public static func find(in db: any Connection) throws -> Mark? {
    guard try db.hasTable(table) else { return nil }
    return try db.first(Mark.self, "SELECT \(columns) FROM unfinished_restore")
  }

  /// Puts a mark, in place of another.
  public static func put(_ mark: Mark, in db: any Connection) throws {
    try db.script(
      """
      CREATE TABLE IF NOT EXISTS unfinished_restore (source TEXT NOT NULL, started_at TEXT NOT NULL, run TEXT NOT NULL,
        tables_done \(db.dialect.integer) NOT NULL, rows_done \(db.dialect.integer) NOT NULL,
        bytes_done \(db.dialect.integer) NOT NULL, verified \(db.dialect.boolean) NOT NULL)\(db.dialect.strict)
      """)
    try db.execute("DELETE FROM unfinished_restore")
    try db.execute(
      """
      INSERT INTO unfinished_restore (\(columns)) VALUES (\(mark.source), \(mark.startedAt), \(mark.run), \
      \(mark.tables), \(mark.rows), \(mark.bytes), \(mark.isVerified))
      """)
  }

  /// Notes how far the run of this mark has come; false where another run has taken over.
  public static func advance(_ mark: Mark, in db: any Connection) throws -> Bool {
    try db.execute(
      """
      UPDATE unfinished_restore SET tables_done = \(mark.tables), rows_done = \(mark.rows), bytes_done = \(mark.bytes),
        verified = \(mark.isVerified) WHERE run = \(mark.run)
      """) == 1
  }

  /// Takes the mark away: the base is whole.
  public static func remove(in db: any Connection) throws { try db.drop(tables: [table]) }
}
