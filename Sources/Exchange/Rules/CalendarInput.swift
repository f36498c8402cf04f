internal import Clauses

extension RuleInput {
  /// The calendar of the fields `area`, or `departement`, and `goodFriday`.
  mutating func calendar(_ context: Rule.Context) -> WorkingCalendar {
    var area = choice("area", HolidayArea.self, required: false)
    if let written = text("departement", required: false, most: 3) {
      if let code = DepartementCode(written) {
        if area != nil { fault("departement", "Donnez le territoire ou le département, pas les deux.") }
        area = HolidayArea.of(code, on: context.today, figures: context.figures)
      } else {
        fault("departement", "Un code de département est attendu (01 à 95, 2A, 2B, 971 à 988).")
      }
    }
    let keepsGoodFriday = flag("goodFriday", required: false) ?? true
    return WorkingCalendar(area ?? .metropole, figures: context.figures, keepsGoodFriday: keepsGoodFriday)
  }

  /// A delay of two fields, so many days of a unit (calendar days unless told); nil where there are no days.
  mutating func delay(_ days: String, _ unit: String, required: Bool = false) -> Delay? {
    let kind = choice(unit, DayUnit.self, required: false)
    guard let count = whole(days, required: required, in: 1...1_000) else { return nil }
    return Delay(count, kind ?? .calendar)
  }
}

extension Rule {
  /// What the fields of a calendar mean.
  static let calendarFields: [(name: String, meaning: String)] = [
    (
      "area",
      "calendrier des jours fériés\u{202F}: metropole (par défaut), alsaceMoselle, guadeloupe, martinique, guyane, laReunion, "
        + "mayotte, saintBarthelemy, saintMartin, saintPierreEtMiquelon"
    ),
    ("departement", "ou bien le code du département, dont le calendrier se déduit"),
    ("goodFriday", "false dans une commune d’Alsace-Moselle où le vendredi saint n’est pas férié"),
  ]

  /// What a reading of figures gives, or the fault that says which one is missing.
  static func withFigures<Value>(_ read: () throws(MissingFigure) -> Value) throws(RuleFaults) -> Value {
    do {
      return try read()
    } catch {
      throw RuleFaults([RuleFault("", error.description)])
    }
  }
}

extension DelayEnd {
  /// The fields of a delay reckoned, as it stands on a day.
  func fields(on day: Day) -> [(name: String, value: RuleJSON)] {
    [
      ("receivedOn", .day(trigger)), ("days", .whole(delay.days)), ("unit", .text(delay.unit.rawValue)),
      ("firstDay", .day(first)), ("countedLastDay", .day(counted)), ("lastDay", .day(last)),
      ("moved", moved.map { .text($0) } ?? .null), ("elapsed", .flag(isElapsed(on: day))),
      ("actionFrom", .day(firstDayAfter)),
    ]
  }
}
