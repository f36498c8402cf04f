/// The same facts under several policies, side by side, with what makes the difference.
public struct CountingComparison: Sendable, Equatable {
  /// A policy with its name and what it credits.
  public struct Side: Sendable, Equatable {
    /// The policy's name.
    public let name: String
    /// The policy.
    public let policy: CountingPolicy
    /// What it credits.
    public let counting: Counting
  }

  /// What separates a policy from the first one.
  public struct Difference: Sendable, Equatable {
    /// A part of the difference: hours of one reason, with their sign.
    public struct Term: Sendable, Equatable {
      /// The reason; nil for the base itself or the weighting.
      public let reason: NotCredited.Reason?
      /// The hours that it adds to what this policy credits.
      public let hours: Hours
      /// The same in French.
      public let sentence: String
    }

    /// The policy's name.
    public let name: String
    /// What it credits more than the first, or less.
    public let hours: Hours
    /// The options in which the two differ.
    public let options: [CountingOption]
    /// What makes the difference; the terms add up to it exactly.
    public let terms: [Term]
    /// The difference in one sentence.
    public let sentence: String
  }

  /// The policies, in the order given.
  public let sides: [Side]
  /// Every policy but the first, compared with it.
  public let differences: [Difference]

  /// Counts facts under each policy.
  public init(
    _ facts: [CountingFact], policies: [(name: String, policy: CountingPolicy)], performance: Counting.Performance
  ) {
    let sides = policies.map {
      Side(
        name: $0.name, policy: $0.policy,
        counting: Counting(facts, policy: $0.policy, performance: performance))
    }
    self.sides = sides
    differences = sides.first.map { first in sides.dropFirst().map { Self.difference($0, from: first) } } ?? []
  }

  private static func difference(_ side: Side, from first: Side) -> Difference {
    var terms: [Difference.Term] = []
    func add(_ reason: NotCredited.Reason?, _ hours: Hours, _ words: String) {
      guard hours != Hours(0) else { return }
      let sign = hours > Hours(0) ? "+" : ""
      terms.append(.init(reason: reason, hours: hours, sentence: "\(sign)\(hours.french)\(colon) \(words)"))
    }
    let (a, b) = (first.counting, side.counting)
    add(nil, b.base - a.base, "d’autres heures sont prises pour base (unité, lissage, factures)")
    for reason in NotCredited.Reason.allCases {
      func refused(_ counting: Counting) -> Hours {
        counting.notCredited.first { $0.reason == reason }?.hours ?? Hours(0)
      }
      add(reason, refused(a) - refused(b), reason.french)
    }
    add(nil, b.bonus - a.bonus, "pondération")
    let hours = b.credited - a.credited
    let options = first.policy.differences(with: side.policy)
    let chosen = options.map {
      "\($0.french.prefix(1).lowercased())\($0.french.dropFirst())\(colon) \(side.policy.french($0))"
    }
    let head = "«\(French.noBreak)\(side.name)\(French.noBreak)»"
    let reference = "«\(French.noBreak)\(first.name)\(French.noBreak)»"
    let sentence: String
    if hours == Hours(0) {
      sentence = "\(head) comptabilise autant que \(reference)."
    } else {
      let word = hours > Hours(0) ? "de plus" : "de moins"
      let size = Hours(hundredths: hours.hundredths < 0 ? -hours.hundredths : hours.hundredths)
      sentence =
        "\(head) comptabilise \(size.french) \(word) que \(reference) (\(chosen.joined(separator: "\(semicolon) ")))."
    }
    return Difference(name: side.name, hours: hours, options: options, terms: terms, sentence: sentence)
  }
}
