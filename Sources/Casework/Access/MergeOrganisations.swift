public import Clauses
import Records
import Storage

/// Makes two pages of one organisation into one; can be undone.
public struct MergeOrganisations: Sendable {
  /// What one must be allowed.
  public static let right = Right.mergeOrganisations

  /// The organisation that stays.
  public var kept: ID<Organisation>
  /// The one that is taken in.
  public var taken: ID<Organisation>

  /// A merger.
  public init(kept: ID<Organisation>, taken: ID<Organisation>) { (self.kept, self.taken) = (kept, taken) }

  /// What a merger would do.
  public struct Preview: Sendable {
    /// The organisation that stays.
    public let kept: Organisation
    /// The one that is taken in.
    public let taken: Organisation
    /// Members who would move.
    public let moving: Int
    /// Members who are in both, and keep their place in the one that stays.
    public let inBoth: Int
    /// Why it cannot be done; nil where it can.
    public let obstacle: String?
  }

  /// Shows it; nil where one of them is not for the reader to merge.
  public func preview(as actor: Actor, in world: World) async throws -> Preview? {
    try actor.authorise(Self.right)
    let (merger, today) = (self, world.today())
    return try await world.database.read { try merger.preview(as: actor, on: today, in: $0) }
  }

  private func preview(as actor: Actor, on day: Day, in db: any Connection) throws -> Preview? {
    let reach = try Reach.of(Self.right, for: actor, on: day, in: db)
    guard let first = try Organisations.find(kept, in: db), let second = try Organisations.find(taken, in: db),
      reach.holds(first), reach.holds(second)
    else { return nil }
    let there = Set(try present(in: kept, db).map(\.account))
    let coming = try present(in: taken, db)
    var obstacle: String?
    if first.id == second.id {
      obstacle = "Choisissez deux fiches différentes."
    } else if first.state == .merged || second.state == .merged {
      obstacle = "L’une des deux fiches a déjà été fusionnée."
    } else if try DecideOrganisation.isOwn(kept, of: actor, in: db)
      || DecideOrganisation.isOwn(taken, of: actor, in: db)
    {
      obstacle = "Vous êtes membre de l’une de ces organisations\u{202F}: demandez la fusion à quelqu’un d’autre."
    } else if first.state != .active {
      obstacle = "La fiche qui reste doit être validée."
    } else if let one = first.siret, let other = second.siret, one.siren != other.siren {
      obstacle =
        "Ces fiches n’ont pas le même SIREN (\(one.siren), \(other.siren))\u{202F}: corrigez d’abord celle qui se trompe."
    } else if first.kind != second.kind {
      obstacle = "Ces fiches n’ont pas le même rôle (\(first.kind.label), \(second.kind.label))."
    }
    return Preview(
      kept: first, taken: second, moving: coming.count { !there.contains($0.account) },
      inBoth: coming.count { there.contains($0.account) }, obstacle: obstacle)
  }

  private func present(in organisation: ID<Organisation>, _ db: any Connection) throws -> [Membership] {
    try Memberships.all(of: organisation, in: db).filter { $0.endedAt == nil }
  }

  /// Does it; false where one of them is not for the reader to merge. Throws ``FieldFault`` where it cannot be done.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    let (merger, today, now, keys) = (self, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard let preview = try merger.preview(as: actor, on: today, in: db) else { return false }
      if let obstacle = preview.obstacle { throw FieldFault("autre", obstacle) }
      let there = Set(try merger.present(in: merger.kept, db).map(\.account))
      var moved: [String] = []
      for var membership in try merger.present(in: merger.taken, db) {
        if there.contains(membership.account) {
          membership.endedAt = now
          moved.append("=\(membership.id)")
          // The same person goes on by the membership that stays.
          let heir = try merger.present(in: merger.kept, db).first { $0.account == membership.account }
          _ = try PlannedDossiers.handOver(from: membership.id, to: heir?.id, in: db)
        } else {
          // Who looked after the one taken in looks after the other only once someone there says so.
          moved.append("\(membership.isAdministrator ? "+" : "")\(membership.id)")
          (membership.organisation, membership.isAdministrator) = (merger.kept, false)
        }
        guard try Memberships.update(membership, in: db) else { throw ChangedMeanwhile() }
      }
      var taken = preview.taken
      let state = taken.state
      (taken.state, taken.mergedInto, taken.decidedAt) = (.merged, merger.kept, now)
      guard try Organisations.update(&taken, in: db) else { throw ChangedMeanwhile() }
      let done = OrganisationMerge(
        id: ID(at: now), kept: merger.kept, taken: merger.taken, mergedAt: now,
        moved: ([state.rawValue] + moved).joined(separator: " "))
      try OrganisationMerges.insert(done, in: db)
      try Trail.write(
        TrailNote(
          .organisationsMerged, organisation: merger.kept,
          changes: [TrailChange("fiche reprise", nil, "\(taken.name) (\(taken.siret?.digits ?? "sans SIRET"))")]),
        as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// Undoes a merger: members who moved go back, those who left since stay where they are.
public struct UndoMerger: Sendable {
  /// What one must be allowed.
  public static let right = Right.mergeOrganisations
  private let id: ID<OrganisationMerge>

  /// The undoing of a merger.
  public init(_ id: ID<OrganisationMerge>) { self.id = id }

  /// Does it and gives the organisation that had taken the other in; nil where it is not for the reader, or is done.
  public func run(as actor: Actor, in world: World) async throws -> ID<Organisation>? {
    try actor.authorise(Self.right)
    let (id, today, now, keys) = (id, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard let merger = try OrganisationMerges.find(id, in: db),
        let kept = try Organisations.find(merger.kept, in: db), kept.state != .merged,
        var taken = try Organisations.find(merger.taken, in: db), taken.state == .merged,
        try Reach.of(Self.right, for: actor, on: today, in: db).holds(kept),
        try Reach.of(Self.right, for: actor, on: today, in: db).holds(taken),
        try OrganisationMerges.undo(id, at: now, in: db)
      else { return nil }
      var words = merger.moved.split(separator: " ").map(String.init)
      taken.state = words.isEmpty ? .waiting : OrganisationState(rawValue: words.removeFirst()) ?? .waiting
      (taken.mergedInto, taken.decidedAt) = (nil, now)
      guard try Organisations.update(&taken, in: db) else { throw ChangedMeanwhile() }
      for word in words {
        let (wasInBoth, wasAdministrator) = (word.hasPrefix("="), word.hasPrefix("+"))
        guard let id = ID<Membership>(word.drop { "=+".contains($0) }),
          var membership = try Memberships.find(id, in: db)
        else { continue }
        if wasInBoth {
          // Whoever has left the other one since stays out of both.
          guard membership.organisation == taken.id,
            try Memberships.present(of: membership.account, in: db).contains(where: { $0.organisation == kept.id })
          else { continue }
          membership.endedAt = nil
        } else {
          guard membership.organisation == kept.id, membership.endedAt == nil else { continue }
          (membership.organisation, membership.isAdministrator) = (taken.id, wasAdministrator)
        }
        guard try Memberships.update(membership, in: db) else { throw ChangedMeanwhile() }
      }
      try LastAdministrator.refuse(in: kept.id, db, unlessEmpty: true)
      try Trail.write(
        TrailNote(
          .mergerUndone, organisation: kept.id, changes: [TrailChange("fiche rendue", taken.name, nil)]),
        as: actor, at: now, keys: keys, in: db)
      return kept.id
    }
  }
}
