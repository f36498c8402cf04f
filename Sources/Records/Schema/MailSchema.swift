import Storage

extension Schema {
  /// The queue of messages. Moments are milliseconds since 1970; `letter` is sealed, and NULL once the message is over.
  static func mailTable(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE mail (id TEXT PRIMARY KEY, key_digest TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, state TEXT NOT NULL,
        claim TEXT, attempts \(w.integer) NOT NULL, next_at \(w.integer) NOT NULL, not_after \(w.integer),
        created_at \(w.integer) NOT NULL, sent_at \(w.integer), last_error TEXT, letter TEXT) \(w.strict)
      """,
      "CREATE INDEX mail_due ON mail (next_at, id) WHERE state IN ('waiting', 'sending')",
      "CREATE INDEX mail_created ON mail (created_at, id)",
    ]
  }
}
