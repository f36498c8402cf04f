public import Clauses
public import Storage

/// The tables of regions, départements, groupings of communes and communes.
public enum Territories {
  /// A region.
  public struct Region: Sendable, RowDecodable {
    /// INSEE code, two digits.
    public let code: String
    /// Its name as the source writes it.
    public let name: String
    /// A region from its parts.
    public init(code: String, name: String) {
      self.code = code
      self.name = name
    }
    /// Reads a row of `region`: code, name.
    public init(row: Row) throws {
      code = try row.value(0)
      name = try row.value(1)
    }
  }

  /// A département, with its simplified outline.
  public struct Departement: Sendable, RowDecodable {
    /// INSEE code, two or three signs (`2A`, `974`).
    public let code: DepartementCode
    /// Its name as the source writes it.
    public let name: String
    /// The code of its region.
    public let region: String
    /// The path of an SVG outline, nil where the source has none.
    public let outline: String?
    /// A département from its parts.
    public init(code: DepartementCode, name: String, region: String, outline: String?) {
      self.code = code
      self.name = name
      self.region = region
      self.outline = outline
    }
    /// Reads a row of `departement`: code, name, region, outline.
    public init(row: Row) throws {
      code = try row.value(0)
      name = try row.value(1)
      region = try row.value(2)
      outline = try row.value(3)
    }
  }

  /// A grouping of communes with its own taxation.
  public struct Grouping: Sendable {
    /// Nine digits, without spaces.
    public let siren: String
    /// The name as the source writes it.
    public let name: String
    /// Its kind in French words (`communauté de communes`), nil where the source does not say.
    public let kind: String?
    /// A grouping from its parts.
    public init(siren: String, name: String, kind: String?) {
      self.siren = siren
      self.name = name
      self.kind = kind
    }
  }

  /// A commune.
  public struct Commune: Sendable {
    /// INSEE code, which is not the postcode.
    public let code: CommuneCode
    /// Its name with its article, such as `La Rochette`.
    public let name: String
    /// The code of its département.
    public let departement: String
    /// The SIREN of its grouping, nil where it belongs to none.
    public let grouping: String?
    /// Every postcode that serves it; several communes may share one.
    public let postcodes: [String]
    /// Inhabitants, nil where the source does not say.
    public let population: Int?
    /// North of its centre, in millionths of a degree; nil where the source has no centre.
    public let latitude: Int?
    /// East of its centre, in millionths of a degree; given with the latitude.
    public let longitude: Int?
    /// A commune from its parts.
    public init(
      code: CommuneCode, name: String, departement: String, grouping: String?, postcodes: [String], population: Int?,
      latitude: Int?, longitude: Int?
    ) {
      self.code = code
      self.name = name
      self.departement = departement
      self.grouping = grouping
      self.postcodes = postcodes
      self.population = population
      self.latitude = latitude
      self.longitude = longitude
    }
  }

  /// Puts regions in place of those with the same code.
  public static func save(_ regions: [Region], in db: any Connection) throws {
    try db.insert(
      "INSERT INTO region (code, name) VALUES ", regions.map { [.text($0.code), .text($0.name)] },
      tail: " ON CONFLICT (code) DO UPDATE SET name = excluded.name")
  }

  /// Puts départements in place of those with the same code.
  public static func save(_ departements: [Departement], in db: any Connection) throws {
    try db.insert(
      "INSERT INTO departement (code, name, region, outline) VALUES ",
      departements.map { [$0.code.sqlValue, .text($0.name), .text($0.region), $0.outline.sqlValue] },
      tail: """
         ON CONFLICT (code) DO UPDATE SET name = excluded.name, region = excluded.region, outline = excluded.outline
        """)
  }

  /// Puts groupings in place of those with the same SIREN.
  public static func save(_ groupings: [Grouping], in db: any Connection) throws {
    try db.insert(
      "INSERT INTO epci (siren, name, kind) VALUES ",
      groupings.map { [.text($0.siren), .text($0.name), $0.kind.sqlValue] },
      tail: " ON CONFLICT (siren) DO UPDATE SET name = excluded.name, kind = excluded.kind")
  }

  /// Puts communes and their postcodes in place of those with the same code.
  public static func save(_ communes: [Commune], in db: any Connection) throws {
    try db.insert(
      "INSERT INTO commune (code, name, departement, epci, population, latitude, longitude, words) VALUES ",
      communes.map {
        [
          .text($0.code.code), .text($0.name), .text($0.departement), $0.grouping.sqlValue, $0.population.sqlValue,
          $0.latitude.sqlValue, $0.longitude.sqlValue, .text($0.name.folded),
        ]
      },
      tail: """
         ON CONFLICT (code) DO UPDATE SET name = excluded.name, departement = excluded.departement, \
        epci = excluded.epci, population = excluded.population, latitude = excluded.latitude, \
        longitude = excluded.longitude, words = excluded.words
        """)
    try db.insert(
      "INSERT INTO commune_postcode (postcode, commune) VALUES ",
      communes.flatMap { commune in commune.postcodes.map { [.text($0), .text(commune.code.code)] } },
      tail: " ON CONFLICT (postcode, commune) DO NOTHING")
  }

  /// Every département, by code.
  public static func departements(in db: any Connection) throws -> [Departement] {
    try db.all(Departement.self, "SELECT code, name, region, outline FROM departement ORDER BY code")
  }

  /// The code and name of every département, without its outline, by code: what filters offer.
  public static func departementNames(in db: any Connection) throws -> [(code: DepartementCode, name: String)] {
    let question: SQL = "SELECT code, name FROM departement ORDER BY code"
    return try db.remembered(question, bytes: { $0.count * 64 }) {
      var names: [(code: DepartementCode, name: String)] = []
      try db.forEach(question) { names.append((try $0.value(0), try $0.value(1))) }
      return names
    }
  }

  /// Every region, by name.
  public static func regions(in db: any Connection) throws -> [Region] {
    try db.all(Region.self, "SELECT code, name FROM region ORDER BY name")
  }

  /// How many communes are known.
  public static func communeCount(in db: any Connection) throws -> Int {
    try db.scalar(Int.self, "SELECT COUNT(*) FROM commune") ?? 0
  }

  /// The INSEE codes of the communes of a group.
  public static func communes(ofGroup siren: String, in db: any Connection) throws -> [String] {
    try db.scalars(String.self, "SELECT code FROM commune WHERE epci = \(siren) ORDER BY code")
  }

  /// The départements of some communes, by their INSEE codes.
  public static func departements(
    ofCommunes codes: [String], in db: any Connection
  ) throws -> [String: DepartementCode] {
    var result: [String: DepartementCode] = [:]
    try db.forEach("SELECT code, departement FROM commune WHERE code IN \(SQL.list(codes))") { row in
      result[try row.value(0)] = try row.value(1)
    }
    return result
  }

  /// Whether a commune (INSEE code), a group of communes (`epci`, SIREN) or a département exists.
  public static func exists(_ kind: String, _ code: String, in db: any Connection) throws -> Bool {
    switch kind {
    case "commune": try db.exists("SELECT 1 FROM commune WHERE code = \(code)")
    case "epci": try db.exists("SELECT 1 FROM epci WHERE siren = \(code)")
    default: try db.exists("SELECT 1 FROM departement WHERE code = \(code)")
    }
  }

  /// A place by which to measure distances: a commune found by its postcode, its code or its name.
  public struct Place: Sendable, RowDecodable {
    /// INSEE code of the commune.
    public let code: String
    /// The commune's name.
    public let name: String
    /// The code of its département.
    public let departement: String
    /// North of its centre, in millionths of a degree; nil where it is not known.
    public let latitude: Int?
    /// East of its centre, in millionths of a degree; given with the latitude.
    public let longitude: Int?
    /// Reads code, name, département, latitude and longitude of a row of `commune`.
    public init(row: Row) throws {
      code = try row.value(0)
      name = try row.value(1)
      departement = try row.value(2)
      latitude = try row.value(3)
      longitude = try row.value(4)
    }
  }

  /// What may stand before the name of a commune, as search sees it.
  private static let articles = ["le ", "la ", "les ", "l ", "aux ", "las ", "los "]

  /// Communes whose postcode, code or name is what was typed, at most `limit`; those so named first, then those whose
  /// article was left out, the most populous of each first.
  ///
  /// Only those of a département where one is given: many communes share a name.
  public static func places(
    _ typed: String, of departement: DepartementCode? = nil, limit: Int, in db: any Connection
  ) throws -> [Place] {
    let words = typed.folded
    guard !words.isEmpty else { return [] }
    let inside: SQL = departement.map { "AND departement = \($0)" } ?? ""
    // Codes are letters and digits; whatever else was typed, no engine should see it.
    let code = typed.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let names = [words] + articles.map { $0 + words }
    return try db.all(
      Place.self,
      """
      SELECT code, name, departement, latitude, longitude FROM commune
      WHERE (code = \(code) OR words IN \(SQL.list(names)) \
      OR code IN (SELECT commune FROM commune_postcode WHERE postcode = \(code))) \(inside)
      ORDER BY CASE WHEN words = \(words) THEN 0 ELSE 1 END, population IS NULL, population DESC, code LIMIT \(limit)
      """)
  }
}
