import Clauses
import Testing

@Suite struct PenaltyTests {
  private func assess(
    _ rules: [PenaltyRule.Formula], due: String = "1000", credited: String = "900", on asked: Day = Reference.today,
    area: HolidayArea = .metropole, figures: Figures? = nil, _ change: (inout PenaltyCase) -> Void = { _ in }
  ) throws -> Penalty {
    let figures = try figures ?? Reference.figures()
    var given = PenaltyCase(
      due: try #require(Hours(decimal: due)), credited: try #require(Hours(decimal: credited)),
      rules: rules.map { PenaltyRule($0) }, day: asked)
    given.requiresNotice = false
    change(&given)
    return try Penalty.assess(given, calendar: WorkingCalendar(area, figures: figures), figures: figures)
  }

  private func sample(_ id: String) throws -> Euros {
    try Reference.figures().amounts.figure(.init("penalty.sample.\(id)"), on: Reference.today).value
  }

  // MARK: - What is usual

  private func habits(_ rules: [PenaltyRule.Formula], on asked: Day = Reference.today) throws -> [String] {
    let derivation = try assess(rules, on: asked).derivation
    return derivation.findings.filter { $0.code == "habit" && $0.level == .information }.map(\.sentence.plain)
  }

  @Test func `the habit of the field and published examples stand beside the result, with source and status`() throws {
    let both = try habits([.perHour(Euros(200)), .timesMinimumWage(Quotient(2))], on: day(2026, 1, 1))
    let hour = try #require(both.first)
    #expect(both.count == 1)
    #expect(
      hour.hasPrefix(
        "Par heure manquante, l’usage va de 30 € à 60 €, ou de 150 à 300 % du SMIC horaire (de 18,03 € à 36,06 €). "
          + "Source : Usage des facilitateurs (usage courant, à confirmer localement)."))
    #expect(hour.contains("Exemples publiés : 200 € (CCAP 21-BAM-048 (2021), article 8.2.2) ; 4 fois le plafond"))
    let late = try habits([.perDayLate(Euros(75), days: 3, unit: .calendar), .perAbsence(Euros(500), count: 1)])
    #expect(late.count == 2 && late[0].hasPrefix("Par jour de retard d’un document, l’usage va de 50 € à 150 €."))
    #expect(late[0].contains("75 € (CCAP") && late[0].contains("50 € par jour ouvré") && late[1].contains("500 €"))
    #expect(try habits([.perHour(Euros(60))], on: day(2010, 5, 1)).first?.contains("(de 18,03") == false)
    let told = try assess([.perHour(Euros(60))]).derivation
    #expect(told.figures.contains { $0.id == "penalty.habit.wageHigh" && $0.status == .memory })
  }

  @Test func `a wage whose later rises are not checked is told from the day after its start`() throws {
    for (asked, isTold) in [(day(2026, 1, 1), false), (day(2026, 1, 2), true), (day(2026, 11, 21), true)] {
      for area in [HolidayArea.metropole, .mayotte] {
        let wage = try assess([.timesMinimumWage(Quotient(2))], on: asked, area: area)
        #expect(wage.remarks.map(\.code) == (isTold ? ["rateMayHaveChanged"] : []), "\(asked)")
        #expect(wage.derivation.figures.contains { $0.id.hasSuffix("checkedUntil") && $0.status == .open } == isTold)
      }
      let ceiling = try assess([.timesSocialSecurityHourlyCeiling(Quotient(4))], on: asked)
      #expect(ceiling.remarks.isEmpty, "fixed for a year")
    }
  }

  // MARK: - Published cases

  @Test func `CCAP 21-BAM: a hundred hours missing cost 20 000 euros`() throws {
    let penalty = try assess([.perHour(try sample("bam.missingHour"))])
    #expect(penalty.missing == Hours(100))
    #expect(penalty.amount == Euros(20_000))
    #expect(
      penalty.derivation.steps.map(\.sentence.plain) == [
        "Heures manquantes (dues, moins comptabilisées, moins excusées) : 1 000 h − 900 h − 0 h = 100 h",
        "Pénalité par heure manquante : 100 h × 200,00 € = 20 000,00 €",
      ])
    #expect(penalty.remarks.isEmpty)
  }

  @Test func `training clause: a hundred hours missing cost 12 000 euros, four ceilings an hour`() throws {
    let figures = try Reference.figures()
    let factor = try figures.counts.figure(.init("penalty.sample.men.ceilingFactor"), on: Reference.today).value
    let penalty = try assess([.timesSocialSecurityHourlyCeiling(Quotient(factor))])
    #expect(penalty.amount == Euros(12_000))
    #expect(
      penalty.derivation.steps.map(\.sentence.plain)[1]
        == "Tarif de l’heure manquante : 4 × 30,00 € (plafond horaire au 21/11/2026) = 120,00 €")
    #expect(penalty.derivation.figures.first?.status == .memory)
  }

  @Test func `ten days late cost 750 euros, ten working days 500, an absence 500`() throws {
    #expect(
      try assess([.perDayLate(try sample("bam.documentDay"), days: 10, unit: .calendar)], due: "0", credited: "0")
        .amount
        == Euros(750))
    let men = try assess(
      [.perDayLate(try sample("men.documentDay"), days: 10, unit: .working)], due: "0", credited: "0")
    #expect(men.amount == Euros(500))
    #expect(
      men.derivation.steps.map(\.sentence.plain)
        == ["Pénalité par jour de retard : 10 jours ouvrés × 50,00 € = 500,00 €"])
    #expect(
      try assess([.perAbsence(try sample("men.absence"), count: 1)], due: "0", credited: "0").amount == Euros(500))
  }

  @Test func `the story: B misses 175.2 hours and owes 10 512 euros, the whole lot 168 hours and 10 080`() throws {
    let received = FollowUpTerms.Notice(receivedOn: day(2028, 2, 3), delay: Delay(15))
    let divided = try assess([.perHour(Euros(60))], due: "675.2", credited: "420", on: day(2028, 4, 24)) {
      ($0.excused, $0.requiresNotice, $0.notice, $0.conditions) = (Hours(80), true, received, .works)
    }
    #expect(divided.missing == Hours(hundredths: 17_520))
    #expect(divided.amount == Euros(10_512))
    #expect(divided.noticeEnd?.last == day(2028, 2, 18))
    #expect(divided.remarks.map(\.code) == ["excusedHours"])
    #expect(divided.derivation.articles == ["CCAG-Travaux, article 20.1.5"])
    let whole = try assess([.perHour(Euros(60))], due: "1688", credited: "1440", on: day(2028, 4, 24)) {
      ($0.excused, $0.notice) = (Hours(80), received)
    }
    #expect(whole.missing == Hours(168))
    #expect(whole.amount == Euros(10_080))
  }

  // MARK: - Notice

  @Test func `no penalty without its elapsed notice when the lot requires one`() throws {
    let none = try assess([.perHour(Euros(200))]) { $0.requiresNotice = true }
    #expect(none.amount == Euros(0))
    #expect(none.exposure == Euros(20_000))
    #expect(none.missing == Hours(100))
    let fault = try #require(none.remarks.first)
    #expect(fault.level == .fault && fault.code == "noticeMissing" && fault.place == "notice")
    #expect(!none.derivation.isFree)
    for (asked, amount) in [(day(2028, 2, 3), 0), (day(2028, 2, 18), 0), (day(2028, 2, 19), 20_000)] {
      let penalty = try assess([.perHour(Euros(200))], on: asked) {
        ($0.requiresNotice, $0.notice) = (true, .init(receivedOn: day(2028, 2, 3)))
      }
      #expect(penalty.amount == Euros(amount))
      #expect(penalty.remarks.map(\.code) == (amount == 0 ? ["delayNotElapsed"] : []))
      #expect(penalty.derivation.figures.contains { $0.id == "notice.delayDays" })
    }
    let before = try assess([.perHour(Euros(200))], on: day(2028, 2, 1)) {
      ($0.requiresNotice, $0.notice) = (true, .init(receivedOn: day(2028, 2, 3)))
    }
    #expect(before.amount == Euros(0))
  }

  @Test func `where nothing is missing no notice is asked for`() throws {
    let penalty = try assess([.perHour(Euros(200))], credited: "1000") { $0.requiresNotice = true }
    #expect(penalty.amount == Euros(0))
    #expect(penalty.remarks.map(\.code) == ["nothingMissing"])
    #expect(penalty.remarks.first?.sentence.plain == "Aucune heure ne manque : rien n’est dû à ce titre.")
  }

  // MARK: - Base and rates

  @Test func `missing hours are never under zero`() throws {
    let penalty = try assess([.perHour(Euros(200))], credited: "950") { $0.excused = Hours(80) }
    #expect(penalty.missing == Hours(0))
    #expect(penalty.amount == Euros(0))
    #expect(penalty.remarks.first?.sentence.plain.contains("avec 30 h de plus") == true)
  }

  @Test(arguments: [
    (day(2024, 10, 31), "2330.00"), (day(2024, 11, 1), "2376.00"), (day(2025, 12, 31), "2376.00"),
    (day(2026, 1, 1), "2404.00"), (day(2022, 4, 30), "2114.00"), (day(2022, 5, 1), "2170.00"),
  ])
  func `the minimum wage is that of the right day`(asked: Day, amount: String) throws {
    let penalty = try assess([.timesMinimumWage(Quotient(2))], on: asked)
    #expect(penalty.amount.description == amount)
    #expect(penalty.remarks.isEmpty)
    let later = try assess([.timesMinimumWage(Quotient(2))], on: day(2026, 11, 21)) { $0.rateDay = asked }
    #expect(later.amount == penalty.amount)
  }

  @Test func `Mayotte has its own minimum wage`() throws {
    #expect(try assess([.timesMinimumWage(Quotient(1))], area: .mayotte).amount == Euros(933))
    #expect(try assess([.timesMinimumWage(Quotient(1))], area: .laReunion).amount == Euros(1_202))
  }

  @Test func `a rate that may have changed is told, one from before all known ones is refused`() throws {
    let wage = try assess([.timesMinimumWage(Quotient(3, over: 2) ?? Quotient(1))], on: day(2027, 1, 1))
    #expect(wage.amount == Euros(1_803))
    #expect(wage.remarks.map(\.code) == ["rateMayHaveChanged"])
    let ceiling = try assess([.timesSocialSecurityHourlyCeiling(Quotient(4))], on: day(2027, 1, 1))
    #expect(ceiling.amount == Euros(12_000))
    #expect(ceiling.remarks.map(\.code) == ["rateMayHaveChanged"])
    #expect(throws: MissingFigure.self) { try assess([.timesMinimumWage(Quotient(1))], on: day(2015, 12, 31)) }
  }

  @Test func `parts of hours and of factors are exact to the cent`() throws {
    let penalty = try assess([.timesMinimumWage(Quotient(3, over: 2) ?? Quotient(1))], due: "100.33", credited: "0.08")
    // 100.25 × 1.5 × 12.02 = 1 807.5075
    #expect(penalty.amount.description == "1807.51")
    let finer = try assess([.timesMinimumWage(Quotient(9, over: 8) ?? Quotient(1))])
    // 100 × 1.125 × 12.02
    #expect(finer.amount.description == "1352.25")
    #expect(
      finer.derivation.steps.last?.sentence.plain
        == "Pénalité par heure manquante : 100 h × 112,5 % × 12,02 € = 1 352,25 €")
  }

  // MARK: - Several rules and caps

  @Test func `several rules add up, each under its own cap, all under the common ones`() throws {
    let penalty = try assess([
      .perHour(Euros(60)), .perDayLate(Euros(75), days: 10, unit: .calendar), .perAbsence(Euros(500), count: 2),
    ]) {
      $0.rules[0].cap = .amount(Euros(5_000))
      $0.caps = [.share(Percent(10), of: Euros(60_000))]
    }
    #expect(penalty.lines.map(\.computed) == [Euros(6_000), Euros(750), Euros(1_000)])
    #expect(penalty.lines.map(\.kept) == [Euros(5_000), Euros(750), Euros(1_000)])
    #expect(penalty.amount == Euros(6_000))
    #expect(penalty.remarks.map(\.code) == ["capped", "capped"])
    #expect(
      penalty.derivation.steps.map(\.sentence.plain).contains(
        "Ensemble des pénalités : 5 000,00 € + 750,00 € + 1 000,00 € = 6 750,00 €"))
    #expect(
      penalty.derivation.steps.last?.sentence.plain
        == "Plafond de l’ensemble : la plus petite valeur entre 6 750,00 € et 10 % de 60 000,00 €, soit 6 000,00 € = 6 000,00 €"
    )
    let under = try assess([.perHour(Euros(60))]) { $0.caps = [.amount(Euros(6_000))] }
    #expect(under.amount == Euros(6_000) && under.remarks.isEmpty)
  }

  @Test func `the limits of delay penalties are outside unless the contract says otherwise`() throws {
    #expect(try assess([.perHour(Euros(200))]).amount == Euros(20_000))
    #expect(try assess([.perHour(Euros(200))]) { $0.delayLimits = Euros(100_000) }.amount == Euros(10_000))
    let waived = try assess([.perHour(Euros(10))]) { $0.delayLimits = Euros(100_000) }
    #expect(waived.amount == Euros(0))
    #expect(waived.remarks.map(\.code) == ["waived"])
    #expect(try assess([.perHour(Euros(11))]) { $0.delayLimits = Euros(100_000) }.amount == Euros(1_100))
  }

  @Test func `an amount beyond all measure is told and counts as nothing`() throws {
    let penalty = try assess([.perHour(Euros(1_000_000_000))], due: "999999999999", credited: "0")
    #expect(penalty.amount == Euros(0))
    #expect(penalty.remarks.map(\.code) == ["beyondMeasure"])
  }

  @Test func `a penalty never passes its cap nor grows with hours credited`() throws {
    let figures = try Reference.figures()
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = SeededGenerator(seed)
    for _ in 0..<300 {
      let due = Int64.random(in: 0...1_000_000, using: &dice)
      let credited = Int64.random(in: 0...1_000_000, using: &dice)
      let excused = Int64.random(in: 0...100_000, using: &dice)
      let rate = Euros(cents: Int64.random(in: 0...30_000, using: &dice))
      let cap = Euros(cents: Int64.random(in: 0...50_000_000, using: &dice))
      func amount(_ credited: Int64) throws -> Penalty {
        try assess([.perHour(rate)], due: "0", credited: "0", figures: figures) {
          ($0.due, $0.credited) = (Hours(hundredths: due), Hours(hundredths: credited))
          ($0.excused, $0.caps) = (Hours(hundredths: excused), [.amount(cap)])
        }
      }
      let penalty = try amount(credited)
      #expect(penalty.missing.hundredths == max(due - credited - excused, 0), "seed \(seed)")
      #expect(penalty.amount <= cap && penalty.amount >= Euros(0), "seed \(seed)")
      let exact = Int128(penalty.missing.hundredths) * Int128(rate.cents)
      #expect(
        penalty.amount == cap || (2 * (Int128(penalty.amount.cents) * 100 - exact)).magnitude <= 100, "seed \(seed)")
      #expect(try amount(credited + 1).amount <= penalty.amount, "seed \(seed)")
    }
  }
}

extension Penalty {
  /// The remarks on the case, without what is usual in the field.
  fileprivate var remarks: [Finding] { derivation.findings.filter { $0.code != "habit" } }
}
