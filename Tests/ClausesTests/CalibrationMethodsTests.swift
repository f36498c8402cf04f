import Clauses
import Testing

@Suite struct CalibrationMethodsTests {
  private func size(
    _ method: Calibration.Method, on day: Day = Reference.today, _ fill: (inout Calibration.Case) -> Void
  ) throws -> Sizing {
    var given = Calibration.Case()
    fill(&given)
    return try Calibrator(figures: Reference.figures(), on: day).size(given, by: method)
  }

  private func gaps(
    _ method: Calibration.Method, _ fill: (inout Calibration.Case) -> Void = { _ in }
  ) throws -> [Calibration.Gap] {
    var given = Calibration.Case()
    fill(&given)
    let calibrator = try Calibrator(figures: Reference.figures(), on: Reference.today)
    let error = #expect(throws: Calibration.Gaps.self) { try calibrator.size(given, by: method) }
    return error?.all ?? []
  }

  private func share(
    _ euros: Int, _ share: Int, _ rate: Int, _ cost: Int, rounding: Calibration.Rounding = .init()
  ) throws -> Sizing {
    try size(.labourShare) {
      $0.amount = Euros(euros)
      $0.labourShare = Percent(share)
      $0.insertionRate = Percent(rate)
      $0.hourlyCost = Euros(cost)
      $0.rounding = rounding
    }
  }

  private func takeover(_ euros: Int, _ months: Int, _ staff: Int, _ rate: Int = 20) throws -> Sizing {
    try size(.cleaningTakeover) {
      $0.amount = Euros(euros)
      $0.months = months
      $0.monthlyHoursTakenOver = Hours(staff)
      $0.insertionRate = Percent(rate)
      $0.hourlyCost = Euros(25)
    }
  }

  @Test func `T1: one million at half labour, five percent and thirty euros gives 833 hours, step by step`() throws {
    let sizing = try share(1_000_000, 50, 5, 30)
    #expect(sizing.hours == Hours(833))
    #expect(sizing.exactHours == Hours(hundredths: 83_333))
    #expect(sizing.exact == Quotient(2500, over: 3))
    #expect(sizing.isWorthwhile)
    #expect(sizing.people == 2)
    #expect(
      sizing.derivation.steps.map(\.sentence.plain) == [
        "Main-d’œuvre : 1 000 000 € × 50 % = 500 000 €",
        "Part d’insertion : 500 000 € × 5 % = 25 000 €",
        "Heures d’insertion : 25 000 € ÷ 30 € = 833,33 h (arrondi)",
        "Arrondi à l’heure la plus proche : 833,33 h (arrondi) = 833 h",
        "Ordre de grandeur : 833,33 h (arrondi) ÷ 395 h par personne = environ 2 personnes",
      ])
    #expect(sizing.derivation.findings.map(\.code) == ["floorFromCleaning"])
    #expect(sizing.derivation.figures.map(\.id) == ["calibration.cleaningFloor", "calibration.hoursPerPerson"])
  }

  @Test func `T2: a million and a half at seventy percent gives 35 000 hours of labour and 3500 at ten percent`() throws
  {
    #expect(try share(1_500_000, 70, 10, 30).hours == Hours(3500))
    let labour = try size(.labourHours) {
      $0.labourHours = Hours(35_000)
      $0.insertionRate = Percent(10)
    }
    #expect(labour.hours == Hours(3500))
  }

  @Test func `T3: a building of one million finds share, rate and cost by its CPV code and gives the same as T1`()
    throws
  {
    let sizing = try size(.labourShare) {
      $0.amount = Euros(1_000_000)
      $0.cpv = CPVCode("45210000")
    }
    #expect(sizing.hours == Hours(833))
    #expect(sizing.used.labourShare == Percent(50))
    #expect(sizing.used.insertionRate == Percent(5))
    #expect(sizing.used.hourlyCost == Euros(30))
    let codes = sizing.derivation.findings.map(\.code)
    for field in ["labourShare", "insertionRate", "hourlyCost"] { #expect(codes.contains("proposed.\(field)")) }
    let told = sizing.derivation.findings.first { $0.code == "proposed.labourShare" }
    #expect(told?.level == .information)
    #expect(told?.sentence.plain == "Part de main-d’œuvre, bâtiment, moyenne (usuel) : 50 % proposé (vérifié).")
  }

  @Test func `T4: cleaning with 300 hours a month taken over leaves 55 percent and 2640 hours`() throws {
    let sizing = try takeover(600_000, 36, 300)
    #expect(sizing.hours == Hours(2640))
    #expect(sizing.exact == Quotient(2640))
    #expect(sizing.isWorthwhile)
    #expect(
      sizing.derivation.steps.prefix(4).map(\.sentence.plain) == [
        "Montant d’un mois : 600 000 € ÷ 36 mois = 16 666,67 € (arrondi)",
        "Personnel repris, par mois : 300 h × 25 € = 7 500 €",
        "Part libre (P) : 1 − 7 500 € ÷ 16 666,67 € (arrondi) = 55 %",
        "Heures d’insertion (I) : 55 % × 600 000 € ÷ 25 € × 20 % = 2 640 h",
      ])
    #expect(sizing.derivation.findings.isEmpty, "the floor is established for cleaning")
  }

  @Test func `T4b: 120 hours are under the floor of cleaning`() throws {
    let sizing = try takeover(30_000, 12, 50)
    #expect(sizing.exactHours == Hours(120))
    #expect(!sizing.isWorthwhile)
    let finding = try #require(sizing.derivation.findings.first { $0.code == "underFloor" })
    #expect(finding.sentence.plain == "120 h, sous 150 h : la branche de la propreté déconseille une clause.")
  }

  @Test(arguments: [200, 201, 5000])
  func `T4c: staff that takes the whole amount leaves no clause`(staff: Int) throws {
    let sizing = try takeover(60_000, 12, staff)
    #expect(sizing.exact == Quotient(0))
    #expect(sizing.hours == Hours(0))
    #expect(!sizing.isWorthwhile)
    #expect(sizing.people == 0)
    #expect(sizing.derivation.findings.map(\.code) == ["noFreeShare", "underFloor"])
  }

  @Test func `one hour less taken over leaves a part again`() throws {
    #expect(try takeover(60_000, 12, 199).exactHours == Hours(hundredths: 240))
  }

  @Test(
    arguments: [
      (2_699_999, 0, 0), (2_700_000, 0, 1350), (2_701_999, 0, 1350), (2_702_000, 1, 1351), (3_000_000, 150, 1500),
      (3_001_999, 150, 1500),
    ] as [(Int, Int, Int)])
  func `T5: an hour per 2000 euros invoiced once 2 700 000 are reached, whole slices only`(
    invoiced: Int, hours: Int, caughtUp: Int
  ) throws {
    for catchesUp in [false, true] {
      let sizing = try size(.perInvoiced) {
        $0.eurosPerHour = Euros(2000)
        $0.trigger = Euros(2_700_000)
        $0.invoiced = Euros(invoiced)
        $0.catchesUp = catchesUp
      }
      #expect(sizing.hours == Hours(catchesUp ? caughtUp : hours))
      #expect(sizing.isWorthwhile == (sizing.hours >= Hours(150)))
    }
  }

  @Test func `without a trigger every slice invoiced counts`() throws {
    let sizing = try size(.perInvoiced) {
      $0.eurosPerHour = Euros(2000)
      $0.invoiced = Euros(19_999)
    }
    #expect(sizing.hours == Hours(9))
    #expect(
      sizing.derivation.findings.first?.sentence.plain.hasPrefix("9 h au montant facturé donné, sous 150 h") == true)
  }

  @Test(
    arguments: [
      ("1", 150), ("99000", 150), ("99999.99", 150), ("100000", 300), ("199999.99", 300), ("200000", 450),
      ("399999.99", 450), ("400000", 900), ("5000000", 900),
    ])
  func `T6 to T9: the published scale of training placements, without holes`(euros: String, hours: Int) throws {
    let sizing = try size(.scale) { $0.amount = Euros(decimal: euros) }
    #expect(sizing.hours == Hours(hours))
    #expect(sizing.isWorthwhile)
    #expect(sizing.derivation.findings.contains { $0.code == "trainingScale" })
    #expect(sizing.derivation.findings.contains { $0.code == "scaleNeedsDuration" } == (hours == 900))
  }

  @Test func `the highest rung asks for a year and an amount of nothing has no rung`() throws {
    for (months, isTold) in [(11, true), (12, false)] {
      let sizing = try size(.scale) {
        $0.amount = Euros(400_000)
        $0.months = months
      }
      #expect(sizing.derivation.findings.contains { $0.code == "scaleNeedsDuration" } == isTold)
    }
    #expect(try size(.scale) { $0.amount = Euros(0) }.hours == Hours(0))
  }

  @Test(
    arguments: [(10_070_000, 25_484, 39_515, 395), (8_400_000, 21_000, 40_000, 400), (9000, 30, 30_000, 300)]
      as [(Int, Int, Int64, Int)])
  func `T10 to T12: published hours per person`(hours: Int, people: Int, hundredths: Int64, whole: Int) {
    let ratio = Calibrator.hoursPerPerson(Hours(hours), people: people)
    #expect(ratio == Hours(hundredths: hundredths))
    #expect(ratio?.rounded == Hours(whole))
    #expect(Calibrator.hoursPerPerson(Hours(hours), people: 0) == nil)
  }

  @Test func `T13: urban renewal asks for five percent of the hours of works at least`() throws {
    func works(_ rate: Percent?) throws -> Sizing {
      try size(.labourHours) {
        $0.labourHours = Hours(40_000)
        $0.insertionRate = rate
        $0.programme = .anruWorks
      }
    }
    #expect(try works(nil).hours == Hours(2000))
    #expect(try works(Percent(5)).derivation.findings.contains { $0.code == "underProgrammeRate" } == false)
    let under = try works(Percent(basisPoints: 499))
    #expect(under.derivation.findings.map(\.code).contains("underProgrammeRate"))
    let proximity = try size(.labourHours) {
      $0.labourHours = Hours(40_000)
      $0.programme = .anruProximity
    }
    #expect(proximity.hours == Hours(4000))
  }

  @Test(
    arguments: [
      (2_400_000, 45, 5, 32, 168_750, 1688), (420_000, 70, 7, 30, 68_600, 686), (60_000, 80, 10, 25, 19_200, 192),
      (900_000, 35, 5, 32, 49_219, 492),
    ] as [(Int, Int, Int, Int, Int64, Int)])
  func `the lots of the school group of Val-Fleuri`(
    euros: Int, share: Int, rate: Int, cost: Int, exact: Int64, hours: Int
  ) throws {
    let sizing = try self.share(euros, share, rate, cost)
    #expect(sizing.exactHours == Hours(hundredths: exact))
    #expect(sizing.hours == Hours(hours))
    #expect(sizing.isWorthwhile)
  }

  @Test func `a full-time year counts 1607 hours worked or 1820 paid, unless another number is given`() throws {
    func posts(_ count: Quotient, _ fill: (inout Calibration.Case) -> Void = { _ in }) throws -> Sizing {
      try size(.fullTimeEquivalent) {
        $0.count = count
        fill(&$0)
      }
    }
    #expect(try posts(Quotient(1)).hours == Hours(1607))
    #expect(try posts(Quotient(1)) { $0.basis = .paid }.hours == Hours(1820))
    #expect(try posts(Quotient(2)) { $0.hoursPerYear = Hours(1600) }.hours == Hours(3200))
    let sixteen = try posts(Quotient(2)) { $0.months = 16 }
    #expect(sixteen.exactHours == Hours(hundredths: 428_533))
    #expect(
      sixteen.derivation.steps.first?.sentence.plain
        == "Heures d’insertion : 2 ETP × 1 607 h × 16 ÷ 12 = 4 285,33 h (arrondi)")
    let half = try #require(Quotient(1, over: 2))
    #expect(try posts(half).derivation.steps.first?.formula?.plain == "0,5 ETP × 1 607 h")
  }

  // MARK: - Rounding

  @Test(
    arguments: [
      (.init(), 833), (.init(.down), 833), (.init(.up), 834), (.init(step: 5), 835), (.init(step: 10), 830),
      (.init(step: 70), 840), (.init(.down, step: 70), 770), (.init(.up, step: 10), 840), (.init(step: 0), 833),
    ] as [(Calibration.Rounding, Int)])
  func `833.33 hours are rounded as the buyer chose`(rounding: Calibration.Rounding, hours: Int) throws {
    let sizing = try share(1_000_000, 50, 5, 30, rounding: rounding)
    #expect(sizing.hours == Hours(hours))
    #expect(sizing.exactHours == Hours(hundredths: 83_333))
    #expect(sizing.derivation.steps.contains { $0.label.hasPrefix("Arrondi à") || $0.label.hasPrefix("Arrondi au") })
  }

  @Test func `the usual steps of rounding come from the reference figures`() throws {
    #expect(Calibration.Rounding.usualSteps(try Reference.figures(), on: Reference.today) == [1, 5, 10, 70])
    #expect(Calibration.Rounding(.nearest, step: 70).french.plain == "au multiple de 70 h le plus proche")
    #expect(Calibration.Rounding(.up, step: 5).french.plain == "au multiple de 5 h au-dessus")
    #expect(Calibration.Rounding(.down).french == "à l’heure en dessous")
  }

  @Test func `a rounded number is never a step away, on the side that was chosen`() throws {
    for seed in UInt64(0)..<2000 {
      var dice = SeededGenerator(seed)
      let exact = try #require(
        Quotient(Int128.random(in: 0...10_000_000, using: &dice), over: Int128.random(in: 1...999, using: &dice)))
      let step = Int.random(in: 1...100, using: &dice)
      for direction in Quotient.Rounding.allCases {
        let hours = try #require(Calibration.Rounding(direction, step: step)(exact))
        let gap = Quotient(hours) - exact
        #expect(hours.hundredths % Int64(100 * step) == 0, "seed \(seed)")
        switch direction {
        case .down: #expect(gap <= Quotient(0) && Quotient(0) - gap < Quotient(step), "seed \(seed)")
        case .up: #expect(gap >= Quotient(0) && gap < Quotient(step), "seed \(seed)")
        case .nearest: #expect(max(gap, Quotient(0) - gap) * Quotient(2) <= Quotient(step), "seed \(seed)")
        }
      }
    }
  }

  @Test func `the method and the estimate of spotting are one formula`() throws {
    let calibrator = try Calibrator(figures: Reference.figures(), on: Reference.today)
    for seed in UInt64(0)..<2000 {
      var dice = SeededGenerator(seed)
      var given = Calibration.Case()
      let amount = Euros(cents: Int64.random(in: 0...1_000_000_000_00, using: &dice))
      let share = Percent(basisPoints: Int.random(in: 0...10_000, using: &dice))
      let rate = Percent(basisPoints: Int.random(in: 0...10_000, using: &dice))
      let cost = Euros(cents: Int64.random(in: 1...10_000, using: &dice))
      (given.amount, given.labourShare, given.insertionRate, given.hourlyCost) = (amount, share, rate, cost)
      let sizing = try calibrator.size(given, by: .labourShare)
      #expect(
        sizing.hours == Calibration.hours(amount: amount, labourShare: share, rate: rate, hourlyCost: cost),
        "seed \(seed)")
      #expect(
        sizing.exactHours == Calibration.exactHours(amount: amount, labourShare: share, rate: rate, hourlyCost: cost),
        "seed \(seed)")
    }
  }

  // MARK: - What is missing or surprises

  @Test func `every value that is missing is told at once`() throws {
    #expect(try gaps(.labourShare).map(\.field) == [.amount, .labourShare, .insertionRate, .hourlyCost])
    #expect(try gaps(.labourHours).map(\.field) == [.hours, .insertionRate])
    #expect(try gaps(.cleaningTakeover).map(\.field) == [.amount, .months, .monthlyHoursTakenOver])
    #expect(try gaps(.perInvoiced).map(\.field) == [.eurosPerHour, .invoiced])
    #expect(try gaps(.fullTimeEquivalent).map(\.field) == [.count])
    #expect(try gaps(.scale).map(\.field) == [.amount])
    #expect(
      try gaps(.labourShare).map(\.sentence.plain) == [
        "Il manque : donnez le montant HT.",
        "Il manque : donnez la part de main-d’œuvre, ou un code CPV pour qu’une valeur soit proposée.",
        "Il manque : donnez le taux d’insertion, ou un code CPV pour qu’une valeur soit proposée.",
        "Il manque : donnez le coût horaire chargé, ou un code CPV pour qu’une valeur soit proposée.",
      ])
    let unknown = try gaps(.labourShare) {
      $0.amount = Euros(1)
      $0.cpv = CPVCode("66000000")
    }
    #expect(
      unknown.map(\.sentence.plain).contains(
        "Il manque : donnez la part de main-d’œuvre ; aucune valeur n’est connue pour ce code CPV."))
    #expect(unknown.map(\.isMissing).contains(false) == false)
  }

  @Test func `values out of bounds are refused with their name`() throws {
    let wrong = try gaps(.cleaningTakeover) {
      $0.amount = Euros(0)
      $0.months = 0
      $0.monthlyHoursTakenOver = Hours(-1)
      $0.hourlyCost = Euros(0)
    }
    #expect(wrong.map(\.field) == [.amount, .months, .monthlyHoursTakenOver, .hourlyCost])
    #expect(wrong.map(\.isMissing).contains(true) == false)
    #expect(wrong.first?.sentence.plain == "Cette valeur (le montant HT) doit être plus grande que zéro.")
    let great = try gaps(.labourHours) {
      $0.labourHours = Hours(1_000_000_001)
      $0.insertionRate = Percent(5)
    }
    #expect(great.first?.sentence.plain.contains("dépasse 1 000 000 000 h") == true)
    let rich = try gaps(.scale) { $0.amount = Euros(1_000_000_000_001) }
    #expect(rich.first?.sentence.contains("dépasse") == true)
    #expect(try gaps(.fullTimeEquivalent) { $0.count = Quotient(-1) }.map(\.field) == [.count])
    #expect(
      try gaps(.scale) { $0.amount = Euros(-1) }.first?.sentence.hasSuffix("doit être positive ou nulle.") == true)
    #expect(
      try gaps(.fullTimeEquivalent) {
        $0.count = Quotient(1_000_000_000)
        $0.hoursPerYear = Hours(1_000_000_000)
        $0.months = 1200
      }.first?.sentence.contains("hors de toute mesure") == true)
  }

  @Test func `cleaning with staff taken over proposes its own cost and rate without a code`() throws {
    let sizing = try size(.cleaningTakeover) {
      $0.amount = Euros(600_000)
      $0.months = 36
      $0.monthlyHoursTakenOver = Hours(300)
    }
    #expect(sizing.used.hourlyCost == Euros(25))
    #expect(sizing.used.insertionRate == Percent(7))
    let rate = try #require(sizing.derivation.findings.first { $0.code == "proposed.insertionRate" })
    #expect(rate.level == .warning, "a usual value is to be confirmed")
    #expect(rate.sentence.plain.hasSuffix("(usage courant, à confirmer localement)."))
  }

  @Test(arguments: [(4, true), (5, false), (20, false), (21, true)])
  func `a rate outside those met is told`(rate: Int, isTold: Bool) throws {
    #expect(try share(1_000_000, 50, rate, 30).derivation.findings.contains { $0.code == "unusualRate" } == isTold)
  }

  @Test(arguments: [(19, true), (20, false), (45, false), (46, true)])
  func `a cost outside those met is told`(cost: Int, isTold: Bool) throws {
    #expect(try share(1_000_000, 50, 5, cost).derivation.findings.contains { $0.code == "unusualCost" } == isTold)
  }

  @Test func `the floor says that it comes from cleaning wherever it is used elsewhere`() throws {
    let painting = try share(100_000, 50, 5, 30)
    let finding = try #require(painting.derivation.findings.first)
    #expect(finding.code == "underFloor")
    #expect(finding.sentence.plain.contains("est établi pour la propreté seulement"))
    let cleaning = try size(.labourShare) {
      $0.amount = Euros(200_000)
      $0.cpv = CPVCode("90911200")
    }
    #expect(cleaning.isWorthwhile)
    #expect(!cleaning.derivation.findings.contains { $0.code == "floorFromCleaning" })
    // 150 hours exactly are enough; a hundredth less is not, though it rounds to 150.
    #expect(try share(180_000, 50, 5, 30).isWorthwhile)
    let under = try size(.labourHours) {
      $0.labourHours = Hours(hundredths: 149_990)
      $0.insertionRate = Percent(10)
    }
    #expect(under.hours == Hours(150) && !under.isWorthwhile)
  }

  @Test func `few hours are still someone`() throws {
    #expect(try share(10_000, 50, 5, 30).people == 1)
  }

  @Test func `a figure that is missing is named`() throws {
    let error = #expect(throws: MissingFigure.self) { try Calibrator(figures: Figures(.init()), on: Reference.today) }
    #expect(error?.id == "calibration.cleaningFloor")
    var contents = try Reference.figures().contents
    contents.scaleRungs = []
    let bare = Figures(contents)
    #expect(throws: MissingFigure.self) { try Calibrator(figures: bare, on: Reference.today) }
  }

  @Test func `methods, fields and programmes have French names`() {
    #expect(Set(Calibration.Method.allCases.map(\.french)).count == 6)
    #expect(Set(Calibration.Field.allCases.map(\.french)).count == Calibration.Field.allCases.count)
    #expect(Set(Calibration.Programme.allCases.map(\.french)).count == 2)
  }
}
