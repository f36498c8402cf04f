public import Storage

/// The tables of the program, as numbered steps; a step that has landed never changes.
public enum Schema {
  /// Every step, in order.
  public static let migrations: [Migration] = [
    Migration(1, "territories", scripts: territories),
    Migration(2, "inclusion structures", scripts: structures),
    Migration(3, "imported files and award notices", scripts: awards),
    Migration(4, "spotting", scripts: spotting),
    Migration(5, "search", scripts: search),
    Migration(6, "spotting: indexes", scripts: spottingIndexes),
    Migration(7, "spotting: filters in the index of départements", scripts: wideIndex),
    Migration(8, "types of buyers that someone stated", scripts: statedBuyers),
    Migration(9, "spotting: filters in every index that lists are read by", scripts: wideIndexes),
    Migration(10, "award notices: keys in an index of their own; lighter search", scripts: keysApart),
    Migration(11, "organisations, accounts, trail", scripts: { accessTables($0) + trailTables($0) }),
    Migration(12, "queue of messages", scripts: mailTable),
    Migration(13, "keys of programs", scripts: apiKeyTable),
    Migration(14, "sign-in through a provider of identities", scripts: providerTables),
    Migration(15, "requests of people about their data", scripts: privacyTables),
    Migration(16, "purchase programmes", scripts: plannedTables),
    Migration(17, "who sends programmes without an account, renewals", scripts: dossierTables),
    Migration(18, "feasibility and calibration sheets", scripts: sheetTable),
    Migration(19, "wording of consultations", scripts: draftingTables),
  ]

  private static func territories(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      "CREATE TABLE region (code TEXT PRIMARY KEY, name TEXT NOT NULL) \(w.strict)",
      """
      CREATE TABLE departement (code TEXT PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL,
        outline TEXT) \(w.strict)
      """,
      "CREATE TABLE epci (siren TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT) \(w.strict)",
      """
      CREATE TABLE commune (code TEXT PRIMARY KEY, name TEXT NOT NULL, departement TEXT NOT NULL, epci TEXT,
        population \(w.integer), latitude \(w.integer), longitude \(w.integer), words TEXT NOT NULL) \(w.strict)
      """,
      "CREATE INDEX commune_departement ON commune (departement, words)",
      """
      CREATE TABLE commune_postcode (postcode TEXT NOT NULL, commune TEXT NOT NULL,
        PRIMARY KEY (postcode, commune)) \(w.strict)
      """,
      "CREATE INDEX commune_words ON commune (words)",
    ]
  }

  private static func structures(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE structure_list (name TEXT PRIMARY KEY, digest TEXT NOT NULL, rows \(w.integer) NOT NULL,
        complete \(w.boolean) NOT NULL, imported_at TEXT NOT NULL) \(w.strict)
      """,
      """
      CREATE TABLE structure (id \(w.key), siret TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
        trade_name TEXT, naf TEXT, postcode TEXT, commune TEXT, commune_name TEXT, departement TEXT,
        latitude \(w.integer), longitude \(w.integer), description TEXT, list TEXT NOT NULL, words TEXT NOT NULL,
        UNIQUE (siret, kind)) \(w.strict)
      """,
      "CREATE INDEX structure_departement ON structure (departement, kind)",
      "CREATE INDEX structure_words ON structure (words, id)",
      "CREATE INDEX structure_departement_words ON structure (departement, words, id)",
    ]
  }

  private static func awards(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE award_file (id \(w.key), digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        bytes \(w.integer) NOT NULL, whole \(w.boolean) NOT NULL, position \(w.integer) NOT NULL,
        started_at TEXT NOT NULL, changed_at TEXT NOT NULL, report TEXT NOT NULL) \(w.strict)
      """,
      """
      CREATE TABLE award (id \(w.integer) PRIMARY KEY, kind TEXT NOT NULL, buyer TEXT NOT NULL, number TEXT NOT NULL,
        buyer_name TEXT, object TEXT NOT NULL, nature TEXT, cpv TEXT, techniques \(w.integer) NOT NULL,
        modalities \(w.integer) NOT NULL, place_kind TEXT, place_code TEXT, duration_months \(w.integer),
        notified \(w.day), published \(w.day), amount \(w.integer), social \(w.integer) NOT NULL, details TEXT NOT NULL,
        file \(w.integer) NOT NULL, byte_from \(w.integer) NOT NULL, byte_length \(w.integer) NOT NULL, repairs TEXT,
        digest \(w.integer) NOT NULL, departement TEXT, UNIQUE (buyer, number)) \(w.strict)
      """,
      """
      CREATE TABLE award_change (id \(w.key), award \(w.integer) NOT NULL, at TEXT NOT NULL, changes TEXT NOT NULL,
        old_file \(w.integer) NOT NULL, old_byte_from \(w.integer) NOT NULL, old_byte_length \(w.integer) NOT NULL,
        new_file \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE INDEX award_change_award ON award_change (award, id)",
      "CREATE TABLE cpv_label (code TEXT PRIMARY KEY, label TEXT NOT NULL) \(w.strict)",
    ]
  }

  private static func spotting(_ dialect: Dialect) -> [SQL] {
    let w = Words(dialect)
    return [
      """
      CREATE TABLE spotting (award \(w.integer) PRIMARY KEY, departement TEXT, buyer TEXT NOT NULL, cpv TEXT,
        amount \(w.integer) NOT NULL, ends \(w.day) NOT NULL, social \(w.integer) NOT NULL,
        concession \(w.boolean) NOT NULL, outcomes \(w.integer) NOT NULL,
        meets \(w.integer) NOT NULL, hours_low \(w.integer), hours_usual \(w.integer), hours_high \(w.integer),
        one_off \(w.boolean) NOT NULL, duty \(w.integer) NOT NULL, above \(w.boolean) NOT NULL,
        rank \(w.integer) NOT NULL, basis \(w.integer) NOT NULL) \(w.strict)
      """,
      "CREATE TABLE buyer (siret TEXT PRIMARY KEY, name TEXT NOT NULL, words TEXT NOT NULL) \(w.strict)",
    ]
  }

  private static func search(_ dialect: Dialect) -> [SQL] {
    switch dialect {
    case .sqlite:
      ["CREATE VIRTUAL TABLE award_search USING fts5 (words, content = '', prefix = '2 3', detail = 'full')"]
    case .postgres: ["CREATE TABLE award_search (award bigint PRIMARY KEY, words tsvector NOT NULL)"]
    }
  }

  private static func spottingIndexes(_ dialect: Dialect) -> [SQL] {
    [
      "CREATE INDEX spotting_rank ON spotting (rank, award)",
      "CREATE INDEX spotting_ends ON spotting (ends, award)",
      "CREATE INDEX spotting_amount ON spotting (amount, award)",
      "CREATE INDEX spotting_departement_rank ON spotting (departement, rank, award)",
      "CREATE INDEX spotting_departement_ends ON spotting (departement, ends, award)",
      "CREATE INDEX spotting_buyer ON spotting (buyer, rank, award)",
    ] + (dialect == .postgres ? ["CREATE INDEX award_search_words ON award_search USING gin (words)"] : [])
  }

  private static func statedBuyers(_ dialect: Dialect) -> [SQL] {
    [
      """
      CREATE TABLE stated_buyer (number TEXT PRIMARY KEY, type TEXT NOT NULL, stated_at TEXT NOT NULL) \(Words(dialect).strict)
      """
    ]
  }

  /// A list filtered within a département then reads the index alone until it knows which rows it shows.
  private static func wideIndex(_ dialect: Dialect) -> [SQL] {
    [
      "DROP INDEX IF EXISTS spotting_departement_rank",
      """
      CREATE INDEX spotting_departement_rank ON spotting (departement, rank, award, ends, cpv, amount, meets, social, concession)
      """,
    ]
  }

  private static func wideIndexes(_ dialect: Dialect) -> [SQL] {
    [
      "DROP INDEX IF EXISTS spotting_rank", "DROP INDEX IF EXISTS spotting_ends",
      "DROP INDEX IF EXISTS spotting_amount",
      "DROP INDEX IF EXISTS spotting_departement_rank", "DROP INDEX IF EXISTS spotting_departement_ends",
      "CREATE INDEX spotting_rank ON spotting (rank, award, ends, amount, cpv, meets, social, concession)",
      "CREATE INDEX spotting_ends ON spotting (ends, award, rank, amount, cpv, meets, social, concession)",
      "CREATE INDEX spotting_amount ON spotting (amount, award, rank, ends, cpv, meets, social, concession)",
      """
      CREATE INDEX spotting_departement_rank ON spotting (departement, rank, award, ends, amount, cpv, meets, social, concession)
      """,
      """
      CREATE INDEX spotting_departement_ends ON spotting (departement, ends, award, rank, amount, cpv, meets, social, concession)
      """,
      // The engines must know the new indexes to choose among them.
      "ANALYZE spotting",
    ]
  }

  /// A first load can then build the index of keys last; the words of SQLite's search, whose places nothing asks for,
  /// are filled in again by ``AwardSearch``.
  private static func keysApart(_ dialect: Dialect) -> [SQL] {
    let index: SQL = "CREATE UNIQUE INDEX award_key ON award (buyer, number)"
    guard dialect == .sqlite else { return ["ALTER TABLE award DROP CONSTRAINT award_buyer_number_key", index] }
    return [
      """
      CREATE TABLE award_apart (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, buyer TEXT NOT NULL, number TEXT NOT NULL,
        buyer_name TEXT, object TEXT NOT NULL, nature TEXT, cpv TEXT, techniques INTEGER NOT NULL,
        modalities INTEGER NOT NULL, place_kind TEXT, place_code TEXT, duration_months INTEGER,
        notified TEXT, published TEXT, amount INTEGER, social INTEGER NOT NULL, details TEXT NOT NULL,
        file INTEGER NOT NULL, byte_from INTEGER NOT NULL, byte_length INTEGER NOT NULL, repairs TEXT,
        digest INTEGER NOT NULL, departement TEXT) STRICT
      """,
      "INSERT INTO award_apart SELECT * FROM award",
      "DROP TABLE award",
      "ALTER TABLE award_apart RENAME TO award",
      index,
      "DROP TABLE award_search",
      """
      CREATE VIRTUAL TABLE award_search USING fts5 (words, content = '', detail = 'none', columnsize = 0,
        tokenize = 'ascii')
      """,
    ]
  }
}
