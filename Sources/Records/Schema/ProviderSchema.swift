import Storage

extension Schema {
  /// Who left for a provider of identities, who came back unknown, and which identities open which account.
  ///
  /// Moments are milliseconds since 1970; what tells who people are is sealed. `id_token` is sealed too, and goes with its
  /// session.
  static func providerTables(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE provider_departure (digest TEXT PRIMARY KEY, browser TEXT NOT NULL, account TEXT, kept TEXT NOT NULL,
        created_at \(w.integer) NOT NULL, ends_at \(w.integer) NOT NULL) \(w.strict)
      """,
      """
      CREATE TABLE provider_arrival (browser TEXT PRIMARY KEY, issuer TEXT NOT NULL, digest TEXT NOT NULL, account TEXT,
        shown TEXT NOT NULL, created_at \(w.integer) NOT NULL, ends_at \(w.integer) NOT NULL) \(w.strict)
      """,
      """
      CREATE TABLE provider_identity (id TEXT PRIMARY KEY, issuer TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
        account TEXT NOT NULL, shown TEXT NOT NULL, created_at \(w.integer) NOT NULL, seen_at \(w.integer)) \(w.strict)
      """,
      "CREATE INDEX provider_identity_account ON provider_identity (account, id)",
      "ALTER TABLE session ADD COLUMN id_token TEXT",
    ]
  }
}
