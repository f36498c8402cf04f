import GRDBSQLite

/// SQLite inside one transaction.
final class SQLiteConnection: Connection {
  let dialect = Dialect.sqlite
  private(set) var state = TransactionState()
  private let session: SQLiteSession
  private let cancellation: Cancellation
  private let log: StatementLog?
  private let isReading: Bool
  private var baseState: String?

  init(_ session: SQLiteSession, isReading: Bool, cancellation: Cancellation, log: StatementLog?) {
    self.session = session
    self.isReading = isReading
    self.cancellation = cancellation
    self.log = log
    session.begin(cancellation)
  }

  func end() {
    state.end()
    session.begin(nil)
  }

  func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    let statement = try start(sql)
    defer { finish(statement) }
    while true {
      let code = statement.step()
      guard code == SQLITE_ROW else {
        return try check(code, statement)
      }
      statement.cursor.enterRow()
      try body(Row(cursor: statement.cursor))
    }
  }

  func stream(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    try forEach(sql, body)
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    let statement = try start(sql)
    defer { finish(statement) }
    // Only a statement that changed rows moves the total: after any other, sqlite3_changes still tells of the last one.
    let before = sqlite3_total_changes64(session.database)
    var code = statement.step()
    while code == SQLITE_ROW { code = statement.step() }
    try check(code, statement)
    return sqlite3_total_changes64(session.database) == before ? 0 : Int(sqlite3_changes64(session.database))
  }

  func insert(_ head: SQL, rows: [SQLRow], tail: SQL) throws {
    guard let width = rows.first?.count, width > 0 else { return }
    try state.checkUsable()
    let sql = SQL.insertion(head, rows: 1, width: width, tail: tail)
    log?.note(sql)
    let statement: SQLiteStatement
    do {
      statement = try session.statement(for: sql)
    } catch let error as StorageError {
      throw failed(error)
    }
    statement.isBusy = true
    defer { finish(statement) }
    for (index, row) in rows.enumerated() {
      if index & 63 == 0 {
        try cancellation.check()
        session.startClock()
      }
      do {
        try statement.bind(head.binds, row.lead, row.rest, tail.binds)
      } catch let error as StorageError {
        throw failed(error)
      }
      try check(statement.step(), statement)
      statement.reset()
    }
  }

  func load(_ table: SQL, columns: SQL, rows: [SQLRow]) throws {
    try insert("INSERT INTO \(table) (\(columns)) VALUES ", rows: rows, tail: "")
  }

  func script(_ sql: SQL) throws {
    try state.checkUsable()
    guard sql.binds.isEmpty else { throw StorageError.tooManyBinds(sql.binds.count) }
    log?.note(sql)
    guard sqlite3_exec(session.database, sql.text, nil, nil, nil) == SQLITE_OK else {
      throw failed(StorageError(sqlite: session.database, statement: sql.text))
    }
  }

  func remembered<T: Sendable>(_ question: SQL, bytes: (T) -> Int, _ compute: () throws -> T) throws -> T {
    try state.checkUsable()
    guard isReading, log == nil else { return try compute() }
    let now = try baseState ?? session.baseState()
    baseState = now
    if let value = session.keepsakes.value(question, as: T.self, in: now) { return value }
    let value = try compute()
    session.keepsakes.keep(value, bytes: bytes(value), for: question, in: now)
    return value
  }

  @discardableResult
  func attempt<T>(_ body: () throws -> T) throws -> T {
    try state.checkUsable()
    try session.command("SAVEPOINT attempt")
    _ = state.openSavepoint()
    let result = Result { try body() }
    if state.failure == nil, case .success(let value) = result {
      state.releasedSavepoint()
      do {
        try session.command("RELEASE attempt")
      } catch let error as StorageError {
        throw failed(error)
      }
      return value
    }
    let cause = state.failure
    if session.isInTransaction {
      try session.command("ROLLBACK TO attempt")
      try session.command("RELEASE attempt")
    }
    state.rolledBackSavepoint(isTransactionAlive: session.isInTransaction)
    if case .failure(let error) = result { throw error }
    throw cause ?? StorageError.outOfReach
  }

  private func start(_ sql: SQL) throws -> SQLiteStatement {
    try state.checkUsable()
    try cancellation.check()
    log?.note(sql)
    do {
      guard sql.binds.count <= SQL.maximumBinds else { throw StorageError.tooManyBinds(sql.binds.count) }
      let statement = try session.statement(for: sql)
      try statement.bind(sql.binds)
      statement.isBusy = true
      session.startClock()
      return statement
    } catch let error as StorageError {
      throw failed(error)
    }
  }

  private func finish(_ statement: SQLiteStatement) {
    statement.reset()
    statement.isBusy = false
    session.stopClock()
  }

  private func check(_ code: Int32, _ statement: SQLiteStatement) throws {
    guard code != SQLITE_DONE else { return }
    if code == SQLITE_INTERRUPT {
      let error = failed(.statementTimeout)
      try cancellation.check()
      throw error
    }
    throw failed(StorageError(sqlite: session.database, statement: statement.text))
  }

  private func failed(_ error: StorageError) -> StorageError {
    state.failed(error)
    return error
  }
}

extension SQLiteSession {
  /// Tells the state that this transaction sees from any other that this connection has seen.
  ///
  /// SQLite counts the changes that other connections commit, in this process or another; the first look fixes what the
  /// transaction sees. A reader changes nothing itself.
  func baseState() throws -> String {
    let statement = try statement(for: "PRAGMA data_version")
    defer { statement.reset() }
    guard statement.step() == SQLITE_ROW else { throw StorageError(sqlite: database, statement: statement.text) }
    statement.cursor.enterRow()
    defer { statement.cursor.leave() }
    guard let version = try statement.cursor.integer(0) else { throw StorageError.outOfReach }
    return "\(version)"
  }

  /// Runs a statement of the transaction's own: BEGIN, COMMIT, savepoints.
  func command(_ sql: SQL) throws {
    let statement = try statement(for: sql)
    defer { statement.reset() }
    guard statement.step() == SQLITE_DONE else {
      throw StorageError(sqlite: database, statement: statement.text)
    }
  }
}
