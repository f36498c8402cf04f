/// Everything that spotting says of a contract, in French and with its reasons: what a page shows.
///
/// Made by ``SpottingRules/explain(_:departement:structures:buyer:)``; the parts that lists and counts use are in
/// ``cell``.
public struct Spotting: Sendable {
  /// The stored part, of which everything here is the wording.
  public let cell: SpottingCell
  /// The expected last day.
  public var end: Day? { cell.end }
  /// How the end was found, or why it is unknown.
  public let endReason: String
  /// The day before which the buyer should be called.
  public let contactBefore: Day?
  /// First criterion: it lasts long enough.
  public let duration: Verdict
  /// Second criterion: it is worth enough.
  public let amount: Verdict
  /// Third criterion: the work is within reach of people without much skill.
  public let nature: Verdict
  /// Fourth criterion: people are there.
  public let people: Verdict
  /// The legal duty that the renewal would meet.
  public let duty: DutyEstimate
  /// Hours that a clause could give.
  public let hours: HoursEstimate
  /// Whether it comes back.
  public let recurrence: Recurrence
  /// Which comes first, and why.
  public let priority: Priority
  /// The family of what is bought.
  public let family: CPVFamily?

  /// The four criteria with their names, in the order of pages.
  public var criteria: [(name: String, verdict: Verdict)] {
    [("Durée", duration), ("Montant", amount), ("Nature", nature), ("Publics", people)]
  }
}

/// Where a contract stands among those to look at.
public struct Priority: Sendable, Equatable {
  /// 0…1000, the higher the sooner; does not depend on today.
  public let rank: Int
  /// Why, in one French sentence.
  public let sentence: String
}

/// Whether a contract comes back to the market.
public enum Recurrence: Sendable, Equatable {
  /// It comes back, or nothing says the contrary.
  case recurring
  /// Works done once.
  case oneOff

  /// The sentence that pages show; nil where there is nothing to say.
  public var french: String? {
    switch self {
    case .recurring: nil
    case .oneOff: "Opération ponctuelle\(French.thin): ne revient pas en principe."
    }
  }
}

/// What the derived table of spotting stores of a contract: plain numbers, no text.
public struct SpottingCell: Sendable, Equatable {
  /// The expected last day.
  public var end: Day?
  /// First criterion.
  public var duration: Verdict.Outcome
  /// Second criterion.
  public var amount: Verdict.Outcome
  /// Third criterion.
  public var nature: Verdict.Outcome
  /// Fourth criterion.
  public var people: Verdict.Outcome
  /// The legal duty that the renewal would meet.
  public var duty: DutyEstimate.Outcome
  /// Whether the past amount reaches the threshold: what the count keeps.
  public var isAboveThreshold: Bool
  /// Whether it comes back.
  public var recurrence: Recurrence
  /// Hours, low, in whole hours; the three are there together or not at all.
  public var hoursLow: Int32?
  /// Hours, usual.
  public var hoursUsual: Int32?
  /// Hours, high.
  public var hoursHigh: Int32?
  /// 0…1000, the higher the sooner.
  public var rank: Int32

  /// A cell from its parts, as read back from a table.
  public init(
    end: Day?, duration: Verdict.Outcome, amount: Verdict.Outcome, nature: Verdict.Outcome, people: Verdict.Outcome,
    duty: DutyEstimate.Outcome, isAboveThreshold: Bool, recurrence: Recurrence, hoursLow: Int32?, hoursUsual: Int32?,
    hoursHigh: Int32?, rank: Int32
  ) {
    self.end = end
    self.duration = duration
    self.amount = amount
    self.nature = nature
    self.people = people
    self.duty = duty
    self.isAboveThreshold = isAboveThreshold
    self.recurrence = recurrence
    self.hoursLow = hoursLow
    self.hoursUsual = hoursUsual
    self.hoursHigh = hoursHigh
    self.rank = rank
  }

  /// How many of the four criteria are met.
  public var criteriaMet: Int {
    (duration.meets ? 1 : 0) + (amount.meets ? 1 : 0) + (nature.meets ? 1 : 0) + (people.meets ? 1 : 0)
  }

  /// Whether the four criteria are met.
  public var meetsAll: Bool { criteriaMet == 4 }
}
