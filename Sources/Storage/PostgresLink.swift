import CLibPQ
import Logging

/// One connection of libpq with its prepared statements. Used by one thread at a time.
final class PostgresLink: @unchecked Sendable {
  /// What was worked out on this connection.
  var keepsakes = Keepsakes()
  private let connection: OpaquePointer
  private let noticeLogger: Unmanaged<LoggerBox>
  private var parameters = PostgresParameters()
  /// The statements prepared on the server, by their text.
  private var prepared: [[UInt8]: String] = [:]
  /// Texts that ran once, by their hash: a second time pays for preparing.
  private var seen: Set<Int> = []
  private var counter = 0
  /// Whether the answer to a COMMIT that nobody waits for is still to be read.
  private var isAwaitingAnswer = false
  /// Whether the answers no longer match the questions.
  private var isBroken = false
  /// A BEGIN that travels with the first statement, to spare a round trip.
  private var pendingBegin: String?

  private final class LoggerBox: Sendable {
    let logger: Logger
    init(_ logger: Logger) { self.logger = logger }
  }

  /// Connects; throws ``StorageError/unreachable(_:)``.
  init(_ settings: PostgresSettings, logger: Logger) throws {
    let pairs = settings.parameters
    let opened = Self.withCStrings(pairs.map(\.key)) { keys in
      Self.withCStrings(pairs.map(\.value)) { values in
        PQconnectdbParams(keys, values, 1)
      }
    }
    guard let opened else { throw StorageError.unreachable("out of memory") }
    noticeLogger = Unmanaged.passRetained(LoggerBox(logger))
    connection = opened
    guard PQstatus(opened) == CONNECTION_OK else {
      throw StorageError.unreachable(Self.trimmed(String(cString: PQerrorMessage(opened))))
    }
    PQsetNoticeReceiver(
      opened,
      { context, result in
        guard let context, let result else { return }
        let logger = Unmanaged<LoggerBox>.fromOpaque(context).takeUnretainedValue().logger
        let severity = PQresultErrorField(result, 0x56).map { String(cString: $0) } ?? ""
        let message = PQresultErrorField(result, 0x4D).map { String(cString: $0) } ?? ""
        logger.log(level: severity == "WARNING" ? .warning : .debug, "PostgreSQL \(severity): \(message)")
      }, noticeLogger.toOpaque())
    try command(settings.greeting)
  }

  deinit {
    PQfinish(connection)
    noticeLogger.release()
  }

  /// Whether the connection can no longer be used.
  var isLost: Bool { isBroken || PQstatus(connection) != CONNECTION_OK }

  /// Whether the server holds a transaction open.
  var isInTransaction: Bool { PQtransactionStatus(connection) != PQTRANS_IDLE }

  /// Whether the server has stopped accepting writes, as a primary does that was replaced.
  var isReadOnlyServer: Bool {
    guard let result = try? command("SHOW transaction_read_only") else { return true }
    return String(cString: PQgetvalue(result.pointer, 0, 0)) == "on"
  }

  /// Runs statements without values, in the simple protocol, and returns the last result.
  @discardableResult
  func command(_ text: String) throws -> PostgresResult {
    try finishAnswer()
    if let begin = pendingBegin {
      pendingBegin = nil
      _ = try checked(PQexec(connection, begin), statement: begin)
    }
    return try checked(PQexec(connection, text), statement: text)
  }

  /// Loads rows by `COPY … FROM STDIN`.
  func copy(_ statement: String, _ rows: [SQLRow]) throws {
    var data = PostgresCopy()
    // Encoded before anything is sent: a value that cannot travel leaves nothing half said.
    for row in rows { try data.add(row) }
    try finishAnswer()
    if let begin = pendingBegin {
      pendingBegin = nil
      _ = try checked(PQexec(connection, begin), statement: begin)
    }
    guard let opened = PQexec(connection, statement) else {
      throw StorageError.unreachable(Self.trimmed(String(cString: PQerrorMessage(connection))))
    }
    let answer = PostgresResult(opened)
    guard PQresultStatus(opened) == PGRES_COPY_IN else { throw StorageError(answer, statement: statement) }
    let isSent = data.bytes.withUnsafeBytes { buffer in
      PQputCopyData(connection, buffer.bindMemory(to: CChar.self).baseAddress, Int32(clamping: buffer.count)) == 1
    }
    guard isSent, PQputCopyEnd(connection, nil) == 1 else {
      isBroken = true
      throw StorageError.unreachable(Self.trimmed(String(cString: PQerrorMessage(connection))))
    }
    let result = PQgetResult(connection)
    while let rest = PQgetResult(connection) { PQclear(rest) }
    _ = try checked(result, statement: statement)
  }

  /// Opens a transaction with the next statement.
  func begin(_ text: String) {
    pendingBegin = text
  }

  /// Ends the transaction. A closure that sent nothing has none.
  func commit() throws {
    guard pendingBegin == nil else { return rollBack() }
    guard try command("COMMIT").tag == "COMMIT" else { throw StorageError.commitRefused(because: "rollback") }
  }

  /// Undoes the transaction, if there is one.
  func rollBack() {
    pendingBegin = nil
    guard !isLost, isInTransaction else { return }
    _ = try? command("ROLLBACK")
    if isInTransaction { isBroken = true }
  }

  /// Sends a COMMIT whose answer the next user of the connection reads: for transactions that have only read.
  func commitWithoutWaiting() {
    guard pendingBegin == nil else { return rollBack() }
    guard PQsendQuery(connection, "COMMIT") == 1 else { return }
    isAwaitingAnswer = true
  }

  /// Runs a statement with its values. The second time that the same text comes, it is prepared.
  func run(_ sql: SQL) throws -> PostgresResult {
    try finishAnswer()
    guard sql.binds.count <= SQL.maximumBinds else { throw StorageError.tooManyBinds(sql.binds.count) }
    try parameters.fill(sql.binds)
    let name = try preparedName(sql)
    if let begin = pendingBegin {
      pendingBegin = nil
      return try runFirst(sql, name: name, begin: begin)
    }
    if let name {
      let result = parameters.withPointers { count, values, lengths, formats in
        PQexecPrepared(connection, name, count, values, lengths, formats, 0)
      }
      return try checked(result, statement: sql.text)
    }
    let text = sql.text
    let result = parameters.withPointers { count, values, lengths, formats in
      PQexecParams(connection, text, count, nil, values, lengths, formats, 0)
    }
    return try checked(result, statement: text)
  }

  /// Sends BEGIN and the first statement together, in libpq's pipeline mode, and reads both answers.
  private func runFirst(_ sql: SQL, name: String?, begin: String) throws -> PostgresResult {
    let text = name == nil ? sql.text : ""
    let isSent =
      PQenterPipelineMode(connection) == 1
      && PQsendQueryParams(connection, begin, 0, nil, nil, nil, nil, 0) == 1
      && parameters.withPointers { count, values, lengths, formats in
        if let name { return PQsendQueryPrepared(connection, name, count, values, lengths, formats, 0) == 1 }
        return PQsendQueryParams(connection, text, count, nil, values, lengths, formats, 0) == 1
      }
      && PQpipelineSync(connection) == 1
    var answers: [PostgresResult] = []
    var gaps = 0
    // One empty answer follows each result; two in a row mean that nothing more comes.
    while isSent, gaps < 2 {
      guard let pointer = PQgetResult(connection) else {
        gaps += 1
        continue
      }
      gaps = 0
      let answer = PostgresResult(pointer)
      if PQresultStatus(pointer) == PGRES_PIPELINE_SYNC { break }
      answers.append(answer)
    }
    guard PQexitPipelineMode(connection) == 1, answers.count == 2, !isLost else {
      isBroken = true
      let reason = answers.first { !$0.isFine }.map { String(cString: PQresultErrorMessage($0.pointer)) }
      throw StorageError.unreachable(Self.trimmed(reason ?? String(cString: PQerrorMessage(connection))))
    }
    for answer in answers where !answer.isFine {
      throw StorageError(answer, statement: sql.text)
    }
    return answers[1]
  }

  /// Forgets the prepared statements, here and on the server: after a change of schema.
  func forgetStatements() {
    prepared.removeAll()
    seen.removeAll()
    _ = try? command("DEALLOCATE ALL")
  }

  private func preparedName(_ sql: SQL) throws -> String? {
    if let name = prepared[sql.template] { return name }
    guard seen.contains(sql.template.hashValue) else {
      if seen.count >= 4096 { seen.removeAll(keepingCapacity: true) }
      seen.insert(sql.template.hashValue)
      return nil
    }
    // Bounded, because each one holds memory on the server.
    if prepared.count >= 256 {
      prepared.removeAll()
      // Refused in a failed transaction only, where nothing runs anyway.
      _ = try checked(PQexec(connection, "DEALLOCATE ALL"), statement: "DEALLOCATE ALL")
    }
    counter += 1
    let name = "s\(counter)"
    let text = sql.text
    _ = try checked(PQprepare(connection, name, text, 0, nil), statement: text)
    prepared[sql.template] = name
    return name
  }

  private func finishAnswer() throws {
    guard isAwaitingAnswer else { return }
    isAwaitingAnswer = false
    while let result = PQgetResult(connection) { PQclear(result) }
    if isLost { throw StorageError.unreachable(Self.trimmed(String(cString: PQerrorMessage(connection)))) }
  }

  private func checked(_ pointer: OpaquePointer?, statement: @autoclosure () -> String) throws -> PostgresResult {
    guard let pointer else {
      throw StorageError.unreachable(Self.trimmed(String(cString: PQerrorMessage(connection))))
    }
    let result = PostgresResult(pointer)
    guard !result.isFine else { return result }
    if isLost { throw StorageError.unreachable(Self.trimmed(String(cString: PQresultErrorMessage(pointer)))) }
    throw StorageError(result, statement: statement())
  }

  private static func trimmed(_ message: String) -> String {
    var text = Substring(message)
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }

  /// Calls the closure with a nil-terminated array of C strings.
  private static func withCStrings<T>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> T) -> T {
    let copies = strings.map { string in
      let bytes = Array(string.utf8CString)
      let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
      _ = copy.initialize(from: bytes)
      return copy
    }
    defer { copies.forEach { $0.deallocate() } }
    return body(copies.map { UnsafePointer($0.baseAddress) } + [nil])
  }
}
