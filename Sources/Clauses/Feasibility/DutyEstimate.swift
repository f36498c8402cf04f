/// What the duty to provide for social considerations would be when a contract is renewed, estimated from its past
/// amount.
public struct DutyEstimate: Sendable, Equatable {
  /// The answer.
  public let outcome: Outcome
  /// Whether the past amount reaches the threshold of today or, for a later renewal, the last known one; what counts
  /// keep.
  public let isAboveThreshold: Bool
  /// Works, supplies or services; nil without a CPV code.
  public let category: PurchaseCategory?
  /// What the buyer is taken to be.
  public let buyer: BuyerType
  /// Whether someone stated the buyer's type; otherwise it is estimated from the SIRET.
  public let buyerIsStated: Bool
  /// The article that makes the duty.
  public let article: String
  /// Why, in French; says that it is an estimate.
  public let reason: String
  /// The thresholds and dates that it rests on.
  public let figures: [FigureReference]

  /// The answers; raw values are stored and never change.
  public enum Outcome: UInt8, Sendable, CaseIterable {
    /// The record says too little.
    case unknown = 0
    /// Under the threshold with this lot alone.
    case below = 1
    /// At or above the threshold.
    case likely = 2
    /// The renewal is expected when the thresholds are not known yet.
    case thresholdsNotKnown = 3
    /// The expected end comes before the law.
    case beforeLaw = 4
    /// Defence and security contracts are outside.
    case excluded = 5
    /// It depends on whether the buyer is of the State.
    case dependsOnBuyer = 6

    /// The answer in a few words.
    public var french: String {
      switch self {
      case .unknown: "obligation à apprécier"
      case .below: "pas d’obligation au vu de ce seul lot"
      case .likely: "obligation probable"
      case .thresholdsNotKnown: "seuils non encore connus"
      case .beforeLaw: "fin antérieure à la loi"
      case .excluded: "hors du champ (défense ou sécurité)"
      case .dependsOnBuyer: "acheteur à préciser"
      }
    }
  }
}
