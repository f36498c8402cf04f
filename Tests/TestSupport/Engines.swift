import Foundation
public import Storage

/// The engines on which every storage test runs.
public enum Engine: String, CaseIterable, Sendable {
  /// A SQLite file in a temporary folder.
  case sqlite
  /// A database of its own on the private PostgreSQL server of the test process.
  case postgres
}

/// How many times a heavy test repeats something: `MARCHEPIED_TEST_COUNT`, or the small number given.
public func testCount(_ usual: Int) -> Int {
  ProcessInfo.processInfo.environment["MARCHEPIED_TEST_COUNT"].flatMap { Int($0) }.map { max($0, 1) } ?? usual
}

/// Gives the test a fresh, migrated database and removes it afterwards.
///
/// On PostgreSQL the server starts with the first test that asks for it; without PostgreSQL the test fails and says so.
public func withDatabase<T>(
  _ engine: Engine, migrations: [Migration] = [],
  isolation: isolated (any Actor)? = #isolation,
  _ body: (any Database) async throws -> T
) async throws -> T {
  try await withTestBase(engine, migrations: migrations) { base in
    let database = try base.open()
    do {
      let result = try await body(database)
      try await database.close()
      return result
    } catch {
      try? await database.close()
      throw error
    }
  }
}

/// A database that a test may open several times, as several nodes would.
public struct TestBase: Sendable {
  /// The engine.
  public let engine: Engine
  /// The file's path, or the PostgreSQL address.
  public let address: String

  /// A database that something else made.
  public init(engine: Engine, address: String) {
    self.engine = engine
    self.address = address
  }

  /// Opens it; the caller closes it.
  public func open(connections: Int = 4, statementTimeout: Duration? = .seconds(30)) throws -> any Database {
    switch engine {
    case .sqlite:
      var options = SQLiteDatabase.Options()
      options.statementTimeout = statementTimeout
      return try SQLiteDatabase(path: address, readers: connections, options: options)
    case .postgres:
      var settings = PostgresSettings(address)
      settings.connections = connections
      settings.statementTimeout = statementTimeout
      return PostgresDatabase(settings)
    }
  }
}

/// As ``withDatabase(_:migrations:isolation:_:)``, leaving it to the test to open the database as often as it wants.
public func withTestBase<T>(
  _ engine: Engine, migrations: [Migration] = [],
  isolation: isolated (any Actor)? = #isolation,
  _ body: (TestBase) async throws -> T
) async throws -> T {
  guard engine == .postgres else { return try await withOwnBase(engine, migrations: migrations, body) }
  return try await Places.hold { try await withOwnBase(engine, migrations: migrations, body) }
}

private func withOwnBase<T>(
  _ engine: Engine, migrations: [Migration],
  isolation: isolated (any Actor)? = #isolation,
  _ body: (TestBase) async throws -> T
) async throws -> T {
  let base: TestBase
  let remove: @Sendable () async -> Void
  switch engine {
  case .sqlite:
    let folder = FileManager.default.temporaryDirectory.appending(path: "marchepied-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    base = TestBase(engine: engine, address: folder.appending(path: "base.sqlite").path)
    remove = { try? FileManager.default.removeItem(at: folder) }
    if !migrations.isEmpty {
      do {
        let database = try base.open(connections: 1)
        try await Migrator(migrations).run(on: database)
        try await database.close()
      } catch {
        await remove()
        throw error
      }
    }
  case .postgres:
    let cluster = try await PrivateCluster.shared.running()
    let name = try await PrivateCluster.shared.createDatabase(migrations: migrations)
    base = TestBase(engine: engine, address: cluster.address(database: name))
    remove = { await PrivateCluster.shared.dropDatabase(name) }
  }
  do {
    let result = try await body(base)
    await remove()
    return result
  } catch {
    await remove()
    throw error
  }
}
