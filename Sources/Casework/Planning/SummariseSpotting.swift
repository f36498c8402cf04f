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
  /// Those that meet each criterion, and all four.
  public let duration: Int
  public let amount: Int
  public let nature: Int
  public let people: Int
  public let all: Int
  /// Those that declare a social consideration.
  public let withSocialConsideration: Int
  /// Those whose past amount reaches the threshold of the legal duty.
  public let aboveThreshold: Int
}
