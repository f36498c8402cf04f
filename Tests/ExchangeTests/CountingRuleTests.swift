import Clauses
import Exchange
import Testing

/// The answer of a rule to a JSON text, on 21 November 2026.
func answer(_ name: String, _ json: String) throws -> RuleJSON {
  let context = Rule.Context(figures: try ReferenceFacts.figures(), today: try #require(Day("2026-11-21")))
  return try #require(Rule.named(name)).answer(Array(json.utf8), context)
}

/// The pointers of the faults that a rule tells.
func pointers(_ name: String, _ json: String) throws -> [String] {
  do {
    _ = try answer(name, json)
    return []
  } catch let faults as RuleFaults {
    return faults.all.map(\.pointer)
  }
}

extension RuleJSON {
  /// The item of a list; null for other values.
  subscript(index: Int) -> RuleJSON {
    guard case .list(let items) = self, items.indices.contains(index) else { return .null }
    return items[index]
  }
}

@Suite struct CountingRuleTests {
  private let p3 = """
    {"person": "P3", "month": "2026-12", "modality": "EMBAUCHE_CDD", "contractStart": "2026-12-01",
      "decision": "2026-12-10", "eligibleAtHire": true, "lateReason": "Pièce reçue tard", "worked": 140,
      "splits": [{"day": "2026-12-10", "worked": 42}]}
    """

  @Test func `P3 is credited 98, 0 or 140 hours, side by side`() throws {
    let result = try answer("counting", Rule.named("counting")?.example ?? "")
    #expect(result["credited"] == .number("98"))
    #expect(result["base"] == .number("140"))
    #expect(result["notCredited"]?[0]["reason"] == .text("beforeValidation"))
    #expect(result["entries"]?[0]["notCredited"]?[0]["hours"] == .number("42"))
    let sides = try #require(result["comparison"]?["policies"])
    #expect([sides[0], sides[1], sides[2]].map { $0["credited"] } == [.number("98"), .number("0"), .number("140")])
    #expect(result["comparison"]?["differences"]?[1]["hours"] == .number("42"))
    #expect(result["comparison"]?["differences"]?[0]["terms"]?[0]["reason"] == .text("lateValidation"))
  }

  @Test func `one policy gives no comparison, and shows where each option comes from`() throws {
    let plain = try answer("counting", "{\"from\": \"2026-12-01\", \"facts\": [\(p3)]}")
    #expect(plain["comparison"] == .null && plain["credited"] == .number("98"))
    let one = try answer(
      "counting", "{\"from\": \"2026-12-01\", \"facts\": [\(p3)], \"policy\": {\"lateValidation\": \"fromHire\"}}")
    #expect(one["credited"] == .number("140"))
    let layers = """
      {"from": "2026-12-01", "to": "2028-03-31", "facts": [\(p3)], "layers": [
        {"level": "lot", "name": "Lot 1", "policy": {"lateValidation": "nothing"}},
        {"level": "buyer", "name": "Val-Fleuri", "policy": {"lateValidation": "fromHire", "tutoring": "apart"}}]}
      """
    let inherited = try answer("counting", layers)
    #expect(inherited["credited"] == .number("0"))
    #expect(inherited["policy"]?[11]["origin"] == .text("lot (Lot 1)"))
    #expect(inherited["policy"]?[5]["origin"] == .text("donneur d’ordre (Val-Fleuri)"))
    #expect(inherited["policy"]?[0]["origin"] == .text("données de référence"))
  }

  @Test func `every option of a policy is read`() throws {
    let json = """
      {"from": "2026-12-01", "policy": {"name": "tout", "unit": "paid", "sickness": "included", "leave": "included",
        "publicHolidays": "included", "training": "shortBlocks", "trainingBlockUnder": 21, "tutoring": "apart",
        "weights": {"woman": 1.5}, "directHireMonths": 20, "permanentHireMonths": 48, "alreadyInPost": "whenEligible",
        "subcontract": "invoice", "hourlyRate": 25, "lateValidation": "fromHire"},
      "facts": [
        {"person": "S", "month": "2027-01", "modality": "ST_EI", "contractStart": "2026-12-01", "decision": "2026-11-02",
          "invoice": 2500, "situations": ["woman"]},
        {"person": "T", "month": "2027-01", "modality": "MAD_ETTI", "contractStart": "2026-12-01", "decision": "2026-11-02",
          "alreadyInPost": true, "eligibleAtHire": true, "worked": 120, "paid": 151.67, "tutoring": 2, "insertionHours": 120,
          "absences": {"leave": 7}, "trainingBlocks": [{"hours": 7}, {"hours": 14, "whole": 35}]},
        {"person": "U", "month": "2027-01", "modality": "MAD_AI", "contractStart": "2026-12-01",
          "contractEnd": "2027-06-30", "decision": "2026-11-02", "worked": 20, "paid": 20, "training": 20}
      ]}
      """
    let result = try answer("counting", json)
    let entries = try #require(result["entries"])
    #expect(entries[0]["credited"] == .number("150") && entries[0]["bonus"] == .number("50"))
    #expect(entries[1]["credited"] == .number("135.67") && entries[1]["apart"] == .number("2"))
    #expect(entries[2]["credited"] == .number("20"))
    #expect(result["policy"]?[4]["value"] == .text("blocs de moins de 21\u{A0}h seulement"))
  }

  @Test func `what eligibility knows of the days that count is read here too`() throws {
    func credited(_ fact: String, _ policy: String = "{}") throws -> RuleJSON? {
      try answer(
        "counting",
        """
        {"from": "2022-01-01", "ccag": "industrial", "policy": \(policy), "facts": [
          {"person": "P", "month": "2026-05", "modality": "EMBAUCHE_CDD", "worked": 120, \(fact)}]}
        """)["credited"]
    }
    let hired = #""contractStart": "2024-03-15", "decision": "2024-03-15""#
    #expect(try credited(hired) == .number("0"))
    #expect(
      try credited(hired + #", "suspensions": [{"from": "2024-06-01", "until": "2024-12-31"}]"#) == .number("120"))
    #expect(
      try credited(hired + #", "category": "RSA""#, #"{"windows": [{"category": "RSA", "months": 30}]}"#)
        == .number("120"))
    let late = #""contractStart": "2026-01-15", "decision": "2025-06-01""#
    #expect(try credited(late) == .number("0"))
    #expect(try credited(late, #"{"decisionMonths": 12}"#) == .number("120"))
    #expect(try credited(late + #", "firstHiredOn": "2025-06-02""#) == .number("120"))
    let lent = try answer(
      "counting",
      """
      {"from": "2022-01-01", "ccag": "industrial", "policy": {"otherMonths": 60}, "facts": [
        {"person": "P", "month": "2026-03", "modality": "MAD_ETTI", "contractStart": "2022-04-15",
          "decision": "2022-04-15", "worked": 120}]}
      """)
    #expect(lent["credited"] == .number("120"))
    #expect(lent["articles"]?[0] == .text("CCAG-MI, article 17.1.2"))
    #expect(
      try answer("obligation", #"{"minimum": 1, "ccag": "projectManagement"}"#)["articles"]?[0]
        == .text("CCAG-MOE, article 18.1"))
  }

  @Test func `faults are told with their place`() throws {
    func faults(_ rest: String, fact: String = "") throws -> [String] {
      let entry =
        fact.isEmpty
        ? p3
        : "{\"person\": \"P\", \"month\": \"2026-12\", \"modality\": \"MAD_AI\", \"contractStart\": \"2026-12-01\", \(fact)}"
      return try pointers("counting", "{\"from\": \"2026-12-01\"\(rest), \"facts\": [\(entry)]}")
    }
    #expect(try pointers("counting", "{}") == ["/from", "/facts"])
    #expect(try faults(", \"to\": \"2026-11-30\"") == ["/to"])
    #expect(try faults(", \"policy\": {}, \"policies\": [{\"name\": \"a\"}]") == ["/policy"])
    #expect(try faults(", \"policies\": []") == ["/policies"])
    #expect(try faults(", \"policy\": {\"trainingBlockUnder\": 7}") == ["/policy/trainingBlockUnder"])
    #expect(try faults(", \"policy\": {\"training\": \"shortBlocks\"}") == [])
    #expect(try faults(", \"policy\": {\"training\": \"excluded\"}") == [])
    #expect(try faults(", \"policy\": {\"training\": \"included\", \"subcontract\": \"insertionHours\"}") == [])
    #expect(try faults(", \"policy\": {\"hourlyRate\": 7}") == ["/policy/hourlyRate"])
    #expect(try faults(", \"policy\": {\"subcontract\": \"invoice\"}") == ["/policy/hourlyRate"])
    #expect(
      try faults(", \"policy\": {\"weights\": {\"woman\": 6, \"man\": 1}}") == [
        "/policy/weights/woman", "/policy/weights/man",
      ])
    #expect(try faults(", \"layers\": [{\"level\": \"lot\"}]") == ["/layers/0/name", "/layers/0/policy"])
    #expect(try faults("", fact: "\"worked\": 100001") == ["/facts/0/worked"])
    #expect(try faults("", fact: "\"worked\": 10, \"training\": 11") == ["/facts/0/training"])
    #expect(
      try faults("", fact: "\"worked\": 10, \"training\": 1, \"trainingBlocks\": [{\"hours\": 1}]") == [
        "/facts/0/training"
      ])
    #expect(
      try faults("", fact: "\"worked\": 10, \"splits\": [{\"day\": \"2027-01-01\", \"worked\": 1}]") == [
        "/facts/0/splits"
      ])
    #expect(try faults("", fact: "\"paid\": 10") == ["/facts/0/worked"])
  }
}

@Suite struct ObligationRuleTests {
  @Test func `the two cases of a consortium: divided 175.2 hours of B, not divided 168 of all`() throws {
    let example = Rule.named("obligation")?.example ?? ""
    let divided = try answer("obligation", example)
    #expect(divided["missing"] == .number("175.2") && divided["debt"] == .text("several"))
    #expect(divided["members"]?[1]["due"] == .number("675.2"))
    #expect(divided["owed"]?[0]["by"] == .list([.text("B")]))
    let joint = try answer("obligation", example.replacing("several", with: "joint"))
    #expect(joint["missing"] == .number("168") && joint["owed"]?[0]["hours"] == .number("168"))
  }

  @Test func `a framework, its tranches and amendments are read`() throws {
    let json = """
      {"day": "2027-06-30", "minimum": 100, "offer": 150, "basis": "offer", "private": true,
        "tranches": [{"name": "TC1", "hours": 50, "confirmedOn": "2027-01-01"}],
        "amendments": [{"day": "2027-02-01", "hours": -20}],
        "framework": {"eurosPerHour": 2000, "trigger": 2700000},
        "orders": [{"day": "2027-01-01", "amount": 4000000}],
        "invoices": [{"day": "2027-01-01", "amount": 3001999, "eurosPerHour": 2000}]}
      """
    let result = try answer("obligation", json)
    #expect(result["fixed"] == .number("180") && result["due"] == .number("330"))
    #expect(result["forecast"] == .number("830") && result["articles"] == .list([]))
    #expect(result["debt"] == .null && result["owed"]?[0]["by"] == .list([]))
  }

  @Test func `faults are told with their place`() throws {
    #expect(try pointers("obligation", "{}") == ["/minimum"])
    #expect(try pointers("obligation", #"{"minimum":1,"basis":"offer"}"#) == ["/offer"])
    #expect(try pointers("obligation", #"{"offer":1,"basis":"minimum"}"#) == ["/minimum"])
    #expect(try pointers("obligation", #"{"framework":{"eurosPerHour":0}}"#) == ["/framework/eurosPerHour"])
    #expect(try pointers("obligation", #"{"minimum":1000000001}"#) == ["/minimum"])
    #expect(
      try pointers("obligation", #"{"minimum":1,"orders":[{"day":"2027-01-01","amount":100000000001}]}"#)
        == ["/invoices"])
    #expect(
      try pointers("obligation", #"{"minimum":1,"credits":[{"day":"2027-01-01","hours":1,"member":"X"}]}"#)
        == ["/credits/0/member"])
    func consortium(_ text: String) throws -> [String] {
      try pointers(
        "obligation",
        #"{"minimum":1,"invoices":[{"day":"2027-01-01","amount":1,"member":"Z"}],"consortium":"# + text + "}")
    }
    let expected: [(String, [String])] = [
      (#"{"debt":"several","members":[{"name":"A","share":0.5},{"name":"Z","share":0.4}]}"#, ["/consortium/members"]),
      (#"{"debt":"several","members":[{"name":"Z"}]}"#, ["/consortium/members/0/share"]),
      (#"{"debt":"several","split":"amount","members":[{"name":"Z"}]}"#, ["/consortium/members/0/amount"]),
      (#"{"debt":"joint","members":[{"name":"Z"},{"name":"Z"}]}"#, ["/consortium/members"]),
      (#"{"debt":"joint","members":[{"name":"Z"}],"lead":"B"}"#, ["/consortium/lead"]),
      (#"{"debt":"joint","members":[{"name":"A"}]}"#, ["/invoices"]),
      (#"{"debt":"several","split":"invoices","members":[{"name":"Z"}]}"#, []),
    ]
    for (text, places) in expected { #expect(try consortium(text) == places, "\(text)") }
    #expect(try consortium(#"{"debt":"joint","members":[]}"#).first == "/consortium/members")
  }
}

@Suite struct ProgressRuleTests {
  @Test func `B will miss 400.9 hours, and another person is enough`() throws {
    let result = try answer("progress", Rule.named("progress")?.example ?? "")
    #expect(result["expected"] == .number("295.4") && result["forecast"] == .number("274.29"))
    #expect(result["missingAtEnd"] == .number("400.91") && result["level"] == .text("serious"))
    #expect(result["advised"]?["from"] == .text("2027-07") && result["advised"]?["persons"] == .number("1"))
    #expect(result["whatIf"]?["added"] == .number("803.52") && result["whatIf"]?["missingAtEnd"] == .number("0"))
    #expect(result["curve"]?[6]["expected"] == .number("295.4"))
  }

  @Test func `credited hours come month by month too, with a plan, by days, at the recent pace`() throws {
    let json = """
      {"due": 100, "excused": 10, "from": "2026-10-01", "to": "2027-09-30", "day": "2026-12-31", "curve": "days",
        "pace": "recent", "basis": "paid", "plan": [{"month": "2026-10", "hours": 90}],
        "months": [{"month": "2026-10", "hours": 10}, {"month": "2026-12", "hours": 20}, {"month": "2027-01", "hours": 5}]}
      """
    let result = try answer("progress", json)
    #expect(
      result["credited"] == .number("30") && result["expected"] == .number("90") && result["excused"] == .number("10"))
    #expect(result["whatIf"] == .null)
    let early = try answer(
      "progress", #"{"due":10,"credited":0,"from":"2027-01-01","to":"2027-12-31"}"#)
    #expect(early["day"] == .text("2026-11-21") && early["pace"] == .null && early["advised"] == .null)
  }

  @Test func `faults are told with their place`() throws {
    #expect(try pointers("progress", "{}") == ["/due", "/from", "/to", "/credited"])
    let times = #""from":"2026-12-01","to":"2028-03-31""#
    #expect(try pointers("progress", #"{"due":1,"credited":0,"from":"2027-01-02","to":"2027-01-01"}"#) == ["/to"])
    #expect(try pointers("progress", #"{"due":1,"credited":0,"from":"1900-01-02","to":"2027-01-01"}"#) == ["/to"])
    #expect(try pointers("progress", #"{"due":1000000001,"credited":0,"# + times + "}") == ["/due"])
    let twice = #"[{"month":"2027-01","hours":1},{"month":"2027-01","hours":1}]"#
    #expect(
      try pointers("progress", #"{"due":1,"plan":"# + twice + #","months":"# + twice + "," + times + "}") == [
        "/plan", "/months",
      ])
    #expect(
      try pointers("progress", #"{"due":1,"credited":0,"whatIf":{"persons":0},"# + times + "}") == [
        "/whatIf/from", "/whatIf/persons",
      ])
  }
}
