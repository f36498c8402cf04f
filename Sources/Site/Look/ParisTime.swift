import Clauses

/// A moment of the base (UTC) as people in metropolitan France read it.
enum ParisTime {
  /// `21/11/2026 à 10:30` from `2026-11-21T09:30:00.000Z`; the text itself where it is no such text.
  ///
  /// Summer time runs from the last Sunday of March to the last Sunday of October, 01:00 UTC (directive 2000/84/EC).
  static func french(_ text: String) -> String {
    let parts = text.split(separator: "T", maxSplits: 1)
    guard parts.count == 2, let day = Day(parts[0]) else { return text }
    let clock = parts[1].split(separator: ":").prefix(2).compactMap { Int($0) }
    guard clock.count == 2, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]) else { return text }
    let hour = clock[0] + (isSummer(day, hour: clock[0]) ? 2 : 1)
    let shown = hour >= 24 ? day.adding(days: 1) : day
    return "\(shown.french) à \(two(hour % 24)):\(two(clock[1]))"
  }

  private static func isSummer(_ day: Day, hour: Int) -> Bool {
    let year = day.parts.year
    guard let start = lastSunday(of: 3, year), let end = lastSunday(of: 10, year) else { return false }
    return (day > start || (day == start && hour >= 1)) && (day < end || (day == end && hour < 1))
  }

  private static func lastSunday(of month: Int, _ year: Int) -> Day? {
    guard let last = Day(year: year, month: month, day: 31) else { return nil }
    // 1 January 1970 was a Thursday.
    return last.adding(days: -((Int(last.number) + 4) % 7))
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
