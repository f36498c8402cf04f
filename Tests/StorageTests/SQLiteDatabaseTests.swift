import Foundation
import Storage
import TestSupport
import Testing

/// What only SQLite has: its file and its settings.
@Suite struct SQLiteDatabaseTests {
  @Test func `commits reach the disk and foreign keys are enforced`() async throws {
    try await withTestBase(.sqlite) { base async throws in
      let database = try base.open()
      let write = try await database.write { db in
        try ["synchronous", "foreign_keys", "cache_size"].map {
          try db.scalar(Int.self, SQL(unsafeText: "PRAGMA \($0)"))
        }
      }
      #expect(write == [2, 1, -49_152])
      let reader = try await database.read { try $0.scalar(Int.self, "PRAGMA cache_size") }
      #expect(reader == -4096)
      let mode = try await database.read { try $0.scalar(String.self, "PRAGMA journal_mode") }
      #expect(mode == "wal")
      try await database.close()
    }
  }

  @Test func `the file alone holds everything once the database is closed`() async throws {
    try await withTestBase(.sqlite) { base async throws in
      let database = try base.open()
      try await database.write { db in
        try db.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY) STRICT")
        try db.execute("INSERT INTO kept (id) VALUES (\(1)), (\(2))")
      }
      _ = try await database.read { try $0.scalar(Int.self, "SELECT COUNT(*) FROM kept") }
      try await database.close()
      let copy = "\(base.address)-copie"
      try FileManager.default.copyItem(atPath: base.address, toPath: copy)
      let copied = try SQLiteDatabase(path: copy)
      #expect(try await copied.read { try $0.scalar(Int.self, "SELECT COUNT(*) FROM kept") } == 2)
      try await copied.close()
    }
  }

  @Test func `a folder that does not exist is an unreachable database`() throws {
    let error = #expect(throws: StorageError.self) { try SQLiteDatabase(path: "/nowhere/base.sqlite") }
    guard case .unreachable = error else {
      Issue.record("unreachable was expected, not \(String(describing: error))")
      return
    }
  }

  @Test func `a writer that waits too long for another process is told that the base is busy`() async throws {
    try await withTestBase(.sqlite) { base async throws in
      var options = SQLiteDatabase.Options()
      options.busyTimeout = .milliseconds(50)
      let first = try base.open()
      let second = try SQLiteDatabase(path: base.address, options: options)
      let gate = Gate()
      async let holder: Void = first.write { _ in
        gate.open("held")
        gate.wait("released")
      }
      await gate.wait(for: "held")
      await #expect(throws: StorageError.busy) { try await second.write { _ in } }
      gate.open("released")
      try await holder
      try await second.write { _ in }
      try await first.close()
      try await second.close()
    }
  }

  @Test func `a running statement stops when its task is cancelled`() async throws {
    try await withTestBase(.sqlite) { base async throws in
      let database = try base.open()
      let task = Task {
        try await database.read { db in
          try db.scalar(
            Int.self,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) FROM n"
          )
        }
      }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try await database.read { try $0.scalar(Int.self, "SELECT 1") } == 1)
      try await database.close()
    }
  }

  @Test func `a full disk is told as such and leaves nothing behind`() async throws {
    try await withTestBase(.sqlite) { base async throws in
      let database = try base.open()
      try await database.write { db in
        try db.script("CREATE TABLE t (x BLOB); PRAGMA max_page_count = 40")
      }
      await #expect(throws: StorageError.diskFull) {
        try await database.write { db in
          for _ in 0..<100 { try db.execute("INSERT INTO t VALUES (\([UInt8](repeating: 7, count: 4000)))") }
        }
      }
      // SQLite itself has ended the transaction: what follows in the closure must not run outside of any.
      let error = await #expect(throws: StorageError.self) {
        try await database.write { db in
          try db.execute("INSERT INTO t VALUES (x'01')")
          _ = try? db.attempt {
            for _ in 0..<100 { try db.execute("INSERT INTO t VALUES (\([UInt8](repeating: 7, count: 4000)))") }
          }
          _ = try? db.execute("INSERT INTO t VALUES (x'02')")
        }
      }
      #expect(error != nil)
      try await database.close()
    }
  }
}
