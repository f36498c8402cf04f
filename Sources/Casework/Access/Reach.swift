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
    try Reaches(for: actor, rights: [right], on: day, in: db).of(right)
  }

  /// The organisation of an identifier, where a right of the actor reaches it today; nil for any other, known or not.
  static func organisation(
    _ id: ID<Organisation>, _ right: Right, for actor: Actor, on day: Day, in db: any Connection
  ) throws -> Organisation? {
    guard let organisation = try Organisations.find(id, in: db),
      try of(right, for: actor, on: day, in: db).holds(organisation)
    else { return nil }
    return organisation
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

/// How far several rights go for one actor: their territory is read once, and only where one of the rights asks for it.
struct Reaches {
  private let actor: Actor
  private let extent: OrganisationTerritories.Extent

  init(for actor: Actor, rights: [Right], on day: Day, in db: any Connection) throws {
    self.actor = actor
    guard let organisation = actor.organisation, rights.contains(where: { actor.scope(of: $0) == .territory }) else {
      extent = .init()
      return
    }
    extent = try OrganisationTerritories.extent(of: organisation, on: day, in: db)
  }

  /// How far one of them goes.
  func of(_ right: Right) -> Reach {
    switch (actor.scope(of: right), actor.organisation) {
    case (.everything, _): .everything
    case (.organisation, let own?): .organisation(own)
    case (.territory, let own?): .territory(extent, own: own)
    case (.nothing, _), (.aggregate, _), (.account, _), (_, nil): .nothing
    }
  }
}
