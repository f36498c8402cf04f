import Foundation
import Storage
import TestSupport
import Testing

/// What a transaction promises on both engines.
@Suite struct TransactionTests {
  private static let migrations = [
    Migration(1, "counters") { dialect in
      """
      CREATE TABLE counter (id \(dialect.integer) PRIMARY KEY, value \(dialect.integer) NOT NULL)\(dialect.strict);
      INSERT INTO counter VALUES (1, 0), (2, 0);
      """
    }
  ]

  private struct Stop: Error {}

  /// Carries a connection out of its closure, which a program must not do.
  private final class Smuggler: @unchecked Sendable {
    var connection: (any Connection)?
    var row: Row?
  }

  private static func value(_ id: Int, in database: any Database) async throws -> Int? {
    try await database.read { try $0.scalar(Int.self, "SELECT value FROM counter WHERE id = \(id)") }
  }

  @Test(arguments: Engine.allCases)
  func `a closure that throws leaves nothing behind`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      await #expect(throws: Stop.self) {
        try await database.write { db in
          try db.execute("UPDATE counter SET value = \(5)")
          throw Stop()
        }
      }
      #expect(try await Self.value(1, in: database) == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a write inside read fails and changes nothing`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      await #expect(throws: StorageError.readOnly) {
        try await database.read { try $0.execute("UPDATE counter SET value = \(5)") }
      }
      await #expect(throws: StorageError.readOnly) {
        try await database.read { try $0.scalar(Int.self, "DELETE FROM counter RETURNING id") }
      }
      #expect(try await Self.value(1, in: database) == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a failed statement refuses the commit even if the closure hides it`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let error = await #expect(throws: StorageError.self) {
        try await database.write { db in
          try db.execute("UPDATE counter SET value = \(5)")
          _ = try? db.execute("INSERT INTO counter VALUES (\(1), \(1))")
        }
      }
      guard case .commitRefused = error else {
        Issue.record("commitRefused was expected, not \(String(describing: error))")
        return
      }
      #expect(try await Self.value(1, in: database) == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `after a failed statement no other one runs`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let error = await #expect(throws: StorageError.self) {
        try await database.write { db in
          _ = try? db.execute("SELECT nowhere FROM nothing")
          try db.execute("UPDATE counter SET value = \(5)")
        }
      }
      guard case .transactionFailed = error else {
        Issue.record("transactionFailed was expected, not \(String(describing: error))")
        return
      }
      #expect(try await Self.value(1, in: database) == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `attempt undoes what failed in it and lets the rest go on`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      try await database.write { db in
        try db.execute("UPDATE counter SET value = \(1) WHERE id = \(1)")
        #expect(throws: StorageError.self) {
          try db.attempt {
            try db.execute("UPDATE counter SET value = \(2) WHERE id = \(1)")
            try db.execute("INSERT INTO counter VALUES (\(1), \(1))")
          }
        }
        // Hidden inside the attempt: the attempt still fails.
        #expect(throws: StorageError.self) {
          try db.attempt {
            try db.execute("UPDATE counter SET value = \(3) WHERE id = \(1)")
            _ = try? db.execute("INSERT INTO counter VALUES (\(1), \(1))")
          }
        }
        #expect(throws: Stop.self) {
          try db.attempt {
            try db.execute("UPDATE counter SET value = \(4) WHERE id = \(1)")
            throw Stop()
          }
        }
        let kept = try db.attempt {
          try db.execute("UPDATE counter SET value = \(5) WHERE id = \(2)")
          _ = try? db.attempt { try db.execute("UPDATE counter SET value = NULL WHERE id = \(2)") }
          return try db.scalar(Int.self, "SELECT value FROM counter WHERE id = \(2)")
        }
        #expect(kept == 5)
      }
      #expect(try await Self.value(1, in: database) == 1)
      #expect(try await Self.value(2, in: database) == 5)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a connection is of no use after its closure, nor a row after its own`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let smuggler = Smuggler()
      try await database.write { db in
        smuggler.connection = db
        try db.forEach("SELECT value FROM counter WHERE id = \(1)") { smuggler.row = $0 }
        #expect(throws: StorageError.outOfReach) { try smuggler.row?.value(0, as: Int.self) }
      }
      #expect(throws: StorageError.outOfReach) {
        try smuggler.connection?.execute("UPDATE counter SET value = \(9)")
      }
      #expect(throws: StorageError.outOfReach) { try smuggler.connection?.script("DELETE FROM counter") }
      #expect(throws: StorageError.outOfReach) { try smuggler.connection?.attempt {} }
      #expect(try await Self.value(1, in: database) == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a read sees one unchanging view while others write`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let gate = Gate()
      async let seen = database.read { db in
        let first = try db.scalar(Int.self, "SELECT value FROM counter WHERE id = \(1)")
        gate.open("read")
        gate.wait("written")
        return [first, try db.scalar(Int.self, "SELECT value FROM counter WHERE id = \(1)")]
      }
      await gate.wait(for: "read")
      try await database.write { try $0.execute("UPDATE counter SET value = \(7)") }
      gate.open("written")
      #expect(try await seen == [0, 0])
      #expect(try await Self.value(1, in: database) == 7)
    }
  }

  @Test(arguments: Engine.allCases)
  func `two nodes that add to one counter lose nothing`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let nodes = [try base.open(), try base.open()]
      let turns = testCount(40)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for node in nodes {
          for _ in 0..<2 {
            group.addTask {
              for _ in 0..<turns {
                try await node.write { db in
                  let value = try db.scalar(Int.self, "SELECT value FROM counter WHERE id = \(1)") ?? 0
                  try db.execute("UPDATE counter SET value = \(value + 1) WHERE id = \(1)")
                }
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await Self.value(1, in: nodes[0]) == 4 * turns)
      for node in nodes { try await node.close() }
    }
  }

  @Test(arguments: Engine.allCases)
  func `two writers who each check the other's row keep the sum within bounds`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let nodes = [try base.open(), try base.open()]
      for _ in 0..<testCount(20) {
        try await nodes[0].write { try $0.execute("UPDATE counter SET value = \(0)") }
        // Each may take the one place that is left, if the other has not: write skew would let both.
        try await withThrowingTaskGroup(of: Void.self) { group in
          for (index, node) in nodes.enumerated() {
            group.addTask {
              try await node.write { db in
                let sum = try db.scalar(Int.self, "SELECT sum(value) FROM counter") ?? 0
                guard sum == 0 else { return }
                try db.execute("UPDATE counter SET value = \(1) WHERE id = \(index + 1)")
              }
            }
          }
          try await group.waitForAll()
        }
        let sum = try await nodes[1].read { try $0.scalar(Int.self, "SELECT sum(value) FROM counter") }
        #expect(sum == 1)
      }
      for node in nodes { try await node.close() }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a statement that takes too long is stopped with its own error`(engine: Engine) async throws {
    try await withTestBase(engine) { base in
      let database = try base.open(statementTimeout: .milliseconds(200))
      let slow: SQL =
        """
        WITH RECURSIVE n (i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < \(2_000_000_000))
        SELECT count(*) FROM n
        """
      await #expect(throws: StorageError.statementTimeout) {
        try await database.read { try $0.scalar(Int.self, slow) }
      }
      await #expect(throws: StorageError.statementTimeout) {
        try await database.write { try $0.scalar(Int.self, slow) }
      }
      #expect(try await database.read { try $0.scalar(Int.self, "SELECT 1") } == 1)
      try await database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a cancelled task that waits for its turn loses no connection`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let database = try base.open(connections: 1)
      let gate = Gate()
      async let holder: Void = database.write { db in
        gate.open("held")
        gate.wait("released")
        try db.execute("UPDATE counter SET value = value + 1 WHERE id = \(1)")
      }
      await gate.wait(for: "held")
      let waiting = (0..<8).map { _ in
        Task { try await database.write { try $0.execute("UPDATE counter SET value = value + 100") } }
      }
      try await Task.sleep(for: .milliseconds(50))
      for task in waiting { task.cancel() }
      gate.open("released")
      try await holder
      for task in waiting {
        await #expect(throws: CancellationError.self) { try await task.value }
      }
      for _ in 0..<8 {
        try await database.write { try $0.execute("UPDATE counter SET value = value + 1 WHERE id = \(1)") }
      }
      #expect(try await Self.value(1, in: database) == 9)
      try await database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a task cancelled inside its transaction records nothing`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Self.migrations) { database async throws in
      let gate = Gate()
      let task = Task {
        try await database.write { db in
          try db.execute("UPDATE counter SET value = \(5)")
          gate.open("changed")
          gate.wait("cancelled")
        }
      }
      await gate.wait(for: "changed")
      task.cancel()
      gate.open("cancelled")
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await Self.value(1, in: database) == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a closed database refuses everything`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Self.migrations) { base in
      let database = try base.open()
      #expect(try await Self.value(1, in: database) == 0)
      try await database.close()
      await #expect(throws: StorageError.closed) { try await Self.value(1, in: database) }
      await #expect(throws: StorageError.closed) { try await database.write { try $0.execute("DELETE FROM counter") } }
    }
  }
}

/// Lets two closures on different threads wait for each other.
final class Gate: @unchecked Sendable {
  private let lock = NSLock()
  private var opened: Set<String> = []

  func open(_ name: String) {
    lock.withLock { _ = opened.insert(name) }
  }

  func isOpen(_ name: String) -> Bool { lock.withLock { opened.contains(name) } }

  /// Blocks a thread of the database, for up to two minutes: a busy machine is slow.
  func wait(_ name: String) {
    let start = ContinuousClock.now
    while !isOpen(name), .now - start < .seconds(120) { pause() }
  }

  /// Waits in a task.
  func wait(for name: String) async {
    let start = ContinuousClock.now
    while !isOpen(name), .now - start < .seconds(120) { try? await Task.sleep(for: .milliseconds(2)) }
  }

  private func pause() {
    var time = timespec(tv_sec: 0, tv_nsec: 1_000_000)
    nanosleep(&time, nil)
  }
}
