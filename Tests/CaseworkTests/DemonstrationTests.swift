import Casework
import Clauses
import Demonstration
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct DemonstrationTests {
  @Test func `the same seed gives the same text, another seed another`() throws {
    let day = TestWorld.today
    let text = try InventedAwards.json(count: 400, seed: 1, around: day)
    #expect(try InventedAwards.json(count: 400, seed: 1, around: day) == text)
    #expect(try InventedAwards.json(count: 400, seed: 2, around: day) != text)
    #expect(InventedStructures.csv(seed: 1) == InventedStructures.csv(seed: 1))
    #expect(InventedStructures.csv(seed: 1) != InventedStructures.csv(seed: 2))
  }

  @Test(arguments: Engine.allCases)
  func `the demonstration loads whole, in two départements that both have structures enough`(engine: Engine)
    async throws
  {
    try await withWorld(engine) { world, _ in
      #expect(try await LoadDemonstration(onlyIfEmpty: true).run(as: .machineOperator, in: world))
      let report = try #require(try await ListImports().run(as: .visitor, in: world).items.first).report
      #expect(report.whole && report.refused == 0 && report.repaired == 0 && report.fault == nil)
      #expect(report.new == report.read)
      let found = try await items(in: world)
      #expect(found.count == LoadDemonstration.notices && found.count { $0.kind == .contract } > 380)
      #expect(Set(found.compactMap { $0.departement?.code }) == ["77", "40"])
      #expect(found.allSatisfy { $0.kind == .concession || ($0.departement != nil && $0.cell.people == .yes) })
      let promising = found.filter { $0.cell.meetsAll }
      #expect(promising.count > 60 && promising.count < 390)
      let structures = try await ListStructures(filter: StructureFilter()).run(as: .visitor, in: world)
      #expect(structures.count == 40)
      for code in ["77", "40"] {
        let departement = try #require(DepartementCode(code))
        let sheet = try #require(try await ShowTerritory(departement: departement).run(as: .visitor, in: world))
        #expect(sheet.structureCount >= 10 && sheet.renewals > 50 && !sheet.buyers.isEmpty)
        #expect(sheet.months.reduce(0) { $0 + $1.count } == sheet.renewals)
        #expect(sheet.families.reduce(0) { $0 + $1.count } == sheet.renewals)
        #expect(sheet.offer.contains { !$0.performers.isEmpty } && sheet.offer.contains { !$0.lenders.isEmpty })
      }
      #expect(try await VerifySpotting().run(as: .machineOperator, in: world).wrong.isEmpty)
      let planned = try await world.database.read {
        try $0.scalars(String.self, "SELECT stage FROM planned ORDER BY stage")
      }
      #expect(planned.count == 9 && Set(planned).count == 5)
      #expect(try await world.database.read { try $0.exists("SELECT 1 FROM lot_sheet WHERE state = 'signed'") })
      let before = try await dump(world.database)
      #expect(try await !LoadDemonstration(onlyIfEmpty: true).run(as: .machineOperator, in: world))
      _ = try await LoadDemonstration(onlyIfEmpty: false).run(as: .machineOperator, in: world)
      #expect(try await dump(world.database) == before)
    }
  }
}
