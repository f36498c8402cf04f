internal import Clauses

extension Rule {
  /// Deadlines of a contract, the holidays of a year, the end of a delay.
  static let deadlines = Rule(
    name: "deadlines",
    summary:
      "Les échéances d’un contrat et leur état un jour donné, ce que le contrat peut sanctionner et ce qui n’est qu’une courtoisie\u{202F}; "
      + "ou les jours fériés d’une année, ou la fin d’un délai.",
    fields: [
      ("from", "premier jour d’exécution"),
      ("to", "dernier jour d’exécution"),
      (
        "frequency",
        "rythme des attestations selon le contrat\u{202F}: monthly, quarterly, halfYearly, yearly\u{202F}; "
          + "à défaut celui du CCAG"
      ),
      (
        "ccag",
        "CCAG auquel le contrat se réfère\u{202F}: works, suppliesServices, intellectual, ict, projectManagement, industrial"
      ),
      ("dueDay", "au plus tard ce jour du mois qui suit la période (15)"),
      ("dueBefore", "ou avant ce jour du mois suivant («\u{A0}avant le 15\u{A0}» s’écrit 15)"),
      (
        "dueDays, dueUnit",
        "ou tant de jours après la période\u{202F}: calendar (par défaut), working (ouvrés), workingWithSaturdays (ouvrables)"
      ),
      ("courtesy", "false si les heures ne sont pas demandées chaque mois en plus du contrat"),
      ("courtesyDay", "jour du mois suivant pour cette demande de courtoisie"),
      ("annualReport", "anniversary, calendarYear ou none\u{202F}; anniversary par défaut avec un CCAG, sinon none"),
      ("annualReportDays, annualReportUnit", "délai de remise du bilan annuel après l’année écoulée"),
      ("finalReport", "true si un bilan final est dû\u{202F}; true par défaut avec un CCAG"),
      (
        "documents",
        "autres documents du contrat\u{202F}: label, frequency, article, dueDay ou dueBefore ou dueDays et dueUnit"
      ),
      ("requests", "documents demandés\u{202F}: label, on (jour de la demande), days et unit"),
      ("notice", "mise en demeure reçue\u{202F}: receivedOn, delayDays et delayUnit"),
      ("received", "ce qui est reçu\u{202F}: id (nom de l’échéance) et on (jour)"),
      ("day", "jour auquel l’état est donné\u{202F}; aujourd’hui par défaut"),
      ("holidays", "seul avec area\u{202F}: l’année dont les jours fériés sont demandés"),
      ("delay", "seul avec area\u{202F}: receivedOn, days, unit d’un délai dont la fin est demandée"),
    ] + Rule.calendarFields,
    example:
      #"{"from":"2026-12-01","to":"2028-03-31","ccag":"works","day":"2027-01-20","received":[{"id":"declaration-2026-12","on":"2027-01-06"}]}"#
  ) { input, context throws(RuleFaults) in
    let calendar = input.calendar(context)
    let day = input.day("day", required: false) ?? context.today
    if input.has("holidays") {
      let year = input.whole("holidays", in: 1...9_999)
      try input.check()
      return DeadlinesAnswer.holidays(try input.unwrap(year), calendar)
    }
    if input.has("delay") {
      let given = input.object("delay") { delay -> FollowUpTerms.Notice? in
        let receivedOn = delay.day("receivedOn")
        let length = delay.delay("days", "unit", required: true)
        guard let receivedOn, let length else { return nil }
        return FollowUpTerms.Notice(receivedOn: receivedOn, delay: length)
      }
      try input.check()
      let notice = try input.unwrap(given)
      return try DeadlinesAnswer.delay(notice, try input.unwrap(notice.delay), calendar, context, day)
    }
    let terms = input.followUpTerms()
    let received = input.objects("received", required: false, most: 10_000) { item -> (String, Day)? in
      let id = item.text("id", most: 100)
      let on = item.day("on")
      guard let id, let on else { return nil }
      return (id, on)
    }
    if let terms, day > terms.performance.upperBound.adding(months: 600) {
      input.fault("day", "Ce jour vient plus de cinquante ans après la fin du contrat\u{202F}: vérifiez-le.")
    }
    try input.check()
    let followUp = try input.unwrap(terms)
    let schedule = try Rule.withFigures { () throws(MissingFigure) in
      try DeadlineSchedule.assess(
        followUp, received: Dictionary(received, uniquingKeysWith: { $1 }), on: day, calendar: calendar,
        figures: context.figures)
    }
    return DeadlinesAnswer.schedule(schedule, on: day)
  }
}

extension RuleInput {
  /// The terms of the follow-up; nil, with the faults noted, where they cannot be read.
  fileprivate mutating func followUpTerms() -> FollowUpTerms? {
    let from = day("from")
    let to = day("to")
    let conditions = choice("ccag", GeneralConditions.self, required: false)
    var terms: FollowUpTerms?
    if let from, let to {
      if to < from {
        fault("to", "Le dernier jour (\(to.french)) vient avant le premier (\(from.french)).")
      } else if to > from.adding(months: 600) {
        fault("to", "Cette exécution dure plus de cinquante ans\(French.thin): vérifiez les dates.")
      } else {
        terms = FollowUpTerms(performance: from...to, conditions: conditions)
      }
    }
    let frequency = choice("frequency", ReportingFrequency.self, required: false)
    let due = due()
    let hasCourtesy = flag("courtesy", required: false) ?? true
    let courtesyDay = whole("courtesyDay", required: false, in: 1...31)
    let annualReport = choice("annualReport", FollowUpTerms.AnnualReport.self, required: false)
    let annualReportDue = delay("annualReportDays", "annualReportUnit")
    let hasFinalReport = flag("finalReport", required: false)
    let documents = objects("documents", required: false, most: 5) { item -> FollowUpTerms.Document? in
      let label = item.text("label", most: 200)
      let frequency = item.choice("frequency", ReportingFrequency.self)
      let due = item.due()
      let article = item.text("article", required: false, most: 200)
      guard let label, let frequency else { return nil }
      return .init(label: label, frequency: frequency, due: due, article: article)
    }
    let requests = objects("requests", required: false, most: 1_000) { item -> FollowUpTerms.Request? in
      let label = item.text("label", most: 200)
      let on = item.day("on")
      let delay = item.delay("days", "unit")
      guard let label, let on else { return nil }
      return .init(label: label, day: on, delay: delay)
    }
    let notice = noticeReceived()
    guard var result = terms else { return nil }
    result.frequency = frequency
    result.due = due
    result.hasCourtesy = hasCourtesy
    result.courtesyDue = courtesyDay.map { .dayOfNextMonth($0) }
    result.annualReport = annualReport ?? result.annualReport
    result.annualReportDue = annualReportDue
    result.hasFinalReport = hasFinalReport ?? result.hasFinalReport
    result.documents = documents
    result.requests = requests
    result.notice = notice
    return result
  }

  /// When the document of a period is due, by one of three ways of saying it.
  private mutating func due() -> FollowUpTerms.Due? {
    let day = whole("dueDay", required: false, in: 1...31)
    let before = whole("dueBefore", required: false, in: 2...31)
    let delay = delay("dueDays", "dueUnit")
    if [day != nil, before != nil, delay != nil].count(where: { $0 }) > 1 {
      fault("dueDay", "Dites l’échéance d’une seule façon\(French.thin): dueDay, dueBefore ou dueDays.")
    }
    return day.map { .dayOfNextMonth($0) } ?? before.map { .dayOfNextMonth($0 - 1) } ?? delay.map { .after($0) }
  }

  /// A formal notice that was received: `{"receivedOn","delayDays","delayUnit"}`.
  mutating func noticeReceived() -> FollowUpTerms.Notice? {
    object("notice", required: false) { item in
      let receivedOn = item.day("receivedOn")
      let delay = item.delay("delayDays", "delayUnit")
      return receivedOn.map { .init(receivedOn: $0, delay: delay) }
    }
  }
}

/// The answers of the rule `deadlines`.
private enum DeadlinesAnswer {
  static func holidays(_ year: Int, _ calendar: WorkingCalendar) -> RuleJSON {
    var derivation = Derivation()
    derivation.step("Calendrier", gives: "\(calendar.area.french), \(year)")
    let holidays = calendar.holidays(of: year).map { holiday -> RuleJSON in
      derivation.use(holiday.figure)
      return .object([
        ("day", .day(holiday.day)), ("weekday", .text(holiday.day.weekday.french)), ("name", .text(holiday.name)),
        ("id", .text(holiday.figure.id)), ("status", .text(holiday.figure.status.rawValue)),
      ])
    }
    return .object(
      [("year", .whole(year)), ("area", .text(calendar.area.rawValue)), ("holidays", .list(holidays))]
        + derivation.fields)
  }

  static func delay(
    _ given: FollowUpTerms.Notice, _ delay: Delay, _ calendar: WorkingCalendar, _ context: Rule.Context, _ day: Day
  ) throws(RuleFaults) -> RuleJSON {
    let rules = try Rule.withFigures { () throws(MissingFigure) in
      try DelayRules(figures: context.figures, on: given.receivedOn)
    }
    var derivation = Derivation()
    let end = calendar.end(of: delay, from: given.receivedOn, rules: rules)
    end.explain(in: &derivation, rules: rules)
    return .object(end.fields(on: day) + derivation.fields)
  }

  static func schedule(_ schedule: DeadlineSchedule, on day: Day) -> RuleJSON {
    let next = schedule.deadlines.first { $0.state == .upcoming || $0.state == .due }
    return .object(
      [
        ("day", .day(day)),
        ("late", .whole(schedule.deadlines.count { $0.state == .late })),
        ("next", next.map { .object([("id", .text($0.id)), ("dueOn", .day($0.dueOn))]) } ?? .null),
        ("deadlines", .list(schedule.deadlines.map(\.json))),
      ] + schedule.derivation.fields)
  }
}

extension Deadline {
  /// The deadline with its days and its sentence.
  fileprivate var json: RuleJSON {
    var fields: [(name: String, value: RuleJSON)] = [
      ("id", .text(id)), ("kind", .text(kind.rawValue)), ("label", .text(label)),
    ]
    if let period {
      fields.append(("period", .object([("from", .day(period.lowerBound)), ("to", .day(period.upperBound))])))
    }
    fields += [("opensOn", .day(opensOn)), ("dueOn", .day(dueOn))]
    if let movedFrom { fields.append(("movedFrom", .day(movedFrom))) }
    fields += [
      ("state", .text(state.rawValue)), ("daysLate", .whole(daysLate)), ("workingDaysLate", .whole(workingDaysLate)),
      ("sanctionable", .flag(isSanctionable)),
    ]
    if let article { fields.append(("article", .text(article))) }
    if let receivedOn { fields.append(("receivedOn", .day(receivedOn))) }
    fields.append(("sentence", .text(sentence)))
    return .object(fields)
  }
}
