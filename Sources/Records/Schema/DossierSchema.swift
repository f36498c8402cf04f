import Storage

extension Schema {
  /// Who sent a programme without an account, and the published contract that a planned one renews.
  ///
  /// Name, e-mail and telephone are sealed.
  static func dossierTables(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      "ALTER TABLE planned ADD COLUMN renews TEXT",
      "CREATE INDEX planned_renews ON planned (buyer, renews)",
      """
      CREATE TABLE programme_sender (programme TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        email TEXT NOT NULL, email_index TEXT NOT NULL, phone TEXT NOT NULL, key_id \(w.integer) NOT NULL,
        received_at \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE INDEX programme_sender_email ON programme_sender (email_index)",
      "CREATE INDEX programme_sender_received ON programme_sender (received_at)",
      "CREATE INDEX programme_sender_key ON programme_sender (key_id, programme)",
    ]
  }
}
