/// The values of a row to insert, in two parts, so that what was made ready beforehand is not copied to put a key before it.
public struct SQLRow: Sendable {
  /// The first values, then the others.
  public let lead, rest: [SQLValue]

  /// A row from its parts.
  public init(_ lead: [SQLValue], _ rest: [SQLValue]) {
    self.lead = lead
    self.rest = rest
  }

  /// How many values there are.
  public var count: Int { lead.count + rest.count }
}

extension SQL {
  /// The most rows that a statement of PostgreSQL inserts at once.
  static let rowsAtOnce = 250

  /// `head ($1, $2, …), (…) tail` for so many rows, the values still to be bound.
  static func insertion(_ head: SQL, rows: Int, width: Int, tail: SQL) -> SQL {
    var sql = head
    for row in 0..<rows {
      sql.append(row == 0 ? "(" : ", (")
      for place in 0..<width {
        if place > 0 { sql.append(", ") }
        sql.template.append(0)
      }
      sql.append(")")
    }
    sql.template.append(contentsOf: tail.template)
    return sql
  }

  /// Binds other rows to a statement made by ``insertion(_:rows:width:tail:)``.
  mutating func rebind(_ rows: ArraySlice<SQLRow>, after head: SQL, before tail: SQL) {
    binds.removeAll(keepingCapacity: true)
    binds += head.binds
    for row in rows {
      binds += row.lead
      binds += row.rest
    }
    binds += tail.binds
  }
}
