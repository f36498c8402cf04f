public import Clauses

/// Says whether the papers of a person make that person eligible, and until when; nothing of the person is kept.
public struct DecideEligibility: Sendable {
  /// A computation that keeps nothing: anyone may ask.
  public static let right = Right.readPublicData

  /// The list of publics.
  public var list: EligibilityList
  /// The day whose version of the list counts.
  public var day: Day
  /// What is known; nil to read the list of publics only.
  public var given: EligibilityCase?

  /// A question on a list of publics.
  public init(list: EligibilityList, on day: Day, given: EligibilityCase?) {
    self.list = list
    self.day = day
    self.given = given
  }

  /// What the question gives.
  public struct Answer: Sendable {
    /// The criteria of the list on the day of the decision.
    public let criteria: [EligibilityCriterion]
    /// The decision with its reasons.
    public let decision: Eligibility?

    /// An answer from its parts; views' tests build it by hand.
    public init(criteria: [EligibilityCriterion], decision: Eligibility?) {
      self.criteria = criteria
      self.decision = decision
    }
  }

  /// The answer; throws where a reference figure is missing.
  public func run(as actor: Actor, in world: World) throws -> Answer {
    try actor.authorise(Self.right)
    return Answer(
      criteria: world.figures.criteria(of: list, on: day).criteria.map(\.value),
      decision: try given.map { try Eligibility.decide($0, figures: world.figures) })
  }
}
