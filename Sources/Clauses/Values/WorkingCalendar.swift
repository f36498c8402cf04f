/// How the days of a delay are counted.
public enum DayUnit: String, Sendable, CaseIterable {
  /// Every day (jours calendaires).
  case calendar
  /// Monday to Friday but for holidays (jours ouvrés).
  case working
  /// Monday to Saturday but for holidays (jours ouvrables).
  case workingWithSaturdays

  /// `jours ouvrés (lundi à vendredi)`.
  public var frenchName: String {
    switch self {
    case .calendar: "jours calendaires"
    case .working: "jours ouvrés (lundi à vendredi)"
    case .workingWithSaturdays: "jours ouvrables (lundi à samedi)"
    }
  }

  /// `15 jours ouvrés`.
  public func french(_ count: Int) -> String {
    switch self {
    case .calendar: "\(French.count(count, "jour")) \(French.plural(count, "calendaire"))"
    case .working: "\(French.count(count, "jour")) \(French.plural(count, "ouvré"))"
    case .workingWithSaturdays: "\(French.count(count, "jour")) \(French.plural(count, "ouvrable"))"
    }
  }
}

/// The public holidays of one area and what follows from them: working days, delays counted in them.
///
/// The holidays come from ``Figures``, each from its own first year; Easter is computed. Every year of the calendar can
/// be asked.
public struct WorkingCalendar: Sendable, Equatable {
  /// A holiday of a year.
  public struct PublicHoliday: Sendable, Equatable {
    /// The day.
    public let day: Day
    /// The entry that makes it one.
    public let figure: Figure<Holiday>
    /// Its name in French.
    public var name: String { figure.value.name }
  }

  /// The name of the one holiday that only some communes of its area keep.
  public static let goodFriday = "holiday.goodFriday"

  /// The part of France.
  public let area: HolidayArea
  /// The entries of the area, those of one name together: the first that holds on its day counts.
  private let rules: [[Figure<Holiday>]]

  /// The calendar of an area; `keepsGoodFriday` is for the communes of Alsace and Moselle that have the church which
  /// the law asks for, and says nothing elsewhere.
  public init(_ area: HolidayArea = .metropole, figures: Figures, keepsGoodFriday: Bool = true) {
    self.area = area
    var names: [String] = []
    var byName: [String: [Figure<Holiday>]] = [:]
    for figure in figures.holidays where keepsGoodFriday || figure.id != WorkingCalendar.goodFriday {
      if byName[figure.id] == nil { names.append(figure.id) }
      byName[figure.id, default: []].append(figure)
    }
    rules = names.compactMap { byName[$0] }
  }

  /// The day that the entries of one name give in a year: the first entry that holds on its own day.
  private func holiday(of entries: [Figure<Holiday>], in year: Int) -> PublicHoliday? {
    for figure in entries {
      guard let day = figure.value.day(in: year), figure.holds(on: day) else { continue }
      let areas = figure.value.areas
      return areas.isEmpty || areas.contains(area) ? PublicHoliday(day: day, figure: figure) : nil
    }
    return nil
  }

  /// The holidays of a year in the order of the calendar; two may fall on one day (Ascension on 1 May 2008).
  public func holidays(of year: Int) -> [PublicHoliday] {
    rules.compactMap { holiday(of: $0, in: year) }.sorted { $0.day < $1.day }
  }

  /// The holiday that falls on a day, or nil.
  public func holiday(on day: Day) -> PublicHoliday? {
    let year = day.parts.year
    return rules.lazy.compactMap { holiday(of: $0, in: year) }.first { $0.day == day }
  }

  /// Whether a day counts in a unit.
  public func counts(_ day: Day, as unit: DayUnit) -> Bool {
    switch unit {
    case .calendar: true
    case .working: day.weekday < .saturday && !isHoliday(day)
    case .workingWithSaturdays: day.weekday < .sunday && !isHoliday(day)
    }
  }

  /// Whether a day is a holiday, without listing those of its year.
  private func isHoliday(_ day: Day) -> Bool {
    let (year, month, dayOfMonth) = day.parts
    let fromEaster = Day.easter(of: year).map { Int(day.number) - Int($0.number) }
    return rules.contains { entries in
      guard entries.count == 1, let figure = entries.first else { return holiday(of: entries, in: year)?.day == day }
      switch figure.value.rule {
      case .fixed(month, dayOfMonth): break
      case .easter(let offset) where offset == fromEaster: break
      default: return false
      }
      return figure.holds(on: day) && (figure.value.areas.isEmpty || figure.value.areas.contains(area))
    }
  }

  /// The `count`-th day of the unit after a day, before it where the count is negative; the day itself for zero.
  ///
  /// Counts beyond ± 40 000 are held at these bounds.
  public func adding(_ count: Int, _ unit: DayUnit, to day: Day) -> Day {
    let count = min(max(count, -40_000), 40_000)
    guard unit != .calendar else { return day.adding(days: count) }
    var (left, current) = (count.magnitude, day)
    while left > 0 {
      current = current.adding(days: count.signum())
      if counts(current, as: unit) { left -= 1 }
    }
    return current
  }

  /// How many days of the unit lie after a day, up to and with another; where the other comes first, minus those from it
  /// to the day before.
  ///
  /// Undoes ``adding(_:_:to:)``: `count(from: d, to: adding(n, unit, to: d)) == n`.
  public func count(_ unit: DayUnit, from day: Day, to other: Day) -> Int {
    guard unit != .calendar else { return Int(other.number) - Int(day.number) }
    return other < day
      ? -count(unit, after: other.adding(days: -1), through: day.adding(days: -1))
      : count(unit, after: day, through: other)
  }

  /// Days of the unit after a day up to and with a later one: those of the week, less the holidays among them, so that
  /// long spans cost a year at a time.
  private func count(_ unit: DayUnit, after start: Day, through end: Day) -> Int {
    let lastDay: Weekday = unit == .working ? .friday : .saturday
    let (weeks, rest) = (Int(end.number) - Int(start.number)).quotientAndRemainder(dividingBy: Weekday.allCases.count)
    var total = weeks * lastDay.rawValue
    for offset in 0..<rest where end.adding(days: -offset).weekday <= lastDay { total += 1 }
    var last = start
    for year in start.parts.year...end.parts.year {
      for holiday in holidays(of: year) where holiday.day > last && holiday.day <= end {
        last = holiday.day
        if holiday.day.weekday <= lastDay { total -= 1 }
      }
    }
    return total
  }

  /// The day itself where it is a working day from Monday to Friday, else the next one.
  public func workingDay(onOrAfter day: Day) -> Day {
    var day = day
    while !counts(day, as: .working) { day = day.adding(days: 1) }
    return day
  }

  /// Why a day is no working day, in French: `samedi`, `dimanche`, `férié, lundi de Pâques`; nil where it is one.
  public func rest(on day: Day) -> String? {
    if let holiday = holiday(on: day) { return "férié, \(holiday.name)" }
    return day.weekday < .saturday ? nil : day.weekday.french
  }
}
