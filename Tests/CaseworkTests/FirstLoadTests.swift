import Casework
import Clauses
import Foundation
import Storage
import TestSupport
import Testing

@testable import Records

/// First loads into an empty base, whose keys have no index until the end.
@Suite struct FirstLoadTests {
  /// Notices and blanks enough for a first load.
  private func large(_ awards: [AwardText]) -> String { AwardText.file(awards, blanks: 9_000_000 / awards.count) }

  @Test(arguments: Engine.allCases)
  func `a first load says of each record what an import into a base with indexes says`(engine: Engine) async throws {
    // The same keys come back, earlier and later, within a batch and far apart.
    let awards = AwardText.invented(1200, seed: 5) + AwardText.invented(900, seed: 6) + AwardText.invented(300, seed: 7)
    let expected = try await withWorld(engine) { world, place in
      let report = try await importAwards(try place.file("a.json", AwardText.file(awards)), in: world)
      return (report.outcomes, try await items(in: world).map { "\($0.number) \($0.object)" }.sorted())
    }
    try await withWorld(engine) { world, place in
      let path = try place.file("a.json", large(awards))
      let told = try await importAwards(path, in: world, dryRun: true)
      await interruptImport(path, in: world, after: 2)
      #expect(try await world.database.read { try AwardLoading.isOpen(in: $0) })
      let report = try await importAwards(path, in: world)
      #expect(report.outcomes == expected.0 && told.outcomes == expected.0)
      #expect(try await items(in: world).map { "\($0.number) \($0.object)" }.sorted() == expected.1)
      #expect(try await !world.database.read { try AwardLoading.isOpen(in: $0) })
      #expect(try await VerifySpotting().run(as: .machineOperator, in: world).wrong.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `another file comes in while a first load lies interrupted, and neither loses or doubles a record`(
    engine: Engine
  ) async throws {
    let awards = AwardText.invented(1500, seed: 8)
    try await withWorld(engine) { world, place in
      let path = try place.file("gros.json", large(awards))
      await interruptImport(path, in: world, after: 2)
      #expect(try await world.database.read { try AwardLoading.isOpen(in: $0) })
      let before = Set(try await items(in: world).map(\.number))
      #expect((1..<1500).contains(before.count))
      let few = Array(awards.suffix(50) + awards.prefix(50))
      let known = few.count { before.contains($0.number) }
      #expect(known > 0 && known < few.count)
      let small = try place.file("petit.json", AwardText.file(few))
      let told = try await importAwards(small, in: world, dryRun: true)
      let other = try await importAwards(small, in: world)
      #expect(told.outcomes == other.outcomes && other.new == few.count - known && other.unchanged == known)
      let report = try await importAwards(path, in: world)
      #expect(report.new == 1500 - other.new && report.unchanged == other.new)
      #expect(try await items(in: world).count == 1500)
      #expect(try await !world.database.read { try AwardLoading.isOpen(in: $0) })
    }
  }

  @Test(arguments: Engine.allCases)
  func `two first loads at once see each other's records`(engine: Engine) async throws {
    let common = AwardText.invented(700, seed: 9)
    let one = common + AwardText.invented(300, seed: 10, prefix: "A")
    let two = AwardText.invented(300, seed: 11, prefix: "B") + common
    try await withPlace(engine) { place in
      let (left, right) = (try place.world(), try place.world())
      let (first, second) = (try place.file("a.json", large(one)), try place.file("b.json", large(two)))
      async let early = importAwards(first, in: left)
      async let late = importAwards(second, in: right)
      let reports = try await [early, late]
      #expect(reports.allSatisfy { $0.whole && $0.read == 1000 })
      #expect(reports.reduce(0) { $0 + $1.new } == 1300 && reports.reduce(0) { $0 + $1.unchanged } == 700)
      let found = try await items(in: left)
      #expect(found.count == 1300 && Set(found.map(\.number)).count == 1300)
      #expect(try await !left.database.read { try AwardLoading.isOpen(in: $0) })
      try await left.database.close()
      try await right.database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `structures that come in during an import are counted in every record of it`(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let (world, other) = (try place.world(), try place.world())
      let path = try place.file("a.json", AwardText.file(AwardText.invented(1500, seed: 12)))
      let steps = Counter()
      _ = try await ImportAwards(path: path, name: "a.json").run(as: .machineOperator, in: world) { _ in
        guard steps.next() == 2 else { return }
        _ = try? await loadStructures(StructureText.csv(30), in: other, place)
      }
      #expect(try await other.database.read { try Structures.count(in: $0) } > 0)
      #expect(try await VerifySpotting().run(as: .machineOperator, in: world).wrong.isEmpty)
      #expect(try await RecomputeSpotting().run(as: .machineOperator, in: world) == 0)
      try await world.database.close()
      try await other.database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a place that is resolved otherwise than when it was stored is put right once`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load([AwardText("1"), AwardText("2")], in: world, place)
      let id = try await item("1", in: world).id
      let before = try await world.database.read { try Awards.find(id, in: $0)?.departement }
      #expect(before != nil)
      try await world.database.write { db in
        try Awards.place(id, in: DepartementCode("2A"), db: db)
        try db.execute("UPDATE spotting SET basis = 1 WHERE award = \(id)")
      }
      #expect(try await RecomputeSpotting().run(as: .machineOperator, in: world) == 1)
      #expect(try await world.database.read { try Awards.find(id, in: $0)?.departement } == before)
      #expect(try await RecomputeSpotting().run(as: .machineOperator, in: world) == 0)
    }
  }
}
