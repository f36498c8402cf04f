import Clauses
import Records
import Storage

/// Which planned contracts and programmes an actor may reach: those that their body follows, those of their own purchases,
/// those of the bodies of their territory.
struct PlannedReach {
  /// The body for which the actor acts, with those that were taken into it.
  private let bodies: [ID<Organisation>]?
  private let buyer: SIRET?
  private let departements: [DepartementCode]?
  private let isEverything: Bool
  private let isNothing: Bool

  static func of(_ right: Right, for actor: Actor, on today: Day, in db: any Connection) throws -> PlannedReach {
    switch try Reach.of(right, for: actor, on: today, in: db) {
    case .everything: return PlannedReach(isEverything: true)
    case .nothing: return PlannedReach()
    case .territory(let extent, _): return PlannedReach(departements: extent.departements.sorted())
    case .organisation(let own):
      guard let organisation = try Organisations.find(own, in: db) else { return PlannedReach() }
      if organisation.kind == .facilitationBody {
        return PlannedReach(bodies: try Organisations.family(of: own, in: db))
      }
      return organisation.siret.map { PlannedReach(buyer: $0) } ?? PlannedReach()
    }
  }

  private init(
    bodies: [ID<Organisation>]? = nil, buyer: SIRET? = nil, departements: [DepartementCode]? = nil,
    isEverything: Bool = false
  ) {
    (self.bodies, self.buyer, self.departements, self.isEverything) = (bodies, buyer, departements, isEverything)
    isNothing = bodies == nil && buyer == nil && departements == nil && !isEverything
  }

  /// The filter of lists; nil where nothing can be reached.
  var filter: PlannedDossiers.Filter? {
    guard !isNothing else { return nil }
    var filter = PlannedDossiers.Filter()
    (filter.bodies, filter.buyer, filter.departements) = (bodies, buyer, departements)
    return filter
  }

  func holds(body other: ID<Organisation>, buyer siret: SIRET, in db: any Connection) throws -> Bool {
    if isEverything { return true }
    if let bodies { return bodies.contains(other) }
    if let buyer { return buyer == siret }
    guard let departements, let place = try Organisations.find(other, in: db)?.departement else { return false }
    return departements.contains(place)
  }

  /// The latest programmes within reach; a territory's are its bodies' own affair until they are contracts.
  func programmes(limit: Int, in db: any Connection) throws -> [StoredProgramme] {
    try Programmes.latest(bodies: bodies, buyer: buyer, limit: limit, in: db)
  }
}

extension Organisations {
  /// The organisation that an identifier stands for now: itself, or the one that it was taken into.
  static func surviving(_ id: ID<Organisation>, in db: any Connection) throws -> ID<Organisation> {
    var (current, seen) = (id, Set<ID<Organisation>>())
    while seen.insert(current).inserted, let next = try find(current, in: db)?.mergedInto { current = next }
    return current
  }

  /// The surviving one, then every one that was taken into it.
  static func family(of id: ID<Organisation>, in db: any Connection) throws -> [ID<Organisation>] {
    let kept = try surviving(id, in: db)
    return [kept] + (try merged(into: kept, in: db))
  }
}
