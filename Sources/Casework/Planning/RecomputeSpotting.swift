import Clauses
import Records
import Storage

/// Brings the derived table of spotting up to date: after new figures or new structures.
public struct RecomputeSpotting: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// Notices looked at together; those that are stale are written in one transaction.
  static let slice = 2000

  /// A recomputation of whatever is stale.
  public init() {}

  /// Recomputes and returns how many rows were written.
  ///
  /// Computes on a read, then writes only rows whose notice still has the digest that was read; a notice that changed
  /// in between was judged by what changed it.
  public func run(
    as actor: Actor, in world: World, progress: @Sendable (_ seen: Int64, _ last: Int64) -> Void = { _, _ in }
  ) async throws -> Int {
    try actor.authorise(Self.right)
    if try await world.database.read({ try AwardSearch.isLost(in: $0) }) {
      try await world.database.write { try AwardSearch.refill(in: $0) }
    }
    let rules = try world.rules()
    let basis = try await SpottingBasis.current(in: world)
    let last = try await world.database.read { try Awards.lastID(in: $0) }
    var (position, written) = (Int64(0), 0)
    while true {
      try Task.checkCancellation()
      let from = position
      let (stale, reached) = try await world.database.read { db -> ([Awards.Stored], Int64?) in
        let (ids, reached) = try Spottings.stale(after: from, basis: basis, scanning: Self.slice, in: db)
        return (try Awards.all(ids, in: db), reached)
      }
      guard let reached else { break }
      position = reached
      if !stale.isEmpty { written += try await write(stale, rules, basis, world) }
      progress(position, last)
    }
    return written
  }

  private func write(
    _ stale: [Awards.Stored], _ rules: SpottingRules, _ basis: Spottings.Basis, _ world: World
  ) async throws -> Int {
    let rows = stale.map { (stored: $0, row: Self.row($0, rules: rules, basis: basis)) }
    return try await world.database.write { db in
      let current = try Awards.digests(rows.map(\.stored.id), in: db)
      let fresh = rows.filter { current[$0.stored.id] == $0.stored.digest }
      try Spottings.save(fresh.map(\.row), in: db)
      // A list of départements that has changed may resolve a place that was not, or no longer.
      for (stored, row) in fresh where stored.departement != row.departement {
        try Awards.place(stored.id, in: row.departement, db: db)
      }
      return fresh.count
    }
  }

  /// The row that the rules give a stored notice.
  static func row(_ stored: Awards.Stored, rules: SpottingRules, basis: Spottings.Basis) -> Spottings.Entry {
    let place = PlaceResolution.resolve(stored.notice.place, existing: rules.figures.departements).departement
    let buyer = stored.notice.key.buyer
    let cell = rules.judge(
      stored.notice, departement: place, structures: basis.structures(place), buyer: basis.type(of: buyer))
    return Spottings.Entry(
      award: stored.id, notice: stored.notice, departement: place, cell: cell, stamp: basis.stamp(place, buyer))
  }
}

/// Proves that the derived table of spotting says what the rules say of each notice.
public struct VerifySpotting: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// A proof over the whole base.
  public init() {}

  /// Rows that differ from what the rules give, with the notices looked at.
  public func run(as actor: Actor, in world: World) async throws -> (checked: Int, wrong: [Int64]) {
    try actor.authorise(Self.right)
    let rules = try world.rules()
    let basis = try await SpottingBasis.current(in: world)
    var (position, checked, wrong) = (Int64(0), 0, [Int64]())
    while true {
      let from = position
      let page = try await world.database.read { db in
        try Awards.page(after: from, limit: RecomputeSpotting.slice, in: db).map {
          ($0, try Spottings.stored($0.id, in: db))
        }
      }
      guard let last = page.last else { return (checked, wrong) }
      position = last.0.id
      checked += page.count
      wrong += page.filter { !RecomputeSpotting.row($0.0, rules: rules, basis: basis).says($0.1) }.map(\.0.id)
    }
  }
}
