import Records
import Storage

/// What the contracts of a filter come to, criterion by criterion.
public struct SummariseSpotting: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData

  /// Which contracts.
  public var filter: SpottingFilter

  /// A summary of a filter.
  public init(filter: SpottingFilter) { self.filter = filter }

  /// Counts.
  public func run(as actor: Actor, in world: World) async throws -> SpottingSummary {
    try actor.authorise(Self.right)
    let query = filter.query
    let summary = try await world.database.read { try SpottingLists.summary(query, in: $0) }
    return SpottingSummary(
      considered: summary.considered, duration: summary.duration, amount: summary.amount, nature: summary.nature,
      people: summary.people, all: summary.all, withSocialConsideration: summary.withSocialConsideration,
      aboveThreshold: summary.aboveThreshold)
  }
}

/// How many contracts meet what.
public struct SpottingSummary: Sendable, Codable, Equatable {
  /// Contracts of the filter.
  public let considered: Int
  /// Those that last long enough.
  public let duration: Int
  /// Those whose amount is enough.
  public let amount: Int
  /// Those whose nature of purchase suits a clause.
  public let nature: Int
  /// Those whose département has enough inclusion structures.
  public let people: Int
  /// Those that meet the four criteria.
  public let all: Int
  /// Those that declare a social consideration.
  public let withSocialConsideration: Int
  /// Those whose past amount reaches the threshold of the legal duty.
  public let aboveThreshold: Int
}
