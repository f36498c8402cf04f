import Foundation
public import Storage

/// Every row of every table of a base as text, apart from the program’s own way of doing so: to compare two bases of either
/// engine. What the engines search words by is left out, and so are the migrations’ times.
public func fullDump(_ database: any Database) async throws -> [String: [String]] {
  try await database.read { db in
    let names: [String]
    switch db.dialect {
    case .sqlite:
      names = try db.scalars(String.self, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    case .postgres:
      names = try db.scalars(
        String.self, "SELECT CAST(table_name AS text) FROM information_schema.tables WHERE table_schema = 'public'")
    }
    var tables: [String: [String]] = [:]
    for name in names where !name.hasPrefix("award_search") && name != "schema_migration" && !name.hasPrefix("sqlite") {
      var lines: [String] = []
      try db.forEach(SQL(unsafeText: "SELECT * FROM \(name)")) { row in
        let cells = try row.columns.enumerated().map { index, column -> String in
          let value: String
          switch try row.value(at: index) {
          case .bool(let flag): value = flag ? "integer 1" : "integer 0"
          case .text(let text): value = "text \(Data(text.utf8).base64EncodedString())"
          case .integer(let number): value = "integer \(number)"
          case let other: value = "\(other)"
          }
          return "\(column) \(value)"
        }
        lines.append(cells.sorted().joined(separator: "|"))
      }
      tables[name] = lines.sorted()
    }
    return tables
  }
}
