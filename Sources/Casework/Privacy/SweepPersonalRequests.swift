import Clauses
import Records
import Storage

/// Erases requests some months after they were closed, with all that was noted of them; the trail still says that they
/// were.
public struct SweepPersonalRequests: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// Requests erased in one transaction.
  private static let batch = 100
  /// The sweeping.
  public init() {}

  /// Erases them; says how many. Throws where the figure is missing.
  public func run(as actor: Actor, in world: World) async throws -> Int {
    try actor.authorise(Self.right)
    let months = try world.figures.counts.nearest(.requestKeptMonths, on: world.today()).value
    let (now, keys) = (world.moment, world.access.keys)
    let limit = now.universalDay.adding(months: -months).start
    var erased = 0
    while true {
      try Task.checkCancellation()
      let count = try await world.database.write { db in
        let requests = try PersonalRequests.closed(before: limit, limit: Self.batch, in: db)
        for request in requests {
          try PersonalRequests.remove(request.id, in: db)
          try Trail.write(TrailNote(.requestErased, request: request), as: actor, at: now, keys: keys, in: db)
        }
        return requests.count
      }
      erased += count
      if count < Self.batch { return erased }
    }
  }
}

extension Day {
  /// Its first moment, in universal time.
  var start: Moment { Moment(milliseconds: 0).adding(hours: Int64(number) * 24) }
}
