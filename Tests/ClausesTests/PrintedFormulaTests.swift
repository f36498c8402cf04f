import Clauses
import Testing

@Suite struct PrintedFormulaTests {
  private func fault(_ formula: String, _ result: String) -> String? {
    PrintedFormula.fault(in: .init("Étape", formula, gives: result))
  }

  /// What is false in the steps of a derivation, and how many it computes.
  private func check(_ derivation: Derivation, _ seed: UInt64, _ computed: inout Int) {
    for step in derivation.steps where step.isComputed {
      computed += 1
      if let fault = PrintedFormula.fault(in: step) { Issue.record("seed \(seed): \(fault)") }
    }
  }

  @Test func `the reader itself finds false equalities, and only them`() {
    #expect(fault("1\u{202F}000\u{A0}h × 5 ÷ 11\u{A0}mois", "457,6\u{A0}h") != nil)
    #expect(fault("1 000 h × (5 + 3/62) ÷ (11 + 1/31) mois", "457,6 h (arrondi)") == nil)
    #expect(fault("1 000 h × (5 + 3/62) ÷ (11 + 1/31) mois", "457,6 h") != nil)
    #expect(fault("500 h ÷ (17/31) mois", "911,76 h (arrondi)") == nil)
    #expect(fault("1 000 h − 1 200 h − 0 h", "0 h") != nil)
    #expect(fault("1 000 h − 1 200 h − 0 h", "−200 h, ramené à 0 h") == nil)
    #expect(fault("140 h − 42 h (avant la décision d’éligibilité)", "98 h comptabilisées") == nil)
    #expect(fault("100 h + 50 h (pondération × 1,5)", "150 h comptabilisées") == nil)
    #expect(fault("+ 200 h", "700 h") != nil)
    #expect(fault("30 € × (833,33 h (arrondi) ÷ 5 % + 50 h × 12)", "518 000 €") == nil)
    #expect(fault("100 h × 112,5 % × 12,02 €", "1 352,25 €") == nil)
    #expect(fault("5 000 € ÷ 2 000 € l’heure", "2 h, tranches entières") == nil)
    #expect(fault("5 000 € ÷ 2 000 € l’heure", "2 h") != nil)
    #expect(fault("500 h ÷ 395 h par personne", "environ 1 personne") == nil)
    #expect(fault("100 h ÷ 395 h par personne", "moins d’1 personne") == nil)
    #expect(fault("la plus petite valeur entre 2 € et 1 €", "1 €") == nil)
  }

  @Test func `every formula of progress computes what it prints`() throws {
    var computed = 0
    for seed in UInt64(0)..<1500 {
      var dice = SeededGenerator(seed)
      func hours(_ most: Int64) -> Hours {
        let value = Int64.random(in: 0...most, using: &dice)
        return Hours(hundredths: Bool.random(using: &dice) ? value : value / 100 * 100)
      }
      let from = day(2026, 1, 1).adding(days: Int.random(in: 0...700, using: &dice))
      let to = from.adding(days: Int.random(in: 0...1200, using: &dice))
      let on = from.adding(days: Int.random(in: -20...1300, using: &dice))
      let measure = ProgressCurve.Measure.allCases.randomElement(using: &dice) ?? .months
      let planned = ProgressCurve.PlannedMonth(month: from.month, hours: hours(9000))
      let plan = Int.random(in: 0..<4, using: &dice) == 0 ? [planned] : []
      var given = LotProgress.Case(
        due: hours(500_000), credited: hours(600_000),
        curve: try #require(ProgressCurve(from: from, to: to, measure: measure, plan: plan)))
      given.excused = Bool.random(using: &dice) ? hours(200_000) : Hours(0)
      given.pace = LotProgress.Pace.allCases.randomElement(using: &dice) ?? .all
      given.months = (0..<40).map { .init(month: from.month.adding($0), hours: hours(20_000)) }
      if Bool.random(using: &dice) {
        given.hiring = .init(
          persons: Int.random(in: 1...3, using: &dice), weeklyHours: Bool.random(using: &dice) ? h("17.3") : nil,
          from: on.month.adding(1))
      }
      check(try LotProgress(given, on: on, figures: sharedFigures.get()).derivation, seed, &computed)
    }
    #expect(computed > 5000)
  }

  @Test func `every formula of a penalty computes what it prints`() throws {
    let figures = try sharedFigures.get()
    let calendar = WorkingCalendar(.metropole, figures: figures)
    var computed = 0
    for seed in UInt64(0)..<1500 {
      var dice = SeededGenerator(seed)
      func hours(_ most: Int64) -> Hours { Hours(hundredths: Int64.random(in: 0...most, using: &dice)) }
      func factor() -> Quotient { Quotient(Int128.random(in: 1...40_000, using: &dice), over: 10_000) ?? Quotient(1) }
      func euros() -> Euros { Euros(cents: Int64.random(in: 1...30_000, using: &dice)) }
      let formulas: [PenaltyRule.Formula] = [
        .perHour(euros()), .timesMinimumWage(factor()), .timesSocialSecurityHourlyCeiling(factor()),
        .perDayLate(euros(), days: Int.random(in: 0...40, using: &dice), unit: .working),
        .perAbsence(euros(), count: Int.random(in: 0...4, using: &dice)),
      ]
      let rules = formulas.filter { _ in Bool.random(using: &dice) }.map { formula in
        PenaltyRule(formula, cap: Bool.random(using: &dice) ? .share(Percent(basisPoints: 333), of: euros()) : nil)
      }
      var given = PenaltyCase(
        due: hours(200_000), credited: hours(200_000), excused: hours(50_000), rules: rules, day: Reference.today)
      given.requiresNotice = Bool.random(using: &dice)
      given.caps = Bool.random(using: &dice) ? [.amount(euros())] : []
      given.delayLimits = Bool.random(using: &dice) ? euros() : nil
      check(try Penalty.assess(given, calendar: calendar, figures: figures).derivation, seed, &computed)
    }
    #expect(computed > 3000)
  }

  @Test func `every formula of an obligation computes what it prints`() {
    var computed = 0
    for seed in UInt64(0)..<1500 {
      var dice = SeededGenerator(seed)
      func hours(_ range: ClosedRange<Int64>) -> Hours { Hours(hundredths: Int64.random(in: range, using: &dice)) }
      func some() -> Day { Reference.today.adding(days: Int.random(in: -300...60, using: &dice)) }
      var due = HoursDue(
        minimum: Bool.random(using: &dice) ? hours(0...100_000) : nil,
        offer: Bool.random(using: &dice) ? hours(0...100_000) : nil,
        basis: HoursDue.Basis.allCases.randomElement(using: &dice) ?? .larger)
      due.tranches = (0..<2).map { .init(name: "TC\($0)", hours: hours(0...40_000), confirmedOn: some()) }
      due.amendments = (0..<3).map { .init(name: "Avenant nº \($0)", day: some(), hours: hours(-60_000...30_000)) }
      var given = Obligation.Case(due: due)
      func amounts() -> [FrameworkHours.Amount] {
        (0..<4).map { index in
          .init(
            day: some(), amount: Euros(cents: Int64.random(in: -900_000...5_000_000, using: &dice)),
            eurosPerHour: Bool.random(using: &dice) ? Euros(Int.random(in: 1...90, using: &dice)) : nil,
            member: index.isMultiple(of: 2) ? "A" : "B")
        }
      }
      if Bool.random(using: &dice) {
        given.framework = FrameworkHours(
          eurosPerHour: Euros(cents: Int64.random(in: 100...9000, using: &dice)),
          trigger: Euros(Int.random(in: 0...60_000, using: &dice)), catchesUp: Bool.random(using: &dice))
        given.orders = amounts()
        given.invoices = amounts()
      }
      if Bool.random(using: &dice) {
        given.consortium = Consortium(
          debt: Consortium.Debt.allCases.randomElement(using: &dice) ?? .joint,
          members: [.init(name: "A", share: Percent(61)), .init(name: "B", share: Percent(39))])
      }
      let member = given.consortium == nil ? nil : "A"
      given.credits = (0..<3).map { _ in .init(day: some(), hours: hours(0...60_000), member: member) }
      given.excuses = [.init(day: some(), hours: hours(0...60_000))]
      check(Obligation(given, on: Reference.today).derivation, seed, &computed)
    }
    #expect(computed > 4000)
  }

  @Test func `every formula of a calibration computes what it prints, forwards and backwards`() throws {
    let calibrator = try Calibrator(figures: sharedFigures.get(), on: Reference.today)
    var computed = 0
    for seed in UInt64(0)..<800 {
      var dice = SeededGenerator(seed)
      func cents(_ most: Int64) -> Euros { Euros(cents: Int64.random(in: 1...most, using: &dice)) }
      func share() -> Percent { Percent(basisPoints: Int.random(in: 1...10_000, using: &dice)) }
      func hours(_ most: Int64) -> Hours { Hours(hundredths: Int64.random(in: 1...most, using: &dice)) }
      var given = Calibration.Case()
      given.amount = cents(500_000_000)
      given.labourShare = share()
      given.insertionRate = share()
      given.hourlyCost = cents(6000)
      given.labourHours = hours(5_000_000)
      given.months = Int.random(in: 1...60, using: &dice)
      given.monthlyHoursTakenOver = hours(60_000)
      given.eurosPerHour = cents(300_000)
      given.trigger = cents(90_000_000)
      given.invoiced = cents(300_000_000)
      given.catchesUp = Bool.random(using: &dice)
      given.count = Quotient(Int128.random(in: 1...20_000, using: &dice), over: 1000)
      given.rounding = .init(
        Quotient.Rounding.allCases.randomElement(using: &dice) ?? .nearest, step: Int.random(in: 1...12, using: &dice))
      for method in Calibration.Method.allCases {
        if let sizing = try? calibrator.size(given, by: method) {
          check(sizing.derivation, seed, &computed)
          if let standing = calibrator.standing(of: sizing.exactHours, amount: given.amount ?? Euros(0), among: []) {
            check(standing.derivation, seed, &computed)
          }
        }
        for field in method.canFind {
          let answer = try? calibrator.find(.init(field, hours: hours(900_000)), in: given, by: method)
          if let answer { check(answer.derivation, seed, &computed) }
        }
      }
    }
    #expect(computed > 5000)
  }
}

/// What stood false before.
@Suite struct PrintedTruthTests {
  private func progress(_ due: Int, _ credited: Int) throws -> LotProgress {
    let given = LotProgress.Case(
      due: Hours(due), credited: Hours(credited),
      curve: try #require(ProgressCurve(from: day(2026, 1, 15), to: day(2026, 12, 15))))
    return try LotProgress(given, on: day(2026, 6, 15), figures: sharedFigures.get())
  }

  @Test func `parts of months are written in full, roundings are said`() throws {
    #expect(
      try progress(1000, 500).derivation.steps.map(\.sentence.plain) == [
        "Heures manquantes au 15/06/2026 : 1 000 h − 500 h comptabilisées = 500 h",
        "Heures attendues au 15/06/2026 : 1 000 h × (5 + 3/62) ÷ (11 + 1/31) mois = 457,6 h (arrondi)",
        "Mois incomplet : compté pour ses jours d’exécution sur les jours du mois",
        "Rythme depuis le 15/01/2026 : 500 h ÷ (5 + 3/62) mois = 99,04 h (arrondi)",
        "À ce rythme, à la fin (15/12/2026) : 500 h + 500 h ÷ (5 + 3/62) mois × (5 + 61/62) mois = 1 092,65 h (arrondi)",
        "Il manquera : 1 000 h − 1 092,65 h (arrondi) = −92,65 h (arrondi), ramené à 0 h",
      ])
  }

  @Test func `a difference under zero is said before it is brought to zero`() throws {
    #expect(try progress(1000, 1200).derivation.steps.first?.result.plain == "−200 h, ramené à 0 h")
    var given = Obligation.Case(due: HoursDue(minimum: Hours(1000)))
    given.credits = [.init(day: Reference.today, hours: Hours(1200))]
    #expect(
      Obligation(given, on: Reference.today).derivation.steps.last?.sentence.plain
        == "Heures manquantes : 1 000 h − 1 200 h comptabilisées = −200 h, ramené à 0 h")
  }

  @Test func `a rounding that changes nothing is not said`() throws {
    let calibrator = try Calibrator(figures: sharedFigures.get(), on: Reference.today)
    var given = Calibration.Case()
    given.labourHours = Hours(70_000)
    given.insertionRate = Percent(5)
    let whole = try calibrator.size(given, by: .labourHours)
    #expect(whole.hours == Hours(3500) && !whole.derivation.steps.contains { $0.label.hasPrefix("Arrondi") })
  }

  @Test func `where nothing is to be done, that is said`() throws {
    #expect(try progress(0, 0).sentence == "Aucune heure n’est due.")
    var given = LotProgress.Case(
      due: Hours(50), credited: Hours(0),
      curve: try #require(ProgressCurve(from: day(2026, 1, 15), to: day(2026, 12, 15))))
    given.excused = Hours(80)
    let state = try LotProgress(given, on: day(2026, 6, 15), figures: sharedFigures.get())
    #expect(state.sentence.plain == "Les heures dues sont toutes excusées : il ne reste rien à faire.")
  }
}
