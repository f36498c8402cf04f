/// What the wording of a consultation is filled in with: who, what, which lots, which conditions.
public struct TenderTerms: Sendable, Equatable {
  /// How often hours are declared.
  public enum Frequency: String, Sendable, CaseIterable {
    case monthly, quarterly, halfYearly, yearly

    /// `chaque mois`.
    public var french: String {
      switch self {
      case .monthly: "chaque mois"
      case .quarterly: "chaque trimestre"
      case .halfYearly: "chaque semestre"
      case .yearly: "chaque année"
      }
    }

  }

  /// A lot with a clause.
  public struct Lot: Sendable, Equatable {
    /// Its number or name as people write it, `1`; empty for the whole contract.
    public var name: String
    /// The possibility retained.
    public var possibility: Possibility
    /// Whom it is reserved for.
    public var families: Set<ReservedFamily> = []
    /// The share of beneficiaries demanded of a reserved lot.
    public var reservedShare: Percent?
    /// The hours demanded.
    public var hours: Hours?

    /// A lot from its name and possibility.
    public init(_ name: String, _ possibility: Possibility, hours: Hours? = nil) {
      (self.name, self.possibility, self.hours) = (name, possibility, hours)
    }
  }

  /// The buyer's name.
  public var buyer: String
  /// The object of the contract.
  public var object: String
  /// Where it is performed.
  public var place: String?
  /// Its duration in months.
  public var months: Int?
  /// The day on which the notice is sent or the consultation begins.
  public var day: Day
  /// Contract or concession.
  public var kind: AwardNotice.Kind = .contract
  /// Whether it is between private parties.
  public var isPrivate = false
  /// Whether a notice is published.
  public var hasNotice = true
  /// The general conditions that it refers to.
  public var ccag: GeneralConditions?
  /// The body of the facilitator.
  public var body: String?
  /// The facilitator's name, telephone and e-mail, in this order, those that are known.
  public var contact: [String] = []
  /// How often hours are declared.
  public var frequency: Frequency?
  /// The day of the month after the period by which they are.
  public var declarationDay: Int?
  /// The penalty for an hour not done.
  public var penaltyHour: Euros?
  /// The penalty for a document that is missing.
  public var penaltyDocument: Euros?
  /// Days that a formal notice leaves.
  public var noticeDays: Int?
  /// Days from the notification to the kick-off meeting.
  public var kickoffDays: Int?
  /// Working days to give a document that is asked for.
  public var documentDays: Int?
  /// The weight of the insertion criterion.
  public var criterionWeight: Percent?
  /// Which hours count, in one sentence.
  public var counting: String?
  /// Who answers for the personal data.
  public var dataController: String?
  /// Whether pooling is admitted.
  public var admitsPooling = false
  /// The people whom the clause is for, as the list of the figures names them.
  public var publics: [String] = []
  /// The lots with a clause.
  public var lots: [Lot]

  /// The terms of a consultation from what is always known.
  public init(buyer: String, object: String, day: Day, lots: [Lot]) {
    (self.buyer, self.object, self.day, self.lots) = (buyer, object, day, lots)
  }
}
