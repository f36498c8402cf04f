/// What settles how long the data of a person in insertion are kept.
public struct RetentionCase: Sendable, Equatable {
  /// Who paid, which may ask for a longer proof.
  public enum Regime: String, Sendable, CaseIterable {
    /// Nothing particular.
    case ordinary
    /// European funds, whose convention says until when files are kept for audits.
    case europeanFunds
  }

  /// The last day on which someone was in touch with the person.
  public var lastContact: Day
  /// The end of the last contract that carried the clause; nil: nothing needs a proof.
  public var contractEnd: Day?
  /// Who paid.
  public var regime = Regime.ordinary
  /// The day that the convention states.
  public var conventionUntil: Day?
  /// Whether a dispute is open, for which everything must stay.
  public var hasOpenHold = false
  /// When the person was told that their data will leave the active base.
  public var noticeGivenOn: Day?

  /// A case of which only the last contact is known.
  public init(lastContact: Day) { self.lastContact = lastContact }
}
