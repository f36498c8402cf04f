/// A feasibility and calibration sheet of one lot of a planned contract, with its versions.
public struct LotSheet: Sendable, Hashable {
  /// Where it stands.
  public enum State: String, Sendable, Hashable, CaseIterable {
    /// It is being worked on.
    case draft
    /// Someone signed it: it does not change any more.
    case signed

    /// The word for people.
    public var label: String {
      switch self {
      case .draft: "brouillon"
      case .signed: "signée"
      }
    }
  }

  /// What was retained at the end, with the reason.
  public struct Choice: Sendable, Hashable {
    /// The hours.
    public var hours: Hours
    /// Why.
    public var reason: String
    /// A choice.
    public init(hours: Hours, reason: String) { (self.hours, self.reason) = (hours, reason) }
  }

  /// Its identifier.
  public let id: ID<LotSheet>
  /// The planned contract.
  public let planned: ID<PlannedDossier>
  /// How the lot is called; empty for the whole contract.
  public let lot: String
  /// The version of the sheet of this lot, from 1.
  public let number: Int
  /// What was typed, as the fields of the hours calculator.
  public var typed: String
  /// Where it stands.
  public var state: State
  /// What it says, once it is signed.
  public var record: LotRecord?
  /// What the facilitator proposes, once it is signed: hours and why.
  public var proposal: Choice?
  /// The method whose hours are proposed; nil for hours of one's own.
  public var method: String?
  /// The segment of purchases, by which lots are compared.
  public var segment: String?
  /// The amount, by which they are compared.
  public var amount: Euros?
  /// Who signed it.
  public var signedBy: ID<Account>?
  /// When.
  public var signedAt: Moment?
  /// What the buyer retains.
  public var choice: Choice?
  /// When the buyer said so.
  public var chosenAt: Moment?
  /// When it was begun.
  public let createdAt: Moment
  /// Grows with each change.
  public var version: Int

  /// A sheet that has just been begun.
  public init(
    id: ID<LotSheet>, planned: ID<PlannedDossier>, lot: String, number: Int, typed: String, createdAt: Moment
  ) {
    (self.id, self.planned, self.lot, self.number) = (id, planned, lot, number)
    (self.typed, self.createdAt, state, version) = (typed, createdAt, .draft, 1)
  }

  /// The hours that hold: what the buyer retains, else what is proposed.
  public var hours: Hours? { (choice ?? proposal)?.hours }
}
