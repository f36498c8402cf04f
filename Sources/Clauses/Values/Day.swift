/// A calendar day, without hour or time zone.
///
/// Proleptic Gregorian calendar, years 1 to 9999; the algorithms are those of Howard Hinnant's "days from civil".
public struct Day: Sendable, Hashable, Comparable {
  /// Days since 1 January 1970; negative before.
  public let number: Int32

  /// The day that lies `number` days after 1 January 1970.
  public init(number: Int32) { self.number = number }

  /// A day of the calendar, or nil where it does not exist (30 February) or the year is outside 1…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads exactly `yyyy-MM-dd`; anything else, or a day that does not exist, gives nil.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8.prefix(11))
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      let year = Day.digits(bytes[0..<4]), let month = Day.digits(bytes[5..<7]), let day = Day.digits(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The same, compiled for the texts that columns hold: lists read many.
  public init?(_ text: String) { self.init(text[...]) }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in bytes {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// The years that someone may type: beyond, computations cost without telling anyone anything.
  public static let typedYears = 1900...2199

  /// Reads a day that someone typed, as browsers send it, `2026-11-21`, or as people write it, `21/11/2026`; nil for
  /// anything else and for years outside ``typedYears``.
  public init?(typed text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).compactMap { Int($0) }
    let day = Day(text) ?? (parts.count == 3 ? Day(year: parts[2], month: parts[1], day: parts[0]) : nil)
    guard let day, Day.typedYears.contains(day.parts.year) else { return nil }
    self = day
  }

  /// The number of days of a month, leap years included.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Year, month (1…12) and day of the month (1…31).
  public var parts: (year: Int, month: Int, day: Int) {
    let z = Int(number) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// The month that holds this day.
  public var month: Month {
    let parts = parts
    return Month(index: Int32(parts.year * 12 + parts.month - 1))
  }

  /// The same day of the month some months later or earlier, held back to the end of a shorter month.
  ///
  /// 31 January + 1 month = 28 or 29 February. Results outside the years 1…9999 are held at the bounds.
  public func adding(months: Int) -> Day {
    let parts = parts
    let months = min(max(months, -120_000), 120_000)
    let index = min(max(parts.year * 12 + parts.month - 1 + months, 12), 9999 * 12 + 11)
    let (year, month) = (index / 12, index % 12 + 1)
    return Day(year: year, month: month, day: min(parts.day, Day.length(ofMonth: month, year: year))) ?? self
  }

  /// The same date some years later or earlier, 29 February held back to the 28th in other years: the day on which an
  /// age is reached.
  public func adding(years: Int) -> Day { adding(months: min(max(years, -10_000), 10_000) * 12) }

  /// The day some days later or earlier.
  public func adding(days: Int) -> Day {
    Day(number: Int32(clamping: Int(number) + min(max(days, -10_000_000), 10_000_000)))
  }

  /// Whether one comes before the other.
  public static func < (a: Day, b: Day) -> Bool { a.number < b.number }
}

extension Day: CustomStringConvertible {
  /// `yyyy-MM-dd`, the form of storage and exchange.
  public var description: String {
    let (year, month, day) = parts
    return "\(French.padded(year, 4))-\(French.padded(month, 2))-\(French.padded(day, 2))"
  }

  /// `21/11/2026`, the form that users read.
  public var french: String {
    let (year, month, day) = parts
    return "\(French.padded(day, 2))/\(French.padded(month, 2))/\(French.padded(year, 4))"
  }
}
