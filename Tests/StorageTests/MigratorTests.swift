import Foundation
import Storage
import TestSupport
import Testing

@Suite struct MigratorTests {
  private static let first = Migration(1, "un") { dialect in
    "CREATE TABLE a (id \(dialect.integer) PRIMARY KEY)\(dialect.strict); INSERT INTO a VALUES (1)"
  }
  private static let second = Migration(
    2, "deux", sqlite: "ALTER TABLE a ADD COLUMN name TEXT", postgres: "ALTER TABLE a ADD COLUMN name text")
  private static let third = Migration(5, "cinq") { _ in "UPDATE a SET name = 'x'" }

  @Test(arguments: Engine.allCases)
  func `migrations are applied once and in order`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      let told = Told()
      try await Migrator([Self.first]).run(on: database) { told.add($0.number) }
      #expect(
        try await Migrator([Self.first, Self.second]).status(on: database).map { $0.appliedAt == nil } == [false, true])
      let migrator = Migrator([Self.first, Self.second, Self.third])
      try await migrator.run(on: database) { told.add($0.number) }
      try await migrator.run(on: database) { told.add($0.number) }
      #expect(told.numbers == [1, 2, 5])
      #expect(try await database.read { try $0.scalars(String.self, "SELECT name FROM a") } == ["x"])
      let status = try await migrator.status(on: database)
      #expect(status.map(\.number) == [1, 2, 5])
      #expect(status.allSatisfy { $0.appliedAt?.hasSuffix("Z") == true })
    }
  }

  @Test(arguments: Engine.allCases)
  func `a fresh database has a status and no error`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      let migrator = Migrator([Self.first])
      let status = try await migrator.status(on: database)
      #expect(status.map(\.number) == [1])
      #expect(status.allSatisfy { $0.appliedAt == nil })
      try await migrator.verify(on: database)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a migration changed after it was applied is refused`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await Migrator([Self.first]).run(on: database)
      let changed = Migration(1, "un") { dialect in "CREATE TABLE a (id \(dialect.integer))" }
      await #expect(throws: MigrationError.changed(number: 1, name: "un")) {
        try await Migrator([changed, Self.second]).run(on: database)
      }
      await #expect(throws: MigrationError.changed(number: 1, name: "un")) {
        try await Migrator([changed]).verify(on: database)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a program older than its database says so`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await Migrator([Self.first, Self.second]).run(on: database)
      let old = Migrator([Self.first])
      await #expect(throws: MigrationError.unknown(number: 2, name: "deux")) { try await old.run(on: database) }
      #expect("\(MigrationError.unknown(number: 2, name: "deux"))".contains("plus récente que ce programme"))
      #expect(try await old.status(on: database).map(\.number) == [1, 2])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a migration inserted before an applied one is refused`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await Migrator([Self.first, Self.third].map { $0.number == 5 ? Migration(5, "x") { _ in "SELECT 1" } : $0 })
        .run(on: database)
      let migrator = Migrator([Self.first, Self.second, Migration(5, "x") { _ in "SELECT 1" }])
      await #expect(throws: MigrationError.outOfOrder(number: 2, after: 5)) { try await migrator.run(on: database) }
      await #expect(throws: MigrationError.misnumbered(1)) {
        try await Migrator([Self.second, Self.first]).run(on: database)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a migration that fails leaves no half behind`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      let broken = Migration(2, "cassée") { dialect in
        "CREATE TABLE b (id \(dialect.integer)); INSERT INTO nowhere VALUES (1)"
      }
      await #expect(throws: StorageError.self) { try await Migrator([Self.first, broken]).run(on: database) }
      #expect(try await Migrator([Self.first]).status(on: database).count == 1)
      await #expect(throws: StorageError.self) {
        try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM b") }
      }
      try await Migrator([Self.first, Self.second]).run(on: database)
    }
  }

  @Test(arguments: Engine.allCases)
  func `nodes that start together apply each migration once`(engine: Engine) async throws {
    for _ in 0..<testCount(3) {
      try await withTestBase(engine) { base in
        let told = Told()
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<3 {
            group.addTask {
              let node = try base.open()
              try await Migrator([Self.first, Self.second, Self.third]).run(on: node) { told.add($0.number) }
              try await node.close()
            }
          }
          try await group.waitForAll()
        }
        let database = try base.open()
        #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM a") } == 1)
        #expect(try await database.read { try $0.scalar(Int.self, "SELECT count(*) FROM schema_migration") } == 3)
        // A start that lost a race and ran again tells its migration twice, but each was applied by one node only.
        #expect(Set(told.numbers) == [1, 2, 5])
        try await database.close()
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `statements prepared before a change of schema still run after it`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: [Self.first]) { base in
      let node = try base.open(connections: 1)
      for _ in 0..<3 {
        #expect(
          try await node.read { db in
            var names: [String] = []
            try db.forEach("SELECT * FROM a WHERE id = \(1)") { names = $0.columns }
            return names
          } == ["id"])
      }
      let other = try base.open(connections: 1)
      try await Migrator([Self.first, Self.second]).run(on: other)
      let names = try await node.read { db in
        var names: [String] = []
        try db.forEach("SELECT * FROM a WHERE id = \(1)") { names = $0.columns }
        return names
      }
      #expect(names == ["id", "name"])
      for database in [node, other] { try await database.close() }
    }
  }

  private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var list: [Int] = []
    var numbers: [Int] { lock.withLock { list } }
    func add(_ number: Int) { lock.withLock { list.append(number) } }
  }
}
