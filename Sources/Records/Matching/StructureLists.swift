public import Clauses
public import Storage

/// Which structures a list holds.
public struct StructureQuery: Sendable {
  /// A point, in millionths of a degree, and how far around it.
  public struct Centre: Sendable {
    /// North, in millionths of a degree.
    public let latitude: Int
    /// East, in millionths of a degree.
    public let longitude: Int
    /// Radius, as the crow flies.
    public let kilometres: Int
    /// A circle from its parts.
    public init(latitude: Int, longitude: Int, kilometres: Int) {
      self.latitude = latitude
      self.longitude = longitude
      self.kilometres = kilometres
    }
  }

  /// One kind only; nil: every kind.
  public var kind: StructureKind?
  /// Where they are; nil: anywhere.
  public var departement: DepartementCode?
  /// The beginnings of main activity codes; empty: any.
  public var activities: [String] = []
  /// Words that the name must hold.
  public var text: String?
  /// Around which point, leaving out structures without coordinates; nil: no distance is measured.
  public var centre: Centre?

  /// A query that holds every structure.
  public init() {}

  fileprivate var condition: SQL {
    var list: [SQL] = []
    if let departement { list.append("s.departement = \(departement)") }
    if let kind { list.append("s.kind = \(kind)") }
    if !activities.isEmpty {
      let any = activities.map { "s.naf LIKE \("\($0)%")" as SQL }
      list.append("(\(any.joined(separator: " OR ")))")
    }
    // SQLite refuses expressions that are nested too deeply: the first words are enough.
    for word in text?.folded.split(separator: " ").prefix(8) ?? [] { list.append("s.words LIKE \("%\(word)%")") }
    if let centre {
      let (north, east) = centre.reach
      list.append("s.latitude BETWEEN \(centre.latitude - north) AND \(centre.latitude + north)")
      list.append("s.longitude BETWEEN \(centre.longitude - east) AND \(centre.longitude + east)")
    }
    return list.isEmpty ? "" : "WHERE \(list.joined(separator: " AND "))"
  }
}

/// The reads of structures: by filter, the nearest first where there is a point.
public enum StructureLists {
  /// A structure found, with its distance where there is a point.
  public struct Found: Sendable {
    /// The structure with its row.
    public let stored: Structures.Stored
    /// As the crow flies; nil where the query has no point.
    public let metres: Int?
  }

  /// At most `limit` structures; by distance where there is a point, else by name.
  public static func page(
    _ query: StructureQuery, offset: Int, limit: Int, in db: any Connection
  ) throws -> [Found] {
    guard let centre = query.centre else {
      return try db.all(Structures.Stored.self, byName(query, offset: offset, limit: limit))
        .map { Found(stored: $0, metres: nil) }
    }
    let near = try nearby(query, centre, in: db)[...].dropFirst(offset).prefix(limit)
    let wanted = near.map(\.id)
    guard !wanted.isEmpty else { return [] }
    let stored = try db.all(
      Structures.Stored.self,
      "SELECT \(Structures.Stored.columns) FROM structure s WHERE s.id IN \(SQL.list(wanted))")
    let byID = Dictionary(uniqueKeysWithValues: stored.map { ($0.id, $0) })
    return near.compactMap { line in byID[line.id].map { Found(stored: $0, metres: line.metres) } }
  }

  static func byName(_ query: StructureQuery, offset: Int, limit: Int) -> SQL {
    """
    SELECT \(Structures.Stored.columns) FROM structure s \(query.condition)
    ORDER BY s.words, s.id LIMIT \(limit) OFFSET \(offset)
    """
  }

  static func places(_ query: StructureQuery) -> SQL {
    "SELECT s.id, s.latitude, s.longitude FROM structure s \(query.condition)"
  }

  /// How many structures a query holds.
  public static func count(_ query: StructureQuery, in db: any Connection) throws -> Int {
    if let centre = query.centre { return try nearby(query, centre, in: db).count }
    return try db.scalar(Int.self, "SELECT COUNT(*) FROM structure s \(query.condition)") ?? 0
  }

  /// Everything within reach, the nearest first.
  private static func nearby(
    _ query: StructureQuery, _ centre: StructureQuery.Centre, in db: any Connection
  ) throws -> [(id: Int64, metres: Int)] {
    var found: [(id: Int64, metres: Int)] = []
    try db.forEach(places(query)) { row in
      let metres = GreatCircle.metres(
        from: (centre.latitude, centre.longitude), to: (try row.value(1), try row.value(2)))
      if metres <= centre.kilometres * 1000 { found.append((try row.value(0), metres)) }
    }
    return found.sorted { ($0.metres, $0.id) < ($1.metres, $1.id) }
  }
}

extension StructureQuery.Centre {
  /// How far north and east the reach goes, in millionths of a degree, a little more rather than less.
  fileprivate var reach: (Int, Int) {
    let north = kilometres * 1_000_000 / 110 + 1
    return (north, Int(Double(north) / max(0.05, GreatCircle.cosine(latitude))) + 1)
  }
}
