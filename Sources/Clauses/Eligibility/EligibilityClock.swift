/// One of the three times that run around a decision of eligibility; they begin and end apart, and none stands for
/// another.
public struct EligibilityClock: Sendable, Equatable {
  /// What runs.
  public enum Kind: String, Sendable, CaseIterable {
    /// The age of the proof, looked at on the day of the decision.
    case proof
    /// The decision, waiting for the hire.
    case decision
    /// The hours that count, from the first day of the contract.
    case counting

    /// The clock as users read it.
    public var french: String {
      switch self {
      case .proof: "Validité du justificatif"
      case .decision: "Validité de la décision jusqu’à l’embauche"
      case .counting: "Période pendant laquelle les heures comptent"
      }
    }
  }

  /// What runs.
  public let kind: Kind
  /// The first day.
  public let from: Day
  /// The last day; nil where none is set.
  public let until: Day?
  /// What it means, in French.
  public let sentence: String

  /// Whether a day lies within.
  public func holds(on day: Day) -> Bool {
    if day < from { return false }
    guard let until else { return true }
    return day <= until
  }
}
