/// One row of a result, while the engine stands on it.
///
/// A row is only good inside the closure that received it: decode it there. Kept for later, it throws or shows a later row.
public struct Row {
  let cursor: Cursor

  /// Reads a column by its position from 0.
  ///
  /// Throws ``StorageError/decoding(column:expected:found:statement:)`` when the column holds something else.
  @inlinable
  public func value<T: SQLConvertible>(_ index: Int, as type: T.Type = T.self) throws -> T {
    try T(column: index, of: self)
  }

  /// Reads a column by its name, exactly as the statement spells it. Reading columns in their order costs least.
  @inlinable
  public func value<T: SQLConvertible>(_ name: String, as type: T.Type = T.self) throws -> T {
    try T(column: index(of: name), of: self)
  }

  /// How many columns there are.
  public var count: Int { cursor.names.count }

  /// The columns' names, in order.
  public var columns: [String] { cursor.names }

  /// Whether the column holds NULL.
  public func isNull(at index: Int) throws -> Bool { try cursor.isNull(index) }

  /// Whatever the column holds.
  public func value(at index: Int) throws -> SQLValue { try cursor.value(index) }

  /// The position of a column; throws when the statement has none of that name.
  public func index(of name: String) throws -> Int {
    guard let index = cursor.index(of: name) else {
      throw StorageError.decoding(
        column: name, expected: "a column of that name", found: "none", statement: cursor.statementText)
    }
    return index
  }

  /// The error to throw when a column does not hold what was expected: it names the column and the kind, never the value.
  public func mismatch(at index: Int, expected: String) -> StorageError {
    let column = cursor.names.indices.contains(index) ? cursor.names[index] : "\(index)"
    let found = (try? cursor.value(index).kind) ?? "nothing"
    return .decoding(column: column, expected: expected, found: found, statement: cursor.statementText)
  }
}

/// A type that a row can be decoded into, column by column.
public protocol RowDecodable {
  /// Reads the columns; throws what ``Row`` throws.
  init(row: Row) throws
}

/// What a row reads from: one subclass an engine. A method returns nil when the column holds another kind of value.
class Cursor {
  /// The columns' names.
  var names: [String] { [] }

  /// The statement, for errors.
  var statementText: String { "" }

  /// Where the last name was found: decoders ask for the columns in order.
  private var hint = -1

  func isNull(_ index: Int) throws -> Bool { throw StorageError.outOfReach }
  func integer(_ index: Int) throws -> Int64? { throw StorageError.outOfReach }
  func bool(_ index: Int) throws -> Bool? { throw StorageError.outOfReach }
  func text(_ index: Int) throws -> String? { throw StorageError.outOfReach }
  func value(_ index: Int) throws -> SQLValue { throw StorageError.outOfReach }

  final func index(of name: String) -> Int? {
    let names = names
    let next = hint + 1
    if next < names.count, names[next] == name {
      hint = next
      return next
    }
    guard let index = names.firstIndex(of: name) else { return nil }
    hint = index
    return index
  }
}
