import Casework
import Clauses
import Foundation
import Records
import Storage
import TestSupport
import Testing

@Suite struct ImportResumeTests {
  @Test(arguments: Engine.allCases, [1, 2, 5])
  func `an interrupted import goes on where it stopped and ends as if nothing had happened`(
    engine: Engine, steps: Int
  ) async throws {
    // The second half repeats the keys of the first with other contents, and some names lost their letters.
    let awards =
      AwardText.invented(1500, seed: 1)
      + AwardText.invented(1500, seed: 2).map { award in
        var award = award
        if award.number.hasSuffix("7") { award.buyerName = "Commune de M\u{FFFD}lun" }
        return award
      }
    let expected = try await withWorld(engine) { world, place in
      _ = try await load(awards, in: world, place)
      return try await dump(world.database)
    }
    try await withWorld(engine) { world, place in
      let path = try place.file("marches.json", AwardText.file(awards))
      await interruptImport(path, in: world, after: steps)
      let half = try #require(try await ListImports().run(as: .visitor, in: world).items.first)
      #expect(!half.whole && half.position > 0 && half.report.read > 0 && half.report.read < 3000)
      #expect(!half.report.whole)
      let report = try await importAwards(path, in: world)
      #expect(report.read == 3000 && report.whole)
      #expect(try await dump(world.database) == expected)
      let verified = try await VerifySpotting().run(as: .machineOperator, in: world)
      #expect(verified.wrong.isEmpty && verified.checked == report.new)
    }
  }

  @Test(arguments: Engine.allCases)
  func `of two imports of one file at once one goes through and nothing is lost`(engine: Engine) async throws {
    let awards = AwardText.invented(2000, seed: 3)
    try await withPlace(engine) { place in
      let (one, two) = (try place.world(), try place.world())
      let path = try place.file("marches.json", AwardText.file(awards))
      async let first = attempt(path, one)
      async let second = attempt(path, two)
      let outcomes = try await [first, second]
      #expect(outcomes.contains("whole"))
      #expect(outcomes.allSatisfy { ["whole", "under way", "already"].contains($0) }, "\(outcomes)")
      #expect(outcomes.filter { $0 == "whole" }.count == 1)
      #expect(try await items(in: one).count == 2000)
      let file = try #require(try await ListImports().run(as: .visitor, in: two).items.first)
      #expect(file.whole && file.report.read == 2000)
      try await one.database.close()
      try await two.database.close()
    }
  }

  private func attempt(_ path: String, _ world: World) async throws -> String {
    do {
      let report = try await importAwards(path, in: world)
      return report.alreadyImported ? "already" : report.whole ? "whole" : "partial"
    } catch is ImportUnderWay {
      return "under way"
    }
  }

  @Test(arguments: Engine.allCases)
  func `two files imported at once by two processes lose no record`(engine: Engine) async throws {
    func files(_ prefix: String, _ published: String) -> [AwardText] {
      let common = (0..<300).map { index in
        AwardText("commun-\(index)") {
          $0.object = prefix
          $0.published = index % 2 == 0 ? published : "2025-05-05"
        }
      }
      return zip(AwardText.invented(300, seed: 8, prefix: prefix), common).flatMap { [$0, $1] }
    }
    try await withPlace(engine) { place in
      let (one, two) = (try place.world(), try place.world())
      let early = try place.file("a.json", AwardText.file(files("A", "2025-01-01")))
      let late = try place.file("b.json", AwardText.file(files("B", "2025-09-09")))
      async let first = importAwards(early, in: one)
      async let second = importAwards(late, in: two)
      let reports = try await [first, second]
      #expect(reports.allSatisfy { $0.whole && $0.read == 600 && $0.outcomes.reduce(0, +) == 600 })
      #expect(reports.reduce(0) { $0 + $1.new } == 900)
      let found = try await items(in: one)
      #expect(found.count == 900 && Set(found.map(\.id)).count == 900)
      for item in found where item.number.hasPrefix("commun") {
        let index = Int(item.number.dropFirst(7)) ?? 1
        if index % 2 == 0 { #expect(item.object == "B") }
      }
      #expect(try await VerifySpotting().run(as: .machineOperator, in: two).wrong.isEmpty)
      var filter = SpottingFilter()
      filter.text = "B"
      let byWord = try await items(filter, in: one).filter { $0.number.hasPrefix("commun") }
      #expect(byWord.count == found.filter { $0.object == "B" }.count)
      try await one.database.close()
      try await two.database.close()
    }
  }

  @Test(arguments: Engine.allCases)
  func `a first load into an empty base puts its indexes back, even after an interruption`(engine: Engine) async throws
  {
    // Blanks make the file long enough for a first load.
    let awards = AwardText.invented(1200, seed: 4)
    let text = AwardText.file(awards, blanks: 8000)
    #expect(text.utf8.count > 8 << 20)
    try await withWorld(engine) { world, place in
      let migrated = try await indexes(world)
      let path = try place.file("gros.json", text)
      await interruptImport(path, in: world, after: 2)
      #expect(try await indexes(world).count < migrated.count)
      let report = try await importAwards(path, in: world)
      #expect(report.whole && report.read == 1200)
      #expect(try await indexes(world) == migrated)
      #expect(try await items(in: world).count == 1200)
    }
  }

  @Test(arguments: Engine.allCases)
  func `an import stopped between its last record and its indexes builds them when it is run again`(
    engine: Engine
  ) async throws {
    try await withWorld(engine) { world, place in
      let migrated = try await indexes(world)
      let path = try place.file("a.json", AwardText.file([AwardText("1")]))
      _ = try await importAwards(path, in: world)
      try await world.database.write { try SpottingIndexes.drop(in: $0) }
      #expect(try await indexes(world).count < migrated.count)
      #expect(try await importAwards(path, in: world).alreadyImported)
      #expect(try await indexes(world) == migrated)
    }
  }
}
