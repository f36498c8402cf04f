public import Storage

/// The secondary indexes of spotting, which a first load into an empty base builds last.
public enum SpottingIndexes {
  private static func all(_ dialect: Dialect) -> [(name: SQL, target: SQL)] {
    // What lists filter on stands in the indexes that lists are read by: a page then reads fifty rows of the table.
    let filters: SQL = "cpv, meets, social, concession"
    let common: [(SQL, SQL)] = [
      ("spotting_rank", "spotting (rank, award, ends, amount, \(filters))"),
      ("spotting_ends", "spotting (ends, award, rank, amount, \(filters))"),
      ("spotting_amount", "spotting (amount, award, rank, ends, \(filters))"),
      ("spotting_departement_rank", "spotting (departement, rank, award, ends, amount, \(filters))"),
      ("spotting_departement_ends", "spotting (departement, ends, award, rank, amount, \(filters))"),
      ("spotting_buyer", "spotting (buyer, rank, award)"),
    ]
    return dialect == .postgres ? common + [("award_search_words", "award_search USING gin (words)")] : common
  }

  /// Takes the indexes away, in one short transaction.
  public static func drop(in db: any Connection) throws {
    for index in all(db.dialect) { try db.execute("DROP INDEX IF EXISTS \(index.name)") }
  }

  /// Whether every one of them is there; an import that was stopped before its end may have left some out.
  public static func areThere(in db: any Connection) throws -> Bool {
    let names: [String]
    switch db.dialect {
    case .sqlite: names = try db.scalars(String.self, "SELECT name FROM sqlite_master WHERE type = 'index'")
    case .postgres:
      names = try db.scalars(String.self, "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()")
    }
    return Set(names).isSuperset(of: all(db.dialect).map(\.name.text))
  }

  /// Builds those that are missing, one transaction each.
  ///
  /// Says after each how many of how many are there; interrupted, it goes on where it stopped.
  public static func restore(on database: any Database, progress: @Sendable (Int, Int) async -> Void = { _, _ in })
    async throws
  {
    let indexes = all(database.dialect)
    for (done, index) in indexes.enumerated() {
      await progress(done, indexes.count)
      try await database.write { db in
        // Two imports that end together would both build the same index, and one of them be refused.
        try AwardFiles.takeTurns(in: db)
        if db.dialect == .postgres { try db.execute("SET LOCAL maintenance_work_mem = '128MB'") }
        try db.execute("CREATE INDEX IF NOT EXISTS \(index.name) ON \(index.target)")
      }
    }
    await progress(indexes.count, indexes.count)
  }
}
