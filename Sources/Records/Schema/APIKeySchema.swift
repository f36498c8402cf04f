import Storage

extension Schema {
  /// The keys of organisations' programs, by the digest of their secret.
  static func apiKeyTable(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE api_key (digest TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, organisation TEXT NOT NULL,
        name TEXT NOT NULL, role TEXT NOT NULL, permissions TEXT NOT NULL, hint TEXT NOT NULL,
        created_by TEXT NOT NULL, created_at \(w.integer) NOT NULL, ends_at \(w.integer) NOT NULL,
        used_at \(w.integer), revoked_at \(w.integer)) \(w.strict)
      """,
      "CREATE INDEX api_key_organisation ON api_key (organisation, id)",
    ]
  }
}
