import Storage

extension Array {
  /// The array cut into parts of at most so many elements.
  func slices(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

extension Connection {
  /// Inserts rows in the form that each engine takes fastest: one prepared statement a row on SQLite, some hundreds of
  /// rows a statement on PostgreSQL.
  ///
  /// `head` ends with `VALUES `.
  func insert(_ head: SQL, _ rows: [[SQLValue]], tail: SQL = "") throws {
    guard let width = rows.first?.count else { return }
    let size =
      switch dialect {
      case .sqlite: 1
      case .postgres: Swift.max(1, Swift.min(250, SQL.maximumBinds / width))
      }
    for part in rows.slices(of: size) { try execute(head + SQL.rows(part) + tail) }
  }
}
