import CLibPQ

/// A result of libpq, freed with the object.
final class PostgresResult {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit { PQclear(pointer) }

  var rows: Int32 { PQntuples(pointer) }

  /// How much memory the result takes.
  var bytes: Int { PQresultMemorySize(pointer) }

  var isFine: Bool {
    switch PQresultStatus(pointer) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: true
    default: false
    }
  }

  /// What the server says it has done: `INSERT 0 3`, `COMMIT`.
  var tag: String { String(cString: PQcmdStatus(pointer)) }

  /// How many rows were inserted, updated or deleted.
  var changes: Int {
    guard let tag = PQcmdStatus(pointer), tag[0] != CChar(bitPattern: UInt8(ascii: "S")) else { return 0 }
    return Int(String(cString: PQcmdTuples(pointer))) ?? 0
  }

  /// A field of the error: libpq names them by a letter ('C' SQLSTATE, 'M' message, 'n' constraint, 'c' column).
  func field(_ letter: Unicode.Scalar) -> String? {
    PQresultErrorField(pointer, Int32(letter.value)).map { String(cString: $0) }
  }
}

/// Reads the columns of one row of a result at a time.
final class PostgresCursor: Cursor {
  var row: Int32 = 0
  private var result: PostgresResult?
  private let sql: SQL
  private let kinds: [Kind]
  private lazy var cachedNames: [String] = (0..<Int32(kinds.count)).map { index in
    result.map { String(cString: PQfname($0.pointer, index)) } ?? ""
  }

  /// How the text of a column is read, by the type's number in `pg_type`.
  private enum Kind {
    case bool, integer, real, numeric, blob, instant, text

    init(_ type: Oid) {
      self =
        switch type {
        case 16: .bool
        case 20, 21, 23, 26: .integer
        case 700, 701: .real
        case 1700: .numeric
        case 17: .blob
        case 1184: .instant
        default: .text
        }
    }
  }

  init(_ result: PostgresResult, sql: SQL) {
    self.result = result
    self.sql = sql
    kinds = (0..<PQnfields(result.pointer)).map { Kind(PQftype(result.pointer, $0)) }
  }

  /// Refuses every later reading.
  func close() {
    result = nil
  }

  override var statementText: String { sql.text }

  override var names: [String] { cachedNames }

  override func isNull(_ index: Int) throws -> Bool {
    let result = try open(index)
    return PQgetisnull(result, row, Int32(index)) != 0
  }

  override func integer(_ index: Int) throws -> Int64? {
    guard let bytes = try bytes(index) else { return nil }
    return switch kinds[index] {
    case .integer, .numeric: Int64(decimal: bytes)
    default: nil
    }
  }

  override func bool(_ index: Int) throws -> Bool? {
    guard let bytes = try bytes(index) else { return nil }
    return switch kinds[index] {
    case .bool: bytes.first == UInt8(ascii: "t")
    case .integer: Int64(decimal: bytes).flatMap { $0 == 0 ? false : $0 == 1 ? true : nil }
    default: nil
    }
  }

  override func text(_ index: Int) throws -> String? {
    guard let bytes = try bytes(index) else { return nil }
    return switch kinds[index] {
    case .text: String(decoding: bytes, as: UTF8.self)
    case .instant: Self.instant(bytes)
    default: nil
    }
  }

  override func value(_ index: Int) throws -> SQLValue {
    guard let bytes = try bytes(index) else { return .null }
    let text = { String(decoding: bytes, as: UTF8.self) }
    return switch kinds[index] {
    case .bool: .bool(bytes.first == UInt8(ascii: "t"))
    case .integer: Int64(decimal: bytes).map { .integer($0) } ?? .text(text())
    case .real: Double(text()).map { .real($0) } ?? .text(text())
    // Sums of bigint are numeric: whole ones read as integers, others (averages) as floating-point numbers.
    case .numeric: Int64(decimal: bytes).map { .integer($0) } ?? Double(text()).map { .real($0) } ?? .text(text())
    case .blob: .blob(Self.unhex(bytes))
    case .instant: .text(Self.instant(bytes))
    case .text: .text(text())
    }
  }

  private func open(_ index: Int) throws -> OpaquePointer {
    guard let result else { throw StorageError.outOfReach }
    guard kinds.indices.contains(index) else {
      throw StorageError.decoding(column: "\(index)", expected: "a column", found: "none", statement: sql.text)
    }
    return result.pointer
  }

  private func bytes(_ index: Int) throws -> UnsafeRawBufferPointer? {
    let result = try open(index)
    let column = Int32(index)
    let count = Int(PQgetlength(result, row, column))
    if count == 0, PQgetisnull(result, row, column) != 0 { return nil }
    return UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: count)
  }

  /// `2026-11-21 10:21:58.5+00` in the form in which instants are bound: `2026-11-21T10:21:58.500Z`.
  private static func instant(_ bytes: UnsafeRawBufferPointer) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasSuffix("+00"), let space = text.firstIndex(of: " ") else { return text }
    let time = text[text.index(after: space)...].dropLast(3)
    let parts = time.split(separator: ".")
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let padding = String(repeating: "0", count: max(0, 3 - fraction.count))
    return "\(text[..<space])T\(parts.first ?? "").\(fraction)\(padding)Z"
  }

  /// `\x6f6b` as bytes.
  private static func unhex(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    func digit(_ byte: UInt8) -> UInt8 {
      byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : byte - UInt8(ascii: "a") + 10
    }
    let length = bytes.count / 2 - 1
    guard length > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: length) { target, count in
      for index in 0..<length {
        target[index] = digit(bytes[2 + 2 * index]) << 4 | digit(bytes[3 + 2 * index])
        count = index + 1
      }
    }
  }
}
