import Storage
import TestSupport
import Testing

@testable import Records

@Suite struct SpottingIndexesTests {
  private func definitions(_ database: any Database) async throws -> [String] {
    try await database.read { db in
      switch db.dialect {
      case .sqlite:
        try db.scalars(
          String.self, "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
      case .postgres:
        try db.scalars(
          String.self, "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexname")
      }
    }.map { $0.replacing("IF NOT EXISTS ", with: "") }
  }

  @Test(arguments: Engine.allCases)
  func `dropped and built again, the indexes are those of the migration`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      let migrated = try await definitions(database)
      #expect(try await database.read { try SpottingIndexes.areThere(in: $0) })
      try await database.write { try SpottingIndexes.drop(in: $0) }
      #expect(try await !database.read { try SpottingIndexes.areThere(in: $0) })
      let dropped = try await definitions(database)
      #expect(dropped.count <= migrated.count - 6)
      #expect(!dropped.contains { $0.contains("spotting (") || $0.contains("spotting USING btree (rank") })
      // One that is there already is left alone; running twice changes nothing.
      try await database.write {
        try $0.execute(
          "CREATE INDEX spotting_rank ON spotting (rank, award, ends, amount, cpv, meets, social, concession)")
      }
      for _ in 0..<2 {
        try await SpottingIndexes.restore(on: database)
        #expect(try await definitions(database) == migrated)
        #expect(try await database.read { try SpottingIndexes.areThere(in: $0) })
      }
    }
  }
}
