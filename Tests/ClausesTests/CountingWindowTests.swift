import Clauses
import Testing

/// Eligibility and counting read the same days.
@Suite struct CountingWindowTests {
  private let always = Counting.Performance(from: day(2019, 1, 1), to: nil)

  private func count(
    _ name: String, as modality: Modality, start: Day, decision: Day?, worked: Int = 120,
    _ change: (inout CountingFact.Placement) -> Void = { _ in }
  ) throws -> Counting {
    let entry = try fact(
      name, as: modality, start: start, decision: decision, RawHours(worked: Hours(worked)), change)
    return Counting([entry], policy: try policy(), performance: always)
  }

  @Test func `someone lent counts as long as eligibility says, and no longer`() throws {
    let hired = day(2022, 4, 15)
    let clock = try Eligibility.decided(person([claim("RSA", hired)], on: hired, hired: hired, .lentByETTI)).counting
    #expect(clock?.until == day(2024, 4, 14))
    #expect(try count("2024-03", as: .lentByETTI, start: hired, decision: hired).credited == Hours(120))
    let late = try count("2026-03", as: .lentByETTI, start: hired, decision: hired)
    #expect(late.credited == Hours(0))
    #expect(
      late.entries.first?.notCredited.map(\.sentence.plain) == [
        "120 h : au-delà de 24 mois depuis l’embauche du 15/04/2022"
      ])
    #expect(late.derivation.findings.map(\.code) == ["countedMonthsByDefault"])
  }

  @Test func `a suspension pushes what counts as it pushes the clock`() throws {
    let hired = day(2024, 3, 15)
    let suspension = try #require(EligibilitySuspension(from: day(2024, 6, 1), until: day(2024, 12, 31)))
    let clock = try Eligibility.decided(
      person([claim("RSA", hired)], on: hired, hired: hired, .fixedTermHire) { $0.suspensions = [suspension] }
    ).counting
    #expect(clock?.until == day(2026, 10, 14))
    func credited(_ name: String) throws -> Hours {
      try count(name, as: .fixedTermHire, start: hired, decision: hired) { $0.suspensions = [suspension] }.credited
    }
    #expect(try credited("2026-05") == Hours(120) && credited("2026-09") == Hours(120))
    #expect(try credited("2026-10") == Hours(0), "the limit falls within the month")
    #expect(try credited("2026-11") == Hours(0))
    #expect(try count("2026-05", as: .fixedTermHire, start: hired, decision: hired).credited == Hours(0))
  }

  @Test func `a decision that had lapsed before the hire credits nothing, and says so`() throws {
    let lapsed = try count("2026-02", as: .fixedTermHire, start: day(2026, 1, 15), decision: day(2020, 1, 1))
    #expect(lapsed.credited == Hours(0))
    let finding = try #require(lapsed.derivation.findings.first)
    #expect(finding.code == "decisionLapsed" && finding.level == .fault && finding.place == "facts/0")
    #expect(
      finding.sentence.plain
        == "P, février 2026 : la décision du 01/01/2020 ne valait que jusqu’au 30/06/2020, avant l’embauche du 15/01/2026."
    )
    #expect(lapsed.notCredited.map(\.reason) == [.decisionLapsed])
    let onTime = try count("2026-02", as: .fixedTermHire, start: day(2026, 1, 15), decision: day(2025, 7, 16))
    #expect(onTime.credited == Hours(120) && onTime.derivation.findings.isEmpty)
    let again = try count("2026-02", as: .fixedTermHire, start: day(2026, 1, 15), decision: day(2025, 3, 1)) {
      $0.opened = day(2025, 4, 1)
    }
    #expect(again.credited == Hours(120), "the days opened by the first contract go on")
    let over = try count("2027-05", as: .fixedTermHire, start: day(2026, 1, 15), decision: day(2025, 3, 1)) {
      $0.opened = day(2025, 4, 1)
    }
    #expect(over.notCredited.map(\.reason) == [.afterCountedMonths])
  }

  @Test func `hours without any decision are to be looked at, and count no more than before`() throws {
    let none = try count("2026-02", as: .fixedTermHire, start: day(2026, 1, 15), decision: nil)
    #expect(none.credited == Hours(0) && none.notCredited.map(\.reason) == [.notValidated])
    #expect(none.derivation.findings.map(\.code) == ["decisionMissing"])
    #expect(none.derivation.findings.map(\.level.french) == ["à vérifier"])
  }

  @Test func `a territory's months and a contract's hold in both stages`() throws {
    var layer = Figures.Contents()
    layer.counts = [
      Figure(
        id: "eligibility.countingMonths.MAD_AI", label: "durée du territoire", value: 18, unit: "mois",
        source: "coordination", status: .memory)
    ]
    let figures = try Reference.figures().overlaying(layer)
    var derivation = Derivation()
    func inherited(_ change: (inout PolicyLayer.Options) -> Void = { _ in }) throws -> CountingPolicy {
      var options = PolicyLayer.Options()
      change(&options)
      return try InheritedPolicy(
        [PolicyLayer(level: .lot, name: "L", options: options)], figures: figures, on: Reference.today,
        into: &derivation
      ).policy
    }
    #expect(try inherited().countedMonths(of: .lentByAI) == 18 && inherited().countedMonths(of: .lentByETTI) == 24)
    let chosen = try inherited { $0.otherMonths = 36 }
    #expect(chosen.countedMonths(of: .lentByAI) == 36 && chosen.countedMonths(of: .fixedTermHire) == 24)
    let narrow = try inherited {
      $0.directHireMonths = 12
      $0.windows = [.init(months: 20), .init(category: "RSA", modality: .fixedTermHire, months: 30)]
    }
    #expect(narrow.countedMonths(of: .fixedTermHire, category: "RSA") == 30)
    #expect(narrow.countedMonths(of: .fixedTermHire, category: "QPV") == 20)
    #expect(narrow.french(.windows).plain == "20 mois (tous) et 30 mois (RSA, embauche en CDD)")
  }

  @Test func `both stages count the same days, whatever the dates, suspensions and choices`() throws {
    let figures = try Reference.figures()
    var inside = 0
    var outside = 0
    for seed in UInt64(0)..<300 {
      var dice = SeededGenerator(seed)
      let decided = day(2024, 1, 1).adding(days: Int.random(in: 0...300, using: &dice))
      let hired = decided.adding(days: Int.random(in: 0...280, using: &dice))
      let modality = Modality.allCases.filter { $0.isEmployment }.randomElement(using: &dice) ?? .lentByAI
      let windows: [CountingChoice] = [
        .init(category: "RSA", modality: modality, months: 7), .init(modality: modality, months: 13),
        .init(category: "QPV", months: 3), .init(months: 30),
      ].filter { _ in Int.random(in: 0..<3, using: &dice) == 0 }
      let suspensions = (0..<Int.random(in: 0...2, using: &dice)).compactMap { _ in
        let from = decided.adding(days: Int.random(in: -30...700, using: &dice))
        return EligibilitySuspension(from: from, until: from.adding(days: Int.random(in: 0...900, using: &dice)))
      }
      let months = Bool.random(using: &dice) ? Int.random(in: 1...12, using: &dice) : nil
      let performed = Counting.Performance(
        from: hired.adding(days: Int.random(in: -90...90, using: &dice)),
        to: hired.adding(days: Int.random(in: 100...1500, using: &dice)))
      let told = try Eligibility.decide(
        person([claim("RSA", decided)], on: decided, hired: hired, modality) {
          $0.windows = windows
          $0.suspensions = suspensions
          $0.decisionMonths = months
          $0.performanceFrom = performed.from
          $0.performanceUntil = performed.to
        }, figures: figures)
      var options = PolicyLayer.Options()
      options.windows = windows
      options.decisionMonths = months
      var derivation = Derivation()
      let policy = try InheritedPolicy(
        [PolicyLayer(level: .lot, name: "L", options: options)], figures: figures, on: decided, into: &derivation
      ).policy
      for offset in 0..<60 {
        let name = hired.month.adding(offset)
        let hours = RawHours(worked: Hours(20))
        let entry = try fact(name.description, as: modality, start: hired, decision: decided, hours) {
          $0.category = "RSA"
          $0.suspensions = suspensions
        }
        let credited = Counting([entry], policy: policy, performance: performed).credited
        let days = max(name.first, hired)...name.last
        let isWithin = told.counting.map { $0.holds(on: days.lowerBound) && $0.holds(on: days.upperBound) } ?? false
        #expect(credited == (isWithin ? Hours(20) : Hours(0)), "seed \(seed), \(name)")
        if isWithin { inside += 1 } else { outside += 1 }
      }
    }
    #expect(inside > 2000 && outside > 2000)
  }
}

@Suite struct PlausibilityTests {
  private func counting(
    _ name: String, as modality: Modality = .fixedTermHire, start: Day = day(2026, 12, 1), _ hours: RawHours,
    splits: [CountingFact.Split] = [], _ change: (inout CountingFact.Placement) -> Void = { _ in }
  ) throws -> Counting {
    Counting(
      [try fact(name, as: modality, start: start, hours, splits: splits, change)], policy: try policy(),
      performance: performance)
  }

  @Test func `nobody works more hours than the days of the contract hold`() throws {
    let month = try counting("2027-03", RawHours(worked: Hours(900)))
    #expect(month.credited == Hours(0) && month.notCredited.map(\.reason) == [.implausible])
    #expect(month.derivation.findings.map(\.code) == ["tooManyHours"] && !month.derivation.isFree)
    #expect(
      month.derivation.findings.first?.sentence.plain
        == "P, mars 2027 : 900 h travaillées du 01/03/2027 au 31/03/2027 : 31 jours du contrat de travail n’en ont que 744 h, rien n’en est compté."
    )
    let last = try counting("2026-12", start: day(2026, 12, 31), RawHours(worked: Hours(120)))
    #expect(last.credited == Hours(0) && last.derivation.findings.map(\.code) == ["tooManyHours"])
    #expect(try counting("2026-12", start: day(2026, 12, 31), RawHours(worked: Hours(24))).credited == Hours(24))
    let ended = try counting("2027-03", RawHours(worked: Hours(49))) { $0.end = day(2027, 3, 2) }
    #expect(ended.credited == Hours(0))
    let split = try counting(
      "2027-03", RawHours(worked: Hours(140)),
      splits: [.init(day: day(2027, 3, 2), before: RawHours(worked: Hours(30)))])
    #expect(split.credited == Hours(110), "one day holds no thirty hours, the others stand")
  }

  @Test func `a line of a structure may stand for several people: it is told and counted`() throws {
    let team = try counting("2027-03", as: .performedByESAT, RawHours(worked: Hours(900)))
    #expect(team.credited == Hours(900))
    #expect(team.derivation.findings.map(\.code) == ["severalPeople"])
  }

  @Test func `hours beyond the legal week, or beyond those paid, are to be looked at`() throws {
    // 48 h over 31 days: 212,57 h.
    #expect(try counting("2027-03", RawHours(worked: h("212.57"))).derivation.findings.isEmpty)
    let long = try counting("2027-03", RawHours(worked: h("212.58")))
    #expect(long.credited == h("212.58") && long.derivation.findings.map(\.code) == ["beyondWeeklyLimit"])
    #expect(
      long.derivation.findings.first?.sentence.plain
        == "P, mars 2027 : 212,58 h travaillées, plus que les 212,57 h que permettent 48 h par semaine.")
    let unpaid = try counting("2027-03", RawHours(worked: Hours(200), paid: Hours(10)))
    #expect(unpaid.derivation.findings.map(\.code) == ["paidUnderWorked"])
  }

  @Test func `a weight beyond all those known is told`() throws {
    func codes(_ weight: Quotient?) throws -> [String] {
      var options = PolicyLayer.Options()
      if let weight { options.weights = [.woman: weight] }
      var derivation = Derivation()
      _ = try InheritedPolicy(
        [PolicyLayer(level: .lot, name: "L", options: options)], figures: Reference.figures(), on: Reference.today,
        into: &derivation)
      return derivation.findings.map(\.code)
    }
    #expect(try codes(Quotient(2)).isEmpty)
    #expect(try codes(Quotient(201, over: 100)) == ["weightBeyondPractice"])
  }
}

@Suite struct CitedArticleTests {
  private func clause(_ conditions: GeneralConditions) throws -> InsertionClause {
    try InsertionClause(conditions, on: Reference.today, figures: sharedFigures.get())
  }

  @Test(arguments: zip(GeneralConditions.allCases, ["20", "16", "16", "16", "18", "17"]))
  func `each rule cites the article of the general conditions that the contract refers to`(
    conditions: GeneralConditions, number: String
  ) throws {
    var given = Obligation.Case(due: HoursDue(minimum: Hours(100), ccag: try clause(conditions)))
    given.excuses = [.init(day: Reference.today, hours: Hours(1))]
    given.consortium = Consortium(debt: .joint, members: [.init(name: "A")], lead: "A")
    let name = "\(conditions.french), article \(number).1"
    #expect(
      Obligation(given, on: Reference.today).derivation.articles
        == [name, "\(name).4.4", "\(name).5", "\(name).2"])
    var options = PolicyLayer.Options()
    options.directHireMonths = 25
    var derivation = Derivation()
    let policy = try InheritedPolicy(
      [PolicyLayer(level: .lot, name: "L", options: options)], under: conditions, figures: Reference.figures(),
      on: Reference.today, into: &derivation
    ).policy
    #expect(derivation.articles == ["\(name).2"])
    #expect(Counting([], policy: policy, performance: performance).derivation.articles == ["\(name).2"])
  }

  @Test func `without general conditions no number is cited that another would not have`() throws {
    let obligation = Obligation(Obligation.Case(due: HoursDue(minimum: Hours(1))), on: Reference.today)
    #expect(obligation.derivation.articles == ["CCAG de 2021, clause d’insertion sociale"])
    let counting = Counting([], policy: try policy(), performance: performance)
    #expect(counting.derivation.articles == ["CCAG de 2021, clause d’insertion sociale, modalités"])
  }
}
