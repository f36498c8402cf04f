import Clauses
import Records
import Storage

/// What the rules of spotting are applied to today, beside the notices.
enum SpottingBasis {
  /// Today's figures and the structures in the base.
  static func current(in world: World) async throws -> Spottings.Basis {
    let version = try world.rules().version
    return try await world.database.read { db in
      Spottings.Basis(
        figuresVersion: version, structures: try Structures.counts(in: db),
        listsAreComplete: try Structures.listsAreComplete(in: db))
    }
  }
}
