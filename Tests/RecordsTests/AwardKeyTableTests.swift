import Clauses
import Storage
import TestSupport
import Testing

@testable import Records

@Suite struct AwardKeyTableTests {
  private func notices(_ numbers: Range<Int>) throws -> [(id: Int64, entry: AwardEntry)] {
    let buyer = try SIRET("21770000100012")
    return numbers.map { number in
      let notice = AwardNotice(key: .init(buyer: buyer, number: "N\(number)"), kind: .contract, object: "Objet")
      return (
        Int64(number), AwardEntry(notice: notice, range: 0..<1, repairs: nil, departement: nil, for: .sqlite)
      )
    }
  }

  @Test(arguments: Engine.allCases)
  func `the table knows what the index of keys knows, also of notices that another import added`(
    engine: Engine
  ) async throws {
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      let (first, second) = (try notices(1..<9000), try notices(9000..<9100))
      let absent = try notices(20_000..<20_050)
      let asked = (Array(first.suffix(300)) + second + absent).map(\.entry)
      let keys = AwardKeyTable()
      for part in [first, second] {
        try await database.write { try Awards.insert(part, file: 1, in: $0) }
        let (bySight, byIndex) = try await database.read { db in
          try keys.catchUp(in: db)
          return (
            try keys.known(asked.map(\.mark), in: db).mapValues(\.id),
            try Awards.known(asked.map(\.notice.key), in: db).mapValues(\.id)
          )
        }
        #expect(bySight == byIndex && !bySight.isEmpty)
      }
      // Noted again, nothing is there twice.
      keys.note(second.map { ($0.id, $0.entry.mark) })
      let found = try await database.read { try keys.known(asked.map(\.mark), in: $0) }
      #expect(found.count == 400)
    }
  }

  @Test(arguments: Engine.allCases)
  func `two keys with the same fingerprint are told apart by the rows themselves`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      let two = try notices(1..<3)
      try await database.write { try Awards.insert(two, file: 1, in: $0) }
      let keys = AwardKeyTable()
      keys.note([(1, 7), (2, 7)])
      let found = try await database.read { try keys.known([7], in: $0) }
      #expect(found[two[0].entry.notice.key]?.id == 1 && found[two[1].entry.notice.key]?.id == 2)
      #expect(try await database.read { try keys.known([8], in: $0) }.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `keys from before they had an index of their own keep their notices and stay unique`(engine: Engine) async throws
  {
    let old = Schema.migrations.filter { $0.number < 10 }
    try await withDatabase(engine, migrations: old) { database in
      let some = try notices(1..<40)
      try await database.write { db in
        try Awards.insert(some, file: 1, in: db)
        if db.dialect == .sqlite {
          try db.execute("INSERT INTO award_search (rowid, words) VALUES (1, 'objet')")
        }
      }
      try await Migrator(Schema.migrations).run(on: database)
      #expect(try await database.read { try Awards.count(in: $0) } == 39)
      #expect(try await database.read { try !AwardLoading.isOpen(in: $0) })
      await #expect(throws: (any Error).self) {
        try await database.write { try Awards.insert([(100, some[0].entry)], file: 1, in: $0) }
      }
      guard database.dialect == .sqlite else { return }
      #expect(try await database.read { try AwardSearch.isLost(in: $0) })
      try await database.write { try AwardSearch.refill(in: $0) }
      #expect(try await !database.read { try AwardSearch.isLost(in: $0) })
      let found: SQL = "SELECT COUNT(*) FROM award_search WHERE award_search MATCH '\"obj\"*'"
      #expect(try await database.read { try $0.scalar(Int.self, found) } == 39)
    }
  }
}
