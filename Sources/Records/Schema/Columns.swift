public import Clauses
public import Storage

/// A stored text that is not what its column holds.
private struct Unreadable: Error {}

private func text(_ value: SQLValue) throws -> String { try String(sqlValue: value) }

extension Day: SQLConvertible {
  /// `yyyy-MM-dd`: text on SQLite, `date` on PostgreSQL.
  public var sqlValue: SQLValue { .text(description) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws {
    guard let day = Day(try text(sqlValue)) else { throw Unreadable() }
    self = day
  }
}

extension Euros: SQLConvertible {
  /// Whole cents.
  public var sqlValue: SQLValue { .integer(cents) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws { self.init(cents: try Int64(sqlValue: sqlValue)) }
}

extension Hours: SQLConvertible {
  /// Whole hundredths.
  public var sqlValue: SQLValue { .integer(hundredths) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws { self.init(hundredths: try Int64(sqlValue: sqlValue)) }
}

extension SIRET: SQLConvertible {
  /// The 14 digits.
  public var sqlValue: SQLValue { .text(digits) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws { try self.init(try text(sqlValue)) }
}

extension CPVCode: SQLConvertible {
  /// The eight digits.
  public var sqlValue: SQLValue { .text(digits) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws {
    guard let code = CPVCode(try text(sqlValue)) else { throw Unreadable() }
    self = code
  }
}

extension DepartementCode: SQLConvertible {
  /// Two or three signs.
  public var sqlValue: SQLValue { .text(code) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws {
    guard let code = DepartementCode(try text(sqlValue)) else { throw Unreadable() }
    self = code
  }
}

extension StructureKind: SQLConvertible {}

extension Moment: SQLConvertible {
  /// Milliseconds since 1970.
  public var sqlValue: SQLValue { .integer(milliseconds) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws { self.init(milliseconds: try Int64(sqlValue: sqlValue)) }
}

extension ID: SQLConvertible {
  /// The 36 signs.
  public var sqlValue: SQLValue { .text(description) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws {
    guard let id = ID(try text(sqlValue)) else { throw Unreadable() }
    self = id
  }
}

extension OrganisationKind: SQLConvertible {
  /// The code.
  public var sqlValue: SQLValue { .text(code) }
  /// Reads what ``sqlValue`` wrote.
  public init(sqlValue: SQLValue) throws {
    guard let kind = OrganisationKind(code: try text(sqlValue)) else { throw Unreadable() }
    self = kind
  }
}

extension Role: SQLConvertible {}

extension OrganisationState: SQLConvertible {}
