import Clauses
import Storage
import TestSupport
import Testing

@testable import Records

@Suite struct TerritoryTableTests {
  @Test(arguments: Engine.allCases)
  func `territories saved twice are the same, and a later edition takes their place`(engine: Engine) async throws {
    let code = try #require(DepartementCode("77"))
    let melun = try #require(CommuneCode("77288"))
    let other = try #require(CommuneCode("40192"))
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      func save(_ name: String, postcodes: [String]) async throws {
        try await database.write { db in
          try Territories.save([Territories.Region(code: "11", name: "Île-de-France")], in: db)
          try Territories.save(
            [Territories.Departement(code: code, name: "Seine-et-Marne", region: "11", outline: "0 0 1 1|M0")], in: db)
          try Territories.save([Territories.Grouping(siren: "247700057", name: "CA", kind: nil)], in: db)
          try Territories.save(
            [
              Territories.Commune(
                code: melun, name: name, departement: "77", grouping: "247700057", postcodes: postcodes,
                population: 40_000, latitude: 48_539_900, longitude: 2_660_800),
              Territories.Commune(
                code: other, name: "Mélun", departement: "40", grouping: nil, postcodes: [], population: nil,
                latitude: nil, longitude: nil),
            ], in: db)
        }
      }
      func rows() async throws -> [String] {
        try await database.read { db in
          var lines: [String] = []
          for table: SQL in [
            "SELECT * FROM region", "SELECT * FROM departement", "SELECT * FROM epci",
            "SELECT * FROM commune ORDER BY code",
            "SELECT * FROM commune_postcode ORDER BY postcode",
          ] { try db.forEach(table) { row in lines.append("\(try (0..<row.count).map { try row.value(at: $0) })") } }
          return lines
        }
      }
      func places(_ typed: String) async throws -> [String] {
        try await database.read { try Territories.places(typed, limit: 6, in: $0).map(\.code) }
      }
      try await save("Melun", postcodes: ["77000"])
      let once = try await rows()
      try await save("Melun", postcodes: ["77000"])
      #expect(try await rows() == once)
      #expect(try await places("melun") == ["77288", "40192"])
      #expect(try await places("MÉLUN ") == ["77288", "40192"])
      #expect(try await places("77000") == ["77288"])
      #expect(try await places("77288") == ["77288"])
      for typed in ["", "'", "inconnue", "7700", "\0", "melun\0"] { _ = try await places(typed) }
      try await save("Melun-sur-Seine", postcodes: ["77000", "77001"])
      #expect(try await places("melun sur seine") == ["77288"])
      #expect(try await places("77001") == ["77288"])
      #expect(try await database.read { try Territories.communeCount(in: $0) } == 2)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a commune is found by its name with or without its article, those so named first`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      let names = [
        ("77389", "La Rochette", 3400), ("94038", "L'Haÿ-les-Roses", 31_000), ("60703", "Aux Marais", 700),
        ("14652", "Le Thil", 9000), ("01418", "Thil", 1100), ("76351", "Le Havre", 170_000),
      ]
      let communes = try names.map { code, name, population in
        Territories.Commune(
          code: try #require(CommuneCode(code)), name: name, departement: String(code.prefix(2)), grouping: nil,
          postcodes: [], population: population, latitude: nil, longitude: nil)
      }
      try await database.write { try Territories.save(communes, in: $0) }
      for (typed, codes) in [
        ("rochette", ["77389"]), ("La Rochette", ["77389"]), ("hay les roses", ["94038"]),
        ("L’Haÿ-les-Roses", ["94038"]),
        ("marais", ["60703"]), ("thil", ["01418", "14652"]), ("le thil", ["14652"]), ("havre", ["76351"]),
        ("la havre", []),
      ] {
        let found = try await database.read { try Territories.places(typed, limit: 6, in: $0).map(\.code) }
        #expect(found == codes, "\(typed)")
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `the label of a code is the last one given`(engine: Engine) async throws {
    let cleaning = try #require(CPVCode("90910000"))
    let works = try #require(CPVCode("45000000"))
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      try await database.write { db throws in
        let list = [(code: cleaning, label: "Nettoyage"), (works, "Travaux"), (cleaning, "Services de nettoyage")]
        #expect(try CPVLabels.save(list, in: db) == 2)
        #expect(try CPVLabels.save([(works, "Travaux de construction")], in: db) == 0)
      }
      let labels = try await database.read { db in
        [try CPVLabels.label(of: cleaning, in: db), try CPVLabels.label(of: works, in: db)]
      }
      #expect(labels == ["Services de nettoyage", "Travaux de construction"])
    }
  }
}
