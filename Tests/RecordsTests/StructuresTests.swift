import Clauses
import Storage
import TestSupport
import Testing

@testable import Records

@Suite struct StructureTableTests {
  private func entry(
    _ siret: String, _ kind: StructureKind = .ei, _ name: String = "Structure", trade: String? = nil,
    naf: String? = "8121Z",
    departement: String? = "77", _ latitude: Int? = nil, _ longitude: Int? = nil
  ) throws -> Structures.Entry {
    Structures.Entry(
      siret: try SIRET(siret), kind: kind, name: name, tradeName: trade, naf: naf, postcode: nil, commune: nil,
      communeName: nil, departement: departement.flatMap { DepartementCode($0) }, latitude: latitude,
      longitude: longitude, description: nil, list: "liste")
  }

  @Test(arguments: Engine.allCases)
  func `a structure is a pair of number and kind`(engine: Engine) async throws {
    let first = [
      try entry("99970000100010", .ei, "Un"), try entry("99970000100010", .aci, "Un"),
      try entry("99970000200018", .ei, "Deux"),
    ]
    let second = [
      try entry("99970000100010", .ei, "Un, renommé", departement: "40"), try entry("99970000300016", .ei, "Trois"),
      try entry("99970000300016", .ei, "Trois, encore"),
    ]
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      let saved = try await database.write {
        [try Structures.save(first, in: $0), try Structures.save(second, in: $0)]
      }
      #expect(saved == [Structures.Saved(new: 3, known: 0), Structures.Saved(new: 1, known: 2)])
      let (names, counts, siblings) = try await database.read { db in
        let all = try StructureLists.page(StructureQuery(), offset: 0, limit: 10, in: db)
        let renamed = all.first { $0.stored.entry.name == "Un, renommé" }
        return (
          all.map(\.stored.entry.name), try Structures.counts(in: db),
          try renamed.map { try Structures.siblings(of: $0.stored, in: db).map(\.entry.kind) }
        )
      }
      #expect(names == ["Deux", "Trois, encore", "Un", "Un, renommé"])
      #expect(
        counts
          == [DepartementCode("77"): 3, DepartementCode("40"): 1].reduce(into: [:]) { sum, pair in
            if let code = pair.key { sum[code] = pair.value }
          })
      #expect(siblings == [.aci])
    }
  }

  @Test(arguments: Engine.allCases)
  func `the nearest come first, within the distance asked for`(engine: Engine) async throws {
    // Paris, Notre-Dame: 48.853 N, 2.3499 E. Computed by hand with the haversine on 6,371 km.
    let entries = [
      try entry("99970000100010", .ei, "Melun", 48_539_900, 2_660_800),
      try entry("99970000200018", .ei, "Lyon", 45_764_000, 4_835_700),
      try entry("99970000300016", .ei, "Versailles", 48_804_900, 2_120_400),
      try entry("99970000400014", .ei, "Sans lieu"),
      try entry("99970000500011", .aci, "Ici", 48_853_000, 2_349_900),
    ]
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      func near(_ kilometres: Int, _ kind: StructureKind? = nil, offset: Int = 0) async throws -> ([String], [Int], Int)
      {
        try await database.read { db in
          var query = StructureQuery()
          query.kind = kind
          query.centre = .init(latitude: 48_853_000, longitude: 2_349_900, kilometres: kilometres)
          let found = try StructureLists.page(query, offset: offset, limit: 10, in: db)
          return (
            found.map(\.stored.entry.name), found.compactMap(\.metres), try StructureLists.count(query, in: db)
          )
        }
      }
      _ = try await database.write { try Structures.save(entries, in: $0) }
      let far = try await near(500)
      #expect(far.0 == ["Ici", "Versailles", "Melun", "Lyon"] && far.2 == 4)
      #expect(far.1[0] == 0)
      #expect(abs(far.1[1] - 17_620) < 50 && abs(far.1[2] - 41_640) < 80 && abs(far.1[3] - 391_500) < 500)
      #expect(try await near(40).0 == ["Ici", "Versailles"])
      #expect(try await near(42).0 == ["Ici", "Versailles", "Melun"])
      #expect(try await near(17).0 == ["Ici"])
      #expect(try await near(500, .ei).0 == ["Versailles", "Melun", "Lyon"])
      #expect(try await near(500, offset: 2).0 == ["Melun", "Lyon"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `filters hold together`(engine: Engine) async throws {
    let entries = [
      try entry("99970000100010", .ei, "L’Élan des écoles"),
      try entry("99970000200018", .aci, "ELAN VERT", naf: "8130Z"),
      try entry("99970000300016", .ei, "Autre", trade: "Élan 40", departement: "40"),
      try entry("99970000400014", .esat, "100% jardin_", naf: nil, departement: nil),
    ]
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      func names(_ change: @Sendable @escaping (inout StructureQuery) -> Void) async throws -> [String] {
        try await database.read { db in
          var query = StructureQuery()
          change(&query)
          let found = try StructureLists.page(query, offset: 0, limit: 10, in: db).map(\.stored.entry.name)
          #expect(try StructureLists.count(query, in: db) == found.count)
          return found
        }
      }
      _ = try await database.write { try Structures.save(entries, in: $0) }
      #expect(try await names { $0.text = "élan" } == ["Autre", "ELAN VERT", "L’Élan des écoles"])
      #expect(try await names { $0.text = "ecoles l'elan" } == ["L’Élan des écoles"])
      #expect(try await names { $0.kind = .aci } == ["ELAN VERT"])
      #expect(try await names { $0.departement = DepartementCode("40") } == ["Autre"])
      #expect(try await names { $0.activities = ["8130", "9999"] } == ["ELAN VERT"])
      #expect(try await names { $0.text = "%" }.count == 4)
      #expect(try await names { $0.text = "jardin_" } == ["100% jardin_"])
      #expect(
        try await names {
          $0.text = "elan"
          $0.kind = .ei
          $0.departement = DepartementCode("77")
        } == ["L’Élan des écoles"])
    }
  }
}
