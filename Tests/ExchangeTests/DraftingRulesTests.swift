import Clauses
import Exchange
import Testing

@Suite struct DraftingRulesTests {
  private func ask(_ rule: Rule, _ json: String) throws -> RuleJSON {
    let today = try #require(Day("2026-11-21"))
    return try rule.answer(Array(json.utf8), .init(figures: ReferenceFacts.figures(), today: today))
  }

  private func faults(_ rule: Rule, _ json: String) throws -> [String] {
    let error = #expect(throws: RuleFaults.self) { try ask(rule, json) }
    return error?.all.map(\.pointer) ?? []
  }

  private func codes(_ answer: RuleJSON) -> [String] {
    guard case .list(let items)? = answer["findings"] else { return [] }
    return items.compactMap { item in
      guard case .text(let code)? = item["code"] else { return nil }
      return code
    }
  }

  // MARK: - Duty

  private let works = #"{"kind":"contract","category":"works","buyerType":"other","estimatedValue":5404000,"#

  @Test func `duty answers with the fields of its contract`() throws {
    let answer = try ask(
      .duty,
      works + #""sentOn":"2026-09-01","durationMonths":5,"defence":false,"considerations":["execution"]}"#)
    #expect(answer["applies"] == .flag(true) && answer["compliant"] == .flag(true))
    #expect(answer["threshold"] == .number("5404000") && answer["article"] == .text("L2112-2-1"))
    #expect(answer["outcome"] == .text("met"))
  }

  @Test func `J4, J5 and J6 in JSON`() throws {
    let excepted = #""exception":"worksUnderSixMonths","reason":"Cinq mois de chantier""#
    let short = try ask(.duty, works + #""sentOn":"2026-09-01","durationMonths":5,\#(excepted)}"#)
    #expect(short["compliant"] == .flag(true))
    let long = try ask(.duty, works + #""sentOn":"2026-09-01","durationMonths":6,\#(excepted)}"#)
    #expect(long["compliant"] == .flag(false) && codes(long) == ["worksTooLong"])
    let before = try ask(.duty, works + #""sentOn":"2026-08-21"}"#)
    #expect(before["applies"] == .flag(false) && codes(before) == ["beforeLaw"])
  }

  @Test func `J8 in JSON: a concession needs no category, and knows two exceptions`() throws {
    let answer = try ask(
      .duty,
      #"{"kind":"concession","estimatedValue":5404000,"exception":"worksUnderSixMonths","reason":"Court"}"#)
    #expect(answer["applies"] == .flag(true) && answer["compliant"] == .flag(false))
    #expect(codes(answer) == ["exceptionNotForConcessions"])
    guard case .list(let exceptions)? = answer["exceptions"] else { throw RuleFaults([]) }
    #expect(exceptions.compactMap { $0["code"] } == [.text("insufficientLink"), .text("competitionOrDifficulty")])
  }

  @Test func `a private contract is answered from one field`() throws {
    let answer = try ask(.duty, #"{"private":true}"#)
    #expect(answer["applies"] == .flag(false) && answer["compliant"] == .flag(true))
    #expect(answer["threshold"] == .null && answer["article"] == .null)
  }

  @Test func `every fault of duty is told at its place`() throws {
    #expect(
      try faults(.duty, #"{"kind":"marché","buyerType":"other","estimatedValue":-1,"considerations":["autre"],"x":1}"#)
        == ["/kind", "/category", "/estimatedValue", "/considerations/0", "/x"])
  }

  // MARK: - Possibility

  @Test func `possibility says what a reservation asks for`() throws {
    let answer = try ask(
      .possibility,
      #"{"possibility":"reserved","families":["inclusion"],"reservedShare":0.3,"ccag":"works","hours":192}"#)
    #expect(answer["allowed"] == .flag(false) && answer["hoursDue"] == .flag(true))
    #expect(answer["hoursBasis"] == .text("optional") && answer["ccagClause"] == .text("20.1"))
    #expect(codes(answer) == ["reservedShareTooLow"])
    #expect(try faults(.possibility, #"{"families":["x"]}"#) == ["/possibility", "/families/0"])
    #expect(try ask(.possibility, #"{"possibility":"execution","private":true}"#)["ccagClause"] == .null)
  }

  // MARK: - Mapping

  @Test func `mapping gives the values to publish, and reads them back`() throws {
    let answer = try ask(.mapping, #"{"possibility":"executionAndCriterion","noticeSubtype":"16"}"#)
    let values = answer["decp"]?["considerationsSociales"]?["considerationSociale"]
    #expect(values == .list([.text("Clause sociale"), .text("Critère social")]))
    let back = try ask(.mapping, #"{"decp":["Clause sociale","Critère social"]}"#)
    #expect(back["possibilities"] == .list([.text("executionAndCriterion")]) && back["valid"] == .flag(true))
    let none = try ask(.mapping, #"{"possibility":"none"}"#)
    #expect(
      none["decp"]?["considerationsSociales"]?["considerationSociale"]
        == .list([.text("Pas de considération sociale")]))
    let mixed = try ask(.mapping, #"{"decp":["Clause sociale","Pas de considération sociale"]}"#)
    #expect(mixed["valid"] == .flag(false))
    #expect(try faults(.mapping, #"{"decp":["Clause sociale"],"possibility":"none"}"#) == ["/decp"])
    #expect(try faults(.mapping, "{}") == ["/possibility"])
  }

  // MARK: - Consistency

  @Test func `consistency finds the 1 680 hours of the story`() throws {
    let answer = try ask(.consistency, Rule.consistency.example)
    #expect(answer["consistent"] == .flag(false) && answer["faults"] == .number("1"))
    guard case .list(let findings)? = answer["findings"] else { throw RuleFaults([]) }
    #expect(findings.first?["place"] == .text("lot 1, acte d’engagement"))
    #expect(findings.first?["code"] == .text("hoursDiffer"))
  }

  @Test func `consistency reads criteria and every field of a document`() throws {
    let answer = try ask(
      .consistency,
      """
      {"notice":false,"day":"2026-09-07","criteria":[{"kind":"price","label":"Prix","weight":0.6},
       {"kind":"social","weight":0.4,"scope":"company"}],
       "lots":[{"lot":"A","possibility":"criterion","pooling":true,"documents":[{"document":"particularClauses",
        "contact":"c","publics":["p"],"penalty":"60","frequency":"m","reviewClause":true,"pooling":true,
        "localResidents":true,"wording":"w","articles":["R2152-7"],"ccagClause":"16.1","criterionWeight":0.4}]}]}
      """)
    #expect(codes(answer).contains("criterionOnGeneralPolicy") && codes(answer).contains("localPreference"))
    #expect(codes(answer).contains("environmentCriterionMissing"))
    #expect(
      try faults(.consistency, #"{"lots":[{"possibility":"x","documents":[{"document":"y"}]}],"criteria":[{}]}"#)
        == ["/criteria/0/kind", "/lots/0/lot", "/lots/0/possibility", "/lots/0/documents/0/document"])
  }

  @Test(arguments: [Rule.duty, .possibility, .mapping, .consistency].map(\.name))
  func `each example is answered, with its steps and the texts of its articles`(name: String) throws {
    let rule = try #require(Rule.named(name))
    let answer = try ask(rule, rule.example)
    guard case .list(let steps)? = answer["steps"], case .list(let figures)? = answer["figures"] else {
      throw RuleFaults([])
    }
    #expect(!rule.fields.isEmpty && rule.summary.hasSuffix("."))
    #expect(!figures.isEmpty && (!steps.isEmpty || name == "consistency"))
  }

  @Test func `a table that misses its figures is told instead of guessed`() throws {
    let empty = Rule.Context(figures: Figures(.init()), today: try #require(Day("2026-11-21")))
    for name in ["duty", "possibility", "mapping", "consistency"] {
      let rule = try #require(Rule.named(name))
      #expect(throws: RuleFaults.self) { try rule.answer(Array(rule.example.utf8), empty) }
    }
    #expect(throws: RuleFaults.self) {
      try Rule.mapping.answer(Array(#"{"decp":["Clause sociale"]}"#.utf8), empty)
    }
  }
}
