/// Whether a person is eligible, why, and the three times that run from the decision.
///
/// Eligibility is judged on one day, on one dated version of one list. Rule of the CCAG (insertion article, x.1.1):
/// before the person starts. A decision that comes late does not make the person ineligible: the counting policy says
/// what becomes of the hours before it.
public struct Eligibility: Sendable, Equatable {
  /// How a decision stands toward the hire.
  public enum Hire: String, Sendable, CaseIterable {
    /// No first day of contract is known.
    case none
    /// The hire falls within the decision's validity.
    case covered
    /// The hire came before the decision.
    case late
    /// The hire comes after the decision's last day.
    case expired
  }

  /// Whether the person is eligible on the day of the decision.
  public let isEligible: Bool
  /// The criterion retained; nil where the person is not eligible.
  public let retained: String?
  /// The criteria retained with it, where several of the second level are needed.
  public let retainedWith: [String]
  /// The verdict on each claim, in the order given.
  public let criteria: [CriterionVerdict]
  /// How the decision stands toward the hire.
  public let hire: Hire
  /// Whether the papers seen show the person eligible on the first day of the contract; nil where that day is unknown.
  public let isEligibleAtHire: Bool?
  /// The age of the proof retained; nil where the person is not eligible or the criterion asks for none.
  public let proof: EligibilityClock?
  /// The decision's own validity; nil where the person is not eligible.
  public let decision: EligibilityClock?
  /// The days whose hours count; nil where there is no hire, no employment, or the decision had expired.
  public let counting: EligibilityClock?
  /// What decisions of other territories allow.
  public let passports: [EligibilityPassport]
  /// What is missing and how to mend it, in French.
  public let missing: [String]
  /// How it was reached.
  public let derivation: Derivation

  /// The last day on which the decision is of use: until the hire its own, afterwards that of the counting window.
  public var expires: Day? { counting?.until ?? decision?.until }

  /// The clocks that run, in order.
  public var clocks: [EligibilityClock] { [proof, decision, counting].compactMap(\.self) }

  /// Decides; throws where a figure is missing.
  public static func decide(_ given: EligibilityCase, figures: Figures) throws(MissingFigure) -> Eligibility {
    var reasoning = EligibilityReasoning(given, figures: figures)
    return try reasoning.decide()
  }
}
