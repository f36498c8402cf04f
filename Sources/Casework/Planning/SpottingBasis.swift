import Clauses
import Records
import Storage

/// What the rules of spotting are applied to today, beside the notices.
enum SpottingBasis {
  /// Today's figures and the structures in the base.
  static func current(in world: World) async throws -> Spottings.Basis {
    let version = try world.rules().version
    return try await world.database.read { try read(figuresVersion: version, in: $0) }
  }

  /// The structures and the stated buyers as a connection sees them.
  static func read(figuresVersion: String, in db: any Connection) throws -> Spottings.Basis {
    Spottings.Basis(
      figuresVersion: figuresVersion, structures: try Structures.counts(in: db),
      listsAreComplete: try Structures.listsAreComplete(in: db), statedBuyers: try StatedBuyers.all(in: db))
  }
}
