public import Clauses
public import Storage

extension Organisation: RowDecodable {
  static let columns: SQL = """
    o.id, o.kind, o.siret, o.name, o.naf, o.address, o.postcode, o.commune, o.departement, o.state, o.reason,
    o.merged_into, o.created_at, o.decided_at, o.version
    """

  /// Reads the columns of ``Organisations``.
  public init(row: Row) throws {
    self.init(
      id: try row.value(0), kind: try row.value(1), siret: try row.value(2), name: try row.value(3),
      state: try row.value(9), createdAt: try row.value(12))
    naf = try row.value(4)
    address = try row.value(5)
    postcode = try row.value(6)
    commune = try row.value(7)
    departement = try row.value(8)
    reason = try row.value(10)
    mergedInto = try row.value(11)
    decidedAt = try row.value(13)
    version = try row.value(14)
  }
}

/// The table of organisations.
public enum Organisations {
  /// One by its identifier.
  public static func find(_ id: ID<Organisation>, in db: any Connection) throws -> Organisation? {
    try db.first(Organisation.self, "SELECT \(Organisation.columns) FROM organisation o WHERE o.id = \(id)")
  }

  /// One by its establishment and kind.
  public static func find(
    _ siret: SIRET, _ kind: OrganisationKind, in db: any Connection
  ) throws -> Organisation? {
    try db.first(
      Organisation.self,
      "SELECT \(Organisation.columns) FROM organisation o WHERE o.siret = \(siret) AND o.kind = \(kind)")
  }

  /// How many there are.
  public static func count(in db: any Connection) throws -> Int {
    try db.scalar(Int.self, "SELECT COUNT(*) FROM organisation") ?? 0
  }

  /// Whether a facilitation body works already: until then the installation is not set up.
  public static func hasActiveBody(in db: any Connection) throws -> Bool {
    try db.exists(
      """
      SELECT 1 FROM organisation WHERE kind = \(OrganisationKind.facilitationBody) AND state = \(OrganisationState.active)
      """)
  }

  /// The names of several, by their identifiers.
  public static func names(
    of ids: Set<ID<Organisation>>, in db: any Connection
  ) throws -> [ID<Organisation>: String] {
    guard !ids.isEmpty else { return [:] }
    var names: [ID<Organisation>: String] = [:]
    try db.forEach("SELECT id, name FROM organisation WHERE id IN \(SQL.list(ids.sorted()))") { row in
      names[try row.value(0)] = try row.value(1)
    }
    return names
  }

  /// Those that were taken into one, and into those in turn.
  public static func merged(into id: ID<Organisation>, in db: any Connection) throws -> [ID<Organisation>] {
    try db.scalars(
      ID<Organisation>.self,
      """
      WITH RECURSIVE taken (id) AS (
        SELECT o.id FROM organisation o WHERE o.merged_into = \(id)
        UNION SELECT o.id FROM organisation o JOIN taken t ON o.merged_into = t.id)
      SELECT id FROM taken ORDER BY id
      """)
  }

  /// Adds one.
  public static func insert(_ organisation: Organisation, in db: any Connection) throws {
    let o = organisation
    try db.execute(
      """
      INSERT INTO organisation (id, kind, siret, name, naf, address, postcode, commune, departement, state, reason,
        merged_into, created_at, decided_at, version, words)
      VALUES (\(o.id), \(o.kind), \(o.siret), \(o.name), \(o.naf), \(o.address), \(o.postcode), \(o.commune),
        \(o.departement), \(o.state), \(o.reason), \(o.mergedInto), \(o.createdAt), \(o.decidedAt), \(o.version),
        \(o.name.folded))
      """)
  }

  /// Writes one in place of the version it was read at; false where someone changed it meanwhile.
  public static func update(_ organisation: inout Organisation, in db: any Connection) throws -> Bool {
    let o = organisation
    let count = try db.execute(
      """
      UPDATE organisation SET siret = \(o.siret), name = \(o.name), naf = \(o.naf), address = \(o.address),
        postcode = \(o.postcode), commune = \(o.commune), departement = \(o.departement), state = \(o.state),
        reason = \(o.reason), merged_into = \(o.mergedInto), decided_at = \(o.decidedAt), version = \(o.version + 1),
        words = \(o.name.folded)
      WHERE id = \(o.id) AND version = \(o.version)
      """)
    if count == 1 { organisation.version += 1 }
    return count == 1
  }

  /// Which ones a list shows.
  public struct Filter: Sendable, Hashable {
    /// Words of the name, in any order.
    public var words: String?
    /// One kind only.
    public var kind: OrganisationKind?
    /// One state only; nil leaves the merged ones out.
    public var state: OrganisationState?
    /// Within this territory only; nil: everywhere.
    public var extent: OrganisationTerritories.Extent?
    /// Every organisation that is not merged.
    public init() {}

    var condition: SQL {
      var parts: [SQL] = []
      for word in words?.folded.split(separator: " ").prefix(8) ?? [] { parts.append("o.words LIKE \("%\(word)%")") }
      if let kind { parts.append("o.kind = \(kind)") }
      if let state {
        parts.append("o.state = \(state)")
      } else {
        parts.append("o.state <> \(OrganisationState.merged)")
      }
      if let extent {
        let (departements, communes) = (extent.departements.sorted(), extent.communes.sorted())
        parts.append("(o.departement IN \(SQL.list(departements)) OR o.commune IN \(SQL.list(communes)))")
      }
      return parts.joined(separator: " AND ")
    }
  }

  /// The first ones by name after a place, and how many of them there are in all.
  public static func list(
    _ filter: Filter, offset: Int, limit: Int, in db: any Connection
  ) throws -> (lines: [Organisation], total: Int) {
    let total = try db.scalar(Int.self, "SELECT COUNT(*) FROM organisation o WHERE \(filter.condition)") ?? 0
    let lines = try db.all(
      Organisation.self,
      """
      SELECT \(Organisation.columns) FROM organisation o WHERE \(filter.condition)
      ORDER BY o.words, o.id LIMIT \(limit) OFFSET \(offset)
      """)
    return (lines, total)
  }
}

extension OrganisationTerritory: RowDecodable {
  /// Reads the columns of ``OrganisationTerritories``.
  public init(row: Row) throws {
    self.init(
      kind: try row.value(0), code: try row.value(1), first: try row.value(2), last: try row.value(3))
  }
}

extension OrganisationTerritory.Kind: SQLConvertible {}

/// The table of territories of organisations.
public enum OrganisationTerritories {
  /// Those of an organisation, the present ones first.
  public static func all(of organisation: ID<Organisation>, in db: any Connection) throws -> [OrganisationTerritory] {
    try db.all(
      OrganisationTerritory.self,
      """
      SELECT kind, code, first_day, last_day FROM organisation_territory WHERE organisation = \(organisation)
      ORDER BY kind, code, first_day
      """)
  }

  /// How far a territory goes: whole départements, and communes by their INSEE code.
  public struct Extent: Sendable, Hashable {
    /// Whole départements.
    public var departements: Set<DepartementCode> = []
    /// Communes, those of groups of communes included.
    public var communes: Set<String> = []
    /// Nowhere.
    public init() {}
  }

  /// How far an organisation's territory goes on a day.
  public static func extent(
    of organisation: ID<Organisation>, on day: Day, in db: any Connection
  ) throws -> Extent {
    let now: SQL = """
      t.organisation = \(organisation) AND t.first_day <= \(day) AND (t.last_day IS NULL OR t.last_day >= \(day))
      """
    var extent = Extent()
    extent.departements = Set(
      try db.scalars(
        DepartementCode.self, "SELECT t.code FROM organisation_territory t WHERE t.kind = 'departement' AND \(now)"))
    extent.communes = Set(
      try db.scalars(
        String.self,
        """
        SELECT t.code FROM organisation_territory t WHERE t.kind = 'commune' AND \(now)
        UNION SELECT c.code FROM organisation_territory t JOIN commune c ON c.epci = t.code
          WHERE t.kind = 'epci' AND \(now)
        """))
    return extent
  }

  /// The active facilitation bodies whose territory holds a place on a day, by name.
  public static func bodies(
    departements: Set<DepartementCode>, communes: [String], on day: Day, in db: any Connection
  ) throws -> [Organisation] {
    try db.all(
      Organisation.self,
      """
      SELECT \(Organisation.columns) FROM organisation o
      WHERE o.kind = \(OrganisationKind.facilitationBody) AND o.state = \(OrganisationState.active) AND EXISTS (
        SELECT 1 FROM organisation_territory t
        WHERE t.organisation = o.id AND t.first_day <= \(day) AND (t.last_day IS NULL OR t.last_day >= \(day))
          AND (t.kind = 'departement' AND t.code IN \(SQL.list(departements.sorted()))
            OR t.kind = 'commune' AND t.code IN \(SQL.list(communes))
            OR t.kind = 'epci' AND t.code IN (SELECT c.epci FROM commune c WHERE c.code IN \(SQL.list(communes)))))
      ORDER BY o.words, o.id
      """)
  }

  /// Adds one.
  public static func insert(
    _ territory: OrganisationTerritory, of organisation: ID<Organisation>, in db: any Connection
  ) throws {
    try db.execute(
      """
      INSERT INTO organisation_territory (organisation, kind, code, first_day, last_day)
      VALUES (\(organisation), \(territory.kind), \(territory.code), \(territory.first), \(territory.last))
      ON CONFLICT (organisation, kind, code, first_day) DO UPDATE SET last_day = excluded.last_day
      """)
  }

  /// Ends one before a day, or takes it away where it would not have begun; false where there is none.
  public static func end(
    _ kind: OrganisationTerritory.Kind, _ code: String, of organisation: ID<Organisation>, before day: Day,
    in db: any Connection
  ) throws -> Bool {
    let which: SQL = "organisation = \(organisation) AND kind = \(kind) AND code = \(code) AND last_day IS NULL"
    let removed = try db.execute("DELETE FROM organisation_territory WHERE \(which) AND first_day >= \(day)")
    let ended = try db.execute(
      "UPDATE organisation_territory SET last_day = \(day.adding(days: -1)) WHERE \(which)")
    return removed + ended > 0
  }
}

/// The table of mergers.
public enum OrganisationMerges {
  /// Those of an organisation that stays, the last first.
  public static func all(keptBy organisation: ID<Organisation>, in db: any Connection) throws -> [OrganisationMerge] {
    try db.all(
      OrganisationMerge.self,
      "SELECT \(OrganisationMerge.columns) FROM organisation_merge WHERE kept = \(organisation) ORDER BY id DESC")
  }

  /// One by its identifier.
  public static func find(_ id: ID<OrganisationMerge>, in db: any Connection) throws -> OrganisationMerge? {
    try db.first(
      OrganisationMerge.self, "SELECT \(OrganisationMerge.columns) FROM organisation_merge WHERE id = \(id)")
  }

  /// Adds one.
  public static func insert(_ merge: OrganisationMerge, in db: any Connection) throws {
    try db.execute(
      """
      INSERT INTO organisation_merge (id, kept, taken, merged_at, moved)
      VALUES (\(merge.id), \(merge.kept), \(merge.taken), \(merge.mergedAt), \(merge.moved))
      """)
  }

  /// Marks one as undone; false where it was already.
  public static func undo(_ id: ID<OrganisationMerge>, at moment: Moment, in db: any Connection) throws -> Bool {
    try db.execute(
      "UPDATE organisation_merge SET undone_at = \(moment) WHERE id = \(id) AND undone_at IS NULL") == 1
  }
}

extension OrganisationMerge: RowDecodable {
  fileprivate static let columns: SQL = "id, kept, taken, merged_at, moved, undone_at"

  /// Reads the columns of ``OrganisationMerges``.
  public init(row: Row) throws {
    self.init(
      id: try row.value(0), kept: try row.value(1), taken: try row.value(2), mergedAt: try row.value(3),
      moved: try row.value(4))
    undoneAt = try row.value(5)
  }
}
