/// PostgreSQL inside one transaction.
final class PostgresConnection: Connection {
  let dialect = Dialect.postgres
  private(set) var state = TransactionState()
  private let link: PostgresLink
  private let cancellation: Cancellation
  private let log: StatementLog?
  private var cursors = 0
  private let isReading: Bool
  private var baseState: String?

  init(_ link: PostgresLink, isReading: Bool, cancellation: Cancellation, log: StatementLog?) {
    self.link = link
    self.isReading = isReading
    self.cancellation = cancellation
    self.log = log
  }

  func end() {
    state.end()
  }

  func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    try visit(try run(sql), sql, body)
  }

  func stream(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    cursors += 1
    let name = SQL(unsafeText: "stream\(cursors)")
    log?.note(sql)
    try run("DECLARE \(name) NO SCROLL CURSOR FOR \(sql)", isNoted: false)
    var portion = Self.firstPortion
    while true {
      let rows = try run(SQL(unsafeText: "FETCH \(portion) FROM ") + name, isNoted: false)
      try visit(rows, sql, body)
      guard rows.rows == portion else { break }
      portion = Self.portion(after: portion, bytes: rows.bytes)
    }
    try run("CLOSE \(name)", isNoted: false)
  }

  /// How many rows a stream asks for first.
  private static let firstPortion = 250

  /// How many rows to ask for next, so that neither short rows cost many turns nor long ones much memory.
  private static func portion(after rows: Int, bytes: Int) -> Int {
    if bytes > 4 << 20 { return max(1, rows / 4) }
    return bytes < 1 << 20 ? min(4000, rows * 2) : rows
  }

  @discardableResult
  func execute(_ sql: SQL) throws -> Int {
    try run(sql).changes
  }

  func insert(_ head: SQL, rows: [SQLRow], tail: SQL) throws {
    guard let width = rows.first?.count, width > 0 else { return }
    let most = max(1, min(SQL.rowsAtOnce, SQL.maximumBinds / width))
    var statement = SQL()
    var size = 0
    for start in stride(from: 0, to: rows.count, by: most) {
      let part = rows[start..<min(start + most, rows.count)]
      if part.count != size {
        size = part.count
        statement = SQL.insertion(head, rows: size, width: width, tail: tail)
      }
      statement.rebind(part, after: head, before: tail)
      try run(statement, isNoted: start == 0)
    }
  }

  func load(_ table: SQL, columns: SQL, rows: [SQLRow]) throws {
    guard !rows.isEmpty else { return }
    try state.checkUsable()
    try cancellation.check()
    let statement: SQL = "COPY \(table) (\(columns)) FROM STDIN"
    log?.note(statement)
    for start in stride(from: 0, to: rows.count, by: 2000) {
      let part = Array(rows[start..<min(start + 2000, rows.count)])
      try noting { try link.copy(statement.text, part) }
    }
  }

  func script(_ sql: SQL) throws {
    guard sql.binds.isEmpty else { throw StorageError.tooManyBinds(sql.binds.count) }
    try state.checkUsable()
    log?.note(sql)
    try command(sql.text)
  }

  func remembered<T: Sendable>(_ question: SQL, bytes: (T) -> Int, _ compute: () throws -> T) throws -> T {
    try state.checkUsable()
    guard isReading, log == nil else { return try compute() }
    let now = try baseState ?? readBaseState()
    baseState = now
    if let value = link.keepsakes.value(question, as: T.self, in: now) { return value }
    let value = try compute()
    link.keepsakes.keep(value, bytes: bytes(value), for: question, in: now)
    return value
  }

  /// The transactions that this one sees, which tell its state of the base from any other.
  private func readBaseState() throws -> String {
    var snapshot: String?
    try forEach("SELECT CAST(pg_current_snapshot() AS text)") { snapshot = try $0.value(0) }
    guard let snapshot else { throw StorageError.outOfReach }
    return snapshot
  }

  @discardableResult
  func attempt<T>(_ body: () throws -> T) throws -> T {
    try state.checkUsable()
    let name = "attempt\(state.openSavepoint())"
    try command("SAVEPOINT \(name)")
    let result = Result { try body() }
    if state.failure == nil, case .success(let value) = result {
      state.releasedSavepoint()
      try command("RELEASE \(name)")
      return value
    }
    let cause = state.failure
    if !link.isLost {
      try command("ROLLBACK TO \(name); RELEASE \(name)")
    }
    state.rolledBackSavepoint(isTransactionAlive: !link.isLost)
    if case .failure(let error) = result { throw error }
    throw cause ?? StorageError.outOfReach
  }

  @discardableResult
  private func run(_ sql: SQL, isNoted: Bool = true) throws -> PostgresResult {
    try state.checkUsable()
    try cancellation.check()
    if isNoted { log?.note(sql) }
    return try noting { try link.run(sql) }
  }

  private func visit(_ result: PostgresResult, _ sql: SQL, _ body: (Row) throws -> Void) throws {
    let count = result.rows
    guard count > 0 else { return }
    let cursor = PostgresCursor(result, sql: sql)
    defer { cursor.close() }
    for row in 0..<count {
      cursor.row = row
      try body(Row(cursor: cursor))
    }
  }

  private func command(_ text: String) throws {
    _ = try noting { try link.command(text) }
  }

  private func noting<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as StorageError {
      state.failed(error)
      throw error
    }
  }
}
