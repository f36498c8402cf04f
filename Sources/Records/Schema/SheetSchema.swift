import Storage

extension Schema {
  /// Feasibility and calibration sheets of planned contracts.
  ///
  /// `typed` holds the fields of a form as an address does; `record` is JSON, written once with the signature. Amounts are
  /// cents, hours hundredths, moments milliseconds since 1970.
  static func sheetTable(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE lot_sheet (id TEXT PRIMARY KEY, planned TEXT NOT NULL, body TEXT NOT NULL, lot TEXT NOT NULL,
        number \(w.integer) NOT NULL, typed TEXT NOT NULL, state TEXT NOT NULL, record TEXT, method TEXT,
        proposed_hours \(w.integer), proposed_reason TEXT, segment TEXT, amount \(w.integer), signed_by TEXT,
        signed_at \(w.integer), chosen_hours \(w.integer), chosen_reason TEXT, chosen_at \(w.integer),
        created_at \(w.integer) NOT NULL, version \(w.integer) NOT NULL, UNIQUE (planned, lot, number)) \(w.strict)
      """,
      "CREATE INDEX lot_sheet_segment ON lot_sheet (body, segment, signed_at)",
    ]
  }
}
