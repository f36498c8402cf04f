extension Day {
  /// The last day of a duration of so many months that begins on this day: the eve of the same date.
  ///
  /// Twelve months from 1 January end on 31 December, and from 15 March on 14 March; where the month of arrival has no
  /// such date, on its last day (one month from 31 January ends on 28 or 29 February). Durations under one month have
  /// no last day.
  public func lastDay(ofMonths months: Int) -> Day? {
    guard months > 0 else { return nil }
    let anniversary = adding(months: months)
    return anniversary.parts.day == parts.day ? anniversary.adding(days: -1) : anniversary
  }
}

extension AwardNotice {
  /// The day from which the contract runs: its notification, or for a concession the start of performance where the
  /// record gives it.
  public var runsFrom: Day? {
    kind == .concession ? start ?? notified : notified
  }

  /// The expected last day: from ``runsFrom``, with the duration in force; nil where either is unknown or the duration
  /// is 0.
  public var expectedEnd: Day? {
    guard let runsFrom, let months = durationInForce else { return nil }
    return runsFrom.lastDay(ofMonths: months)
  }

  /// The duration once amendments are applied, in months.
  public var durationInForce: Int? { amendments.last { $0.durationMonths != nil }?.durationMonths ?? durationMonths }

  /// The amount once amendments are applied.
  public var amountInForce: Euros? { amendments.last { $0.amount != nil }?.amount ?? amount }
}
