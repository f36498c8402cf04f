import Clauses

/// Moments, in milliseconds since 1970, as mail and pages write them.
public enum MailDate {
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Sat, 21 Nov 2026 09:30:00 +0000` (RFC 5322).
  static func header(_ moment: Int64) -> String {
    let (day, rest) = parts(moment)
    let (year, month, date) = day.parts
    let weekday = weekdays[((Int(day.number) % 7) + 7) % 7]
    return "\(weekday), \(date) \(months[month - 1]) \(year) \(clock(rest)) +0000"
  }

  /// `2026-11-21T09:30:00.000Z`.
  public static func text(_ moment: Int64) -> String {
    let (day, rest) = parts(moment)
    let thousandths = "\(1000 + rest % 1000)".dropFirst()
    return "\(day)T\(clock(rest)).\(thousandths)Z"
  }

  private static func parts(_ moment: Int64) -> (Day, Int) {
    let length: Int64 = 86_400_000
    let days = moment >= 0 ? moment / length : (moment - length + 1) / length
    return (Day(number: Int32(clamping: days)), Int(moment - days * length))
  }

  private static func clock(_ rest: Int) -> String {
    [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { "\(100 + $0)".dropFirst() }.joined(separator: ":")
  }
}
