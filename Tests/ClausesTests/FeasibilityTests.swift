import Clauses
import Testing

@Suite struct FeasibilityTests {
  private func lot(_ label: String = "Lot", _ fill: (inout Feasibility.Lot) -> Void) -> Feasibility.Lot {
    var lot = Feasibility.Lot(label: label)
    fill(&lot)
    return lot
  }

  private var painting: Feasibility.Lot {
    lot("Peinture") {
      $0.cpv = CPVCode("45442100")
      $0.amount = Euros(420_000)
      $0.durationMonths = 16
      $0.structures = .init(count: 45, listIsPartial: false)
    }
  }

  private var design: Feasibility.Lot {
    lot("Maîtrise d’œuvre") {
      $0.cpv = CPVCode("71200000")
      $0.amount = Euros(180_000)
      $0.durationMonths = 24
      $0.structures = .init(count: 45, listIsPartial: false)
    }
  }

  private func assess(_ lots: Feasibility.Lot...) throws -> Feasibility.Sheet {
    try FeasibilityRules(figures: Reference.figures(), on: Reference.today).assess(lots)
  }

  private func one(_ fill: (inout Feasibility.Lot) -> Void) throws -> Feasibility.LotSheet {
    try #require(try assess(lot("Lot", fill)).lots.first)
  }

  @Test func `a lot that meets the four criteria is favourable, with its hours`() throws {
    let sheet = try #require(try assess(painting).lots.first)
    #expect(Feasibility.Criterion.allCases.map { sheet.verdicts[$0]?.outcome } == [.yes, .yes, .yes, .yes])
    #expect(sheet.score == 8 && sheet.outOf == 8)
    #expect(sheet.level == .favourable)
    #expect(sheet.hours?.usual == Hours(490))
    #expect(sheet.hours?.low == Hours(327) && sheet.hours?.high == Hours(1176))
    #expect(sheet.hours?.formula.plain == "420 000 € × 70 % × 5 % ÷ 30 €")
    #expect(sheet.advice.isEmpty && sheet.waysIn.isEmpty && sheet.suppliers == nil)
    #expect(sheet.verdicts[.duration]?.reason.plain == "16 mois prévus, pour un minimum de 2 mois.")
  }

  @Test func `high technicity comes with the ways in, and is no refusal`() throws {
    let sheet = try #require(try assess(design).lots.first)
    #expect(sheet.verdicts[.nature]?.outcome == .no)
    #expect(sheet.score == 6 && sheet.outOf == 8)
    #expect(sheet.level == .possible)
    let ways = sheet.waysIn.joined(separator: " ").lowercased()
    for word in ["support", "alternance", "adaptées"] { #expect(ways.contains(word), "\(word)") }
    #expect(sheet.hours?.usual == Hours(210))
    #expect(sheet.derivation.findings.map(\.code) == ["nature.no"])
    #expect(sheet.advice.contains { $0.contains("plutôt que d’y renoncer") })
  }

  @Test func `outside the highly technical segments the ways in are the general ones`() throws {
    let stated = try one {
      $0.cpv = CPVCode("45442100")
      $0.technicity = .high
    }
    #expect(stated.waysIn.count == 3 && stated.waysIn[1].hasPrefix("Alternance"))
    #expect(stated.verdicts[.nature]?.reason.plain.contains("indiquée par vous") == true)
    let insurance = try one { $0.cpv = CPVCode("66510000") }
    #expect(insurance.waysIn == stated.waysIn)
    #expect(insurance.verdicts[.nature]?.reason.contains("Assurance et finance") == true)
  }

  @Test func `a short and small lot with few structures is weighed, not refused`() throws {
    let sheet = try one {
      $0.cpv = CPVCode("90910000")
      $0.amount = Euros(60_000)
      $0.durationMonths = 1
      $0.structures = .init(count: 3, listIsPartial: false)
    }
    #expect(Feasibility.Criterion.allCases.map { sheet.verdicts[$0]?.outcome } == [.probable, .probable, .yes, .no])
    #expect(sheet.score == 4 && sheet.outOf == 8)
    #expect(sheet.level == .possible)
    #expect(sheet.hours?.usual == Hours(134))
    #expect(sheet.advice.count == 3)
    #expect(
      sheet.verdicts[.amount]?.reason.plain.hasSuffix("Environ 134 h, pour un seuil de 150 h établi dans la propreté.")
        == true)
    let hard = try one {
      $0.technicity = .high
      $0.durationMonths = 1
      $0.amount = Euros(60_000)
      $0.structures = .init(count: 3, listIsPartial: false)
    }
    #expect(hard.score == 2 && hard.level == .difficult)
    #expect(hard.level.french.contains("ce n’est pas un refus"))
    #expect(!hard.waysIn.isEmpty)
  }

  @Test(
    arguments: [(1, .probable), (2, .yes), (0, .unknown)] as [(Int, Verdict.Outcome)])
  func `the duration is judged at two months`(months: Int, outcome: Verdict.Outcome) throws {
    #expect(try one { $0.durationMonths = months }.verdicts[.duration]?.outcome == outcome)
  }

  @Test(
    arguments: [(99_999, .probable), (100_000, .yes), (0, .unknown)] as [(Int, Verdict.Outcome)])
  func `the amount is judged at the mark of spotting`(euros: Int, outcome: Verdict.Outcome) throws {
    #expect(try one { $0.amount = Euros(euros) }.verdicts[.amount]?.outcome == outcome)
  }

  @Test(
    arguments: [(9, false, .no), (9, true, .unknown), (10, false, .yes), (10, true, .yes)]
      as [(Int, Bool, Verdict.Outcome)])
  func `people are judged by the structures that are known`(
    count: Int, isPartial: Bool, outcome: Verdict.Outcome
  ) throws {
    let sheet = try one { $0.structures = .init(count: count, listIsPartial: isPartial) }
    #expect(sheet.verdicts[.people]?.outcome == outcome)
    #expect(sheet.advice.isEmpty == (outcome == .yes))
  }

  @Test func `a lot of which nothing is known asks to be completed`() throws {
    let sheet = try one { _ in }
    #expect(sheet.outOf == 0 && sheet.level == .toComplete && sheet.hours == nil)
    #expect(sheet.derivation.findings.count == 4)
    #expect(sheet.derivation.findings.allSatisfy { $0.level == .information && $0.place == "Lot" })
    #expect(try one { $0.durationMonths = 12 }.level == .toComplete, "one criterion known of four")
    let unestimated = try one {
      $0.cpv = CPVCode("66510000")
      $0.amount = Euros(200_000)
    }
    #expect(unestimated.advice.contains { $0.hasPrefix("Heures non estimées") })
  }

  @Test func `several lots have totals and advice on allotment`() throws {
    let thin = lot("Nettoyage") {
      $0.cpv = CPVCode("90910000")
      $0.amount = Euros(60_000)
      $0.durationMonths = 12
      $0.structures = .init(count: 45, listIsPartial: false)
      $0.suppliers = 11
    }
    let sheet = try assess(painting, design, thin)
    #expect(sheet.amount == Euros(660_000))
    #expect(sheet.hours.usual == Hours(490 + 210 + 134))
    #expect(sheet.hours.low <= sheet.hours.usual && sheet.hours.usual <= sheet.hours.high)
    #expect(sheet.unestimated == 0)
    #expect(
      sheet.allotment.map(\.plain) == [
        "Nettoyage : moins de 150 h ; regroupez, ou reportez l’effort sur les autres lots.",
        "Maîtrise d’œuvre : si des tâches accessibles s’en détachent, faites-en un lot.",
        "Nettoyage : assez de fournisseurs inclusifs pour étudier une réservation.",
        "Commencez par Peinture et Nettoyage : c’est là qu’une clause prend le mieux.",
      ])
    #expect(sheet.derivation.steps.contains { $0.label == "Total des 3 lots estimés sur 3" })
    #expect(
      try assess(thin).allotment.first?.plain
        == "Nettoyage : moins de 150 h ; un lot plus large porterait mieux une clause.")
    #expect(try assess(painting).allotment == ["Rien dans ces éléments n’appelle un autre découpage."])
    #expect(sheet == sheet)
  }

  @Test(
    arguments: [
      (31, 90_000, 1_000_000, .reserveWhole), (31, 299_999, 1_000_000, .reserveWhole),
      (31, 300_000, 1_000_000, .reserveLot), (31, 90_000, nil, .reserveLot), (31, 90_000, 0, .reserveLot),
      (30, 90_000, 1_000_000, .reserveLot), (11, 90_000, 1_000_000, .reserveLot), (10, 90_000, 1_000_000, .clause),
      (2, 90_000, nil, .clause), (1, 90_000, nil, .none), (0, 90_000, nil, .none),
    ] as [(Int, Int, Int?, Feasibility.SupplierAdvice)])
  func `suppliers and the weight of the budget suggest a reservation or a clause, strictly compared`(
    count: Int, budget: Int, turnover: Int?, advice: Feasibility.SupplierAdvice
  ) throws {
    let sheet = try one {
      $0.amount = Euros(budget)
      $0.suppliers = count
      $0.meanTurnover = turnover.map { Euros($0) }
    }
    #expect(sheet.suppliers == advice)
    #expect(sheet.advice.contains(advice.french))
  }

  @Test func `levels and advice have French sentences`() {
    #expect(Feasibility.Level.allCases.allSatisfy { $0.french.hasSuffix(".") })
    #expect(Feasibility.SupplierAdvice.allCases.allSatisfy { $0.french.hasSuffix(".") })
    #expect(Feasibility.Criterion.allCases.map(\.french) == ["Durée", "Montant", "Nature", "Publics"])
  }

  @Test func `no combination of answers is ever a refusal, and the score keeps within its bounds`() throws {
    let rules = try FeasibilityRules(figures: Reference.figures(), on: Reference.today)
    for seed in UInt64(0)..<1000 {
      var dice = SeededGenerator(seed)
      let given = lot {
        $0.cpv = ["45442100", "71200000", "66510000", nil].randomElement(using: &dice).flatMap { $0 }.flatMap {
          CPVCode($0)
        }
        $0.amount = [nil, 0, 50_000, 500_000].randomElement(using: &dice).flatMap { $0 }.map { Euros($0) }
        $0.durationMonths = [nil, 0, 1, 2, 48].randomElement(using: &dice).flatMap { $0 }
        $0.technicity = [nil, .low, .high].randomElement(using: &dice).flatMap { $0 }
        $0.structures = [nil, 0, 10].randomElement(using: &dice).flatMap { $0 }
          .map { .init(count: $0, listIsPartial: seed.isMultiple(of: 2)) }
      }
      let sheet = rules.assess([given])
      let one = try #require(sheet.lots.first)
      #expect((0...one.outOf).contains(one.score), "seed \(seed)")
      #expect(sheet.derivation.isFree, "seed \(seed)")
      let isHigh = one.verdicts[.nature]?.outcome == .no
      #expect(one.waysIn.isEmpty != isHigh, "seed \(seed)")
      if one.level == .favourable { #expect(!one.verdicts.values.contains { $0.outcome == .no }, "seed \(seed)") }
      for text in one.advice + sheet.allotment { #expect(text.hasSuffix("."), "seed \(seed)\(text)") }
    }
  }
}
