import Foundation
import GRDB

/// A SQLite file in WAL mode: one writer, several readers, each on a thread and a connection of its own.
///
/// Several processes may open the same file on the same machine (never over a network share). Every commit is on the disk
/// when `write` returns (`synchronous = FULL`), and foreign keys are enforced.
public final class SQLiteDatabase: Database {
  /// How the file is opened.
  public struct Options: Sendable {
    /// How long a writer waits for another process before it throws ``StorageError/busy``.
    public var busyTimeout = Duration.seconds(10)
    /// After how long a statement is stopped, or nil for never.
    public var statementTimeout: Duration? = .seconds(30)
    /// The page cache of each connection, in KiB: 2,048 to 8,192 serve well.
    public var pageCache = 4096
    /// The page cache of the writer, in KiB: a long import reads far fewer pages back with a large one; it is taken as it is used.
    public var writerCache = 49_152
    /// How much of the file is mapped into memory, in bytes; 0 for none. Mapped pages count as the process's memory.
    public var mappedBytes = 0

    /// The usual options.
    public init() {}
  }

  /// SQLite.
  public var dialect: Dialect { .sqlite }

  private let pool: DatabasePool
  private let readers: Workers
  private let writer: Workers
  private let limit: Duration?
  private let sessions = Locked<[ObjectIdentifier: SessionBox]>([:])

  /// A session stays with its connection, which only one thread uses at a time.
  private struct SessionBox: @unchecked Sendable {
    let session: SQLiteSession
  }

  /// Opens the file, or creates it in a folder that exists.
  public init(path: String, readers count: Int = 4, options: Options = Options()) throws {
    var configuration = Configuration()
    configuration.maximumReaderCount = max(count, 1)
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(options.busyTimeout.inSeconds)
    configuration.label = "Storage"
    configuration.prepareDatabase { [cache = options.pageCache, mapped = options.mappedBytes] database in
      try database.execute(sql: "PRAGMA cache_size = -\(cache)")
      try database.execute(sql: "PRAGMA mmap_size = \(mapped)")
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    pool = try Self.open(path, configuration, writerCache: options.writerCache, until: .now + options.busyTimeout)
    limit = options.statementTimeout
    readers = Workers(threads: max(count, 1))
    writer = Workers(threads: 1)
  }

  /// Opens the file. Processes that open a new file together collide while they switch it to WAL, which SQLite reports at
  /// once whatever the timeout: then the file is opened again.
  private static func open(
    _ path: String, _ configuration: Configuration, writerCache: Int, until deadline: ContinuousClock.Instant
  ) throws -> DatabasePool {
    while true {
      do {
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB lowers it to NORMAL for WAL, which would lose the last commits on a power cut.
        try pool.writeWithoutTransaction { database in
          try database.execute(sql: "PRAGMA synchronous = FULL")
          try database.execute(sql: "PRAGMA cache_size = -\(writerCache)")
          // Fewer checkpoints: pages that many transactions touch are copied into the file once.
          try database.execute(sql: "PRAGMA wal_autocheckpoint = 32000")
          try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
          try database.execute(sql: "PRAGMA analysis_limit = 1000")
        }
        return pool
      } catch let error as DatabaseError {
        let error = StorageError(error)
        guard error == .busy, .now < deadline else { throw error }
        Thread.sleep(forTimeInterval: .random(in: 0.005...0.05))
      }
    }
  }

  deinit {
    closeSessions()
  }

  /// Runs the closure on a reader connection, in a read transaction.
  public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    let log = StatementLog.current
    return try await readers.run { [self] cancellation in
      try translating {
        try pool.unsafeRead { database in
          try run(reading: true, on: database, cancellation, log, body)
        }
      }
    }
  }

  /// Runs the closure on the writer connection, in an immediate transaction.
  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    let log = StatementLog.current
    return try await writer.run { [self] cancellation in
      try translating {
        try pool.writeWithoutTransaction { database in
          try run(reading: false, on: database, cancellation, log, body)
        }
      }
    }
  }

  /// Waits for what runs, then closes the connections.
  public func close() async throws {
    try await readers.close()
    try await writer.close()
    closeSessions()
    try translating {
      moveLogIntoFile()
      try pool.close()
    }
  }

  /// Brings what stands in the write-ahead log into the file, so that whoever copies the file of a stopped program has
  /// everything; where another process is at work, it stays in the log, which that process keeps.
  private func moveLogIntoFile() {
    try? pool.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA busy_timeout = 0")
      _ = try database.checkpoint(.truncate)
    }
  }

  private func run<T>(
    reading isReading: Bool, on database: GRDB.Database, _ cancellation: Cancellation, _ log: StatementLog?,
    _ body: (any Connection) throws -> T
  ) throws -> T {
    let session = try session(of: database)
    try session.command(isReading ? "BEGIN" : "BEGIN IMMEDIATE")
    defer {
      if session.isInTransaction { try? session.command("ROLLBACK") }
    }
    let connection = SQLiteConnection(session, isReading: isReading, cancellation: cancellation, log: log)
    let result = Result { try body(connection) }
    connection.end()
    let value = try result.get()
    if let failure = connection.state.failure {
      throw StorageError.commitRefused(because: failure.rootCode)
    }
    try cancellation.check()
    try session.command("COMMIT")
    return value
  }

  private func session(of database: GRDB.Database) throws -> SQLiteSession {
    guard let pointer = database.sqliteConnection else { throw StorageError.closed }
    return sessions.withLock { sessions in
      let key = ObjectIdentifier(database)
      if let known = sessions[key] { return known }
      let box = SessionBox(session: SQLiteSession(pointer, limit: limit))
      sessions[key] = box
      return box
    }.session
  }

  private func closeSessions() {
    let closing = sessions.withLock { sessions in
      defer { sessions = [:] }
      return Array(sessions.values)
    }
    for box in closing { box.session.close() }
  }

  private func translating<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StorageError(error)
    }
  }
}

extension Duration {
  /// The duration in seconds, fractions included.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }

  /// The duration in whole milliseconds.
  var inMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
