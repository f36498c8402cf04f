/// So many months from a day, pushed by suspensions: how long a decision waits for the hire, and how long hours count.
///
/// Eligibility and counting both read it here, so that they cannot disagree.
public struct CountingWindow: Sendable, Equatable {
  /// The first day.
  public let from: Day
  /// The last day of the months, without suspensions.
  public let unpushed: Day
  /// The last day.
  public let until: Day
  /// By how many days suspensions push it.
  public let days: Int
  /// Whether the most that suspensions may push was reached.
  public let isCapped: Bool

  private init(_ from: Day, _ months: Int, _ suspensions: [EligibilitySuspension], atMost: Int) {
    self.from = from
    // Nothing lies in a duration of no month: it ends before it begins.
    unpushed = from.lastDay(ofMonths: months) ?? from.adding(days: -1)
    let pushed = EligibilitySuspension.pushed((from, unpushed), by: suspensions, atMost: atMost)
    until = pushed.until
    days = pushed.days
    isCapped = pushed.isCapped
  }

  /// The days whose hours count: so many months from the first day of the employment contract or, where an earlier
  /// decision is taken up, from that of the contract that it led to.
  ///
  /// Source: CCAG 2021, insertion article, x.1.2, for a direct hire; applied to every modality.
  public static func hours(
    from start: Day, months: Int, suspensions: [EligibilitySuspension] = [], atMost limit: Int
  ) -> CountingWindow {
    CountingWindow(start, months, suspensions, atMost: limit)
  }

  /// The days on which a decision may still be followed by a hire; suspensions that begin after the hire push nothing.
  public static func decision(
    of day: Day, months: Int, hiredOn: Day?, suspensions: [EligibilitySuspension] = [], atMost limit: Int
  ) -> CountingWindow {
    let before = suspensions.filter { suspension in hiredOn.map { suspension.from < $0 } ?? true }
    return CountingWindow(day, months, before, atMost: limit)
  }
}

/// How long hours count for a public, a modality or both, as a contract, a territory or a figure decides; nil stands
/// for all.
public struct CountingChoice: Sendable, Equatable {
  /// The public that it is for.
  public var category: String?
  /// The modality that it is for.
  public var modality: Modality?
  /// How many months.
  public var months: Int
  /// Who decided so and where it is written, in French.
  public var origin: String?

  /// A choice from its parts.
  public init(category: String? = nil, modality: Modality? = nil, months: Int, origin: String? = nil) {
    self.category = category
    self.modality = modality
    self.months = months
    self.origin = origin
  }

  /// How narrow it is.
  private var narrowness: Int { (category == nil ? 0 : 2) + (modality == nil ? 0 : 1) }

  /// The narrowest choice that fits a public and a modality, the first of two that are as narrow.
  public static func narrowest(
    of choices: [CountingChoice], for category: String?, _ modality: Modality?
  ) -> CountingChoice? {
    let fitting = choices.filter { choice in
      (choice.category == nil || choice.category == category) && (choice.modality == nil || choice.modality == modality)
    }
    let best = fitting.map(\.narrowness).max()
    return fitting.first { $0.narrowness == best }
  }
}

extension Figures {
  /// The choices that a territory's own figures make on a day: `eligibility.countingMonths.<public>.<modality>`,
  /// `.<public>` or `.<modality>`; the layers above first.
  public func countingChoices(on day: Day) -> [(choice: CountingChoice, figure: Figure<Int>)] {
    let prefix = FigureKey.countingMonths.id + "."
    return counts.all.compactMap { figure in
      guard figure.id.hasPrefix(prefix), figure.id != FigureKey.countingMonthsLong.id, figure.holds(on: day) else {
        return nil
      }
      var parts = figure.id.dropFirst(prefix.count).split(separator: ".").map { String($0) }
      let modality = parts.last.flatMap { Modality(rawValue: $0) }
      if modality != nil { parts.removeLast() }
      let category = parts.isEmpty ? nil : parts.joined(separator: ".")
      let choice = CountingChoice(
        category: category, modality: modality, months: figure.value, origin: figure.label)
      return (choice, figure)
    }
  }
}

extension FigureKey where Value == Int {
  /// Months during which a decision of eligibility waits for the hire.
  public static var decisionMonths: Self { .init("eligibility.decisionMonths") }
  /// Months counted from the first day of a contract, when nothing narrower is known.
  public static var countingMonths: Self { .init("eligibility.countingMonths") }
  /// Months counted from the first day of an open-ended contract where the contract says so: the longest known.
  public static var countingMonthsLong: Self { .init("eligibility.countingMonths.longOpenEnded") }
  /// Most months of suspension over one window.
  public static var suspensionMonths: Self { .init("eligibility.suspensionMonths") }
}
