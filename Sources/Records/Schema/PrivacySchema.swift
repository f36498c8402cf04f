import Storage

extension Schema {
  /// Requests of people about their data. Moments are milliseconds since 1970; name, e-mail, text and notes are sealed.
  static func privacyTables(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE personal_request (id TEXT PRIMARY KEY, reference TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        state TEXT NOT NULL, departement TEXT, account TEXT, email TEXT NOT NULL, email_index TEXT NOT NULL,
        name TEXT NOT NULL, body TEXT NOT NULL, key_id \(w.integer) NOT NULL, received_on \(w.day) NOT NULL,
        due_on \(w.day) NOT NULL, extended \(w.boolean) NOT NULL, identity TEXT, assignee TEXT, outcome TEXT,
        received_at \(w.integer) NOT NULL, answered_at \(w.integer), closed_at \(w.integer),
        version \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE INDEX personal_request_due ON personal_request (state, due_on, id)",
      "CREATE INDEX personal_request_email ON personal_request (email_index)",
      "CREATE INDEX personal_request_key ON personal_request (key_id, id)",
      """
      CREATE TABLE personal_request_step (id TEXT PRIMARY KEY, request TEXT NOT NULL, at \(w.integer) NOT NULL,
        account TEXT, kind TEXT NOT NULL, note TEXT, key_id \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE INDEX personal_request_step_request ON personal_request_step (request, id)",
      "CREATE INDEX personal_request_step_key ON personal_request_step (key_id, id)",
    ]
  }
}
