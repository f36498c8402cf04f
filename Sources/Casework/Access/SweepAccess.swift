import Clauses
import Records
import Storage

/// Takes away sessions that have ended, links that serve no more and sign-ins that were not ended: they are about people
/// and tell nothing any longer.
public struct SweepAccess: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// The sweeping.
  public init() {}

  /// Takes them away; says how many rows went.
  public func run(as actor: Actor, in world: World) async throws -> Int {
    try actor.authorise(Self.right)
    let terms = try world.accessTerms()
    let now = world.moment
    return try await world.database.write { db in
      try Sessions.sweep(at: now, idleFrom: now.adding(minutes: -terms.idleMinutes), in: db)
        + AccessLinks.sweep(endedBefore: now, in: db) + ProviderDepartures.sweep(endedBefore: now, in: db)
        + ProviderArrivals.sweep(endedBefore: now, in: db)
    }
  }
}
