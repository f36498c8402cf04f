import GRDBSQLite

/// What belongs to one SQLite connection as long as it is open: its prepared statements and its clock.
final class SQLiteSession {
  let database: OpaquePointer
  /// What was worked out on this connection.
  var keepsakes = Keepsakes()
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
    addBits()
  }

  /// Gives SQLite the `get_bit(bytes, n)` of PostgreSQL: bit 0 is the least of the first byte. Beyond the bytes it is 0.
  private func addBits() {
    sqlite3_create_function_v2(
      database, "get_bit", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil,
      { context, _, values in
        guard let values, let bytes = sqlite3_value_blob(values[0]) else { return sqlite3_result_int(context, 0) }
        let place = sqlite3_value_int64(values[1])
        guard place >= 0, place >> 3 < Int64(sqlite3_value_bytes(values[0])) else {
          return sqlite3_result_int(context, 0)
        }
        let byte = bytes.load(fromByteOffset: Int(place >> 3), as: UInt8.self)
        sqlite3_result_int(context, Int32(byte >> UInt8(place & 7) & 1))
      }, nil, nil, nil)
  }

  /// Forgets the statements; the connection can then be closed.
  func close() {
    latest = nil
    statements.removeAll()
    keepsakes = Keepsakes()
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
