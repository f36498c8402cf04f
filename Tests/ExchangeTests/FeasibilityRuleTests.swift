import Clauses
import Testing

@testable import Exchange

@Suite struct FeasibilityRuleTests {
  private func ask(_ rule: Rule, _ json: String) throws -> RuleJSON {
    let today = try #require(Day("2026-11-21"))
    return try rule.answer(Array(json.utf8), .init(figures: ReferenceFacts.figures(), today: today))
  }

  private func items(_ value: RuleJSON?) -> [RuleJSON] {
    guard case .list(let items)? = value else { return [] }
    return items
  }

  @Test func `lots are assessed one by one, with totals`() throws {
    let answer = try ask(.feasibility, Rule.feasibility.example)
    let lots = items(answer["lots"])
    #expect(lots.map { $0["level"] } == [.text("favourable"), .text("possible")])
    #expect(lots.first?["score"] == .number("8") && lots.first?["outOf"] == .number("8"))
    #expect(lots.first?["hours"]?["usual"] == .number("490"))
    #expect(
      items(lots.first?["criteria"]).map { $0["criterion"] }
        == ["duration", "amount", "nature", "people"].map { .text($0) })
    #expect(items(lots.last?["waysIn"]).count == 3)
    #expect(answer["totals"]?["amount"] == .number("600000.00"))
    #expect(answer["totals"]?["hoursUsual"] == .number("700"))
    #expect(!items(answer["allotment"]).isEmpty)
  }

  @Test func `a lot without name has a number, and what is not known is asked for`() throws {
    let answer = try ask(
      .feasibility,
      #"{"lots":[{},{"technicity":"high","structures":3,"structuresPartial":true,"suppliers":31,"amount":9000,"meanTurnover":1000000}]}"#
    )
    let lots = items(answer["lots"])
    #expect(lots.map { $0["label"] } == [.text("Lot 1"), .text("Lot 2")])
    #expect(lots.first?["level"] == .text("toComplete") && lots.first?["hours"] == .null)
    #expect(items(lots.first?["criteria"]).map { $0["sign"] } == ["?", "?", "?", "?"].map { .text($0) })
    #expect(lots.last?["suppliers"] == .text("reserveWhole"))
    #expect(items(answer["findings"]).allSatisfy { $0["level"] != .text("fault") })
  }

  @Test func `wrong lots are refused with their places`() throws {
    func faults(_ json: String) -> [String] {
      (#expect(throws: RuleFaults.self) { _ = try ask(.feasibility, json) })?.all.map(\.pointer) ?? []
    }
    #expect(faults(#"{}"#) == ["/lots"])
    #expect(faults(#"{"lots":[]}"#) == ["/lots"])
    #expect(faults(#"{"lots":[{"cpv":"45"},{"montant":1}]}"#) == ["/lots/0/cpv", "/lots/1/montant"])
  }

  // MARK: - Segments

  @Test func `a segment is found by CPV code with its figures, jobs and ways in`() throws {
    let answer = try ask(.segment, Rule.segment.example)
    #expect(answer["code"] == .text("cleaning") && answer["label"] == .text("Nettoyage"))
    #expect(answer["family"] == .text("Nettoyage"))
    #expect(answer["labourShare"]?["usual"] == .number("0.8"))
    #expect(answer["hourlyCost"]?["usual"] == .number("25.00"))
    #expect(answer["technicity"]?["level"] == .text("low"))
    #expect(items(answer["jobs"]?["list"]).first?["rome"] == .text("K2204"))
    #expect(answer["jobs"]?["status"] == .text("memory"))
    #expect(!items(answer["waysIn"]?["list"]).isEmpty && !items(answer["figures"]).isEmpty)
  }

  @Test func `a segment is found by its code, and all of them without one`() throws {
    #expect(try ask(.segment, #"{"code":"it"}"#)["technicity"]?["level"] == .text("high"))
    #expect(items(try ask(.segment, "{}")["segments"]).count == 14)
    let differs = try ask(.segment, #"{"code":"it","cpv":"90911200"}"#)
    #expect(items(differs["findings"]).map { $0["code"] } == [.text("codeDiffersFromCPV")])
    let outside = try ask(.segment, #"{"cpv":"66510000"}"#)
    #expect(outside["code"] == .null && outside["family"] == .text("Assurance et finance"))
    #expect(items(outside["findings"]).map { $0["code"] } == [.text("outsideSegments")])
    #expect(outside["labourShare"] == .null && outside["technicity"]?["level"] == .text("high"))
    let error = #expect(throws: RuleFaults.self) { _ = try ask(.segment, #"{"code":"x"}"#) }
    #expect(error?.all.map(\.pointer) == ["/code"])
  }
}
