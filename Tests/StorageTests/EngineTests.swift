import Storage
import TestSupport
import Testing

/// What both engines must do alike with statements and values.
@Suite struct EngineTests {
  private struct Lot: RowDecodable, Equatable {
    let id: Int
    let name: String?
    let isActive: Bool

    init(row: Row) throws {
      id = try row.value("id")
      name = try row.value("name")
      isActive = try row.value("active")
    }

    init(_ id: Int, _ name: String?, _ isActive: Bool) {
      self.id = id
      self.name = name
      self.isActive = isActive
    }
  }

  private enum Kind: String, SQLConvertible { case works, services }

  static let migrations = [
    Migration(1, "lots") { dialect in
      """
      CREATE TABLE lot (
        id \(dialect.integer) PRIMARY KEY,
        name \(dialect.text),
        active \(dialect.boolean) NOT NULL,
        amount \(dialect.integer),
        weight \(dialect.real),
        content \(dialect.blob),
        notified \(dialect.day),
        seen \(dialect.instant)
      )\(dialect.strict);
      CREATE TABLE line (
        id \(dialect.integer) PRIMARY KEY,
        lot \(dialect.integer) NOT NULL REFERENCES lot (id),
        number \(dialect.integer) NOT NULL UNIQUE CONSTRAINT positive CHECK (number > 0)
      )\(dialect.strict);
      """
    }
  ]

  @Test(arguments: Engine.allCases)
  func `rows that were written are read, decoded and counted`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let changed = try await database.write { db throws in
        try db.execute("INSERT INTO lot (id, name, active) VALUES \(SQL.rows([row(1, "Peinture"), row(2, nil)]))")
          + db.execute("UPDATE lot SET amount = \(5) WHERE id = \(2)")
          + db.execute("UPDATE lot SET amount = \(5) WHERE id = \(99)")
          + db.execute("CREATE INDEX lot_name ON lot (name)")
          + db.execute("SELECT * FROM lot")
      }
      #expect(changed == 3)
      try await database.read { db throws in
        #expect(
          try db.all(Lot.self, "SELECT id, name, active FROM lot WHERE active ORDER BY id")
            == [Lot(1, "Peinture", true), Lot(2, nil, true)])
        #expect(try db.first(Lot.self, "SELECT active, name, id FROM lot WHERE id = \(1)") == Lot(1, "Peinture", true))
        #expect(try db.first(Lot.self, "SELECT id, name, active FROM lot WHERE id = \(3)") == nil)
        #expect(try db.scalar(Int.self, "SELECT count(*) FROM lot") == 2)
        #expect(try db.scalar(Int.self, "SELECT sum(amount) FROM lot") == 5)
        #expect(try db.scalar(String.self, "SELECT name FROM lot WHERE id = \(2)") == nil)
        #expect(try db.scalars(Int.self, "SELECT id FROM lot ORDER BY id DESC") == [2, 1])
        #expect(try db.exists("SELECT 1 FROM lot WHERE name = \("Peinture")"))
        #expect(try !db.exists("SELECT 1 FROM lot WHERE name = \("Gros œuvre")"))
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `every kind of value comes back as it went in`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      for (index, number) in [Int64.max, Int64.min, 0, -1].enumerated() {
        let bytes: [UInt8] = [0, 1, 255, 0x5C, 0x27] + Array(0...255)
        let text = index == 0 ? "" : "L’été à Nîmes — œuvre, 中文, 🏗️, \"'\\ $1 ; \u{1}\n"
        try await database.write { db throws in
          try db.execute(
            """
            INSERT INTO lot (id, name, active, amount, weight, content, notified, seen)
            VALUES (\(index), \(text), \(index % 2 == 0), \(number), \(0.1 * Double(index)), \(index == 1 ? [] : bytes),
              \("2026-11-21"), \("2026-11-21T10:21:58.500Z"))
            """)
        }
        try await database.read { db throws in
          try db.forEach(
            "SELECT name, active, amount, weight, content, notified, seen FROM lot WHERE id = \(index) AND amount = \(number)"
          ) { row throws in
            #expect(try row.value(0) == text)
            #expect(try row.value(1) == (index % 2 == 0))
            #expect(try row.value(2) == number)
            #expect(try row.value(3) == 0.1 * Double(index))
            #expect(try row.value(4) == (index == 1 ? [] : bytes))
            #expect(try row.value(5) == "2026-11-21")
            #expect(try row.value(6) == "2026-11-21T10:21:58.500Z")
            #expect(row.columns == ["name", "active", "amount", "weight", "content", "notified", "seen"])
          }
          #expect(try db.exists("SELECT 1 FROM lot WHERE id = \(index) AND name = \(text)"))
        }
      }
      try await database.write { db throws in
        try db.execute(
          """
          INSERT INTO lot (id, name, active, amount, weight, content)
          VALUES (\(9), \(String?.none), \(false), \(Int?.none), \(Double?.none), \([UInt8]?.none))
          """)
        try db.forEach("SELECT name, amount, weight, content FROM lot WHERE id = \(9)") { row throws in
          #expect(try row.value(0, as: String?.self) == nil)
          #expect(try row.value(1, as: Int?.self) == nil)
          #expect(try row.value(2, as: Double?.self) == nil)
          #expect(try row.value(3, as: [UInt8]?.self) == nil)
          #expect(throws: StorageError.self) { try row.value(1, as: Int.self) }
        }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a text with a zero character is refused with a clear error`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      await #expect(throws: StorageError.zeroCharacter(place: 2)) {
        try await database.write { db throws in
          try db.execute("INSERT INTO lot (id, name, active) VALUES (\(1), \("a\0b"), \(true))")
        }
      }
      await #expect(throws: StorageError.zeroCharacter(place: 1)) {
        try await database.read { try $0.scalar(Int.self, "SELECT id FROM lot WHERE name = \("\0")") }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a dollar inside a literal stays text beside bound values`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      let texts = try await database.read { db throws in
        try db.scalars(String.self, "SELECT '$.a $$ $1 ' || CAST(\("x") AS text) UNION ALL SELECT '$2'")
      }
      #expect(texts == ["$.a $$ $1 x", "$2"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `fragments, lists and nothing to list work in a query`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      try await database.write { db throws in
        for id in 1...5 { try db.execute("INSERT INTO lot (id, name, active) VALUES (\(id), \("L\(id)"), \(id > 2))") }
      }
      try await database.read { db throws in
        let filter: SQL = "name <> \("L4") AND active"
        #expect(
          try db.scalars(Int.self, "SELECT id FROM lot WHERE id < \(99) AND \(filter) ORDER BY id LIMIT \(5)") == [
            3, 5,
          ])
        #expect(try db.scalars(Int.self, "SELECT id FROM lot WHERE id IN \(SQL.list([1, 4])) ORDER BY id") == [1, 4])
        #expect(try db.scalars(Int.self, "SELECT id FROM lot WHERE id IN \(SQL.list([Int]()))").isEmpty)
        #expect(try db.scalars(Int.self, "SELECT id FROM lot WHERE id NOT IN \(SQL.list([Int]()))").isEmpty)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `upserts and RETURNING share one text`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      try await database.write { db throws in
        for amount in [1, 2] {
          let id = try db.scalar(
            Int.self,
            """
            INSERT INTO lot (id, active, amount) VALUES (\(7), \(true), \(amount))
            ON CONFLICT (id) DO UPDATE SET amount = excluded.amount RETURNING id
            """)
          #expect(id == 7)
        }
        #expect(try db.execute("INSERT INTO lot (id, active) VALUES (\(7), \(true)) ON CONFLICT DO NOTHING") == 0)
        #expect(try db.scalar(Int.self, "SELECT amount FROM lot WHERE id = \(7)") == 2)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a statement may run while another's rows are read`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      try await database.write { db throws in
        for id in 1...3 { try db.execute("INSERT INTO lot (id, active) VALUES (\(id), \(true))") }
        var sums: [Int] = []
        let below: (Int) -> SQL = { "SELECT id FROM lot WHERE id < \($0) ORDER BY id" }
        try db.forEach(below(4)) { row throws in
          let id: Int = try row.value(0)
          // The same statement once more, inside itself.
          sums.append(try db.scalars(Int.self, below(id)).reduce(0, +))
          #expect(try row.value(0) == id)
        }
        #expect(sums == [0, 1, 3])
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a large result is streamed in portions`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let count = max(testCount(3500), 3500)
      try await database.write { db throws in
        for start in stride(from: 0, to: count, by: 500) {
          let rows = (start..<min(start + 500, count)).map { row($0, "L\($0)") }
          try db.execute("INSERT INTO lot (id, name, active) VALUES \(SQL.rows(rows))")
        }
      }
      try await database.read { db throws in
        var next = 0
        try db.stream("SELECT id, name FROM lot WHERE id >= \(0) AND active ORDER BY id") { row throws in
          #expect(try row.value(0) == next)
          #expect(try row.value(1) == "L\(next)")
          next += 1
        }
        #expect(next == count)
        try db.stream("SELECT id FROM lot WHERE id < \(0)") { _ in Issue.record("no row was expected") }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a column of another kind is refused by name and without its value`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      try await database.write { db throws in
        try db.execute("INSERT INTO lot (id, name, active) VALUES (\(1), \("secret"), \(true))")
        let error = try #require(throws: StorageError.self) {
          try db.forEach("SELECT id, name AS title FROM lot") { _ = try $0.value("title", as: Int.self) }
        }
        #expect(
          error
            == .decoding(
              column: "title", expected: "Int", found: "text", statement: "SELECT id, name AS title FROM lot"))
        #expect(!error.description.contains("secret"))
        #expect(!error.debugDescription.contains("secret"))
        #expect(throws: StorageError.self) {
          try db.forEach("SELECT name FROM lot") { _ = try $0.value("nom", as: String.self) }
        }
        #expect(throws: StorageError.self) {
          try db.forEach("SELECT name FROM lot") { _ = try $0.value(1, as: String.self) }
        }
        #expect(throws: StorageError.self) {
          try db.forEach("SELECT name FROM lot") { _ = try $0.value(0, as: Kind.self) }
        }
        #expect(throws: StorageError.self) {
          try db.forEach("SELECT id FROM lot") { _ = try $0.value(0, as: String.self) }
        }
        // What a row refuses is no failed statement: the transaction goes on.
        try db.execute("UPDATE lot SET name = \(Kind.works)")
        #expect(try db.scalar(Kind.self, "SELECT name FROM lot") == .works)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a broken rule of the schema says which`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      try await database.write { db throws in
        try db.execute("INSERT INTO lot (id, active) VALUES (\(1), \(true))")
        try db.execute("INSERT INTO line (id, lot, number) VALUES (\(1), \(1), \(1))")
      }
      let statements: [(SQL, StorageError.Constraint)] = [
        ("INSERT INTO lot (id, active) VALUES (\(1), \(true))", .unique),
        ("INSERT INTO line (id, lot, number) VALUES (\(2), \(1), \(1))", .unique),
        ("INSERT INTO line (id, lot, number) VALUES (\(2), \(9), \(2))", .foreignKey),
        ("DELETE FROM lot", .foreignKey),
        ("INSERT INTO line (id, lot, number) VALUES (\(2), \(Int?.none), \(2))", .notNull),
        ("INSERT INTO line (id, lot, number) VALUES (\(2), \(1), \(-1))", .check),
      ]
      for (statement, kind) in statements {
        let error = await #expect(throws: StorageError.self) { try await database.write { try $0.execute(statement) } }
        guard case .constraint(kind, let name) = error else {
          Issue.record("\(kind) was expected, not \(String(describing: error))")
          continue
        }
        if kind == .check { #expect(name == "positive") }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `too many values are refused before they are sent`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.read { db throws in
        let most = SQL.list(1...SQL.maximumBinds)
        #expect(try db.scalar(Int.self, "SELECT 1 WHERE 1 IN \(most)") == 1)
      }
      await #expect(throws: StorageError.tooManyBinds(SQL.maximumBinds + 1)) {
        try await database.read { try $0.scalar(Int.self, "SELECT 1 WHERE 1 IN \(SQL.list(0...SQL.maximumBinds))") }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `statements of many shapes do not exhaust the connection`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.read { db throws in
        for _ in 0..<3 {
          for length in 1...400 {
            #expect(try db.scalar(Int.self, "SELECT 7 WHERE \(length) IN \(SQL.list(1...length))") == 7)
          }
        }
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `the statements of a task are collected without their values`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let (count, statements) = try await StatementLog.collect {
        try await database.write { db throws in
          try db.attempt { try db.execute("DELETE FROM line WHERE id = \(77)") }
          return try db.scalar(Int.self, "SELECT count(*) FROM lot")
        }
      }
      #expect(count == 0)
      #expect(statements == ["DELETE FROM line WHERE id = $1", "SELECT count(*) FROM lot"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `the plan of a query names its index`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let plan = try await database.read { try $0.plan("SELECT id FROM line WHERE number = \(3)") }
      #expect(plan.joined().contains(engine == .sqlite ? "sqlite_autoindex_line_1" : "line_number_key"))
    }
  }
}

private func row(_ id: Int, _ name: String?) -> [SQLValue] {
  [.integer(Int64(id)), name.sqlValue, .bool(true)]
}
