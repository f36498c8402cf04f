/// What a feasibility criterion says of a contract: it advises, and never hides or refuses.
public struct Verdict: Sendable, Equatable {
  /// The answer.
  public let outcome: Outcome
  /// Why, in French, with its figures.
  public let reason: String
  /// The reference figures that it rests on.
  public let figures: [FigureReference]

  /// Whether counts keep the contract for this criterion.
  public var meets: Bool { outcome.meets }

  /// The answers, in growing order of favour; raw values are stored and never change.
  public enum Outcome: UInt8, Sendable, CaseIterable {
    /// Not known: to be asked or checked.
    case unknown = 0
    /// Not met.
    case no = 1
    /// Not met, yet within reach: shown as ~.
    case probable = 2
    /// Met.
    case yes = 3

    /// Whether counts keep the contract for this criterion.
    public var meets: Bool { self == .yes }

    /// The sign that lists show.
    public var sign: String {
      switch self {
      case .unknown: "?"
      case .no: "✗"
      case .probable: "~"
      case .yes: "✓"
      }
    }

    /// The answer in words, for those who do not see the sign.
    public var french: String {
      switch self {
      case .unknown: "à vérifier"
      case .no: "non réuni"
      case .probable: "à apprécier"
      case .yes: "réuni"
      }
    }
  }
}
