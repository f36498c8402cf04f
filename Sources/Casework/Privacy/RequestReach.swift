import Clauses
import Records
import Storage

/// Which requests an actor may treat: those of the départements of their territory, and those of nowhere in particular.
enum RequestReach: Sendable {
  case nothing
  case departements(Set<DepartementCode>)
  case everything

  static func of(_ actor: Actor, on day: Day, in db: any Connection) throws -> RequestReach {
    switch try Reach.of(.treatPersonalRequests, for: actor, on: day, in: db) {
    case .nothing, .organisation: return .nothing
    case .everything: return .everything
    case .territory(let extent, _):
      var codes = extent.departements
      if !extent.communes.isEmpty {
        codes.formUnion(try Territories.departements(ofCommunes: extent.communes.sorted(), in: db).values)
      }
      return .departements(codes)
    }
  }

  /// Whether a request is within.
  func holds(_ request: StoredPersonalRequest) -> Bool {
    switch self {
    case .nothing: false
    case .everything: true
    case .departements(let codes): request.departement.map(codes.contains) ?? true
    }
  }

  /// The filter of a list; nil where there is nothing to list.
  var filter: PersonalRequests.Filter? {
    var filter = PersonalRequests.Filter()
    switch self {
    case .nothing: return nil
    case .everything: break
    case .departements(let codes): filter.departements = codes
    }
    return filter
  }
}
