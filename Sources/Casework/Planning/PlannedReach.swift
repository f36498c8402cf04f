import Clauses
import Records
import Storage

/// Which planned contracts and programmes an actor may reach: those that their body follows, those of their own purchases,
/// those of the bodies of their territory.
struct PlannedReach {
  private let body: ID<Organisation>?
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
      if organisation.kind == .facilitationBody { return PlannedReach(body: own) }
      return organisation.siret.map { PlannedReach(buyer: $0) } ?? PlannedReach()
    }
  }

  private init(
    body: ID<Organisation>? = nil, buyer: SIRET? = nil, departements: [DepartementCode]? = nil,
    isEverything: Bool = false
  ) {
    (self.body, self.buyer, self.departements, self.isEverything) = (body, buyer, departements, isEverything)
    isNothing = body == nil && buyer == nil && departements == nil && !isEverything
  }

  /// The filter of lists; nil where nothing can be reached.
  var filter: PlannedDossiers.Filter? {
    guard !isNothing else { return nil }
    var filter = PlannedDossiers.Filter()
    (filter.body, filter.buyer, filter.departements) = (body, buyer, departements)
    return filter
  }

  func holds(body other: ID<Organisation>, buyer siret: SIRET, in db: any Connection) throws -> Bool {
    if isEverything { return true }
    if let body { return body == other }
    if let buyer { return buyer == siret }
    guard let departements, let place = try Organisations.find(other, in: db)?.departement else { return false }
    return departements.contains(place)
  }

  /// The latest programmes within reach; a territory's are its bodies' own affair until they are contracts.
  func programmes(limit: Int, in db: any Connection) throws -> [StoredProgramme] {
    try Programmes.latest(body: body, buyer: buyer, limit: limit, in: db)
  }
}
