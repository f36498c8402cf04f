import Clauses
import Records
import Storage

/// The organisations that a scope stands for, once the territory was read.
enum Reach: Sendable {
  case nothing
  case organisation(ID<Organisation>)
  case departements([DepartementCode], own: ID<Organisation>)
  case everything

  /// How far a right goes for an actor, today.
  static func of(_ right: Right, for actor: Actor, on day: Day, in db: any Connection) throws -> Reach {
    switch actor.scope(of: right) {
    case .nothing, .aggregate, .account: return .nothing
    case .everything: return .everything
    case .organisation: return actor.acting.map { .organisation($0.organisation) } ?? .nothing
    case .territory:
      guard let acting = actor.acting else { return .nothing }
      return .departements(
        try OrganisationTerritories.departements(of: acting.organisation, on: day, in: db), own: acting.organisation)
    }
  }

  /// Whether an organisation lies within.
  func holds(_ organisation: Organisation) -> Bool {
    switch self {
    case .nothing: false
    case .everything: true
    case .organisation(let own): organisation.id == own
    case .departements(let codes, let own):
      organisation.id == own || organisation.departement.map(codes.contains) ?? false
    }
  }
}
