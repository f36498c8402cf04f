/// A delay as a contract or a letter fixes it: so many days of a kind.
public struct Delay: Sendable, Equatable {
  /// How many days; at least one.
  public let days: Int
  /// Which days count.
  public let unit: DayUnit

  /// A delay of so many days.
  public init(_ days: Int, _ unit: DayUnit = .calendar) {
    self.days = max(days, 1)
    self.unit = unit
  }

  /// `15 jours calendaires`.
  public var french: String { unit.french(days) }
}

/// When delays begin and where they may end, read in the figures.
public struct DelayRules: Sendable, Equatable {
  /// Days between the receipt and the first day that counts.
  public let startsAfter: Figure<Int>
  /// Whether an end on a Saturday, Sunday or holiday goes to the next working day: 1 or 0.
  public let moves: Figure<Int>

  /// The rules that hold on a day.
  public init(figures: Figures, on day: Day) throws(MissingFigure) {
    startsAfter = try figures.counts.figure(.delayStartsAfterDays, on: day)
    moves = try figures.counts.figure(.delayMovesToWorkingDay, on: day)
  }
}

/// Where a delay ends and why.
public struct DelayEnd: Sendable, Equatable {
  /// The day of the receipt or other fact that sets it off.
  public let trigger: Day
  /// The delay.
  public let delay: Delay
  /// The first day that counts.
  public let first: Day
  /// The last day as counted.
  public let counted: Day
  /// The last day, moved where the counted one is no working day.
  public let last: Day
  /// Why it was moved, in French; nil where it was not.
  public let moved: String?

  /// Whether the delay is over on a day: its last day belongs to it whole.
  public func isElapsed(on day: Day) -> Bool { day > last }

  /// The first day after it.
  public var firstDayAfter: Day { last.adding(days: 1) }

  /// Adds the reckoning to a derivation, with the rules that it rests on.
  public func explain(in derivation: inout Derivation, rules: DelayRules) {
    derivation.use(rules.startsAfter)
    derivation.step(
      "Premier jour du délai", "réception le \(trigger.french), le délai court le lendemain", gives: first.french)
    derivation.step("Dernier jour du délai", "\(delay.french) à partir du \(first.french)", gives: counted.french)
    guard let moved else { return }
    derivation.use(rules.moves)
    derivation.step("Report au jour ouvré suivant", "\(counted.french) (\(moved))", gives: last.french)
  }
}

extension WorkingCalendar {
  /// Where a delay ends that a fact sets off.
  public func end(of delay: Delay, from trigger: Day, rules: DelayRules) -> DelayEnd {
    let eve = trigger.adding(days: rules.startsAfter.value - 1)
    let first = adding(1, delay.unit, to: eve)
    let counted = adding(delay.days, delay.unit, to: eve)
    let (last, moved) = settled(counted, rules: rules)
    return DelayEnd(trigger: trigger, delay: delay, first: first, counted: counted, last: last, moved: moved)
  }

  /// A last day, moved to the next working day where the rules ask for it, and why.
  func settled(_ day: Day, rules: DelayRules) -> (day: Day, moved: String?) {
    guard rules.moves.value != 0, let rest = rest(on: day) else { return (day, nil) }
    return (workingDay(onOrAfter: day), rest)
  }
}
