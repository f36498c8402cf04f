public import Clauses
import Records
import Storage

/// Every département with what is known of it, by region.
public struct ListTerritories: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// The list.
  public init() {}

  /// Reads the list.
  public func run(as actor: Actor, in world: World) async throws -> TerritoryList {
    try actor.authorise(Self.right)
    let figures = world.figures
    return try await world.database.read { db in
      let contracts = try SpottingLists.departements(in: db)
      let structures = try Structures.counts(in: db)
      let known = try Territories.departements(in: db)
      let regions = Dictionary(
        try Territories.regions(in: db).map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
      var lines = known.map { departement in
        TerritoryList.Line(
          code: departement.code, name: departement.name, region: regions[departement.region],
          contracts: contracts[departement.code] ?? 0, structures: structures[departement.code] ?? 0,
          outline: departement.outline)
      }
      if lines.isEmpty {
        lines = figures.departements.values.sorted { $0.code < $1.code }.map {
          .init(
            code: $0.code, name: $0.name, region: nil, contracts: contracts[$0.code] ?? 0,
            structures: structures[$0.code] ?? 0, outline: nil)
        }
      }
      return TerritoryList(lines: lines, territoriesAreLoaded: !known.isEmpty)
    }
  }
}

/// Every département with what is known of it.
public struct TerritoryList: Sendable {
  /// A département.
  public struct Line: Sendable, Equatable {
    /// INSEE code, two or three signs.
    public var code: DepartementCode
    /// Its name, such as `Seine-et-Marne`.
    public var name: String
    /// The name of its region, nil while territories are not loaded.
    public var region: String?
    /// Contracts and concessions performed there, whatever their end.
    public var contracts: Int
    /// Inclusion structures known there.
    public var structures: Int
    /// The path of its SVG outline.
    public var outline: String?
    /// A line from its parts.
    public init(
      code: DepartementCode, name: String, region: String?, contracts: Int, structures: Int, outline: String?
    ) {
      self.code = code
      self.name = name
      self.region = region
      self.contracts = contracts
      self.structures = structures
      self.outline = outline
    }
  }

  /// Every département, by code.
  public var lines: [Line]
  /// Whether départements were imported; otherwise regions and outlines are missing.
  public var territoriesAreLoaded: Bool

  /// A list from its parts; views' tests build it by hand.
  public init(lines: [Line], territoriesAreLoaded: Bool) {
    self.lines = lines
    self.territoriesAreLoaded = territoriesAreLoaded
  }
}
