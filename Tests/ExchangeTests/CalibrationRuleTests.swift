import Clauses
import Testing

@testable import Exchange

@Suite struct CalibrationRuleTests {
  private func ask(_ json: String) throws -> RuleJSON {
    let today = try #require(Day("2026-11-21"))
    return try Rule.calibration.answer(Array(json.utf8), .init(figures: ReferenceFacts.figures(), today: today))
  }

  private func faults(_ json: String) throws -> [String] {
    let error = #expect(throws: RuleFaults.self) { _ = try ask(json) }
    return (error?.all ?? []).map(\.pointer)
  }

  @Test func `T1 is answered as the contract of the rule says`() throws {
    let answer = try ask(Rule.calibration.example)
    #expect(answer["hours"] == .number("833"))
    #expect(answer["exact"] == .text("833.33"))
    #expect(answer["worthwhile"] == .flag(true))
    guard case .list(let steps)? = answer["steps"], case .list(let findings)? = answer["findings"] else {
      Issue.record("steps and findings are lists")
      return
    }
    #expect(steps.count == 5 && findings.count == 1)
    #expect(answer["used"]?["labourShare"] == .number("0.5"))
  }

  @Test(
    arguments: [
      (
        #"{"method":"cleaningTakeover","amount":600000,"months":36,"monthlyHoursTakenOver":300,"insertionRate":0.2,"hourlyCost":25}"#,
        "2640", "2640", true
      ),
      (
        #"{"method":"cleaningTakeover","amount":30000,"months":12,"monthlyHoursTakenOver":50,"insertionRate":0.2,"hourlyCost":25}"#,
        "120", "120", false
      ),
      (
        #"{"method":"cleaningTakeover","amount":60000,"months":12,"monthlyHoursTakenOver":200,"insertionRate":0.2,"hourlyCost":25}"#,
        "0", "0", false
      ),
      (
        #"{"method":"perInvoiced","eurosPerHour":2000,"trigger":2700000,"invoiced":3001999,"catchUp":false}"#, "150",
        "150", true
      ),
      (#"{"method":"perInvoiced","eurosPerHour":2000,"trigger":2700000,"invoiced":2700000}"#, "0", "0", false),
      (
        #"{"method":"perInvoiced","eurosPerHour":2000,"trigger":2700000,"invoiced":2700000,"catchUp":true}"#, "1350",
        "1350", true
      ),
      (#"{"method":"fullTimeEquivalent","count":2}"#, "3214", "3214", true),
      (#"{"method":"fullTimeEquivalent","count":0.5,"basis":"paid"}"#, "910", "910", true),
      (#"{"method":"fullTimeEquivalent","count":1,"hoursPerYear":1600.5}"#, "1601", "1600.5", true),
      (#"{"method":"labourHours","hours":40000,"insertionRate":0.05}"#, "2000", "2000", true),
      (#"{"method":"scale","amount":199999}"#, "300", "300", true),
      (
        #"{"method":"labourShare","amount":900000,"labourShare":0.35,"insertionRate":0.05,"hourlyCost":32}"#, "492",
        "492.19", true
      ),
      (
        #"{"method":"labourShare","amount":1000000,"labourShare":0.5,"insertionRate":0.05,"hourlyCost":30,"rounding":"up","roundTo":70}"#,
        "840", "833.33", true
      ),
      (#"{"method":"labourShare","amount":1000000,"cpv":"45210000"}"#, "833", "833.33", true),
    ] as [(String, String, String, Bool)])
  func `every method answers hours, exact hours and whether it is worth it`(
    json: String, hours: String, exact: String, isWorthwhile: Bool
  ) throws {
    let answer = try ask(json)
    #expect(answer["hours"] == .number(hours))
    #expect(answer["exact"] == .text(exact))
    #expect(answer["worthwhile"] == .flag(isWorthwhile))
  }

  @Test func `a question asked backwards is answered beside the hours`() throws {
    let without = try ask(
      #"{"method":"labourShare","amount":1000000,"labourShare":0.5,"hourlyCost":30,"wanted":{"find":"insertionRate","hours":500}}"#
    )
    #expect(without["wanted"]?["value"] == .number("0.03"))
    #expect(without["hours"] == .number("500"))
    let with = try ask(
      #"{"method":"labourShare","amount":1000000,"labourShare":0.5,"insertionRate":0.05,"hourlyCost":30,"wanted":{"find":"amount"}}"#
    )
    #expect(with["hours"] == .number("833"))
    #expect(with["wanted"]?["value"] == .number("180000.00"))
    #expect(with["wanted"]?["target"] == .number("150"))
    let never = try ask(#"{"method":"scale","wanted":{"find":"amount","hours":901}}"#)
    #expect(never["hours"] == .null && never["wanted"]?["value"] == .null && never["worthwhile"] == .flag(false))
    let hours = try ask(#"{"method":"labourHours","insertionRate":0.05,"wanted":{"find":"hours","hours":2000}}"#)
    #expect(hours["wanted"]?["value"] == .number("40000"))
    let posts = try ask(#"{"method":"fullTimeEquivalent","count":1,"wanted":{"find":"count","hours":3214}}"#)
    #expect(posts["wanted"]?["value"] == .number("2") && posts["hours"] == .number("1607"))
    let invoiced = try ask(#"{"method":"perInvoiced","eurosPerHour":2000,"wanted":{"find":"invoiced","hours":150}}"#)
    #expect(invoiced["wanted"]?["value"] == .number("300000.00"))
    let share = try ask(
      #"{"method":"labourShare","amount":1000000,"labourShare":0.5,"insertionRate":0.05,"hourlyCost":30,"wanted":{"find":"labourShare","hours":500}}"#
    )
    #expect(share["wanted"]?["value"] == .number("0.3"))
  }

  @Test func `all methods that apply are compared, and past lots with them`() throws {
    let answer = try ask(
      #"{"method":"compare","amount":2400000,"labourShare":0.45,"insertionRate":0.05,"hourlyCost":32,"months":16,"count":1,"past":[{"label":"2024","amount":100000,"hours":80},{"amount":200000,"hours":120}]}"#
    )
    #expect(answer["low"] == .number("1688") && answer["high"] == .number("2143"))
    #expect(answer["median"] == .number("1915.5"))
    guard case .list(let methods)? = answer["methods"], case .list(let excluded)? = answer["excluded"] else {
      Issue.record("methods and excluded are lists")
      return
    }
    #expect(methods.map { $0["method"] } == [.text("labourShare"), .text("fullTimeEquivalent")])
    guard case .list(let beside)? = answer["beside"] else { throw RuleFaults([]) }
    #expect(beside.map { $0["method"] } == [.text("scale")] && beside.first?["hours"] == .number("900"))
    #expect(excluded.count == 3)
    #expect(answer["standing"]?["ratio"] == .number("79.81"))
    #expect(answer["standing"]?["position"] == .text("upperHalf"))
    let one = try ask(
      #"{"method":"labourShare","amount":1000000,"cpv":"45210000","past":[{"label":"a","amount":100000,"hours":80}]}"#)
    #expect(one["standing"]?["median"] == .number("80"))
    #expect(try ask(#"{"method":"compare"}"#)["low"] == .null)
  }

  @Test func `faults are told with their places`() throws {
    #expect(try faults(#"{"method":"labourShare","amount":1}"#) == ["/labourShare", "/insertionRate", "/hourlyCost"])
    #expect(try faults(#"{"amount":-1,"method":"scale"}"#) == ["/amount"])
    #expect(try faults(#"{"method":"sums","amount":1}"#) == ["/method"])
    #expect(try faults(#"{"method":"scale","amount":1,"montant":2}"#) == ["/montant"])
    #expect(try faults(#"{"method":"scale","amount":"mille"}"#) == ["/amount"])
    #expect(try faults(#"{"method":"perInvoiced","eurosPerHour":0,"invoiced":3}"#) == ["/eurosPerHour"])
    #expect(try faults(#"{"method":"scale","amount":1,"wanted":{"find":"count","hours":3}}"#) == ["/wanted"])
    #expect(try faults(#"{"method":"compare","amount":1,"wanted":{"find":"amount"}}"#) == ["/wanted"])
    #expect(try faults(#"{"method":"scale","amount":1,"past":[{"hours":1}]}"#) == ["/past/0/amount"])
  }

  @Test func `figures that are missing for a day are told`() throws {
    let error = #expect(throws: RuleFaults.self) {
      _ = try Rule.calibration.answer(
        Array(Rule.calibration.example.utf8), .init(figures: Figures(.init()), today: #require(Day("2026-11-21"))))
    }
    #expect(error?.all.first?.sentence.contains("calibration.cleaningFloor") == true)
  }
}
