import Storage

extension Schema {
  /// Who may enter, for whom, and until when. Moments are milliseconds since 1970; sealed columns are text.
  static func accessTables(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      "CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL) \(w.strict)",
      """
      CREATE TABLE organisation (id TEXT PRIMARY KEY, kind TEXT NOT NULL, siret TEXT, name TEXT NOT NULL, naf TEXT,
        address TEXT, postcode TEXT, commune TEXT, departement TEXT, state TEXT NOT NULL, reason TEXT,
        merged_into TEXT, created_at \(w.integer) NOT NULL, decided_at \(w.integer), version \(w.integer) NOT NULL,
        words TEXT NOT NULL, UNIQUE (siret, kind)) \(w.strict)
      """,
      "CREATE INDEX organisation_words ON organisation (words, id)",
      "CREATE INDEX organisation_place ON organisation (departement, state, words, id)",
      """
      CREATE TABLE organisation_territory (organisation TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL,
        first_day \(w.day) NOT NULL, last_day \(w.day), PRIMARY KEY (organisation, kind, code, first_day)) \(w.strict)
      """,
      "CREATE INDEX organisation_territory_place ON organisation_territory (kind, code)",
      """
      CREATE TABLE organisation_merge (id TEXT PRIMARY KEY, kept TEXT NOT NULL, taken TEXT NOT NULL,
        merged_at \(w.integer) NOT NULL, moved TEXT NOT NULL, undone_at \(w.integer)) \(w.strict)
      """,
      "CREATE INDEX organisation_merge_kept ON organisation_merge (kept, id)",
      """
      CREATE TABLE account (id TEXT PRIMARY KEY, email TEXT NOT NULL, email_index TEXT NOT NULL UNIQUE,
        given_name TEXT NOT NULL, surname TEXT NOT NULL, key_id \(w.integer) NOT NULL, password TEXT,
        state TEXT NOT NULL, totp TEXT, totp_step \(w.integer), created_at \(w.integer) NOT NULL,
        seen_at \(w.integer), proved_at \(w.integer), invented \(w.boolean) NOT NULL,
        version \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE INDEX account_key ON account (key_id, id)",
      """
      CREATE TABLE recovery_code (account TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (account, hash)) \(w.strict)
      """,
      """
      CREATE TABLE membership (id TEXT PRIMARY KEY, account TEXT NOT NULL, organisation TEXT NOT NULL,
        role TEXT NOT NULL, administrator \(w.boolean) NOT NULL, missions TEXT, time_share \(w.integer), skills TEXT,
        employer TEXT, started_at \(w.integer) NOT NULL, ended_at \(w.integer), successor TEXT,
        version \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE INDEX membership_account ON membership (account, organisation)",
      "CREATE INDEX membership_organisation ON membership (organisation, id)",
      """
      CREATE TABLE session (digest TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, membership TEXT,
        method TEXT NOT NULL, strong \(w.boolean) NOT NULL, complete \(w.boolean) NOT NULL, device TEXT NOT NULL,
        created_at \(w.integer) NOT NULL, seen_at \(w.integer) NOT NULL, ends_at \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE INDEX session_account ON session (account, id)",
      """
      CREATE TABLE access_link (digest TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, account TEXT,
        email TEXT, email_index TEXT, organisation TEXT, role TEXT, administrator \(w.boolean) NOT NULL,
        created_by TEXT, created_at \(w.integer) NOT NULL, ends_at \(w.integer) NOT NULL,
        used_at \(w.integer)) \(w.strict)
      """,
      "CREATE INDEX access_link_organisation ON access_link (organisation, id)",
    ]
  }

  /// Who did what: entries and seals are never changed nor taken away, what they tell apart can be.
  static func trailTables(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      "CREATE TABLE subject_key (subject TEXT PRIMARY KEY, sealed TEXT NOT NULL) \(w.strict)",
      """
      CREATE TABLE trail_entry (id TEXT PRIMARY KEY, at \(w.integer) NOT NULL, action TEXT NOT NULL, account TEXT,
        membership TEXT, organisation TEXT, subject_kind TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT,
        request TEXT, digest TEXT NOT NULL) \(w.strict)
      """,
      "CREATE INDEX trail_entry_subject ON trail_entry (subject_kind, subject, id)",
      "CREATE INDEX trail_entry_account ON trail_entry (account, id)",
      "CREATE INDEX trail_entry_organisation ON trail_entry (organisation, id)",
      """
      CREATE TABLE trail_payload (entry TEXT PRIMARY KEY, salt TEXT NOT NULL, keyed_by TEXT, body TEXT NOT NULL) \(w.strict)
      """,
      """
      CREATE TABLE trail_seal (position \(w.integer) PRIMARY KEY, entry TEXT NOT NULL UNIQUE, seal TEXT NOT NULL) \(w.strict)
      """,
    ] + keepers(dialect)
  }

  /// What refuses any change of an entry or a seal, whoever asks.
  private static func keepers(_ dialect: Dialect) -> [SQL] {
    switch dialect {
    case .sqlite:
      return [
        """
        CREATE TRIGGER trail_entry_unchanged BEFORE UPDATE ON trail_entry
        BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
        """,
        """
        CREATE TRIGGER trail_entry_kept BEFORE DELETE ON trail_entry
        BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
        """,
        """
        CREATE TRIGGER trail_seal_unchanged BEFORE UPDATE ON trail_seal
        BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
        """,
        """
        CREATE TRIGGER trail_seal_kept BEFORE DELETE ON trail_seal
        BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
        """,
      ]
    case .postgres:
      return [
        """
        CREATE OR REPLACE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$
        """,
        """
        CREATE TRIGGER trail_entry_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_entry
        FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()
        """,
        """
        CREATE TRIGGER trail_seal_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_seal
        FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()
        """,
      ]
    }
  }
}
