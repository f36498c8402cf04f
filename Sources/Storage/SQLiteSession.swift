import GRDBSQLite

/// What belongs to one SQLite connection as long as it is open: its prepared statements and its clock.
final class SQLiteSession {
  let database: OpaquePointer
  private let clock: UnsafeMutablePointer<Watch>
  private let limit: Duration?
  private var statements: [[UInt8]: SQLiteStatement] = [:]
  private var latest: SQLiteStatement?

  /// What the progress handler looks at while a statement runs.
  private struct Watch {
    var deadline: ContinuousClock.Instant?
    var cancellation: Cancellation?

    var isOverdue: Bool {
      guard let deadline else { return false }
      return deadline < .now
    }
  }

  init(_ database: OpaquePointer, limit: Duration?) {
    self.database = database
    self.limit = limit
    clock = .allocate(capacity: 1)
    clock.initialize(to: Watch())
    sqlite3_progress_handler(
      database, 10_000,
      { context in
        guard let watch = context?.assumingMemoryBound(to: Watch.self) else { return 0 }
        if watch.pointee.cancellation?.isCancelled == true { return 1 }
        return watch.pointee.isOverdue ? 1 : 0
      }, clock)
  }

  /// Forgets the statements; the connection can then be closed.
  func close() {
    latest = nil
    statements.removeAll()
    sqlite3_progress_handler(database, 0, nil, nil)
  }

  deinit {
    clock.deinitialize(count: 1)
    clock.deallocate()
  }

  /// Whether a transaction is open: SQLite ends some by itself, when the disk is full for example.
  var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

  func begin(_ cancellation: Cancellation?) {
    clock.pointee.cancellation = cancellation
  }

  func startClock() {
    if let limit { clock.pointee.deadline = .now + limit }
  }

  func stopClock() {
    clock.pointee.deadline = nil
  }

  /// A statement ready to be bound, prepared before or now.
  func statement(for sql: SQL) throws -> SQLiteStatement {
    if let latest, !latest.isBusy, latest.template == sql.template { return latest }
    if let known = statements[sql.template], !known.isBusy {
      latest = known
      return known
    }
    let statement = try SQLiteStatement(sql, on: database)
    // Statements of many shapes (lists of all lengths) would fill the memory: start anew from time to time.
    if statements.count >= 256 { statements = statements.filter { $0.value.isBusy } }
    if statements[sql.template] == nil {
      statements[sql.template] = statement
      latest = statement
    }
    return statement
  }
}
