public import Clauses
public import Storage

/// The imported files of award data: what each is, how far its import went, what came out.
public enum AwardFiles {
  /// A file as stored.
  public struct Stored: Sendable, RowDecodable {
    /// Its row, which notices refer to.
    public let id: Int64
    /// SHA-256 of the file as it was given.
    public let digest: String
    /// The name under which it was imported first.
    public let name: String
    /// Its size as given, in bytes.
    public let bytes: Int
    /// Whether every record was read; until then the import is under way, or was interrupted.
    public let whole: Bool
    /// Up to where its records are stored, in bytes of the decompressed content.
    public let position: Int
    /// When the import began, as UTC text.
    public let startedAt: String
    /// When a batch was last stored, as UTC text.
    public let changedAt: String
    /// The report so far, as JSON.
    public let report: String

    static var columns: SQL { "id, digest, name, bytes, whole, position, started_at, changed_at, report" }

    /// Reads a row in the order of `columns`.
    public init(row: Row) throws {
      id = try row.value(0)
      digest = try row.value(1)
      name = try row.value(2)
      bytes = try row.value(3)
      whole = try row.value(4)
      position = try row.value(5)
      startedAt = try row.value(6)
      changedAt = try row.value(7)
      report = try row.value(8)
    }
  }

  /// The file with this content, begun now if it was never seen.
  public static func begin(
    digest: String, name: String, bytes: Int64, report: String, at now: String, in db: any Connection
  ) throws -> Stored {
    try db.execute(
      """
      INSERT INTO award_file (digest, name, bytes, whole, position, started_at, changed_at, report)
      VALUES (\(digest), \(name), \(bytes), \(false), 0, \(now), \(now), \(report)) ON CONFLICT (digest) DO NOTHING
      """)
    let file = try db.first(
      Stored.self, "SELECT \(Stored.columns) FROM award_file WHERE digest = \(digest)")
    guard let file else { throw StorageError.outOfReach }
    return file
  }

  /// Has imports write one after the other, the first statement of a transaction: on PostgreSQL those that run at once
  /// would refuse each other's rows again and again. SQLite has one writer anyway.
  public static func takeTurns(in db: any Connection) throws {
    guard db.dialect == .postgres else { return }
    try db.execute("LOCK TABLE award_file IN SHARE ROW EXCLUSIVE MODE")
  }

  /// Notes how far an import went.
  public static func advance(
    _ id: Int64, to position: Int, whole: Bool, report: String, at now: String, in db: any Connection
  ) throws {
    try db.execute(
      """
      UPDATE award_file SET position = \(position), whole = \(whole), report = \(report), changed_at = \(now)
      WHERE id = \(id)
      """)
  }

  /// Up to where the records of a file are stored.
  public static func position(_ id: Int64, in db: any Connection) throws -> Int {
    try db.scalar(Int.self, "SELECT position FROM award_file WHERE id = \(id)") ?? 0
  }

  /// One file, nil where there is none.
  public static func find(_ id: Int64, in db: any Connection) throws -> Stored? {
    try db.first(Stored.self, "SELECT \(Stored.columns) FROM award_file WHERE id = \(id)")
  }

  /// The file with this content, nil where there is none.
  public static func find(digest: String, in db: any Connection) throws -> Stored? {
    try db.first(Stored.self, "SELECT \(Stored.columns) FROM award_file WHERE digest = \(digest)")
  }

  /// The files, the last imported first.
  public static func all(limit: Int, in db: any Connection) throws -> [Stored] {
    try db.all(Stored.self, "SELECT \(Stored.columns) FROM award_file ORDER BY id DESC LIMIT \(limit)")
  }
}

/// What later publications changed, notice by notice.
public enum AwardChanges {
  /// A change as stored.
  public struct Stored: Sendable, RowDecodable {
    /// When it was imported, as UTC text.
    public let at: String
    /// What changed, one French sentence a line.
    public let changes: String
    /// The file that brought it.
    public let fileName: String

    /// Reads when, what and the file's name.
    public init(row: Row) throws {
      at = try row.value(0)
      changes = try row.value(1)
      fileName = try row.value(2)
    }
  }

  /// Notes what a later publication changed, and where the raw record it replaces lies.
  public static func add(
    to old: Awards.Stored, changes: String, file: Int64, at now: String, in db: any Connection
  ) throws {
    try db.execute(
      """
      INSERT INTO award_change (award, at, changes, old_file, old_byte_from, old_byte_length, new_file)
      VALUES (\(old.id), \(now), \(changes), \(old.file), \(old.range.lowerBound), \(old.range.count), \(file))
      """)
  }

  /// The changes of a notice, the latest first.
  public static func all(of award: Int64, in db: any Connection) throws -> [Stored] {
    try db.all(
      Stored.self,
      """
      SELECT c.at, c.changes, f.name FROM award_change c JOIN award_file f ON f.id = c.new_file
      WHERE c.award = \(award) ORDER BY c.id DESC LIMIT 100
      """)
  }
}

/// The full list of CPV labels, where someone imported it.
public enum CPVLabels {
  /// Puts labels in place of those of the same codes, and says how many codes were not there before.
  @discardableResult
  public static func save(_ labels: [(code: CPVCode, label: String)], in db: any Connection) throws -> Int {
    var last: [CPVCode: String] = [:]
    for line in labels { last[line.code] = line.label }
    let before = try count(in: db)
    try db.insert(
      "INSERT INTO cpv_label (code, label) VALUES ",
      last.sorted { $0.key < $1.key }.map { [$0.key.sqlValue, .text($0.value)] },
      tail: " ON CONFLICT (code) DO UPDATE SET label = excluded.label")
    return try count(in: db) - before
  }

  private static func count(in db: any Connection) throws -> Int {
    try db.scalar(Int.self, "SELECT COUNT(*) FROM cpv_label") ?? 0
  }

  /// The label of a code, nil where the list has none.
  public static func label(of code: CPVCode, in db: any Connection) throws -> String? {
    try db.scalar(String.self, "SELECT label FROM cpv_label WHERE code = \(code)")
  }
}
