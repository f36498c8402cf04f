import Casework
import Clauses
import Storage
import TestSupport
import Testing

@Suite struct TerritorySheetTests {
  @Test(arguments: Engine.allCases)
  func `works done once count among the ends and not among what comes back`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      let awards =
        [AwardText("ménage")]
        + ["école", "pont"].map { object in
          AwardText(object) {
            $0.object = "Construction"
            $0.cpv = "45210000-2"
            $0.euros = "9000000"
          }
        }
      _ = try await load(awards, in: world, place)
      try await loadStructures(StructureText.csv(12), in: world, place)
      let code = try #require(DepartementCode("77"))
      let sheet = try #require(try await ShowTerritory(departement: code).run(as: .visitor, in: world))
      #expect(sheet.renewals == 3 && sheet.oneOff == 2 && sheet.known == 3)
      #expect(sheet.months.reduce(0) { $0 + $1.count } == 3)
      let buyer = try #require(sheet.buyers.first)
      #expect(buyer.count == 3 && buyer.promising == sheet.promising && buyer.duty == sheet.aboveThreshold)
      #expect(sheet.promising == 1 && sheet.aboveThreshold == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a buyer's next end is to come, and one that has gone by is told so`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      // Twelve months from the day of notification: the ends stand around 21/11/2026.
      func award(_ number: String, _ buyer: String, _ notified: String) -> AwardText {
        AwardText(number) {
          $0.buyer = buyer
          $0.months = 12
          $0.notified = notified
        }
      }
      let (both, past, coming) = ("21770288100012", "22770001000019", "24400029200019")
      _ = try await load(
        [
          award("1", both, "2025-11-06"), award("2", both, "2026-01-16"), award("3", past, "2025-11-04"),
          award("4", past, "2025-11-11"), award("5", coming, "2025-11-22"), award("6", coming, "2026-06-01"),
        ], in: world, place)
      let code = try #require(DepartementCode("77"))
      let sheet = try #require(try await ShowTerritory(departement: code).run(as: .visitor, in: world))
      let lines = Dictionary(uniqueKeysWithValues: sheet.buyers.map { ($0.buyer.digits, $0) })
      #expect(lines[both]?.soonest == Day("2027-01-15") && lines[both]?.hasEnded == false)
      #expect(lines[past]?.soonest == Day("2026-11-10") && lines[past]?.hasEnded == true)
      #expect(lines[coming]?.soonest == TestWorld.today && lines[coming]?.hasEnded == false)
      #expect(sheet.buyers.map(\.buyer.digits) == [coming, both, past])
    }
  }
}
