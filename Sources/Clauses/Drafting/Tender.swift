/// The wording of the consultation of a planned contract, as it is worked on.
public struct Tender: Sendable, Hashable {
  /// Its identifier.
  public let id: ID<Tender>
  /// The planned contract.
  public let planned: ID<PlannedDossier>
  /// What was typed, as the fields of the form, right or wrong.
  public var typed: String
  /// When it was begun.
  public let createdAt: Moment
  /// Grows with each change.
  public var version: Int

  /// A wording that has just been begun.
  public init(id: ID<Tender>, planned: ID<PlannedDossier>, typed: String, createdAt: Moment) {
    (self.id, self.planned, self.typed, self.createdAt, version) = (id, planned, typed, createdAt, 1)
  }
}
