import Storage

extension Schema {
  /// What buyers plan: the files they send, row by row, and the contracts that come out of them.
  ///
  /// Months are counted since the year 0; `cells` and `titles` are JSON lists of texts, each with the letter of its kind.
  static func plannedTables(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE programme (id TEXT PRIMARY KEY, body TEXT NOT NULL, buyer TEXT NOT NULL, buyer_name TEXT NOT NULL,
        file_name TEXT NOT NULL, sheet TEXT NOT NULL, title_row \(w.integer) NOT NULL, titles TEXT NOT NULL,
        places TEXT NOT NULL, is_cut \(w.boolean) NOT NULL, state TEXT NOT NULL, created_by TEXT,
        created_at \(w.integer) NOT NULL, sent_at \(w.integer), version \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE INDEX programme_body ON programme (body, id)",
      "CREATE INDEX programme_buyer ON programme (buyer, id)",
      """
      CREATE TABLE programme_row (programme TEXT NOT NULL, number \(w.integer) NOT NULL, cells TEXT NOT NULL,
        left_out \(w.boolean) NOT NULL, PRIMARY KEY (programme, number)) \(w.strict)
      """,
      """
      CREATE TABLE programme_title (buyer TEXT NOT NULL, title TEXT NOT NULL, field TEXT NOT NULL,
        PRIMARY KEY (buyer, title)) \(w.strict)
      """,
      """
      CREATE TABLE planned (id TEXT PRIMARY KEY, body TEXT NOT NULL, buyer TEXT NOT NULL, buyer_name TEXT NOT NULL,
        reference TEXT, object TEXT NOT NULL, category TEXT, cpv TEXT, amount \(w.integer), months \(w.integer), place TEXT,
        departement TEXT, launch \(w.integer), start \(w.integer), lots \(w.integer), framework \(w.boolean), note TEXT,
        stage TEXT NOT NULL, reason TEXT, assigned TEXT, received_at \(w.integer) NOT NULL, answer_due \(w.day) NOT NULL,
        programme TEXT NOT NULL, version \(w.integer) NOT NULL, contract_key TEXT NOT NULL, words TEXT NOT NULL,
        UNIQUE (body, buyer, contract_key)) \(w.strict)
      """,
      "CREATE INDEX planned_due ON planned (body, answer_due, id)",
      "CREATE INDEX planned_programme ON planned (programme)",
      """
      CREATE TABLE planned_before (programme TEXT NOT NULL, planned TEXT NOT NULL, version \(w.integer) NOT NULL,
        contract TEXT, PRIMARY KEY (programme, planned)) \(w.strict)
      """,
      """
      CREATE TABLE planned_step (id TEXT PRIMARY KEY, planned TEXT NOT NULL, at \(w.integer) NOT NULL, account TEXT,
        kind TEXT NOT NULL, words TEXT NOT NULL) \(w.strict)
      """,
      "CREATE INDEX planned_step_planned ON planned_step (planned, id)",
    ]
  }
}
