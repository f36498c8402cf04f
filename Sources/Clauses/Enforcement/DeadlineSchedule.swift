/// Every deadline of a contract and where each stands on a day.
///
/// What the contract asks for may be sanctioned; what is asked for more often is a courtesy and may not.
public struct DeadlineSchedule: Sendable {
  /// The deadlines, the earliest first.
  public let deadlines: [Deadline]
  /// How they were found.
  public let derivation: Derivation

  /// The deadlines of a contract as they stand on a day; `received` gives the day of receipt by the deadline's name.
  public static func assess(
    _ terms: FollowUpTerms, received: [String: Day] = [:], on day: Day, calendar: WorkingCalendar, figures: Figures
  ) throws(MissingFigure) -> DeadlineSchedule {
    var builder = try DeadlineBuilder(terms, received, day, calendar, figures)
    try builder.addCertificates()
    try builder.addDocuments()
    try builder.addReports()
    try builder.addRequests()
    try builder.addNotice()
    builder.conclude()
    let sorted = builder.deadlines.enumerated().sorted { ($0.element.dueOn, $0.offset) < ($1.element.dueOn, $1.offset) }
    return DeadlineSchedule(deadlines: sorted.map(\.element), derivation: builder.derivation)
  }
}

/// Adds deadlines one kind after the other.
private struct DeadlineBuilder {
  let terms: FollowUpTerms
  let received: [String: Day]
  let day: Day
  let calendar: WorkingCalendar
  let figures: Figures
  let rules: DelayRules
  let articles: InsertionArticles
  var deadlines: [Deadline] = []
  var derivation = Derivation()

  init(
    _ terms: FollowUpTerms, _ received: [String: Day], _ day: Day, _ calendar: WorkingCalendar, _ figures: Figures
  ) throws(MissingFigure) {
    self.terms = terms
    self.received = received
    self.day = day
    self.calendar = calendar
    self.figures = figures
    rules = try DelayRules(figures: figures, on: terms.performance.lowerBound)
    articles = try InsertionArticles(terms.conditions, on: terms.performance.lowerBound, figures: figures)
  }

  private mutating func count(_ key: FigureKey<Int>) throws(MissingFigure) -> Int {
    derivation.use(try figures.counts.figure(key, on: terms.performance.lowerBound))
  }

  mutating func addCertificates() throws(MissingFigure) {
    var contractual = terms.frequency
    if contractual == nil, terms.conditions != nil {
      contractual = ReportingFrequency(months: try count(.deadlineCertificateMonths))
    }
    if let contractual {
      derivation.step("Attestation d’heures demandée par le contrat", gives: "périodicité \(contractual.french)")
      for period in ReportingPeriod.all(contractual, in: terms.performance) {
        try add(
          .certificate, "certificate-\(period.code)", "Attestation d’heures, \(period.french)", period, terms.due,
          article: articles.documents)
      }
    } else {
      derivation.note(
        Finding(
          .warning, "noContractualFrequency",
          "Le contrat ne dit pas à quel rythme les heures sont attestées\(colon) rien de régulier ne peut être sanctionné.",
          mend: "Relisez la clause d’insertion du contrat, ou indiquez le CCAG auquel il se réfère."))
    }
    guard terms.hasCourtesy, let courtesy = ReportingFrequency(months: try count(.deadlineCourtesyMonths)),
      contractual.map({ $0.months > courtesy.months }) ?? true
    else { return }
    derivation.step("Heures demandées en plus, par courtoisie", gives: "périodicité \(courtesy.french)")
    for period in ReportingPeriod.all(courtesy, in: terms.performance) {
      try add(
        .declaration, "declaration-\(period.code)", "Déclaration des heures, \(period.french)", period,
        terms.courtesyDue, isSanctionable: false)
    }
    derivation.note(
      Finding(
        .information, "courtesyRequests",
        "Les déclarations demandées à un rythme plus serré que celui du contrat sont une courtoisie\(colon) "
          + "leur retard ne se sanctionne pas.", article: articles.documents))
  }

  mutating func addDocuments() throws(MissingFigure) {
    for (index, document) in terms.documents.enumerated() {
      for period in ReportingPeriod.all(document.frequency, in: terms.performance) {
        try add(
          .document, "document-\(index + 1)-\(period.code)", "\(document.label), \(period.french)", period,
          document.due, article: document.article ?? articles.documents)
      }
    }
  }

  mutating func addReports() throws(MissingFigure) {
    var years: [ReportingPeriod] = []
    switch terms.annualReport {
    case .anniversary: years = ReportingPeriod.anniversaries(of: terms.performance)
    case .calendarYear: years = ReportingPeriod.all(.yearly, in: terms.performance)
    case .none: break
    }
    // The final report stands for the last year.
    if terms.hasFinalReport { years = Array(years.dropLast()) }
    if !years.isEmpty {
      var delay = terms.annualReportDue
      if delay == nil { delay = Delay(try count(.deadlineAnnualReportDays)) }
      for year in years {
        try add(
          .annualReport, "annualReport-\(year.code)", "Bilan annuel, \(year.french)", year, delay.map { .after($0) },
          article: articles.reports)
      }
    }
    guard terms.hasFinalReport else { return }
    let end = terms.performance.upperBound
    let opens = end.adding(months: -(try count(.deadlineFinalReportMonths))).adding(days: 1)
    append(
      .finalReport, "finalReport", "Bilan final", terms.performance,
      opens: max(opens, terms.performance.lowerBound), counted: end, due: end, moved: nil, article: articles.reports)
  }

  mutating func addRequests() throws(MissingFigure) {
    for (index, request) in terms.requests.enumerated() {
      var delay = request.delay
      if delay == nil { delay = Delay(try count(.deadlineRequestWorkingDays), .working) }
      guard let delay else { continue }
      let end = calendar.end(of: delay, from: request.day, rules: rules)
      append(
        .request, "request-\(index + 1)", request.label, nil, opens: request.day, counted: end.counted, due: end.last,
        moved: end.moved, article: articles.documents)
    }
  }

  mutating func addNotice() throws(MissingFigure) {
    guard let notice = terms.notice else { return }
    var delay = notice.delay
    if delay == nil { delay = Delay(try count(.noticeDelayDays)) }
    guard let delay else { return }
    let end = calendar.end(of: delay, from: notice.receivedOn, rules: rules)
    end.explain(in: &derivation, rules: rules)
    append(
      .notice, "notice", "Mise en demeure", nil, opens: notice.receivedOn, counted: end.counted, due: end.last,
      moved: end.moved, article: articles.penalties)
    if let finding = NoticeWording.afterEnd(
      notice.receivedOn, performanceEnd: terms.performance.upperBound, article: articles.penalties)
    {
      derivation.note(finding)
    }
  }

  /// Adds what reports on a period.
  private mutating func add(
    _ kind: Deadline.Kind, _ id: String, _ label: String, _ period: ReportingPeriod, _ due: FollowUpTerms.Due?,
    isSanctionable: Bool = true, article: String? = nil
  ) throws(MissingFigure) {
    let counted: Day
    switch due {
    case .after(let delay): counted = calendar.adding(delay.days, delay.unit, to: period.last)
    case .dayOfNextMonth(let number): counted = Self.day(number, after: period.last)
    case nil: counted = Self.day(try count(.deadlineDayOfNextMonth), after: period.last)
    }
    let (last, moved) = calendar.settled(counted, rules: rules)
    append(
      kind, id, label, period.first...period.last, opens: period.last.adding(days: 1), counted: counted, due: last,
      moved: moved, isSanctionable: isSanctionable, article: article)
  }

  private static func day(_ number: Int, after last: Day) -> Day {
    let month = last.month.adding(1)
    return min(month.first.adding(days: max(number, 1) - 1), month.last)
  }

  private mutating func append(
    _ kind: Deadline.Kind, _ id: String, _ label: String, _ period: ClosedRange<Day>?, opens: Day, counted: Day,
    due: Day, moved: String?, isSanctionable: Bool = true, article: String?
  ) {
    if moved != nil { derivation.use(rules.moves) }
    if let article { derivation.cite(article) }
    // A day of receipt after the day asked about is not known on it.
    let receivedOn = received[id].flatMap { $0 <= day ? $0 : nil }
    let state: Deadline.State =
      if receivedOn != nil { .received } else if day > due { .late } else if day >= opens { .due } else { .upcoming }
    let until = max(receivedOn ?? day, due)
    let late = calendar.count(.calendar, from: due, to: until)
    let sentence = DeadlineWording(
      kind: kind, label: label, opens: opens, counted: counted, due: due, moved: moved, state: state,
      receivedOn: receivedOn, daysLate: late, isSanctionable: isSanctionable
    ).sentence
    deadlines.append(
      Deadline(
        id: id, kind: kind, label: label, period: period, opensOn: opens, dueOn: due,
        movedFrom: moved == nil ? nil : counted, isSanctionable: isSanctionable, article: article,
        receivedOn: receivedOn, state: state, daysLate: late,
        workingDaysLate: calendar.count(.working, from: due, to: until), sentence: sentence))
  }

  /// Tells what is late and what was received without being due.
  mutating func conclude() {
    let late = deadlines.filter { $0.state == .late && $0.kind != .notice }
    let sanctionable = late.count { $0.isSanctionable }
    if sanctionable > 0 {
      derivation.note(
        Finding(
          .warning, "lateDocuments",
          "\(French.count(sanctionable, "document")) \(French.plural(sanctionable, "demandé")) par le contrat "
            + "\(sanctionable == 1 ? "est" : "sont") en retard au \(day.french).",
          mend: "Relancez l’entreprise\(semicolon) l’acheteur seul peut la mettre en demeure.",
          article: articles.penalties))
    }
    let known = Set(deadlines.map(\.id))
    for name in received.keys.sorted() where !known.contains(name) {
      derivation.note(
        Finding(
          .warning, "unknownReceipt",
          "«\(French.noBreak)\(name)\(French.noBreak)» ne correspond à aucune échéance de ce contrat.",
          mend: "Reprenez le nom d’une échéance de la liste.", place: name))
    }
  }
}
