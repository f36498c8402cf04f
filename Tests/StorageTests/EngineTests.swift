import Storage
import TestSupport
import Testing

@Suite struct EngineTests {
  @Test(arguments: Engine.allCases)
  func `a row that was written is read`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { db in
        try db.script("CREATE TABLE lot (id \(db.dialect.integer) PRIMARY KEY, name \(db.dialect.text) NOT NULL)")
        #expect(try db.execute("INSERT INTO lot (id, name) VALUES (\(1), \("Nettoyage"))") == 1)
      }
      let name = try await database.read { try $0.scalar(String.self, "SELECT name FROM lot WHERE id = \(1)") }
      #expect(name == "Nettoyage")
    }
  }
}
