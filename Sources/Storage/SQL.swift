/// A statement or a piece of one: text that was written in the program, and values that travel beside it.
///
/// A literal is trusted because it can only be a `StaticString`; an interpolated value is always bound, never pasted:
/// `"SELECT id FROM lot WHERE active = \(true) AND cpv = \(code)"`. Interpolating another `SQL` splices it, values included.
/// Placeholders are numbered when the text is rendered, so a `$1` inside a literal (`'$.a'`, `$$`) stays as written.
/// The same text runs on both engines.
///
/// A value that stands alone must be cast for PostgreSQL, which would take it for text: `SELECT CAST(\(n) AS bigint)`.
public struct SQL: Sendable, Hashable {
  /// The text in UTF-8, in which one zero byte stands for each bound value: splicing is appending.
  var template: [UInt8] = []

  /// The bound values, in the order of their places in the text.
  public internal(set) var binds: [SQLValue] = []

  /// The most values that one statement may bind, on either engine.
  ///
  /// SQLite's default limit; PostgreSQL's protocol allows 65,535. A statement above it fails before it is sent.
  public static let maximumBinds = 32_766

  init() {}

  /// Takes run-time text as SQL, without any check: for statements read from files that ship with the program.
  ///
  /// Never for anything that a user, a file of theirs or a request has touched.
  public init(unsafeText text: String) {
    template = Array(text.utf8)
    precondition(!template.contains(0), "a statement holds a zero byte")
  }

  mutating func append(_ literal: StaticString) {
    if literal.hasPointerRepresentation {
      let bytes = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
      precondition(!bytes.contains(0), "a statement holds a zero byte")
      template.append(contentsOf: bytes)
    } else {
      template.append(contentsOf: String(literal.unicodeScalar).utf8)
    }
  }

  mutating func append(bind value: SQLValue) {
    template.append(0)
    binds.append(value)
  }
}

extension SQL: ExpressibleByStringInterpolation {
  /// A statement without bound values.
  public init(stringLiteral value: StaticString) {
    append(value)
  }

  /// A statement whose interpolated values are bound.
  public init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.sql
  }

  /// Collects literals and values while a statement is being written.
  public struct StringInterpolation: StringInterpolationProtocol {
    var sql = SQL()

    /// Makes room for what is to come.
    public init(literalCapacity: Int, interpolationCount: Int) {
      sql.template.reserveCapacity(literalCapacity + interpolationCount)
      sql.binds.reserveCapacity(interpolationCount)
    }

    /// Takes text of the program as it is.
    public mutating func appendLiteral(_ literal: StaticString) {
      sql.append(literal)
    }

    /// Splices another piece, with its values.
    public mutating func appendInterpolation(_ piece: SQL) {
      sql += piece
    }

    /// Binds a value.
    public mutating func appendInterpolation(_ value: some SQLConvertible) {
      sql.append(bind: value.sqlValue)
    }

    /// Binds a value, or NULL for nil.
    public mutating func appendInterpolation<T: SQLConvertible>(_ value: T?) {
      sql.append(bind: value?.sqlValue ?? .null)
    }
  }
}

extension SQL {
  /// One piece after the other, without a space between them.
  public static func + (left: SQL, right: SQL) -> SQL {
    var sum = left
    sum += right
    return sum
  }

  /// Adds a piece at the end, without a space.
  public static func += (left: inout SQL, right: SQL) {
    left.template.append(contentsOf: right.template)
    left.binds.append(contentsOf: right.binds)
  }

  /// `($1, $2, …)` for `IN`, with each value bound.
  ///
  /// Without values it is `(NULL)`: then both `IN` and `NOT IN` find nothing, on both engines.
  public static func list(_ values: some Sequence<some SQLConvertible>) -> SQL {
    var sql = SQL()
    sql.appendTuple(values.lazy.map(\.sqlValue))
    return sql
  }

  /// `($1, $2), ($3, $4), …` for `VALUES`, with each value bound: the way to load much at once.
  ///
  /// Rows × columns must stay within ``maximumBinds``. Keep the number of rows constant from one statement to the next
  /// (a few hundred), so that the statement stays prepared. Without rows the statement is a syntax error. In
  /// `ON CONFLICT DO UPDATE`, PostgreSQL refuses two rows of the same key in one statement.
  public static func rows(_ rows: some Sequence<[SQLValue]>) -> SQL {
    var sql = SQL()
    var isFirst = true
    for row in rows {
      if !isFirst { sql.append(", ") }
      isFirst = false
      sql.appendTuple(row)
    }
    return sql
  }

  /// A table's or column's name in double quotes.
  public static func identifier(_ name: StaticString) -> SQL {
    var inner = SQL()
    inner.append(name)
    var sql: SQL = "\""
    for byte in inner.template {
      sql.template.append(byte)
      if byte == UInt8(ascii: "\"") { sql.template.append(byte) }
    }
    sql.append("\"")
    return sql
  }

  /// Whether there is neither text nor value.
  public var isEmpty: Bool { template.isEmpty }

  /// The statement as it is sent, with its placeholders `$1, $2…`, without the values.
  public var text: String { String(decoding: rendered(mark: UInt8(ascii: "$")), as: UTF8.self) }

  /// The text in UTF-8 with numbered placeholders: `$` is what both engines read, `?` what SQLite prepares in linear time.
  func rendered(mark: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(template.count + binds.count * 4)
    var number = 0
    for byte in template {
      guard byte == 0 else {
        result.append(byte)
        continue
      }
      number += 1
      result.append(mark)
      result.append(decimal: Int64(number))
    }
    return result
  }

  private mutating func appendTuple(_ values: some Sequence<SQLValue>) {
    append("(")
    var isFirst = true
    for value in values {
      if !isFirst { append(", ") }
      isFirst = false
      append(bind: value)
    }
    append(isFirst ? "NULL)" : ")")
  }
}

extension Sequence<SQL> {
  /// The pieces in order, with another between them.
  public func joined(separator: SQL = ", ") -> SQL {
    var result = SQL()
    var isFirst = true
    for piece in self {
      if !isFirst { result += separator }
      isFirst = false
      result += piece
    }
    return result
  }
}
