/// Days on which an accompaniment is suspended: illness, maternity, a contract elsewhere, detention.
public struct EligibilitySuspension: Sendable, Equatable {
  /// The first day.
  public let from: Day
  /// The last day.
  public let until: Day

  /// Days from one to another; nil where the last comes before the first.
  public init?(from: Day, until: Day) {
    guard from <= until else { return nil }
    self.from = from
    self.until = until
  }

  /// Suspensions in order, those that meet or touch joined.
  static func merged(_ all: [EligibilitySuspension]) -> [(from: Day, until: Day)] {
    var result: [(from: Day, until: Day)] = []
    for next in all.sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
      if let last = result.last, next.from <= last.until.adding(days: 1) {
        result[result.count - 1].until = max(last.until, next.until)
      } else {
        result.append((next.from, next.until))
      }
    }
    return result
  }

  /// The last day of a window once the suspensions that begin in it have pushed it, and by how many days.
  ///
  /// Days are pushed one for one, those before the window left out, and at most `months` months of them, measured from
  /// the first suspended day; `isCapped` says that the limit was reached.
  static func pushed(
    _ window: (from: Day, until: Day), by suspensions: [EligibilitySuspension], atMost months: Int
  ) -> (until: Day, days: Int, isCapped: Bool) {
    var until = window.until
    var days = 0
    var limit: Int?
    for suspension in merged(suspensions) {
      let start = max(suspension.from, window.from)
      guard start <= suspension.until, start <= until else { continue }
      let most = limit ?? Int(start.adding(months: months).number - start.number)
      limit = most
      let length = Int(suspension.until.number - start.number) + 1
      let kept = min(length, most - days)
      until = until.adding(days: kept)
      days += kept
      if kept < length { return (until, days, true) }
    }
    return (until, days, false)
  }
}
