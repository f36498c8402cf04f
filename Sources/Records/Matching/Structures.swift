public import Clauses
public import Storage

/// The table of inclusion structures: one row a (SIRET, kind).
public enum Structures {
  /// Whether a list of this name was imported.
  public static func isListed(_ list: String, in db: any Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM structure_list WHERE name = \(list)")
  }

  /// A structure as a list gives it.
  public struct Entry: Sendable {
    /// Its establishment.
    public let siret: SIRET
    /// What it is (EI, ACI…); one establishment may have several kinds, a row each.
    public let kind: StructureKind
    /// The legal name.
    public let name: String
    /// The name it is known by, nil where the list gives none.
    public let tradeName: String?
    /// Its main activity (NAF rév. 2, five signs).
    public let naf: String?
    /// Five digits, nil where the list gives none.
    public let postcode: String?
    /// INSEE code of its commune, nil where the list gives none.
    public let commune: String?
    /// The commune's name as the list writes it.
    public let communeName: String?
    /// Where it is, nil where its address could not be resolved.
    public let departement: DepartementCode?
    /// North, in millionths of a degree; nil where the list does not say.
    public let latitude: Int?
    /// East, in millionths of a degree; given with the latitude.
    public let longitude: Int?
    /// What it says of itself, as the list writes it.
    public let description: String?
    /// The list it comes from.
    public let list: String
    /// A structure from its parts.
    public init(
      siret: SIRET, kind: StructureKind, name: String, tradeName: String?, naf: String?, postcode: String?,
      commune: String?, communeName: String?, departement: DepartementCode?, latitude: Int?, longitude: Int?,
      description: String?, list: String
    ) {
      self.siret = siret
      self.kind = kind
      self.name = name
      self.tradeName = tradeName
      self.naf = naf
      self.postcode = postcode
      self.commune = commune
      self.communeName = communeName
      self.departement = departement
      self.latitude = latitude
      self.longitude = longitude
      self.description = description
      self.list = list
    }
  }

  /// A structure as stored.
  public struct Stored: Sendable, RowDecodable {
    /// Its row, which its page's address bears.
    public let id: Int64
    /// What is known of it.
    public let entry: Entry

    static var columns: SQL {
      """
      s.id, s.siret, s.kind, s.name, s.trade_name, s.naf, s.postcode, s.commune, s.commune_name, s.departement, \
      s.latitude, s.longitude, s.description, s.list
      """
    }

    /// Reads a row in the order of `columns`.
    public init(row: Row) throws {
      id = try row.value(0)
      entry = Entry(
        siret: try row.value(1), kind: try row.value(2), name: try row.value(3), tradeName: try row.value(4),
        naf: try row.value(5), postcode: try row.value(6), commune: try row.value(7), communeName: try row.value(8),
        departement: try row.value(9), latitude: try row.value(10), longitude: try row.value(11),
        description: try row.value(12), list: try row.value(13))
    }
  }

  /// What became of a list's structures.
  public struct Saved: Sendable, Equatable {
    /// Structures that the base did not hold.
    public var new = 0
    /// Lines whose structure was there before, or came twice in the list.
    public var known = 0
  }

  /// Adds structures, or replaces those with the same SIRET and kind.
  public static func save(_ entries: [Entry], in db: any Connection) throws -> Saved {
    let before = try db.scalar(Int.self, "SELECT COUNT(*) FROM structure") ?? 0
    // One statement cannot touch a row twice on PostgreSQL: the last line of a pair wins.
    var last: [String: Entry] = [:]
    var order: [String] = []
    for entry in entries {
      let key = "\(entry.siret) \(entry.kind.rawValue)"
      if last.updateValue(entry, forKey: key) == nil { order.append(key) }
    }
    try db.insert(
      """
      INSERT INTO structure (siret, kind, name, trade_name, naf, postcode, commune, commune_name, departement, \
      latitude, longitude, description, list, words) VALUES 
      """,
      order.compactMap { last[$0] }.map { entry in
        [
          entry.siret.sqlValue, entry.kind.sqlValue, .text(entry.name), entry.tradeName.sqlValue, entry.naf.sqlValue,
          entry.postcode.sqlValue, entry.commune.sqlValue, entry.communeName.sqlValue, entry.departement.sqlValue,
          entry.latitude.sqlValue, entry.longitude.sqlValue, entry.description.sqlValue, .text(entry.list),
          .text((entry.tradeName ?? entry.name).folded),
        ]
      },
      tail: """
         ON CONFLICT (siret, kind) DO UPDATE SET name = excluded.name, trade_name = excluded.trade_name, \
        naf = excluded.naf, postcode = excluded.postcode, commune = excluded.commune, \
        commune_name = excluded.commune_name, departement = excluded.departement, latitude = excluded.latitude, \
        longitude = excluded.longitude, description = excluded.description, list = excluded.list, words = excluded.words
        """)
    let after = try db.scalar(Int.self, "SELECT COUNT(*) FROM structure") ?? 0
    return Saved(new: after - before, known: entries.count - (after - before))
  }

  /// Notes that a list was imported, and whether its giver holds it for complete.
  public static func note(
    list: String, digest: String, rows: Int, complete: Bool, at now: String, in db: any Connection
  ) throws {
    try db.execute(
      """
      INSERT INTO structure_list (name, digest, rows, complete, imported_at)
      VALUES (\(list), \(digest), \(rows), \(complete), \(now))
      ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, rows = excluded.rows, complete = excluded.complete,
        imported_at = excluded.imported_at
      """)
  }

  /// Whether every list loaded is held for complete; false where there is none.
  public static func listsAreComplete(in db: any Connection) throws -> Bool {
    var isKnown = false
    var isWhole = true
    try db.forEach("SELECT complete FROM structure_list") { row in
      isKnown = true
      if try !row.value(0, as: Bool.self) { isWhole = false }
    }
    return isKnown && isWhole
  }

  /// How many structures each département has.
  public static func counts(in db: any Connection) throws -> [DepartementCode: Int] {
    var result: [DepartementCode: Int] = [:]
    try db.forEach(
      "SELECT departement, COUNT(*) FROM structure WHERE departement IS NOT NULL GROUP BY departement"
    ) { row in result[try row.value(0)] = try row.value(1) }
    return result
  }

  /// How many structures there are in all.
  public static func count(in db: any Connection) throws -> Int {
    try db.scalar(Int.self, "SELECT COUNT(*) FROM structure") ?? 0
  }

  /// One structure, nil where there is none.
  public static func find(_ id: Int64, in db: any Connection) throws -> Stored? {
    try db.first(Stored.self, "SELECT \(Stored.columns) FROM structure s WHERE s.id = \(id)")
  }

  /// The other kinds of the same establishment.
  public static func siblings(of structure: Stored, in db: any Connection) throws -> [Stored] {
    try db.all(
      Stored.self,
      """
      SELECT \(Stored.columns) FROM structure s WHERE s.siret = \(structure.entry.siret) AND s.id <> \(structure.id)
      ORDER BY s.kind
      """)
  }

  /// Every structure of a département.
  public static func all(of departement: DepartementCode, in db: any Connection) throws -> [Stored] {
    try db.all(
      Stored.self,
      "SELECT \(Stored.columns) FROM structure s WHERE s.departement = \(departement) ORDER BY s.words, s.id")
  }
}
