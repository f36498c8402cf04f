import Clauses
import Testing

@testable import Exchange

/// Asks a rule on 21 November 2026.
func ask(_ name: String, _ json: String) throws -> RuleJSON {
  let rule = try #require(Rule.named(name))
  let today = try #require(Day("2026-11-21"))
  return try rule.answer(Array(json.utf8), .init(figures: try ReferenceFacts.figures(), today: today))
}

/// The pointers of the faults that a question leaves.
func faults(_ name: String, _ json: String) throws -> [String] {
  do {
    _ = try ask(name, json)
    return []
  } catch let error as RuleFaults {
    return error.all.map(\.pointer)
  }
}

extension RuleJSON {
  /// The field of a field, or the item of a list: `"notice", "lastDay"`.
  func at(_ path: String...) -> RuleJSON? {
    path.reduce(Optional(self)) { value, step in
      guard case .list(let items) = value else { return value?[step] }
      return Int(step).flatMap { items.indices.contains($0) ? items[$0] : nil }
    }
  }

  /// One field of every item of a list.
  func each(_ field: String) -> [RuleJSON?] {
    guard case .list(let items) = self else { return [] }
    return items.map { $0[field] }
  }
}

@Suite struct PenaltyRuleTests {
  @Test func `the example of the interface gives 100 hours and 20 000 euros, to the letter`() throws {
    let answer = try ask(
      "penalty",
      #"{"due":1000,"credited":900,"excused":0,"rule":{"kind":"perHour","amount":200},"noticeRequired":false,"day":"2026-11-21"}"#
    )
    #expect(answer.text(indented: false).hasPrefix(#"{"missing":100,"amount":20000.00,"exposure":20000.00,"#))
    #expect(answer.at("findings")?.each("code") == [.text("habit")])
    #expect(answer.at("steps")?.each("result").count == 2)
  }

  @Test(arguments: [
    (#""due":1000,"credited":900,"rule":{"kind":"timesSocialSecurityHourlyCeiling","factor":4}"#, "12000.00"),
    (#""due":1000,"credited":900,"rule":{"kind":"timesMinimumWage","factor":1.5}"#, "1803.00"),
    (#""due":1000,"credited":900,"rule":{"kind":"timesMinimumWage","factor":2},"rateDay":"2024-10-31""#, "2330.00"),
    (#""due":1000,"credited":900,"rule":{"kind":"timesMinimumWage","factor":1},"departement":"976""#, "933.00"),
    (#""rule":{"kind":"perDayLate","amount":75,"days":10}"#, "750.00"),
    (#""rule":{"kind":"perDayLate","amount":50,"days":10,"unit":"working"}"#, "500.00"),
    (
      #""rule":{"kind":"perDayLate","amount":50,"dueOn":"2026-11-06","receivedOn":"2026-11-23","unit":"working"}"#,
      "500.00"
    ),
    (#""rule":{"kind":"perDayLate","amount":50,"dueOn":"2026-11-06","receivedOn":"2026-11-05"}"#, "0.00"),
    (#""rule":{"kind":"perAbsence","amount":500,"count":1}"#, "500.00"),
    (#""due":1000,"credited":900,"rule":{"kind":"perHour","amount":200,"cap":15000}"#, "15000.00"),
    (#""due":1000,"credited":900,"rule":{"kind":"perHour","amount":200},"cap":12000.5"#, "12000.50"),
    (
      #""due":1000,"credited":900,"rule":{"kind":"perHour","amount":200,"capShare":0.05},"contractAmount":100000"#,
      "5000.00"
    ),
    (
      #""due":1000,"credited":900,"rule":{"kind":"perHour","amount":200},"capShare":0.1,"contractAmount":100000"#,
      "10000.00"
    ),
    (
      #""due":1000,"credited":900,"rule":{"kind":"perHour","amount":200},"delayLimits":true,"contractAmount":50000"#,
      "5000.00"
    ),
    (
      #""due":1000,"credited":900,"rules":[{"kind":"perHour","amount":60},{"kind":"perAbsence","amount":500,"count":2}]"#,
      "7000.00"
    ),
    (#""due":1000,"credited":900,"rules":[{"kind":"perHour","amount":60},{"kind":"cap","amount":4000}]"#, "4000.00"),
  ])
  func `each kind of rule and cap gives its amount`(fields: String, amount: String) throws {
    let answer = try ask("penalty", "{\(fields),\"noticeRequired\":false}")
    #expect(answer.at("amount") == .number(amount))
  }

  @Test func `the story's penalty needs its notice, on the day after its delay`() throws {
    func answer(_ rest: String) throws -> RuleJSON {
      try ask(
        "penalty",
        #"{"due":675.2,"credited":420,"excused":80,"rule":{"kind":"perHour","amount":60},"ccag":"works""# + rest + "}")
    }
    let none = try answer("")
    #expect(none.at("missing") == .number("175.2"))
    #expect(none.at("amount") == .number("0.00"))
    #expect(none.at("exposure") == .number("10512.00"))
    #expect(none.at("findings", "0", "code") == .text("noticeMissing"))
    #expect(none.at("findings", "0", "level") == .text("fault"))
    #expect(none.at("notice") == .null)
    let notice = #","notice":{"receivedOn":"2028-02-03","delayDays":15}"#
    let early = try answer(notice + #","day":"2028-02-18""#)
    #expect(early.at("amount") == .number("0.00"))
    #expect(early.at("findings", "0", "code") == .text("delayNotElapsed"))
    let later = try answer(notice + #","day":"2028-02-19""#)
    #expect(later.at("amount") == .number("10512.00"))
    #expect(later.at("notice", "lastDay") == .text("2028-02-18"))
    #expect(later.at("notice", "actionFrom") == .text("2028-02-19"))
  }

  @Test func `wrong questions are told with every place`() throws {
    #expect(try faults("penalty", "{}") == ["/rule", "/due", "/credited"])
    #expect(
      try faults("penalty", #"{"due":-1,"credited":1,"rule":{"kind":"perHour","amount":-2,"factor":3}}"#) == [
        "/rule/amount", "/rule/factor", "/due",
      ])
    #expect(try faults("penalty", #"{"rule":{"kind":"perDayLate","amount":5}}"#).contains("/rule/days"))
    #expect(
      try faults("penalty", #"{"rule":{"kind":"perDayLate","amount":5,"dueOn":"2026-01-01"}}"#).contains(
        "/rule/receivedOn"))
    #expect(
      try faults(
        "penalty", #"{"rule":{"kind":"perDayLate","amount":5,"days":2,"dueOn":"2026-01-01","receivedOn":"2026-01-03"}}"#
      ) == ["/rule/days"])
    #expect(
      try faults(
        "penalty", #"{"due":1,"credited":1,"rule":{"kind":"perHour","amount":2},"capShare":0.1,"delayLimits":true}"#)
        == ["/capShare", "/contractAmount"])
    #expect(
      try faults(
        "penalty",
        #"{"due":1,"credited":1,"rule":{"kind":"perHour","amount":2},"rules":[{"kind":"perHour","amount":2}]}"#)
        == ["/rule"])
    #expect(
      try faults("penalty", #"{"due":1,"credited":0,"rule":{"kind":"timesMinimumWage","factor":1},"day":"2010-01-01"}"#)
        == [""])
    #expect(
      try faults("penalty", #"{"rule":{"kind":"perAbsence","amount":5,"count":1},"departement":"99"}"#) == [
        "/departement"
      ])
    #expect(
      try faults("penalty", #"{"rule":{"kind":"perAbsence","amount":5,"count":1},"departement":"57","area":"mayotte"}"#)
        == ["/departement"])
  }
}
