/// A value as the engines know it.
///
/// SQLite has no booleans of its own: what was bound as `.bool` comes back there as `.integer` 0 or 1, and `Bool` reads both.
public enum SQLValue: Sendable, Hashable {
  /// SQL's NULL.
  case null
  /// A 64-bit integer.
  case integer(Int64)
  /// Text in UTF-8. A zero character is refused when it is bound, on both engines.
  case text(String)
  /// A boolean.
  case bool(Bool)
  /// A floating-point number: never for money or hours.
  case real(Double)
  /// Bytes.
  case blob([UInt8])

  /// What kind of value it is, for messages: never the value itself.
  public var kind: String {
    switch self {
    case .null: "NULL"
    case .integer: "integer"
    case .text: "text"
    case .bool: "boolean"
    case .real: "real"
    case .blob: "blob"
    }
  }
}

/// A type that a statement can bind and a row can give back.
///
/// Enumerations with a raw value conform without writing anything. `init(sqlValue:)` may throw anything; the row adds the
/// column and the statement.
public protocol SQLConvertible {
  /// The value to bind.
  var sqlValue: SQLValue { get }

  /// Reads what a column holds; throws when it cannot be such a value.
  init(sqlValue: SQLValue) throws

  /// Reads one column of a row. The types of this library read the engine's memory directly; others need not write it.
  init(column index: Int, of row: Row) throws
}

/// What a value of the wrong kind throws; the row turns it into ``StorageError/decoding(column:expected:found:statement:)``.
struct Mismatch: Error {}

extension SQLConvertible {
  /// Reads the column through ``SQLValue``.
  public init(column index: Int, of row: Row) throws {
    let value = try row.value(at: index)
    do {
      try self.init(sqlValue: value)
    } catch {
      throw row.mismatch(at: index, expected: String(describing: Self.self))
    }
  }
}

extension SQLConvertible where Self: RawRepresentable, RawValue: SQLConvertible {
  /// The raw value.
  public var sqlValue: SQLValue { rawValue.sqlValue }

  /// The case with this raw value; throws when there is none.
  public init(sqlValue: SQLValue) throws {
    guard let value = Self(rawValue: try RawValue(sqlValue: sqlValue)) else { throw Mismatch() }
    self = value
  }
}

extension SQLValue: SQLConvertible {
  /// Itself.
  public var sqlValue: SQLValue { self }

  /// Itself.
  public init(sqlValue: SQLValue) { self = sqlValue }
}

extension Int64: SQLConvertible {
  /// The integer.
  public var sqlValue: SQLValue { .integer(self) }

  /// Takes an integer only: never text, never a boolean.
  public init(sqlValue: SQLValue) throws {
    guard case .integer(let value) = sqlValue else { throw Mismatch() }
    self = value
  }

  /// Reads an integer.
  public init(column index: Int, of row: Row) throws {
    guard let value = try row.cursor.integer(index) else { throw row.mismatch(at: index, expected: "Int64") }
    self = value
  }
}

extension Int: SQLConvertible {
  /// The integer.
  public var sqlValue: SQLValue { .integer(Int64(self)) }

  /// Takes an integer only: never text, never a boolean.
  public init(sqlValue: SQLValue) throws {
    guard case .integer(let value) = sqlValue else { throw Mismatch() }
    self = Int(value)
  }

  /// Reads an integer.
  public init(column index: Int, of row: Row) throws {
    guard let value = try row.cursor.integer(index) else { throw row.mismatch(at: index, expected: "Int") }
    self = Int(value)
  }
}

extension Int32: SQLConvertible {
  /// The integer.
  public var sqlValue: SQLValue { .integer(Int64(self)) }

  /// Takes an integer that fits.
  public init(sqlValue: SQLValue) throws {
    guard case .integer(let value) = sqlValue, let exact = Int32(exactly: value) else { throw Mismatch() }
    self = exact
  }
}

extension Bool: SQLConvertible {
  /// The boolean.
  public var sqlValue: SQLValue { .bool(self) }

  /// Takes a boolean, or 0 or 1.
  public init(sqlValue: SQLValue) throws {
    switch sqlValue {
    case .bool(let value): self = value
    case .integer(0): self = false
    case .integer(1): self = true
    default: throw Mismatch()
    }
  }

  /// Reads a boolean, or 0 or 1.
  public init(column index: Int, of row: Row) throws {
    guard let value = try row.cursor.bool(index) else { throw row.mismatch(at: index, expected: "Bool") }
    self = value
  }
}

extension Double: SQLConvertible {
  /// The number.
  public var sqlValue: SQLValue { .real(self) }

  /// Takes a floating-point number or an integer.
  public init(sqlValue: SQLValue) throws {
    switch sqlValue {
    case .real(let value): self = value
    case .integer(let value): self = Double(value)
    default: throw Mismatch()
    }
  }
}

extension String: SQLConvertible {
  /// The text.
  public var sqlValue: SQLValue { .text(self) }

  /// Takes text only.
  public init(sqlValue: SQLValue) throws {
    guard case .text(let value) = sqlValue else { throw Mismatch() }
    self = value
  }

  /// Reads text.
  public init(column index: Int, of row: Row) throws {
    guard let value = try row.cursor.text(index) else { throw row.mismatch(at: index, expected: "String") }
    self = value
  }
}

extension [UInt8]: SQLConvertible {
  /// The bytes.
  public var sqlValue: SQLValue { .blob(self) }

  /// Takes bytes only.
  public init(sqlValue: SQLValue) throws {
    guard case .blob(let value) = sqlValue else { throw Mismatch() }
    self = value
  }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
  /// NULL for nil.
  public var sqlValue: SQLValue { self?.sqlValue ?? .null }

  /// nil for NULL.
  public init(sqlValue: SQLValue) throws {
    self = if case .null = sqlValue { nil } else { try Wrapped(sqlValue: sqlValue) }
  }

  /// Reads the column, or nil where it is NULL.
  @inlinable
  public init(column index: Int, of row: Row) throws {
    self = try row.isNull(at: index) ? nil : Wrapped(column: index, of: row)
  }
}
