import Clauses
import Exchange
import Facts
import Testing

@Suite struct EligibilityRuleTests {
  static func context() throws -> Rule.Context {
    let root = String(#filePath.dropLast("Tests/ExchangeTests/EligibilityRuleTests.swift".count))
    return Rule.Context(
      figures: try Facts.figures(in: root + "share/facts"), today: try #require(Day("2026-11-21")))
  }

  static func answer(_ name: String, _ json: String) throws -> RuleJSON {
    try #require(Rule.named(name)).answer(Array(json.utf8), context())
  }

  static func pointers(_ name: String, _ json: String) throws -> [String] {
    do throws(RuleFaults) {
      _ = try Rule.named(name)?.answer(
        Array(json.utf8), Rule.Context(figures: Figures(.init()), today: Day(number: 20_778)))
      return []
    } catch {
      for fault in error.all { #expect(fault.sentence.hasSuffix("."), "\(fault.sentence)") }
      return error.all.map(\.pointer)
    }
  }

  @Test(arguments: ["eligibility", "nir", "exit", "secrecy"])
  func `the example of a rule gives an answer`(name: String) throws {
    let rule = try #require(Rule.named(name))
    let told = try rule.answer(Array(rule.example.utf8), Self.context())
    #expect(told.text().count > 20 && rule.summary.hasSuffix("."))
    #expect(try Self.pointers(name, "[]") == [""])
    #expect(
      try Self.pointers(name, rule.example.replacing("{\"", with: "{\"zzz\": 1, \"", maxReplacements: 1)).contains(
        "/zzz"))
  }

  @Test func `story P1 as JSON`() throws {
    let told = try Self.answer(
      "eligibility",
      """
      {"list": "ccag", "day": "2026-11-02", "hiredOn": "2026-12-01", "modality": "MAD_ETTI",
       "criteria": [{"code": "DELD", "proof": {"type": "AVIS_SITUATION_FRANCE_TRAVAIL", "date": "2026-10-20"}}]}
      """)
    #expect(told["eligible"] == .flag(true) && told["retained"] == .text("DELD") && told["late"] == .flag(false))
    #expect(told["proofValidUntil"] == .text("2027-01-19") && told["decisionValidUntil"] == .text("2027-05-01"))
    #expect(told["countingFrom"] == .text("2026-12-01") && told["countingUntil"] == .text("2028-11-30"))
    #expect(told["eligibleAtHire"] == .flag(true) && told["hire"] == .text("covered"))
  }

  @Test func `stories P2 and P3 as JSON`() throws {
    let second = try Self.answer(
      "eligibility",
      """
      {"day": "2026-12-15", "hiredOn": "2027-01-04", "modality": "EMBAUCHE_CDI", "longOpenEnded": false,
       "criteria": [{"code": "RSA", "proof": {"date": "2026-12-01"}}]}
      """)
    #expect(second["countingFrom"] == .text("2027-01-04") && second["countingUntil"] == .text("2029-01-03"))
    let third = try Self.answer(
      "eligibility",
      """
      {"day": "2026-12-10", "hiredOn": "2026-12-01", "modality": "EMBAUCHE_CDD",
       "criteria": [{"code": "RSA", "proof": {"date": "2026-11-20"}}]}
      """)
    #expect(third["eligible"] == .flag(true) && third["late"] == .flag(true) && third["hire"] == .text("late"))
    #expect(third.text().contains("decisionAfterHire"))
  }

  @Test func `every field is read`() throws {
    let told = try Self.answer(
      "eligibility",
      """
      {"list": "ccag", "versionDay": "2026-01-01", "day": "2026-11-02", "hiredOn": "2026-12-01",
       "modality": "EMBAUCHE_CDI", "structureKind": "EI", "birthDate": "1990-01-01", "prefer": "FRR",
       "criteria": [{"code": "RSA"}, {"code": "FRR", "proof": {"type": "DOMICILE", "date": "2026-10-01", "validUntil": "2026-11-30"}}],
       "local": [{"code": "FRR", "label": "Zone rurale", "proofs": [{"type": "DOMICILE", "label": "domicile", "months": 2}],
                  "under": 60, "over": 18, "atLeast": 20}],
       "windows": [{"category": "FRR", "modality": "EMBAUCHE_CDI", "months": 12, "origin": "coordination"}],
       "decisionMonths": 3, "performanceFrom": "2026-12-15", "performanceUntil": "2027-12-31",
       "suspensions": [{"from": "2027-02-01", "until": "2027-02-10"}],
       "decisions": [{"territory": "Paris", "day": "2026-10-01", "list": "ccag", "code": "RSA", "agreement": true,
                      "proof": {"date": "2026-09-20"}, "hiredOn": "2026-10-05", "modality": "MAD_AI"}]}
      """)
    #expect(told["retained"] == .text("FRR") && told["proofValidUntil"] == .text("2026-11-30"))
    #expect(told["countingFrom"] == .text("2026-12-15") && told["countingUntil"] == .text("2027-12-10"))
    #expect(told["decisionValidUntil"] == .text("2027-02-01"))
    #expect(told["expires"] == .text("2027-12-10"))
    guard case .list(let reuse)? = told["reuse"] else { throw RuleFaults([]) }
    #expect(reuse[0]["reusable"] == .flag(true) && reuse[0]["proofUsable"] == .flag(true))
  }

  @Test func `faults are told where they stand`() throws {
    #expect(
      try Self.pointers("eligibility", #"{"criteria": [{"proof": {"date": 3}}], "decisionMonths": 0}"#)
        == ["/criteria/0/code", "/criteria/0/proof/date", "/decisionMonths"])
    #expect(
      try Self.pointers("eligibility", #"{"suspensions": [{"from": "2026-02-02", "until": "2026-02-01"}]}"#)
        == ["/suspensions/0/until"])
    #expect(
      try Self.pointers("eligibility", #"{"performanceFrom": "2026-02-02", "performanceUntil": "2026-02-01"}"#)
        == ["/performanceUntil"])
    #expect(
      try Self.pointers("eligibility", #"{"decisions": [{}], "local": [{"proofs": [{}]}], "windows": [{}]}"#)
        == [
          "/local/0/code", "/local/0/label", "/local/0/proofs/0/type", "/local/0/proofs/0/label", "/windows/0/months",
          "/decisions/0/territory", "/decisions/0/day", "/decisions/0/code", "/decisions/0/agreement",
        ])
    #expect(try Self.pointers("eligibility", #"{"suspensions": [{}]}"#) == ["/suspensions/0/from"])
    #expect(
      try Self.pointers("eligibility", #"{"criteria": [{"code": "L"}], "local": [{"code": "L", "label": "Ajout"}]}"#)
        == [""],
      "a missing figure is told")
  }

  @Test func `the number is found and never said`() throws {
    let told = try Self.answer("nir", #"{"text": "Appeler le 06 12 34 56 78, NIR 1 85 05 78 006 084 91 merci"}"#)
    #expect(told["found"] == .flag(true) && !told.text().contains("85"))
    guard case .list(let positions)? = told["positions"] else { throw RuleFaults([]) }
    #expect(positions.count == 1 && positions[0]["offset"] == .whole(31) && positions[0]["length"] == .whole(21))
    #expect(positions[0]["key"] == .flag(true) && positions[0]["doubtful"] == .flag(false))
    let wrong = try Self.answer("nir", #"{"text": "NIR 185057800608436"}"#)
    #expect(wrong["found"] == .flag(true) && wrong["sentence"] == .text(NIRDetector.doubtfulSentence))
    let none = try Self.answer("nir", #"{"text": ""}"#)
    #expect(none["found"] == .flag(false) && none["sentence"] == .null && none["positions"] == .list([]))
    #expect(try Self.pointers("nir", "{}") == ["/text"] && Self.pointers("nir", #"{"text": 3}"#) == ["/text"])
  }
}
