/// A calendar month of a year.
public struct Month: Sendable, Hashable, Comparable {
  /// Months since January of the year 0: year × 12 + month − 1.
  public let index: Int32

  /// The month with this index; one outside the years 1…9999 is held at their bounds.
  public init(index: Int32) { self.index = min(max(index, 12), 9999 * 12 + 11) }

  /// Reads exactly `yyyy-MM`; anything else gives nil.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 7, let day = Day("\(text)-01") else { return nil }
    self = day.month
  }

  /// The first day of the month.
  public var first: Day { Day(year: Int(index) / 12, month: Int(index) % 12 + 1, day: 1) ?? Day(number: 0) }

  /// The last day of the month.
  public var last: Day {
    let (year, month) = (Int(index) / 12, Int(index) % 12 + 1)
    return Day(year: year, month: month, day: Day.length(ofMonth: month, year: year)) ?? first
  }

  /// The month some months later or earlier.
  public func adding(_ months: Int) -> Month {
    Month(index: index + Int32(min(max(months, -120_000), 120_000)))
  }

  /// Whether one comes before the other.
  public static func < (a: Month, b: Month) -> Bool { a.index < b.index }
}

extension Month: CustomStringConvertible {
  /// `yyyy-MM`, the form of storage and exchange.
  public var description: String { "\(French.padded(Int(index) / 12, 4))-\(French.padded(Int(index) % 12 + 1, 2))" }

  /// `novembre 2026`.
  public var french: String { "\(French.months[Int(index) % 12]) \(Int(index) / 12)" }
}
