import Storage
import Synchronization
import TestSupport
import Testing

/// What PostgreSQL alone can do to us: connections that die, servers that stop.
@Suite struct PostgresFaultTests {
  private static let migrations = [
    Migration(1, "counters") { dialect in
      """
      CREATE TABLE counter (id \(dialect.integer) PRIMARY KEY, value \(dialect.integer) NOT NULL)\(dialect.strict);
      INSERT INTO counter VALUES (1, 0);
      """
    }
  ]

  private final class Count: Sendable {
    private let number = Atomic(0)
    var value: Int { number.load(ordering: .relaxed) }
    func add() { number.add(1, ordering: .relaxed) }
  }

  private static func processID(_ db: any Connection) throws -> Int {
    try db.scalar(Int.self, "SELECT pg_backend_pid()") ?? 0
  }

  private static func end(_ process: Int, by other: any Database) async throws {
    _ = try await other.read { try $0.scalar(Bool.self, "SELECT pg_terminate_backend(CAST(\(process) AS integer))") }
  }

  /// Ends the backend of a transaction from inside its closure and waits until it is gone.
  private static func endFromInside(_ process: Int, by other: any Database, _ gate: Gate) {
    Task {
      try await end(process, by: other)
      for _ in 0..<500 {
        let isGone = try await other.read {
          try !$0.exists("SELECT 1 FROM pg_stat_activity WHERE pid = CAST(\(process) AS integer)")
        }
        if isGone { break }
        try await Task.sleep(for: .milliseconds(5))
      }
      gate.open("ended")
    }
    gate.wait("ended")
  }

  @Test func `a killed backend is replaced at the next call`() async throws {
    try await withTestBase(.postgres, migrations: Self.migrations) { base async throws in
      let database = try base.open(connections: 1)
      let other = try base.open(connections: 1)
      for _ in 0..<testCount(3) {
        let process = try await database.read { try Self.processID($0) }
        try await Self.end(process, by: other)
        try await database.write { try $0.execute("UPDATE counter SET value = value + 1") }
        let next = try await database.read { try Self.processID($0) }
        #expect(next != process)
      }
      for node in [database, other] { try await node.close() }
    }
  }

  @Test func `a connection lost before COMMIT lets the closure run again`() async throws {
    try await withTestBase(.postgres, migrations: Self.migrations) { base async throws in
      let database = try base.open(connections: 1)
      let other = try base.open(connections: 1)
      let runs = Count()
      try await database.write { db in
        runs.add()
        let process = try Self.processID(db)
        try db.execute("UPDATE counter SET value = value + 1")
        if runs.value == 1 { Self.endFromInside(process, by: other, Gate()) }
        try db.execute("UPDATE counter SET value = value + 10")
      }
      #expect(runs.value == 2)
      #expect(try await database.read { try $0.scalar(Int.self, "SELECT value FROM counter") } == 11)
      for node in [database, other] { try await node.close() }
    }
  }

  @Test func `a connection lost during COMMIT is never tried again`() async throws {
    try await withTestBase(.postgres, migrations: Self.migrations) { base async throws in
      let database = try base.open(connections: 1)
      let other = try base.open(connections: 1)
      let runs = Count()
      await #expect(throws: StorageError.commitUnknown) {
        try await database.write { db in
          runs.add()
          let process = try Self.processID(db)
          try db.execute("UPDATE counter SET value = value + 1")
          Self.endFromInside(process, by: other, Gate())
        }
      }
      #expect(runs.value == 1)
      // The connection is replaced all the same.
      try await database.write { try $0.execute("UPDATE counter SET value = \(3)") }
      for node in [database, other] { try await node.close() }
    }
  }

  @Test func `a first statement that fails leaves the connection in order`() async throws {
    try await withTestBase(.postgres, migrations: Self.migrations) { base async throws in
      let database = try base.open(connections: 1)
      let process = try await database.read { try Self.processID($0) }
      for _ in 0..<3 {
        // Refused by the server when it is run, when it is prepared, and here.
        await #expect(throws: StorageError.self) { try await database.write { try $0.execute("SELECT 1 / \(0)") } }
        await #expect(throws: StorageError.self) { try await database.read { try $0.execute("SELECT nowhere") } }
        await #expect(throws: StorageError.self) { try await database.write { try $0.script("SELEKT 1") } }
        await #expect(throws: StorageError.self) { try await database.write { try $0.execute("SELECT \("\0")") } }
        #expect(try await database.write { _ in 7 } == 7)
        #expect(try await database.read { _ in 7 } == 7)
        let content = [UInt8](repeating: 65, count: 3_000_000)
        let size = try await database.read { try $0.scalar(Int.self, "SELECT length(CAST(\(content) AS bytea))") }
        #expect(size == 3_000_000)
        #expect(try await database.read { try Self.processID($0) } == process)
      }
      try await database.close()
    }
  }

  @Test func `a collision hidden by the closure still starts the transaction again`() async throws {
    try await withTestBase(.postgres, migrations: Self.migrations) { base async throws in
      let nodes = [try base.open(), try base.open()]
      let runs = Count()
      let gate = Gate()
      async let first: Void = nodes[0].write { db in
        runs.add()
        let value = try db.scalar(Int.self, "SELECT value FROM counter") ?? 0
        if runs.value == 1 {
          gate.open("read")
          gate.wait("written")
        }
        // Neither a savepoint nor a hidden error saves a transaction that lost the race.
        _ = try? db.attempt { try db.execute("UPDATE counter SET value = \(value + 1)") }
      }
      await gate.wait(for: "read")
      try await nodes[1].write { try $0.execute("UPDATE counter SET value = \(100)") }
      gate.open("written")
      try await first
      #expect(runs.value == 2)
      #expect(try await nodes[0].read { try $0.scalar(Int.self, "SELECT value FROM counter") } == 101)
      for node in nodes { try await node.close() }
    }
  }

  @Test func `collisions without end give up with a conflict`() async throws {
    try await withTestBase(.postgres, migrations: Self.migrations) { base async throws in
      let database = try base.open()
      let runs = Count()
      await #expect(throws: StorageError.conflict) {
        try await database.write { db in
          runs.add()
          try db.script("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$")
        }
      }
      #expect(runs.value == 25)
      try await database.close()
    }
  }

  @Test func `a server that stops and starts is waited for`() async throws {
    let cluster = PrivateCluster()
    let server = try await cluster.running()
    let name = try await cluster.createDatabase(migrations: Self.migrations)
    let database = PostgresDatabase(PostgresSettings(server.address(database: name)))
    for isCrash in [false, true] {
      try await database.write { try $0.execute("UPDATE counter SET value = \(0)") }
      try await cluster.stop(atOnce: isCrash)
      async let waiting: Void = database.write { try $0.execute("UPDATE counter SET value = value + 1") }
      async let reading = database.read { try $0.scalar(Int.self, "SELECT id FROM counter") }
      try await Task.sleep(for: .milliseconds(300))
      try await cluster.startAgain()
      try await waiting
      #expect(try await reading == 1)
      #expect(try await database.read { try $0.scalar(Int.self, "SELECT value FROM counter") } == 1)
    }
    try await database.close()
    await cluster.close()
  }

  @Test(.timeLimit(.minutes(2))) func `a server that never answers is given up after the patience`() async throws {
    var settings = PostgresSettings("host=127.0.0.1 port=1 user=nobody dbname=none password=secret")
    settings.patience = .milliseconds(300)
    let database = PostgresDatabase(settings)
    let error = await #expect(throws: StorageError.self) {
      try await database.read { try $0.scalar(Int.self, "SELECT 1") }
    }
    guard case .unreachable(let detail) = error else {
      Issue.record("unreachable was expected, not \(String(describing: error))")
      return
    }
    #expect(!detail.contains("secret"))
    try await database.close()
  }

  @Test func `of several hosts the one that answers is used`() async throws {
    try await withTestBase(.postgres, migrations: Self.migrations) { base async throws in
      let port = try #require(base.address.split(separator: " ").first { $0.hasPrefix("port=") }).dropFirst(5)
      let rest = base.address.split(separator: " ").filter { !$0.hasPrefix("port=") && !$0.hasPrefix("host=") }
      let address = (["host=127.0.0.1,127.0.0.1", "port=1,\(port)"] + rest.map(String.init)).joined(separator: " ")
      let database = PostgresDatabase(PostgresSettings(address))
      do {
        #expect(try await database.read { try $0.scalar(Int.self, "SELECT id FROM counter") } == 1)
      } catch let error as StorageError {
        Issue.record("\(address): \(error.debugDescription)")
      }
      try await database.close()
    }
  }

  @Test func `a session speaks UTC and ISO and says who it is`() async throws {
    try await withTestBase(.postgres) { base async throws in
      let database = try base.open(statementTimeout: .milliseconds(1500))
      let settings = try await database.read { db in
        try ["TimeZone", "DateStyle", "statement_timeout", "application_name", "transaction_isolation"].map {
          try db.scalar(String.self, "SELECT current_setting(\($0))")
        }
      }
      #expect(settings == ["UTC", "ISO, YMD", "1500ms", "marchepied", "repeatable read"])
      let isolation = try await database.write { try $0.scalar(String.self, "SHOW transaction_isolation") }
      #expect(isolation == "serializable")
      try await database.close()
    }
  }
}
