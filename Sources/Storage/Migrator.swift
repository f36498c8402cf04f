import FoundationEssentials

/// Brings a schema up to date, one transaction a migration. Safe when several nodes start together.
public struct Migrator: Sendable {
  /// Where a migration stands in a database.
  public struct Status: Sendable, Equatable {
    /// Its place.
    public let number: Int
    /// What it does.
    public let name: String
    /// When it was applied (ISO 8601, UTC), or nil.
    public let appliedAt: String?
  }

  private struct Applied: RowDecodable {
    let number: Int
    let name: String
    let digest: String
    let appliedAt: String

    init(row: Row) throws {
      number = try row.value(0)
      name = try row.value(1)
      digest = try row.value(2)
      appliedAt = try row.value(3)
    }
  }

  /// The table in which a base keeps its migrations.
  public static let table = "schema_migration"

  /// The migrations of the program, in order.
  public let migrations: [Migration]

  /// Takes the program's migrations; their numbers must rise.
  public init(_ migrations: [Migration]) {
    self.migrations = migrations
  }

  /// Applies what is missing, telling each migration before it starts; throws ``MigrationError`` or ``StorageError``.
  ///
  /// Each migration locks the table `schema_migration` first, so that a second node waits and then finds it applied. (A
  /// lock on the table and not an advisory lock: taking that one is a query, which would fix the transaction's view of the
  /// data before the wait.) Statements are not limited in time.
  public func run(
    on database: any Database, progress: @escaping @Sendable (Migration) -> Void = { _ in }
  ) async throws {
    try checkNumbers()
    try await createTable(on: database)
    for migration in migrations {
      try await patiently {
        try await database.write { db in
          try lock(db)
          let applied = try readApplied(db)
          try check(applied, dialect: db.dialect)
          guard !applied.contains(where: { $0.number == migration.number }) else { return }
          progress(migration)
          for script in migration.scripts(for: db.dialect) { try db.script(script) }
          try db.execute(
            """
            INSERT INTO schema_migration (number, name, digest, applied_at)
            VALUES (\(migration.number), \(migration.name), \(migration.digest(for: db.dialect)), \(now()))
            """)
        }
      }
    }
    try await verify(on: database)
  }

  /// The migrations that a base holds, as this connection sees it, in order; none in a base that was never migrated.
  public func applied(in db: any Connection) throws -> [Status] {
    guard try hasTable(db) else { return [] }
    return try readApplied(db).map { Status(number: $0.number, name: $0.name, appliedAt: $0.appliedAt) }
  }

  /// Every migration known to the program or to the database, in order.
  public func status(on database: any Database) async throws -> [Status] {
    let applied = try await database.read { try hasTable($0) ? try readApplied($0) : [] }
    let known = migrations.map { migration in
      Status(
        number: migration.number, name: migration.name,
        appliedAt: applied.first { $0.number == migration.number }?.appliedAt)
    }
    let unknown = applied.filter { row in !migrations.contains { $0.number == row.number } }
      .map { Status(number: $0.number, name: $0.name, appliedAt: $0.appliedAt) }
    return (known + unknown).sorted { $0.number < $1.number }
  }

  /// Throws ``MigrationError`` when the database does not fit this program; missing migrations are no error.
  public func verify(on database: any Database) async throws {
    try await database.read { db in
      guard try hasTable(db) else { return }
      try check(try readApplied(db), dialect: db.dialect)
    }
  }

  private func checkNumbers() throws {
    var previous = 0
    for migration in migrations {
      guard migration.number > previous else { throw MigrationError.misnumbered(migration.number) }
      previous = migration.number
    }
  }

  private func createTable(on database: any Database) async throws {
    let isThere = try await database.read { try hasTable($0) }
    guard !isThere else { return }
    do {
      try await patiently {
        try await database.write { db in
          try db.script(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
              number \(db.dialect.integer) PRIMARY KEY,
              name \(db.dialect.text) NOT NULL,
              digest \(db.dialect.text) NOT NULL,
              applied_at \(db.dialect.text) NOT NULL
            )\(db.dialect.strict)
            """)
        }
      }
    } catch let error as StorageError {
      // Two nodes that create it together: PostgreSQL lets one of them fail, even with IF NOT EXISTS.
      guard try await database.read({ try hasTable($0) }) else { throw error }
    }
  }

  private func lock(_ db: any Connection) throws {
    guard db.dialect == .postgres else { return }
    try db.script("SET LOCAL statement_timeout = 0; LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE")
  }

  private func readApplied(_ db: any Connection) throws -> [Applied] {
    try db.all(Applied.self, "SELECT number, name, digest, applied_at FROM schema_migration ORDER BY number")
  }

  private func hasTable(_ db: any Connection) throws -> Bool { try db.hasTable(Migrator.table) }

  private func check(_ applied: [Applied], dialect: Dialect) throws {
    for row in applied {
      guard let migration = migrations.first(where: { $0.number == row.number }) else {
        throw MigrationError.unknown(number: row.number, name: row.name)
      }
      guard migration.digest(for: dialect) == row.digest else {
        throw MigrationError.changed(number: row.number, name: row.name)
      }
    }
    guard let last = applied.last else { return }
    let numbers = Set(applied.map(\.number))
    if let missing = migrations.first(where: { $0.number < last.number && !numbers.contains($0.number) }) {
      throw MigrationError.outOfOrder(number: missing.number, after: last.number)
    }
  }

  /// Waits for another process that migrates a SQLite file, which may take longer than a usual writer is waited for.
  private func patiently(_ body: () async throws -> Void) async throws {
    for _ in 0..<60 {
      do {
        return try await body()
      } catch StorageError.busy {
        continue
      }
    }
    throw StorageError.busy
  }

  private func now() -> String {
    Date().formatted(.iso8601)
  }
}
