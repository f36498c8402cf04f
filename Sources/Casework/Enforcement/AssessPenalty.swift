public import Clauses

/// Computes the penalty of missing hours and says whether it may be proposed yet.
public struct AssessPenalty: Sendable {
  /// A computation that keeps nothing: anyone may ask.
  public static let right = Right.readPublicData

  /// Hours, rules and notice.
  public var given: PenaltyCase
  /// Whose minimum wage and public holidays count.
  public var area: HolidayArea

  /// The question about a count of hours.
  public init(_ given: PenaltyCase, area: HolidayArea) {
    self.given = given
    self.area = area
  }

  /// The penalty with its steps; throws where a reference figure is missing.
  public func run(as actor: Actor, in world: World) throws -> Penalty {
    try actor.authorise(Self.right)
    return try Penalty.assess(
      given, calendar: WorkingCalendar(area, figures: world.figures), figures: world.figures)
  }
}
