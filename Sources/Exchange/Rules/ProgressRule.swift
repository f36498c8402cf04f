internal import Clauses

extension Rule {
  /// Where a lot stands, where its pace leads, what would be enough.
  static let progress = Rule(
    name: "progress",
    summary:
      "Où en est un lot un jour donné\u{202F}: attendu, rythme, ce qui manquera à la fin, l’embauche qui suffirait.",
    fields: [
      ("due", "heures dues"),
      ("credited", "heures comptabilisées jusqu’à ce jour\u{202F}; par défaut la somme de months"),
      ("excused", "heures excusées"),
      ("from", "premier jour d’exécution"),
      ("to", "dernier jour d’exécution"),
      ("day", "jour où l’on regarde (aujourd’hui par défaut)"),
      ("curve", "sans plan, l’attendu croît par mois (months, par défaut) ou par jours (days)"),
      ("plan", "plan d’insertion\u{202F}: month, hours"),
      ("months", "heures comptabilisées mois par mois\u{202F}: month, hours"),
      ("pace", "rythme\u{202F}: all (toute l’exécution, par défaut) ou recent (derniers mois)"),
      ("basis", "heures d’un temps plein\u{202F}: worked (travaillées, par défaut) ou paid (payées)"),
      ("whatIf", "et si quelqu’un arrivait\u{202F}: from (mois), persons, weeklyHours (temps plein par défaut)"),
    ],
    example: """
      {
        "due": 675.2, "credited": 120, "from": "2026-12-01", "to": "2028-03-31", "day": "2027-06-30",
        "whatIf": {"persons": 1, "weeklyHours": 35, "from": "2027-10"}
      }
      """
  ) { input, context throws(RuleFaults) in
    let due = input.hours("due")
    let day = input.day("day", required: false) ?? context.today
    let from = input.day("from")
    let to = input.day("to")
    let measure = input.choice("curve", ProgressCurve.Measure.self, required: false) ?? .months
    let plan = input.objects("plan", required: false, most: 1000) { $0.plannedMonth() }
    let months = input.objects("months", required: false, most: 1000) { $0.plannedMonth() }
    if Set(plan.map(\.month)).count < plan.count { input.fault("plan", "Un mois y est deux fois.") }
    if Set(months.map(\.month)).count < months.count { input.fault("months", "Un mois y est deux fois.") }
    var credited = input.hours("credited", required: !input.has("months"))
    if credited == nil, input.has("months") {
      credited = months.filter { $0.month <= day.month }.reduce(Hours(0)) { $0 + $1.hours }
    }
    let excused = input.hours("excused", required: false) ?? Hours(0)
    let pace = input.choice("pace", LotProgress.Pace.self, required: false) ?? .all
    let basis = input.choice("basis", LotProgress.Basis.self, required: false) ?? .worked
    let hiring = input.object("whatIf", required: false) { input -> LotProgress.Hiring? in
      let from = input.month("from")
      let persons = input.whole("persons", required: false, in: 1...1_000) ?? 1
      let weekly = input.hours("weeklyHours", required: false)
      if let weekly, weekly > Hours(7 * 24) { input.fault("weeklyHours", "Une semaine n’a que 168 heures.") }
      return from.map { LotProgress.Hiring(persons: persons, weeklyHours: weekly, from: $0) }
    }
    let (first, last) = (try input.unwrap(from), try input.unwrap(to))
    guard let curve = ProgressCurve(from: first, to: last, measure: measure, plan: plan) else {
      throw RuleFaults([RuleFault("/to", "La fin vient avant le début (\(first.french)).")])
    }
    if last.month.index - first.month.index > 1_200 {
      throw RuleFaults([RuleFault("/to", "L’exécution dure plus de cent ans\u{202F}: vérifiez ses jours.")])
    }
    let hours = [due, credited, excused].compactMap { $0 } + (plan + months).map(\.hours)
    if hours.contains(where: { $0 > Hours(1_000_000_000) }) {
      throw RuleFaults([RuleFault("/due", "Un nombre d’heures ne passe pas un milliard.")])
    }
    var given = LotProgress.Case(due: try input.unwrap(due), credited: try input.unwrap(credited), curve: curve)
    given.excused = excused
    given.months = months
    given.pace = pace
    given.basis = basis
    given.hiring = hiring
    let result: LotProgress
    do throws(MissingFigure) {
      result = try LotProgress(given, on: day, figures: context.figures)
    } catch {
      throw RuleFaults([RuleFault("", error.description)])
    }
    return .object(
      [
        ("day", .day(day)), ("due", .hours(result.due)), ("credited", .hours(result.credited)),
        ("excused", .hours(result.excused)), ("missing", .hours(result.missing)),
        ("surplus", .hours(result.surplus)), ("expected", .hours(result.expected)),
        ("pace", result.pace.map { .hours($0) } ?? .null), ("forecast", result.forecast.map { .hours($0) } ?? .null),
        ("missingAtEnd", result.missingAtEnd.map { .hours($0) } ?? .null), ("level", .text(result.level.rawValue)),
        ("advice", .text(result.sentence)), ("advised", result.advised?.json ?? .null),
        ("whatIf", result.whatIf?.json ?? .null),
        ("curve", .list(curve.points(of: result.due - result.excused).map(\.json))),
      ] + result.derivation.fields)
  }
}

extension RuleInput {
  fileprivate mutating func plannedMonth() -> ProgressCurve.PlannedMonth? {
    let month = month("month")
    let hours = hours("hours")
    guard let month, let hours else { return nil }
    return ProgressCurve.PlannedMonth(month: month, hours: hours)
  }
}

extension ProgressCurve.PlannedMonth {
  fileprivate var json: RuleJSON { .object([("month", .month(month)), ("expected", .hours(hours))]) }
}

extension LotProgress.Advice {
  fileprivate var json: RuleJSON {
    .object([("persons", .whole(persons)), ("from", .month(from)), ("hours", .hours(hours))])
  }
}

extension LotProgress.WhatIf {
  fileprivate var json: RuleJSON {
    .object([
      ("added", .hours(added)), ("forecast", .hours(forecast)), ("missingAtEnd", .hours(missingAtEnd)),
      ("sentence", .text(sentence)),
    ])
  }
}
