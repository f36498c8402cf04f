import Storage

extension Array {
  /// The array cut into parts of at most so many elements.
  func slices(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

extension Connection {
  /// Inserts rows; `head` ends with `VALUES `.
  func insert(_ head: SQL, _ rows: [[SQLValue]], tail: SQL = "") throws {
    try insert(head, rows: rows.map { SQLRow([], $0) }, tail: tail)
  }
}
