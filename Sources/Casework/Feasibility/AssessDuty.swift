public import Clauses

/// Says whether a contract in preparation meets the duty to provide for social or employment considerations.
public struct AssessDuty: Sendable {
  /// A computation that keeps nothing: anyone may ask.
  public static let right = Right.readPublicData

  /// The contract; nil for one between private parties, to which the code does not apply.
  public var given: LegalDuty.Case?

  /// The question about a contract.
  public init(_ given: LegalDuty.Case?) { self.given = given }

  /// The answer with its reasons.
  public func run(as actor: Actor, in world: World) throws -> LegalDuty {
    try actor.authorise(Self.right)
    guard let given else { return .privateContract }
    return try LegalDuty.assess(given, figures: world.figures)
  }
}
