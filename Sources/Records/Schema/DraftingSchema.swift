import Storage

extension Schema {
  /// The wording of consultations, what was sent of it, what buyers pasted back, and a body's own wordings.
  ///
  /// `typed` holds the fields of a form as an address does; `drafts` and `papers` are JSON, written once when pieces are sent; `base`
  /// is the version of the library that a body's own text was written from; a
  /// wording without text was given up.
  static func draftingTables(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE tender (id TEXT PRIMARY KEY, planned TEXT NOT NULL UNIQUE, typed TEXT NOT NULL,
        created_at \(w.integer) NOT NULL, version \(w.integer) NOT NULL) \(w.strict)
      """,
      """
      CREATE TABLE tender_issue (tender TEXT NOT NULL, number \(w.integer) NOT NULL, typed TEXT NOT NULL,
        drafts TEXT NOT NULL, papers TEXT NOT NULL, issued_by TEXT NOT NULL, issued_at \(w.integer) NOT NULL, PRIMARY KEY (tender, number))
        \(w.strict)
      """,
      """
      CREATE TABLE tender_text (tender TEXT NOT NULL, document TEXT NOT NULL, text TEXT NOT NULL,
        changed_by TEXT NOT NULL, changed_at \(w.integer) NOT NULL, version \(w.integer) NOT NULL,
        PRIMARY KEY (tender, document)) \(w.strict)
      """,
      """
      CREATE TABLE local_wording (body TEXT NOT NULL, code TEXT NOT NULL, number \(w.integer) NOT NULL, text TEXT,
        base \(w.integer) NOT NULL, reason TEXT NOT NULL, created_by TEXT NOT NULL, created_at \(w.integer) NOT NULL,
        PRIMARY KEY (body, code, number)) \(w.strict)
      """,
    ]
  }
}
