import Storage
import Synchronization
import TestSupport
import Testing

/// What connections keep between reads, and when they forget it.
@Suite struct RememberedTests {
  private static let migrations = [
    Migration(1, "lots") { "CREATE TABLE lot (id \($0.integer) PRIMARY KEY)\($0.strict)" }
  ]

  private final class Work: Sendable {
    private let count = Mutex(0)
    var times: Int { count.withLock { $0 } }
    func note() { count.withLock { $0 += 1 } }
  }

  /// What SQLite works out is exact; a PostgreSQL cluster also forgets when somebody commits in another base of it.
  private func expect(_ work: Work, _ times: Int, _ engine: Engine, _ location: SourceLocation = #_sourceLocation) {
    #expect(engine == .sqlite ? work.times == times : work.times >= times, sourceLocation: location)
  }

  private func count(_ database: any Database, _ work: Work, from least: Int = 0) async throws -> Int {
    try await database.read { db in
      try db.remembered("count from \(least)", bytes: { _ in 8 }) {
        work.note()
        return try db.scalar(Int.self, "SELECT COUNT(*) FROM lot WHERE id >= \(least)") ?? -1
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `an answer is worked out once while nothing changes, and anew after any commit`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let (database, other) = (try base.open(connections: 1), try base.open(connections: 1))
      let work = Work()
      for expected in 1...4 {
        // Now by the same program, now by another one.
        try await (expected.isMultiple(of: 2) ? other : database).write {
          try $0.execute("INSERT INTO lot (id) VALUES (\(expected))")
        }
        for _ in 0..<3 { #expect(try await count(database, work) == expected) }
        expect(work, expected, engine)
      }
      try await database.write { try $0.execute("DELETE FROM lot") }
      #expect(try await count(database, work) == 0)
      try await database.close()
      try await other.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `questions with other values, or answers of another type, are other questions`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let database = try base.open(connections: 1)
      try await database.write { try $0.execute("INSERT INTO lot (id) VALUES (1), (2), (3)") }
      let work = Work()
      for (least, expected) in [(0, 3), (2, 2), (0, 3), (3, 1), (2, 2)] {
        #expect(try await count(database, work, from: least) == expected)
      }
      expect(work, 3, engine)
      let name = try await database.read { db in
        try db.remembered("count from \(0)", bytes: { $0.utf8.count }) { "three" }
      }
      #expect(name == "three")
      try await database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a transaction keeps to the state that it sees, and a write remembers nothing`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let (database, other) = (try base.open(connections: 1), try base.open(connections: 1))
      let question: SQL = "how many"
      let (inside, written) = (Work(), Work())
      _ = try await database.write { db in
        for expected in 1...3 {
          try db.execute("INSERT INTO lot (id) VALUES (\(expected))")
          let found = try db.remembered(question, bytes: { _ in 8 }) {
            written.note()
            return try db.scalar(Int.self, "SELECT COUNT(*) FROM lot") ?? -1
          }
          #expect(found == expected)
        }
      }
      #expect(written.times == 3)
      for _ in 0..<2 {
        _ = try await other.write { try $0.execute("INSERT INTO lot (id) SELECT MAX(id) + 1 FROM lot") }
        _ = try await database.read { db in
          for _ in 0..<2 {
            _ = try db.remembered(question, bytes: { _ in 8 }) {
              inside.note()
              return try db.scalar(Int.self, "SELECT COUNT(*) FROM lot") ?? -1
            }
          }
        }
      }
      #expect(inside.times == 2)
      // Whoever collects statements sees them all.
      let (_, statements) = try await StatementLog.collect {
        for _ in 0..<2 {
          _ = try await database.read { db in
            try db.remembered(question, bytes: { _ in 8 }) { try db.scalar(Int.self, "SELECT COUNT(*) FROM lot") ?? -1 }
          }
        }
      }
      #expect(statements.count == 2)
      try await database.close()
      try await other.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `what was not used for longest makes room, and what is too large is not kept`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let database = try base.open(connections: 1)
      let work = Work()
      @Sendable func ask(_ name: Int, bytes: Int) async throws {
        _ = try await database.read { db in
          try db.remembered("\(name)", bytes: { _ in bytes }) {
            work.note()
            return name
          }
        }
      }
      for _ in 0..<3 { try await ask(0, bytes: 1 << 30) }
      expect(work, 3, engine)
      for name in 1...200 {
        try await ask(name, bytes: 64 << 10)
        try await ask(1, bytes: 64 << 10)
      }
      // The first was used all along; each other came once, and the last is still there.
      expect(work, 203, engine)
      try await ask(200, bytes: 64 << 10)
      expect(work, 203, engine)
      try await ask(2, bytes: 64 << 10)
      expect(work, 204, engine)
      try await database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `as long as nobody commits anything, an answer is not worked out twice`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let database = try base.open(connections: 1)
      // Other tests commit beside this one: now and then none of them does between two questions.
      var remembered = false
      for _ in 0..<2000 where !remembered {
        let work = Work()
        for _ in 0..<2 { _ = try await count(database, work, from: 7) }
        remembered = work.times < 2
      }
      #expect(remembered)
      try await database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a bit of a row of bytes is read alike`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let database = try base.open(connections: 1)
      let bytes: [UInt8] = [0b0000_0001, 0b1000_0000, 0, 0b0101_0000]
      let set = (0..<32).filter { bytes[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
      try await database.write {
        try $0.insert("INSERT INTO lot (id) VALUES ", rows: (0..<32).map { SQLRow([], [.integer($0)]) }, tail: "")
      }
      let found = try await database.read {
        try $0.scalars(Int.self, "SELECT id FROM lot WHERE get_bit(\(bytes), id) = 1 ORDER BY id")
      }
      #expect(found == set && set == [0, 15, 28, 30])
      try await database.close()
    }
  }
}
