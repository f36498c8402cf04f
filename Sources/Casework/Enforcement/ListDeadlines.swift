public import Clauses

/// Lists what a contract requires to be sent, and when each is due.
public struct ListDeadlines: Sendable {
  /// A computation that keeps nothing: anyone may ask.
  public static let right = Right.readPublicData

  /// The contract's terms of follow-up.
  public var terms: FollowUpTerms
  /// The day as seen from which deadlines stand.
  public var day: Day
  /// The public holidays that count.
  public var area: HolidayArea

  /// The question about a contract.
  public init(_ terms: FollowUpTerms, day: Day, area: HolidayArea) {
    self.terms = terms
    self.day = day
    self.area = area
  }

  /// The deadlines; throws where a reference figure is missing.
  public func run(as actor: Actor, in world: World) throws -> DeadlineSchedule {
    try actor.authorise(Self.right)
    return try DeadlineSchedule.assess(
      terms, on: day, calendar: WorkingCalendar(area, figures: world.figures), figures: world.figures)
  }
}
