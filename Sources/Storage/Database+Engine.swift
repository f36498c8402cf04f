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
}
