/// How often something is due.
public enum ReportingFrequency: String, Sendable, CaseIterable {
  case monthly, quarterly, halfYearly, yearly

  /// Its length in months.
  public var months: Int {
    switch self {
    case .monthly: 1
    case .quarterly: 3
    case .halfYearly: 6
    case .yearly: 12
    }
  }

  /// The frequency of so many months; nil where none has them.
  public init?(months: Int) {
    guard let found = Self.allCases.first(where: { $0.months == months }) else { return nil }
    self = found
  }

  /// `trimestrielle`.
  public var french: String {
    switch self {
    case .monthly: "mensuelle"
    case .quarterly: "trimestrielle"
    case .halfYearly: "semestrielle"
    case .yearly: "annuelle"
    }
  }
}

/// A period that a document reports on: a month, quarter, half-year or year, clipped to the performance.
public struct ReportingPeriod: Sendable, Equatable {
  /// Its first day.
  public let first: Day
  /// Its last day.
  public let last: Day
  /// Its stable name: `2027-01`, `2027-Q1`, `2027-H1`, `2027`, `year-1`.
  public let code: String
  /// Its name in French, such as `1er trimestre 2027`.
  public let french: String

  /// The periods of the calendar that a performance touches, each clipped to it.
  public static func all(_ frequency: ReportingFrequency, in performance: ClosedRange<Day>) -> [ReportingPeriod] {
    let length = frequency.months
    let start = Int(performance.lowerBound.month.index) / length * length
    let end = Int(performance.upperBound.month.index)
    return stride(from: start, through: end, by: length).map { index in
      let month = Month(index: Int32(index))
      let (year, _, _) = month.first.parts
      let number = Int(month.index) % ReportingFrequency.yearly.months / length + 1
      let ordinal = number == 1 ? "1er" : "\(number)e"
      let names: (code: String, french: String) =
        switch frequency {
        case .monthly: (month.description, month.french)
        case .quarterly: ("\(year)-Q\(number)", "\(ordinal) trimestre \(year)")
        case .halfYearly: ("\(year)-H\(number)", "\(ordinal) semestre \(year)")
        case .yearly: ("\(year)", "année \(year)")
        }
      return ReportingPeriod(
        first: max(month.first, performance.lowerBound),
        last: min(month.adding(length - 1).last, performance.upperBound),
        code: names.code, french: names.french)
    }
  }

  /// The years of a performance, each as long as a duration of whole years from its first day; the last one is clipped.
  ///
  /// A year ends where ``Day/lastDay(ofMonths:)`` ends a contract of a year: one that begins on 29 February, on 28
  /// February of a common year.
  public static func anniversaries(of performance: ClosedRange<Day>) -> [ReportingPeriod] {
    var years: [ReportingPeriod] = []
    var first = performance.lowerBound
    while first <= performance.upperBound {
      let end = performance.lowerBound.lastDay(ofMonths: (years.count + 1) * ReportingFrequency.yearly.months)
      // At the end of the calendar the next anniversary does not exist.
      let last = end.flatMap { $0 >= first ? min($0, performance.upperBound) : nil } ?? performance.upperBound
      years.append(
        ReportingPeriod(
          first: first, last: last, code: "year-\(years.count + 1)", french: "du \(first.french) au \(last.french)"))
      first = last.adding(days: 1)
    }
    return years
  }
}
