/// Counts of persons, and their hours, by one attribute (one column) or two.
public struct CrossTable: Sendable, Equatable {
  /// The persons, row by row.
  public let counts: [[Int]]
  /// The hours, of the same shape; nil where the table has none.
  public let hours: [[Hours]]?

  /// A table from its rows; nil where it is empty, not rectangular, negative, or hours have another shape.
  public init?(counts: [[Int]], hours: [[Hours]]? = nil) {
    guard let columns = counts.first?.count, columns > 0, counts.allSatisfy({ $0.count == columns }),
      counts.joined().allSatisfy({ $0 >= 0 })
    else { return nil }
    if let hours {
      guard hours.map(\.count) == counts.map(\.count), hours.joined().allSatisfy({ $0.hundredths >= 0 }) else {
        return nil
      }
    }
    self.counts = counts
    self.hours = hours
  }

  /// How many rows.
  public var rows: Int { counts.count }
  /// How many columns.
  public var columns: Int { counts[0].count }
  /// The persons of a row.
  public func rowCount(_ row: Int) -> Int { counts[row].reduce(0, +) }
  /// The persons of a column.
  public func columnCount(_ column: Int) -> Int { counts.reduce(0) { $0 + $1[column] } }
  /// All persons.
  public var count: Int { counts.joined().reduce(0, +) }
  /// The hours of a row.
  public func rowHours(_ row: Int) -> Hours? { hours.map { $0[row].reduce(Hours(0), +) } }
  /// The hours of a column.
  public func columnHours(_ column: Int) -> Hours? { hours.map { $0.reduce(Hours(0)) { $0 + $1[column] } } }
  /// All hours.
  public var allHours: Hours? { hours.map { $0.joined().reduce(Hours(0), +) } }
}
