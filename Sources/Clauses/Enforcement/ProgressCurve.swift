/// The hours expected on any day of a contract: those of its plan d'insertion, or the same every month or every day.
public struct ProgressCurve: Sendable, Equatable {
  /// How time passes along the curve where there is no plan.
  public enum Measure: String, Sendable, CaseIterable {
    /// By months, each as long as another; a part of a month by its days.
    case months
    /// By days.
    case days
  }

  /// A month of a plan.
  public struct PlannedMonth: Sendable, Equatable {
    /// The month.
    public var month: Month
    /// The hours planned in it.
    public var hours: Hours

    /// A month with its hours.
    public init(month: Month, hours: Hours) {
      self.month = month
      self.hours = hours
    }
  }

  /// First day of performance.
  public let from: Day
  /// Last day of performance.
  public let to: Day
  /// How time passes.
  public let measure: Measure
  /// The plan; empty where there is none.
  public let plan: [PlannedMonth]

  /// A curve over a time; nil where it ends before it begins.
  public init?(from: Day, to: Day, measure: Measure = .months, plan: [PlannedMonth] = []) {
    guard from <= to else { return nil }
    self.from = from
    self.to = to
    self.measure = measure
    self.plan = plan
  }

  /// The months between two days, both included, each month counting for one and a part of one by its days.
  static func months(from: Day, to: Day) -> Quotient {
    guard from <= to else { return Quotient(0) }
    func part(_ month: Month, _ from: Day, _ to: Day) -> Quotient {
      let length = Int128(month.last.number - month.first.number + 1)
      return Quotient(Int128(to.number - from.number + 1), over: length) ?? Quotient(0)
    }
    guard from.month != to.month else { return part(from.month, from, to) }
    let whole = Quotient(to.month.index - from.month.index - 1)
    return part(from.month, from, from.month.last) + whole + part(to.month, to.month.first, to)
  }

  /// Time between two days, in months or in days.
  func time(from: Day, to: Day) -> Quotient {
    switch measure {
    case .months: Self.months(from: from, to: to)
    case .days: from <= to ? Quotient(to.number - from.number + 1) : Quotient(0)
    }
  }

  /// A time in full with its unit, each part of a month as its days over those of the month.
  func text(_ time: Quotient) -> String {
    switch measure {
    case .months: "\(time.exactText)\(French.noBreak)mois"
    case .days: "\(time.exactText)\(French.noBreak)\(French.plural(time.whole(), "jour"))"
    }
  }

  /// Time from the first day to a day included.
  public func elapsed(on day: Day) -> Quotient { time(from: from, to: min(day, to)) }
  /// Time from the day after a day to the last one.
  public func left(after day: Day) -> Quotient { time(from: max(day.adding(days: 1), from), to: to) }
  /// The whole time.
  public var length: Quotient { time(from: from, to: to) }

  /// Hours expected at the end of a day of a total due; a plan is followed as it is, up to the total.
  public func expected(of due: Hours, on day: Day) -> Quotient {
    guard day >= from else { return Quotient(0) }
    guard !plan.isEmpty else {
      return (Quotient(due) * elapsed(on: day)).divided(by: length) ?? Quotient(0)
    }
    var sum = Quotient(0)
    for planned in plan where planned.month.first <= day {
      // A month of the plan runs over its days of performance.
      let first = max(planned.month.first, from)
      let last = max(min(planned.month.last, to), first)
      let passed = Self.months(from: first, to: min(last, day))
      sum = sum + Quotient(planned.hours) * (passed.divided(by: Self.months(from: first, to: last)) ?? Quotient(0))
    }
    return min(sum, Quotient(due))
  }

  /// What is expected at the end of each month of performance, for a chart.
  public func points(of due: Hours) -> [PlannedMonth] {
    (from.month.index...to.month.index).map { index in
      let month = Month(index: index)
      return PlannedMonth(month: month, hours: expected(of: due, on: min(month.last, to)).hours() ?? Hours(0))
    }
  }
}
