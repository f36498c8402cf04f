import Casework
import Clauses
import Records
import Storage
import TestSupport
import Testing

@Suite struct SpottingTableTests {
  private func wrong(_ world: World) async throws -> [Int64] {
    try await VerifySpotting().run(as: .machineOperator, in: world).wrong
  }

  private func refresh(_ world: World) async throws -> Int {
    try await RecomputeSpotting().run(as: .machineOperator, in: world)
  }

  private func count(_ world: World, _ departement: String?) async throws -> Int {
    try await items(in: world).filter { $0.departement?.code == departement }.count
  }

  @Test(arguments: Engine.allCases)
  func `the table says what the rules say, after an import and after new structures`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      let report = try await load(AwardText.invented(500, seed: 11), in: world, place)
      let verified = try await VerifySpotting().run(as: .machineOperator, in: world)
      #expect(verified.checked == report.new && verified.wrong.isEmpty)
      #expect(try await refresh(world) == 0)
      #expect(try await items(in: world).allSatisfy { $0.cell.people == .unknown })

      let nine = try await loadStructures(StructureText.csv(9), in: world, place)
      let inMelun = try await count(world, "77")
      #expect(inMelun > 50 && nine.new == 9 && nine.judgedAnew == inMelun)
      #expect(try await wrong(world).isEmpty)
      #expect(try await items(in: world).allSatisfy { $0.cell.people == .unknown })

      let tenth = try await loadStructures(StructureText.csv(1, first: 9), in: world, place)
      #expect(tenth.new == 1 && tenth.judgedAnew == inMelun)
      #expect(try await wrong(world).isEmpty)
      for item in try await items(in: world) {
        #expect(item.cell.people == (item.departement?.code == "77" ? .yes : .unknown))
      }
      // A list held for complete turns doubt into a no, everywhere.
      let complete = try await loadStructures(StructureText.csv(1, first: 9), complete: true, in: world, place)
      #expect(complete.new == 0 && complete.known == 1 && complete.judgedAnew == report.new)
      #expect(try await wrong(world).isEmpty)
      for item in try await items(in: world) {
        let expected: Verdict.Outcome = item.departement == nil ? .unknown : item.departement?.code == "77" ? .yes : .no
        #expect(item.cell.people == expected)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `new figures make every row stale, and only once`(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let world = try place.world()
      let report = try await load(AwardText.invented(300, seed: 12), in: world, place)
      var layer = Figures.Contents()
      layer.technicities = [
        CPVRow(
          prefix: "909",
          content: Figure(id: "technicity.909", label: "t", value: .high, source: "Comité local", status: .verified))
      ]
      let local = try place.world(figures: try TestWorld.figures().overlaying(layer))
      let cleaning = try await items(in: world).filter { $0.cpv?.digits.hasPrefix("909") == true }
      #expect(!cleaning.isEmpty && cleaning.allSatisfy { $0.cell.nature == .yes })
      #expect(try await !wrong(local).isEmpty)
      #expect(try await refresh(local) == report.new)
      #expect(try await wrong(local).isEmpty)
      let after = try await items(in: local).filter { $0.cpv?.digits.hasPrefix("909") == true }
      #expect(after.count == cleaning.count && after.allSatisfy { $0.cell.nature == .no })
      #expect(try await refresh(local) == 0)
      try await world.database.close()
      try await local.database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a row that was tampered with is found, and a stale one is mended alone`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load(AwardText.invented(120, seed: 13), in: world, place)
      let before = try await dump(world.database)
      let ids = try await items(in: world).map(\.id).sorted()
      let (first, last) = (ids[3], ids[100])
      try await world.database.write { db in
        try db.execute("UPDATE spotting SET rank = rank + 1 WHERE award = \(first)")
        try db.execute("DELETE FROM spotting WHERE award = \(last)")
      }
      #expect(try await wrong(world) == [first, last])
      // The missing row is stale, the one with a wrong rank is not: only a proof finds it.
      #expect(try await refresh(world) == 1)
      #expect(try await wrong(world) == [first])
      try await world.database.write { try $0.execute("UPDATE spotting SET basis = 0 WHERE award = \(first)") }
      #expect(try await refresh(world) == 1)
      #expect(try await dump(world.database) == before)
    }
  }
}
