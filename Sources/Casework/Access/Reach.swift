import Clauses
import Records
import Storage

/// The organisations that a scope stands for, once the territory was read.
enum Reach: Sendable {
  case nothing
  case organisation(ID<Organisation>)
  case territory(OrganisationTerritories.Extent, own: ID<Organisation>)
  case everything

  /// How far a right goes for an actor, today.
  static func of(_ right: Right, for actor: Actor, on day: Day, in db: any Connection) throws -> Reach {
    switch actor.scope(of: right) {
    case .nothing, .aggregate, .account: return .nothing
    case .everything: return .everything
    case .organisation: return actor.acting.map { .organisation($0.organisation) } ?? .nothing
    case .territory:
      guard let acting = actor.acting else { return .nothing }
      return .territory(
        try OrganisationTerritories.extent(of: acting.organisation, on: day, in: db), own: acting.organisation)
    }
  }

  /// Whether a territory lies wholly within.
  func holds(_ kind: OrganisationTerritory.Kind, _ code: String, in db: any Connection) throws -> Bool {
    switch self {
    case .everything: return true
    case .nothing, .organisation: return false
    case .territory(let extent, _):
      if kind == .departement { return DepartementCode(code).map(extent.departements.contains) ?? false }
      let communes = kind == .commune ? [code] : try Territories.communes(ofGroup: code, in: db)
      let places = try Territories.departements(ofCommunes: communes, in: db)
      return !communes.isEmpty
        && communes.allSatisfy { commune in
          extent.communes.contains(commune) || places[commune].map(extent.departements.contains) ?? false
        }
    }
  }

  /// Whether an organisation lies within.
  func holds(_ organisation: Organisation) -> Bool {
    switch self {
    case .nothing: false
    case .everything: true
    case .organisation(let own): organisation.id == own
    case .territory(let extent, let own):
      organisation.id == own || organisation.departement.map(extent.departements.contains) ?? false
        || organisation.commune.map(extent.communes.contains) ?? false
    }
  }
}
