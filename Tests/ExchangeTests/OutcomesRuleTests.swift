import Clauses
import Exchange
import Testing

@Suite struct OutcomesRuleTests {
  private func story(_ audience: String) throws -> RuleJSON {
    try EligibilityRuleTests.answer(
      "exit",
      """
      {"day": "2028-06-30", "audience": "\(audience)", "durableMonths": 6, "equalIsDurable": true, "basis": "paid",
       "exits": [{"id": "P1", "kind": "CDI", "day": "2028-03-01"}, {"id": "P2", "kind": "CDI", "day": "2028-03-31"},
                 {"id": "P3", "kind": "INTERIM", "day": "2028-03-31", "from": "2028-04-01", "until": "2028-07-31"}],
       "commitments": [{"id": "B", "contract": "m", "buyer": "v", "company": "B", "due": 675.2, "credited": 420, "excused": 80}],
       "people": [{"id": "P1", "hours": 910, "training": 7, "attributes": [{"name": "sexe", "value": "femme"}]}]}
      """)
  }

  @Test func `story, three dynamic exits of three for the facilitator`() throws {
    let told = try story("facilitator")
    #expect(told["dynamicRate"] == .number("1") && told["dynamic"] == .whole(3) && told["base"] == .whole(3))
    #expect(told["counts"]?["durable"] == .whole(2) && told["counts"]?["transition"] == .whole(1))
    let indicators = try #require(told["indicators"])
    #expect(indicators["missing"] == .number("175.2") && indicators["fullTime"] == .number("0.5"))
    guard case .list(let exits)? = told["exits"] else { throw RuleFaults([]) }
    #expect(exits.count == 3 && told["masked"] == .flag(false) && indicators["participants"] == .whole(1))
    let none = try EligibilityRuleTests.answer("exit", "{}")
    #expect(none["dynamicRate"] == .null && none["base"] == .whole(0))
  }

  @Test(arguments: ["coordination", "buyer", "company", "public"])
  func `three exits tell others neither a class, nor a rate, nor a line`(audience: String) throws {
    let told = try story(audience)
    #expect(told["exits"] == .null && told["masked"] == .flag(true))
    for kind in ["durable", "transition", "positive", "other"] { #expect(told["counts"]?[kind] == .null, "\(kind)") }
    #expect(told["base"] == .null && told["dynamic"] == .null && told["dynamicRate"] == .null)
    let indicators = try #require(told["indicators"])
    #expect(indicators["participants"] == .null && indicators["training"] == .null)
    #expect(indicators["missing"] == .number("175.2") && indicators["fullTime"] == .number("0.5"))
    guard case .list(let breakdowns)? = indicators["breakdowns"] else { throw RuleFaults([]) }
    #expect(breakdowns[0]["total"]?["hidden"] == .flag(true))
    for person in ["P1", "P2", "P3", "CDI", "intérim"] { #expect(!"\(told)".contains(person), "\(person)") }
  }

  @Test func `faults of exits are told where they stand`() throws {
    #expect(
      try EligibilityRuleTests.pointers(
        "exit", #"{"exits": [{"id": "x", "kind": "CDD", "day": "2026-01-02", "until": "2026-01-01"}]}"#)
        == ["/exits/0/until"])
    #expect(
      try EligibilityRuleTests.pointers(
        "exit", #"{"exits": [{"kind": "?"}], "people": [{"attributes": [{"name": "a"}]}], "commitments": [{}]}"#)
        == [
          "/exits/0/id", "/exits/0/kind", "/exits/0/day", "/commitments/0/id", "/commitments/0/contract",
          "/commitments/0/buyer", "/commitments/0/company", "/commitments/0/due", "/commitments/0/credited",
          "/people/0/id", "/people/0/hours", "/people/0/attributes/0/value",
        ])
  }

  @Test func `a table is masked for the buyer and whole for the facilitator`() throws {
    let cells = """
      "cells": [{"row": "femmes", "column": "QPV", "count": 3, "hours": 450}, {"row": "femmes", "column": "autres", "count": 12, "hours": 1800},
                {"row": "hommes", "column": "QPV", "count": 8, "hours": 1200}, {"row": "hommes", "column": "autres", "count": 20, "hours": 3100}]
      """
    let buyer = try EligibilityRuleTests.answer("secrecy", #"{"audience": "buyer", \#(cells)}"#)
    #expect(buyer["hidden"] == .whole(4) && buyer["total"]?["count"] == .whole(43))
    guard case .list(let body)? = buyer["cells"], case .list(let rows)? = buyer["rows"] else { throw RuleFaults([]) }
    #expect(body[0]["count"] == .null && body[0]["hours"] == .null && rows[0]["count"] == .whole(15))
    let facilitator = try EligibilityRuleTests.answer("secrecy", #"{"audience": "facilitator", \#(cells)}"#)
    #expect(facilitator["hidden"] == .whole(0))
    let performance = try EligibilityRuleTests.answer(
      "secrecy", #"{"audience": "public", "subject": "performance", \#(cells)}"#)
    #expect(performance["hidden"] == .whole(0))
    let list = try EligibilityRuleTests.answer(
      "secrecy",
      #"{"audience": "public", "cells": [{"row": "a", "count": 2}, {"row": "b", "count": 9}, {"row": "c", "count": 7}]}"#
    )
    #expect(list["hidden"] == .whole(2) && list["columns"] == .list([]))
  }

  @Test func `faults of a table are told where they stand`() throws {
    #expect(
      try EligibilityRuleTests.pointers("secrecy", #"{"audience": "?", "cells": [{"count": -1}]}"#)
        == ["/audience", "/cells/0/row", "/cells/0/count"])
    #expect(try EligibilityRuleTests.pointers("secrecy", #"{"audience": "buyer", "cells": []}"#) == ["/cells"])
    let mixed = #"{"audience": "buyer", "cells": [{"row": "a", "count": 1}, {"row": "b", "column": "c", "count": 1}]}"#
    #expect(try EligibilityRuleTests.pointers("secrecy", mixed) == ["/cells"])
    let twice = #"{"audience": "buyer", "cells": [{"row": "a", "count": 1}, {"row": "a", "count": 2}]}"#
    #expect(try EligibilityRuleTests.pointers("secrecy", twice) == ["/cells"])
  }
}
