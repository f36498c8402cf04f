import Foundation
import GRDBSQLite

/// A prepared statement of one SQLite connection, with the cursor that reads its rows.
final class SQLiteStatement {
  let template: [UInt8]
  let text: String
  let isQuery: Bool
  let cursor: SQLiteCursor
  var isBusy = false
  private let pointer: OpaquePointer
  private let parameterCount: Int
  private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  /// The bound texts, one after the other.
  private var texts = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256)

  /// Prepares the first statement of the text. SQLite reads `?1` in linear time where `$1` costs a search.
  init(_ sql: SQL, on database: OpaquePointer) throws {
    template = sql.template
    text = sql.text
    let bytes = sql.rendered(mark: UInt8(ascii: "?"))
    var statement: OpaquePointer?
    let code = bytes.withUnsafeBytes { buffer in
      sqlite3_prepare_v3(
        database, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count),
        UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    }
    guard code == SQLITE_OK else { throw StorageError(sqlite: database, statement: text) }
    guard let statement else {
      throw StorageError.other(code: "empty", message: "no statement in the text", statement: text)
    }
    pointer = statement
    parameterCount = Int(sqlite3_bind_parameter_count(statement))
    isQuery = sqlite3_stmt_readonly(statement) != 0
    cursor = SQLiteCursor(statement, text: text)
  }

  deinit {
    sqlite3_finalize(pointer)
    texts.deallocate()
  }

  func bind(_ values: [SQLValue]) throws { try bind(values, [], [], []) }

  /// Binds several lists of values one after the other.
  func bind(_ first: [SQLValue], _ second: [SQLValue], _ third: [SQLValue], _ last: [SQLValue]) throws {
    guard parameterCount == first.count + second.count + third.count + last.count else {
      throw StorageError.other(code: "binds", message: "a placeholder was written by hand", statement: text)
    }
    reserve(Self.bytes(first) + Self.bytes(second) + Self.bytes(third) + Self.bytes(last))
    var (place, end) = (Int32(0), 0)
    try bind(first, after: &place, textsFrom: &end)
    try bind(second, after: &place, textsFrom: &end)
    try bind(third, after: &place, textsFrom: &end)
    try bind(last, after: &place, textsFrom: &end)
  }

  /// How many bytes the texts among these values take.
  private static func bytes(_ values: [SQLValue]) -> Int {
    var sum = 0
    for value in values { if case .text(let string) = value { sum += string.utf8.count } }
    return sum
  }

  /// Makes room for the texts of one run; those of the run before are no longer needed.
  private func reserve(_ bytes: Int) {
    guard bytes > texts.count else { return }
    texts.deallocate()
    texts = .allocate(capacity: max(bytes, texts.count * 2))
  }

  private func bind(_ values: [SQLValue], after place: inout Int32, textsFrom end: inout Int) throws {
    for value in values {
      place += 1
      switch value {
      case .null: sqlite3_bind_null(pointer, place)
      case .integer(let number): sqlite3_bind_int64(pointer, place, number)
      case .bool(let isTrue): sqlite3_bind_int64(pointer, place, isTrue ? 1 : 0)
      case .real(let number): sqlite3_bind_double(pointer, place, number)
      case .blob(let bytes):
        if bytes.isEmpty {
          sqlite3_bind_zeroblob(pointer, place, 0)
        } else {
          _ = bytes.withUnsafeBytes {
            sqlite3_bind_blob64(pointer, place, $0.baseAddress, UInt64($0.count), transient)
          }
        }
      case .text(var string):
        guard let count = string.withUTF8({ copy($0, to: end) }) else {
          throw StorageError.zeroCharacter(place: Int(place))
        }
        // Lives in `texts` until the next bind: SQLite need not copy it.
        _ = texts.baseAddress?.advanced(by: end).withMemoryRebound(to: CChar.self, capacity: count) {
          sqlite3_bind_text64(pointer, place, $0, UInt64(count), nil, UInt8(SQLITE_UTF8))
        }
        end += count
      }
    }
  }

  /// Puts a text among the others and gives its length; nil where it holds a zero character.
  private func copy(_ utf8: UnsafeBufferPointer<UInt8>, to end: Int) -> Int? {
    guard let start = utf8.baseAddress, !utf8.isEmpty else { return 0 }
    guard memchr(start, 0, utf8.count) == nil else { return nil }
    texts.baseAddress?.advanced(by: end).update(from: start, count: utf8.count)
    return utf8.count
  }

  /// Goes to the next row: SQLITE_ROW, SQLITE_DONE or an error.
  func step() -> Int32 { sqlite3_step(pointer) }

  func reset() {
    cursor.leave()
    sqlite3_reset(pointer)
  }
}

/// Reads the columns of the row on which a statement stands.
final class SQLiteCursor: Cursor {
  private(set) var isOnRow = false
  private var columnCount = 0
  private let pointer: OpaquePointer
  private let sql: String
  private var cachedNames: [String] = []
  private var preparations: Int32 = -1

  init(_ pointer: OpaquePointer, text: String) {
    self.pointer = pointer
    sql = text
  }

  override var statementText: String { sql }

  func enterRow() {
    guard !isOnRow else { return }
    isOnRow = true
    columnCount = Int(sqlite3_column_count(pointer))
  }

  func leave() {
    isOnRow = false
  }

  override var names: [String] {
    // SQLite prepares a statement again by itself after a change of schema: `SELECT *` then has other columns.
    let now = sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_REPREPARE, 0)
    if now != preparations {
      preparations = now
      cachedNames = (0..<sqlite3_column_count(pointer)).map { String(cString: sqlite3_column_name(pointer, $0)) }
    }
    return cachedNames
  }

  override func isNull(_ index: Int) throws -> Bool {
    try type(index) == SQLITE_NULL
  }

  override func integer(_ index: Int) throws -> Int64? {
    guard try type(index) == SQLITE_INTEGER else { return nil }
    return sqlite3_column_int64(pointer, Int32(index))
  }

  override func bool(_ index: Int) throws -> Bool? {
    switch try integer(index) {
    case 0: false
    case 1: true
    default: nil
    }
  }

  override func text(_ index: Int) throws -> String? {
    guard try type(index) == SQLITE_TEXT else { return nil }
    return readText(Int32(index))
  }

  override func value(_ index: Int) throws -> SQLValue {
    let column = Int32(index)
    switch try type(index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(pointer, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(pointer, column))
    case SQLITE_TEXT: return .text(readText(column))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(pointer, column)
      let count = Int(sqlite3_column_bytes(pointer, column))
      return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
    default: return .null
    }
  }

  private func type(_ index: Int) throws -> Int32 {
    guard isOnRow else { throw StorageError.outOfReach }
    // Beyond the last column SQLite answers NULL.
    guard index >= 0, index < columnCount else {
      throw StorageError.decoding(column: "\(index)", expected: "a column", found: "none", statement: sql)
    }
    return sqlite3_column_type(pointer, Int32(index))
  }

  private func readText(_ column: Int32) -> String {
    guard let start = sqlite3_column_text(pointer, column) else { return "" }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
