public import Storage

/// What a first load into an empty base leaves for its end: the index of keys.
///
/// Keys come in no order: kept up to date, their index would have most of its pages written again by every transaction.
/// Until it is built, imports find the notices that are there through ``AwardKeyTable``.
public enum AwardLoading {
  /// Takes the index of keys away, in one short transaction.
  public static func begin(in db: any Connection) throws { try db.execute("DROP INDEX IF EXISTS award_key") }

  /// Whether a first load is going on, or was stopped before its end: keys then have no index.
  public static func isOpen(in db: any Connection) throws -> Bool {
    switch db.dialect {
    case .sqlite: try !db.exists("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'award_key'")
    case .postgres:
      try !db.exists("SELECT 1 FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'award_key'")
    }
  }

  /// Builds the index of keys where it is missing, in one transaction.
  public static func end(on database: any Database) async throws {
    guard try await database.read({ try isOpen(in: $0) }) else { return }
    try await database.write { db in
      try AwardFiles.takeTurns(in: db)
      if db.dialect == .postgres { try db.execute("SET LOCAL maintenance_work_mem = '128MB'") }
      try db.execute("CREATE UNIQUE INDEX IF NOT EXISTS award_key ON award (buyer, number)")
    }
  }
}

extension AwardLoading {
  /// Lets the engine look at the tables again, so that it chooses its ways by what they hold now.
  public static func refreshStatistics(on database: any Database) async throws {
    try await database.write { try $0.execute("ANALYZE") }
  }
}

/// The table by whose words contracts are found.
public enum AwardSearch {
  /// Whether notices are there and none can be found: the table was made anew since they were stored.
  public static func isLost(in db: any Connection) throws -> Bool {
    guard db.dialect == .sqlite else { return false }
    // Below 11 stand the counts that an empty table keeps too.
    return try db.exists("SELECT 1 FROM award") && !db.exists("SELECT 1 FROM award_search_data WHERE id > 10")
  }

  /// Makes every notice findable that is there, in one transaction that begins with ``isLost(in:)``; some ten
  /// microseconds a notice.
  public static func refill(in db: any Connection) throws {
    guard try isLost(in: db) else { return }
    var last: Int64 = 0
    while true {
      let page = try Awards.page(after: last, limit: 1000, in: db)
      guard let reached = page.last?.id else { return }
      last = reached
      try db.load(
        "award_search", columns: "rowid, words",
        rows: page.map { SQLRow([.integer($0.id)], [.text(Spottings.words(of: $0.notice))]) })
    }
  }

  /// Makes every notice findable anew, in transactions of so many notices; stopped in between, it is to be begun again.
  public static func rebuild(
    on database: any Database, slice: Int = 5000, progress: @Sendable (_ reached: Int64, _ last: Int64) -> Void
  ) async throws {
    let last = try await database.write { db in
      switch db.dialect {
      case .sqlite: try db.execute("INSERT INTO award_search (award_search) VALUES ('delete-all')")
      case .postgres: try db.execute("DELETE FROM award_search")
      }
      return try Awards.lastID(in: db)
    }
    var position: Int64?
    while true {
      try Task.checkCancellation()
      let from = position
      let reached = try await database.write { db -> Int64? in
        let page = try Awards.page(after: from ?? .min, limit: slice, in: db)
        try db.load(
          "award_search", columns: db.dialect == .postgres ? "award, words" : "rowid, words",
          rows: page.map { stored in
            let words = Spottings.words(of: stored.notice)
            return SQLRow(
              [.integer(stored.id)], [.text(db.dialect == .postgres ? AwardEntry.lexemes(words) : words)])
          })
        return page.last?.id
      }
      guard let reached else { return }
      position = reached
      progress(reached, last)
    }
  }
}
