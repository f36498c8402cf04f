import Clauses
import Testing

@testable import Exchange

@Suite struct PoolingRuleTests {
  private func context() throws -> Rule.Context {
    Rule.Context(figures: try ReferenceFacts.figures(), today: try #require(Day("2026-11-21")))
  }

  private func answer(_ json: String) throws -> RuleJSON { try Rule.pooling.answer(Array(json.utf8), context()) }

  private func faults(_ json: String) throws -> [String] {
    do throws(RuleFaults) {
      _ = try Rule.pooling.answer(Array(json.utf8), Rule.Context(figures: Figures(.init()), today: Day(number: 0)))
      return []
    } catch {
      return error.all.map(\.pointer)
    }
  }

  @Test func `the example answers as its fields say`() throws {
    let answer = try answer(Rule.pooling.example)
    let line = RuleJSON.object([("supply", .text("s1")), ("commitment", .text("c1")), ("hours", .number("100"))])
    #expect(answer["allocations"] == .list([line]))
    #expect(answer["covered"] == .number("100"))
    #expect(answer["coveredByOwn"] == .number("100"))
    #expect(answer["penaltyAvoided"] == .number("20000.00"))
    #expect(
      answer["unallocated"] == .list([.object([("supply", .text("s1")), ("hours", .number("51.67"))])]))
    #expect(answer["uncovered"] == .list([]))
    #expect(answer["certificate"]?["order"] == .text("penalty"))
  }

  @Test func `an answer is checked from its own text, and a change of it is refused`() throws {
    let input = Array(Rule.pooling.example.utf8)
    let output = try answer(Rule.pooling.example).text()
    let good = try PoolingRule.verify(input: input, output: Array(output.utf8))
    #expect(good == .object([("valid", .flag(true)), ("findings", .list([]))]))
    for (old, new, code) in [
      (#""hours": 100"#, #""hours": 99"#, "hoursMissing"), (#""covered": 100"#, #""covered": 101"#, "wrongTotal"),
      (#""penaltyAvoided": 20000.00"#, #""penaltyAvoided": 20000.01"#, "wrongTotal"),
      (#""own": 1"#, #""own": 0"#, "priceTooLow"),
    ] {
      let forged = output.replacing(old, with: new)
      #expect(forged != output)
      let verdict = try PoolingRule.verify(input: input, output: Array(forged.utf8))
      #expect(verdict["valid"] == .flag(false), "\(new)")
      #expect(verdict["findings"]?.text().contains(code) == true, "\(new): \(verdict.text())")
    }
    #expect(throws: RuleFaults.self) { try PoolingRule.verify(input: input, output: Array("{}".utf8)) }
    #expect(throws: RuleFaults.self) { try PoolingRule.verify(input: input, output: Array("[".utf8)) }
  }

  @Test func `the rule itself checks a proposal instead of solving`() throws {
    let output = try answer(Rule.pooling.example)
    let parts = try ["allocations", "certificate"].map { "\"\($0)\":\(try #require(output[$0]).text())" }
    let asked = "\(Rule.pooling.example.dropLast()),\"verify\":{\(parts.joined(separator: ","))}}"
    #expect(try answer(asked)["valid"] == .flag(true))
    let greedy = asked.replacing(#""hours": 100"#, with: #""hours": 151"#)
    let verdict = try answer(greedy)
    #expect(verdict["valid"] == .flag(false))
    #expect(verdict["findings"]?.text().contains("moreThanMissing") == true)
  }

  @Test func `agreements, order and buyers are read and told`() throws {
    let answer = try answer(
      """
      {"supplies":[{"id":"s1","company":"C","area":"X","month":"2027-01","hours":"133.5","policy":"worked"}],
       "commitments":[
        {"id":"lot3","company":"C","area":"X","from":"2026-12","to":"2028-03","missing":100,"acceptsPooling":true,
         "penaltyPerHour":60,"buyer":"B1"},
        {"id":"lot7","company":"C","area":"X","from":"2027-01","to":"2027-06","missing":100,"acceptsPooling":true,
         "buyer":"B2"}],
       "agreements":[{"id":"g","company":"C","area":"X","from":"2027-01","to":"2028-03","policy":"worked",
        "buyers":[{"buyer":"B1","consents":true},{"buyer":"B2","consents":true,"sees":"whole"}],
        "commitments":["lot3","lot7"]}],
       "order":"deadline"}
      """)
    #expect(answer["covered"] == .number("133.5"))
    #expect(answer["order"] == .text("deadline"))
    #expect(
      answer["uncovered"]
        == .list([
          .object([("commitment", .text("lot3")), ("hours", .number("66.5")), ("penalty", .number("3990.00"))])
        ]))
    #expect(answer["splits"] == .number("1"))
    guard case .list(let buyers)? = answer["buyers"] else {
      Issue.record("no buyers")
      return
    }
    #expect(buyers.map { $0["buyer"] } == [.text("B1"), .text("B2")])
  }

  @Test func `faults are told with their places`() throws {
    #expect(try faults("{}") == ["/supplies", "/commitments"])
    let twice = """
      {"supplies":[{"id":"s1","company":"A","area":"X","month":"2026-03","hours":1,"own":"c9"},
       {"id":"s1","company":"A","area":"X","month":"2026-03","hours":1}],"commitments":[]}
      """
    #expect(try faults(twice) == ["/supplies/1/id", "/supplies/0/own"])
    let wrong = """
      {"supplies":[{"id":"s1","company":"A","area":"X","month":"mars","hours":-1,"colour":"red"}],
       "commitments":[{"id":"c1"}],"agreements":[{"id":"g","buyers":[{"buyer":"B"}]}],"order":"first",
       "verify":{"allocations":[{}],"certificate":{"supplies":[{}],"commitments":[]}}}
      """
    let found = try faults(wrong)
    for place in [
      "/supplies/0/month", "/supplies/0/hours", "/supplies/0/colour", "/commitments/0/missing",
      "/agreements/0/buyers/0/consents", "/order",
    ] { #expect(found.contains(place), "\(place) in \(found)") }
    let verify = #"{"supplies":[],"commitments":[],"verify":{"allocations":[{}],"certificate":{"supplies":[{}]}}}"#
    let places = try faults(verify)
    for place in ["/verify/allocations/0/hours", "/verify/certificate/order", "/verify/certificate/supplies/0/own"] {
      #expect(places.contains(place), "\(place) in \(places)")
    }
  }

  @Test func `figures that lack the usual lengths are a fault of the installation, told in French`() throws {
    let agreement = """
      {"supplies":[],"commitments":[],"agreements":[{"id":"g","company":"C","area":"X","from":"2027-01",
       "to":"2028-03","policy":"worked","buyers":[]}]}
      """
    #expect(try faults(agreement) == [""])
  }
}
