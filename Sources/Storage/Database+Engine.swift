extension Database {
  /// The engine with its version, such as « SQLite 3.40.1 » or « PostgreSQL 15.8 ».
  public func engineVersion() async throws -> String {
    try await read { db in
      switch db.dialect {
      case .sqlite: "SQLite \(try db.scalar(String.self, "SELECT sqlite_version()") ?? "?")"
      case .postgres: "PostgreSQL \(try db.scalar(String.self, "SHOW server_version") ?? "?")"
      }
    }
  }

  /// Asks for nothing but an answer; throws where none comes.
  public func ping() async throws { _ = try await read { try $0.scalar(Int.self, "SELECT 1") } }

  /// The size of the base, in bytes.
  public func bytesOnDisk() async throws -> Int {
    try await read { db in
      switch db.dialect {
      case .sqlite:
        try db.scalar(Int.self, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0
      case .postgres: try db.scalar(Int.self, "SELECT pg_database_size(current_database())") ?? 0
      }
    }
  }

  /// What a commit waits for, in the engine's own words.
  public func durability() async throws -> String {
    try await read { db in
      guard db.dialect == .postgres else { return "synchronous=FULL, WAL" }
      let fsync = try db.scalar(String.self, "SELECT current_setting('fsync')") ?? "?"
      let commit = try db.scalar(String.self, "SELECT current_setting('synchronous_commit')") ?? "?"
      return "fsync=\(fsync), synchronous_commit=\(commit)"
    }
  }

  /// The number of the server's process behind a connection; nil on SQLite, which has none.
  public func serverProcess() async throws -> Int? {
    try await read { $0.dialect == .postgres ? try $0.scalar(Int.self, "SELECT pg_backend_pid()") : nil }
  }
}
