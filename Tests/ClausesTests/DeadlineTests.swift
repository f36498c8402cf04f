import Clauses
import Testing

@Suite struct DeadlineTests {
  private let performance = day(2026, 12, 1)...day(2028, 3, 31)

  private func schedule(
    _ terms: FollowUpTerms, received: [String: Day] = [:], on asked: Day = Reference.today,
    area: HolidayArea = .metropole
  ) throws -> DeadlineSchedule {
    let figures = try Reference.figures()
    return try DeadlineSchedule.assess(
      terms, received: received, on: asked, calendar: WorkingCalendar(area, figures: figures), figures: figures)
  }

  private func find(_ id: String, _ schedule: DeadlineSchedule) throws -> Deadline {
    try #require(schedule.deadlines.first { $0.id == id }, "\(id)")
  }

  @Test func `the story's works contract owes quarterly certificates and a courtesy every month`() throws {
    let schedule = try schedule(FollowUpTerms(performance: performance, conditions: .works))
    let certificates = schedule.deadlines.filter { $0.kind == .certificate }
    #expect(
      certificates.map { "\($0.id) \($0.dueOn)" } == [
        "certificate-2026-Q4 2027-01-15", "certificate-2027-Q1 2027-04-15", "certificate-2027-Q2 2027-07-15",
        "certificate-2027-Q3 2027-10-15", "certificate-2027-Q4 2028-01-17", "certificate-2028-Q1 2028-04-18",
      ])
    #expect(certificates.allSatisfy { $0.isSanctionable && $0.article == "CCAG-Travaux, article 20.1.4.3" })
    // Saturday 15 April 2028, then Easter and its Monday.
    #expect(certificates.last?.movedFrom == day(2028, 4, 15))
    #expect(certificates.first?.period == day(2026, 12, 1)...day(2026, 12, 31))
    let declarations = schedule.deadlines.filter { $0.kind == .declaration }
    #expect(declarations.count == 16)
    #expect(declarations.allSatisfy { !$0.isSanctionable })
    #expect(declarations.first?.dueOn == day(2027, 1, 15))
    #expect(schedule.derivation.findings.map(\.code) == ["courtesyRequests"])
    #expect(schedule.deadlines.map(\.dueOn) == schedule.deadlines.map(\.dueOn).sorted())
    #expect(schedule.deadlines.count == 24)
  }

  @Test func `the annual report follows the anniversary and the final one comes in the last month`() throws {
    let schedule = try schedule(FollowUpTerms(performance: performance, conditions: .works))
    let annual = schedule.deadlines.filter { $0.kind == .annualReport }
    #expect(annual.map(\.id) == ["annualReport-year-1"])
    #expect(annual.first?.period == day(2026, 12, 1)...day(2027, 11, 30))
    #expect(annual.first?.dueOn == day(2027, 12, 30))
    let final = try find("finalReport", schedule)
    #expect(final.opensOn == day(2028, 3, 1))
    #expect(final.dueOn == day(2028, 3, 31))
    #expect(final.article == "CCAG-Travaux, article 20.1.4.5")
  }

  @Test func `annual reports may follow calendar years or not be asked for`() throws {
    var terms = FollowUpTerms(performance: performance, conditions: .suppliesServices)
    terms.annualReport = .calendarYear
    terms.annualReportDue = Delay(10, .working)
    #expect(
      try schedule(terms).deadlines.filter { $0.kind == .annualReport }.map(\.id) == [
        "annualReport-2026", "annualReport-2027",
      ])
    #expect(try find("annualReport-2026", schedule(terms)).dueOn == day(2027, 1, 15))
    terms.hasFinalReport = false
    #expect(try schedule(terms).deadlines.filter { $0.kind == .annualReport }.count == 3)
    terms.annualReport = .none
    #expect(try schedule(terms).deadlines.allSatisfy { $0.kind == .certificate || $0.kind == .declaration })
  }

  @Test func `a certificate that is late is told with its days and a declaration received in time is not`() throws {
    let schedule = try schedule(
      FollowUpTerms(performance: performance, conditions: .works),
      received: ["declaration-2026-12": day(2027, 1, 6)], on: day(2027, 1, 20))
    let certificate = try find("certificate-2026-Q4", schedule)
    #expect(certificate.state == .late)
    #expect(certificate.daysLate == 5)
    #expect(certificate.workingDaysLate == 3)
    #expect(
      certificate.sentence.plain
        == "Attestation d’heures, 4e trimestre 2026 : à remettre au plus tard le 15/01/2027, en retard de 5 jours.")
    let declaration = try find("declaration-2026-12", schedule)
    #expect(declaration.state == .received)
    #expect(declaration.daysLate == 0)
    #expect(
      declaration.sentence.plain
        == "Déclaration des heures, décembre 2026 : à remettre au plus tard le 15/01/2027, reçu le 06/01/2027, dans les temps. Demande de courtoisie : le contrat ne la sanctionne pas."
    )
    let late = try #require(schedule.derivation.findings.first)
    #expect(late.code == "lateDocuments" && late.article == "CCAG-Travaux, article 20.1.5")
    #expect(late.sentence.plain == "1 document demandé par le contrat est en retard au 20/01/2027.")
  }

  @Test func `a deadline is to come, then expected, then late, from one day to the next`() throws {
    let terms = FollowUpTerms(performance: performance, conditions: .works)
    func state(_ asked: Day) throws -> Deadline { try find("certificate-2027-Q4", schedule(terms, on: asked)) }
    #expect(try state(day(2027, 12, 31)).state == .upcoming)
    #expect(try state(day(2028, 1, 1)).state == .due)
    #expect(try state(day(2028, 1, 17)).state == .due)
    #expect(try state(day(2028, 1, 18)).state == .late)
    #expect(try state(day(2028, 1, 18)).daysLate == 1)
    #expect(
      try state(day(2028, 1, 17)).sentence.plain.hasSuffix("(le 15/01/2028 est un jour de repos : samedi), attendu."))
    #expect(try state(day(2027, 12, 1)).sentence.plain.contains("à venir à partir du 01/01/2028"))
    #expect(Set(Deadline.State.allCases.map(\.french)).count == 4)
  }

  @Test func `what comes late stays late by its days, and what is not received yet is not known`() throws {
    let terms = FollowUpTerms(performance: performance, conditions: .works)
    let received = ["certificate-2026-Q4": day(2027, 1, 18), "finale": day(2027, 1, 18)]
    let after = try schedule(terms, received: received, on: day(2027, 3, 1))
    #expect(try find("certificate-2026-Q4", after).daysLate == 3)
    #expect(try find("certificate-2026-Q4", after).workingDaysLate == 1)
    #expect(
      try find("certificate-2026-Q4", after).sentence.plain.hasSuffix("reçu le 18/01/2027 avec 3 jours de retard."))
    #expect(after.derivation.findings.first { $0.code == "unknownReceipt" }?.place == "finale")
    #expect(try find("certificate-2026-Q4", schedule(terms, received: received, on: day(2027, 1, 17))).state == .late)
  }

  @Test func `the contract's own rhythm decides what may be sanctioned`() throws {
    var terms = FollowUpTerms(performance: performance)
    terms.frequency = .monthly
    terms.due = .dayOfNextMonth(31)
    let monthly = try schedule(terms)
    #expect(monthly.deadlines.count == 16)
    #expect(monthly.deadlines.allSatisfy { $0.isSanctionable && $0.article == nil })
    #expect(try find("certificate-2027-01", monthly).dueOn == day(2027, 3, 1))
    terms.frequency = .halfYearly
    terms.due = .after(Delay(10, .working))
    let halfYearly = try schedule(terms).deadlines.filter(\.isSanctionable)
    #expect(
      halfYearly.map(\.id) == [
        "certificate-2026-H2", "certificate-2027-H1", "certificate-2027-H2", "certificate-2028-H1",
      ])
    #expect(halfYearly.first?.dueOn == day(2027, 1, 15))
    terms.frequency = .yearly
    terms.hasCourtesy = false
    #expect(try schedule(terms).deadlines.map(\.id) == ["certificate-2026", "certificate-2027", "certificate-2028"])
    terms.frequency = nil
    #expect(try schedule(terms).deadlines.isEmpty)
    #expect(try schedule(terms).derivation.findings.map(\.code) == ["noContractualFrequency"])
    terms.hasCourtesy = true
    terms.courtesyDue = .dayOfNextMonth(5)
    #expect(try schedule(terms).deadlines.first?.dueOn == day(2027, 1, 5))
    #expect(ReportingFrequency.allCases.map(\.french) == ["mensuelle", "trimestrielle", "semestrielle", "annuelle"])
    #expect(ReportingFrequency(months: 5) == nil)
  }

  @Test func `21-BAM asks for quarters before the 15th and half-yearly progress besides`() throws {
    var terms = FollowUpTerms(performance: day(2027, 1, 10)...day(2027, 12, 20), conditions: .intellectual)
    terms.due = .dayOfNextMonth(14)
    terms.documents = [.init(label: "Avancement des heures", frequency: .halfYearly, article: "CCAP, article 8.2.2")]
    let schedule = try schedule(terms)
    #expect(
      schedule.deadlines.filter { $0.kind == .certificate }.map(\.dueOn) == [
        day(2027, 4, 14), day(2027, 7, 15), day(2027, 10, 14), day(2028, 1, 14),
      ])
    let progress = schedule.deadlines.filter { $0.kind == .document }
    #expect(progress.map(\.id) == ["document-1-2027-H1", "document-1-2027-H2"])
    #expect(progress.first?.article == "CCAP, article 8.2.2")
    #expect(progress.first?.label == "Avancement des heures, 1er semestre 2027")
    // Clipped to the performance.
    #expect(progress.map(\.period) == [day(2027, 1, 10)...day(2027, 6, 30), day(2027, 7, 1)...day(2027, 12, 20)])
  }

  @Test func `a document asked for has ten working days, or those of the contract`() throws {
    var terms = FollowUpTerms(performance: performance, conditions: .works)
    terms.requests = [
      .init(label: "Contrat de travail", day: day(2027, 1, 4)),
      .init(label: "Facture", day: day(2027, 1, 4), delay: Delay(5)),
    ]
    let schedule = try schedule(terms, on: day(2027, 1, 11))
    #expect(try find("request-1", schedule).dueOn == day(2027, 1, 18))
    #expect(try find("request-1", schedule).state == .due)
    let invoice = try find("request-2", schedule)
    #expect(invoice.dueOn == day(2027, 1, 11) && invoice.movedFrom == day(2027, 1, 9))
  }

  @Test func `the notice has its delay, and one after the end is told`() throws {
    var terms = FollowUpTerms(performance: performance, conditions: .works)
    terms.notice = .init(receivedOn: day(2028, 2, 3))
    let running = try find("notice", schedule(terms, on: day(2028, 2, 18)))
    #expect(running.state == .due && running.dueOn == day(2028, 2, 18))
    #expect(
      running.sentence.plain
        == "Mise en demeure : délai jusqu’au 18/02/2028 inclus, en cours depuis la réception du 03/02/2028.")
    let elapsed = try schedule(terms, on: day(2028, 2, 19))
    #expect(try find("notice", elapsed).sentence.plain.hasSuffix("écoulé depuis 1 jour."))
    #expect(!elapsed.derivation.findings.contains { $0.code == "noticeAfterEnd" })
    terms.notice = .init(receivedOn: day(2028, 4, 1), delay: Delay(8))
    let after = try schedule(terms, on: day(2028, 4, 3))
    #expect(try find("notice", after).dueOn == day(2028, 4, 10))
    #expect(after.derivation.findings.contains { $0.code == "noticeAfterEnd" && $0.level == .warning })
  }

  @Test func `periods follow each other without a gap and cover the performance exactly`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = SeededGenerator(seed)
    for _ in 0..<200 {
      let from = Day(number: Int32.random(in: 10_000...30_000, using: &dice))
      let performance = from...from.adding(days: Int.random(in: 0...2_000, using: &dice))
      let ways = ReportingFrequency.allCases.map { ReportingPeriod.all($0, in: performance) }
      for periods in ways + [ReportingPeriod.anniversaries(of: performance)] {
        #expect(periods.first?.first == performance.lowerBound, "seed \(seed)")
        #expect(periods.last?.last == performance.upperBound, "seed \(seed)")
        #expect(zip(periods, periods.dropFirst()).allSatisfy { $0.last.adding(days: 1) == $1.first }, "seed \(seed)")
        #expect(Set(periods.map(\.code)).count == periods.count, "seed \(seed)")
        #expect(periods.allSatisfy { $0.first <= $0.last }, "seed \(seed)")
      }
    }
  }

  @Test func `years from a leap day end where a contract of so many years does`() {
    let start = day(2024, 2, 29)
    let years = ReportingPeriod.anniversaries(of: start...day(2028, 3, 31))
    #expect(years.map(\.first) == [start, day(2025, 3, 1), day(2026, 3, 1), day(2027, 3, 1), day(2028, 2, 29)])
    #expect(years.dropLast().map(\.last) == (1...4).map { start.lastDay(ofMonths: $0 * 12) })
  }

  @Test func `a contract of one year owes no annual report on top of the final one, whatever its first day`() throws {
    let figures = try Reference.figures()
    let calendar = WorkingCalendar(.metropole, figures: figures)
    for first in [day(2028, 2, 29), day(2027, 3, 1), day(2027, 12, 31), day(2027, 2, 28)] {
      let last = try #require(first.lastDay(ofMonths: 12))
      let schedule = try DeadlineSchedule.assess(
        FollowUpTerms(performance: first...last, conditions: .works), on: first, calendar: calendar, figures: figures)
      let reports = schedule.deadlines.filter { $0.kind == .annualReport || $0.kind == .finalReport }
      #expect(reports.map(\.id) == ["finalReport"], "\(first)")
      #expect(ReportingPeriod.anniversaries(of: first...last).map(\.last) == [last], "\(first)")
    }
  }

  @Test func `the last years of the calendar are covered to their end`() {
    let years = ReportingPeriod.anniversaries(of: day(9998, 6, 1)...day(9999, 12, 31))
    #expect(years.first?.last == day(9999, 5, 31))
    #expect(years.last?.last == day(9999, 12, 31))
  }

  @Test func `each CCAG has its own number for the insertion clause`() throws {
    let figures = try Reference.figures()
    let articles = try GeneralConditions.allCases.map {
      try $0.article("5", on: Reference.today, figures: figures)
    }
    #expect(
      articles == [
        "CCAG-Travaux, article 20.1.5", "CCAG-FCS, article 16.1.5", "CCAG-PI, article 16.1.5",
        "CCAG-TIC, article 16.1.5", "CCAG-MOE, article 18.1.5", "CCAG-MI, article 17.1.5",
      ])
    #expect(throws: MissingFigure.self) {
      try GeneralConditions.works.article("5", on: Reference.today, figures: Figures(.init()))
    }
  }
}
