/// What persons who join would add until the end of a contract.
struct Crew {
  /// Hours a month of one person full time.
  private let monthly: Hours
  /// Hours a week of one person full time.
  private let weekly: Hours

  init(
    _ basis: LotProgress.Basis, on day: Day, figures: Figures, into derivation: inout Derivation
  ) throws(MissingFigure) {
    let key: FigureKey<Hours> = basis == .worked ? .monthlyFullTimeWorked : .monthlyFullTimePaid
    monthly = derivation.use(try figures.hours.nearest(key, on: day))
    weekly = try figures.hours.nearest(.weeklyFullTime, on: day).value
  }

  /// The hours of one person full time from the first day of a month to the end.
  private func hours(from month: Month, _ curve: ProgressCurve) -> Quotient {
    Quotient(monthly) * ProgressCurve.months(from: max(month.first, curve.from), to: curve.to)
  }

  /// How many persons full time from a month are enough; nil where the month comes after the end.
  func advice(against shortfall: Quotient, from month: Month, curve: ProgressCurve) -> LotProgress.Advice? {
    guard shortfall > Quotient(0), let persons = shortfall.divided(by: hours(from: month, curve))?.whole(.up) else {
      return nil
    }
    guard let count = Int(exactly: persons), let added = (hours(from: month, curve) * Quotient(count)).hours() else {
      return nil
    }
    return LotProgress.Advice(persons: count, from: month, hours: added)
  }

  /// What a hiring would change; a month already begun counts from the day after.
  func whatIf(
    _ hiring: LotProgress.Hiring, after day: Day, curve: ProgressCurve, forecast: Quotient, net: Hours,
    into derivation: inout Derivation
  ) -> LotProgress.WhatIf {
    let from = max(hiring.from.first, curve.from, day.adding(days: 1))
    let months = ProgressCurve.months(from: from, to: curve.to)
    let week = hiring.weeklyHours ?? weekly
    let share = Quotient(week).divided(by: Quotient(weekly)) ?? Quotient(0)
    let added = Quotient(monthly) * share * months * Quotient(hiring.persons)
    let total = forecast + added
    let missing = max(Quotient(0), Quotient(net) - total)
    let persons = French.count(hiring.persons, "personne")
    let people = "\(persons) de plus à \(week.french) par semaine"
    derivation.step(
      "Avec \(people) depuis le \(from.french)",
      "\(hiring.persons) × \(monthly.french) × \(week.french) ÷ \(weekly.french) × \(months.exactText) mois",
      gives: "+ \(added.hoursText)")
    let sentence =
      missing == Quotient(0)
      ? "Avec \(people) à partir \(hiring.from.from(day)), le compte y est."
      : "Avec \(people) à partir \(hiring.from.from(day)), il manquera encore \(missing.frenchHours)."
    return LotProgress.WhatIf(
      added: added.hours() ?? Hours(0), forecast: total.hours() ?? Hours(0),
      missingAtEnd: missing.hours() ?? Hours(0), sentence: sentence)
  }
}

extension Month {
  /// `de mars`, `d’avril`; with the year where it is a year or more away.
  func from(_ day: Day) -> String {
    let isNear = index > day.month.index && index < day.month.adding(French.months.count).index
    let name = isNear ? String(french.prefix { $0 != " " }) : french
    return "aeiou".contains(name.first ?? " ") ? "d’\(name)" : "de \(name)"
  }
}

extension Quotient {
  /// As hours for a sentence, to the tenth: `400,9 h`. A step says what it rounds: it takes ``hoursText``.
  var frenchHours: String {
    let tenths = (self * Quotient(10)).whole()
    return "\(French.hundredths(Int64(clamping: tenths * 10), places: 0))\(French.noBreak)h"
  }
}
