/// A possibility that a buyer thinks of choosing, with what is known of it.
public struct PossibilityChoice: Sendable, Equatable {
  /// The possibility.
  public var possibility: Possibility
  /// Contract or concession.
  public var kind: AwardNotice.Kind
  /// The day on which the notice is sent or the consultation begins.
  public var day: Day
  /// A contract between private parties, outside the code of public contracts.
  public var isPrivate = false
  /// Whom it is reserved for.
  public var families: Set<ReservedFamily> = []
  /// The share of beneficiaries demanded among the staff; nil where the documents are silent.
  public var reservedShare: Percent?
  /// Whether the notice, or the consultation papers where there is none, state the reservation; nil where not known.
  public var isStatedInNotice: Bool?
  /// Duration in months.
  public var durationMonths: Int?
  /// Whether the object is social or other specific services; nil where nobody said.
  public var isSocialService: Bool?
  /// The last day on which the same operator was awarded the same contract reserved for the social economy.
  public var previousAward: Day?
  /// The hours that the buyer fixes.
  public var hours: Hours?
  /// The weight announced for the criterion.
  public var criterionWeight: Percent?
  /// What the criterion looks at.
  public var criterionScope: CriterionScope?
  /// The general conditions that the contract refers to.
  public var ccag: GeneralConditions?

  /// A choice; the rest is filled in afterwards.
  public init(_ possibility: Possibility, kind: AwardNotice.Kind = .contract, day: Day) {
    self.possibility = possibility
    self.kind = kind
    self.day = day
  }
}

/// What a social criterion looks at.
public enum CriterionScope: String, Sendable, CaseIterable {
  /// The people and the actions of this contract.
  case contract
  /// The general policy of the company, which the case law forbids.
  case company
}

/// What a possibility asks for, and what is wrong with the way it is chosen.
public struct PossibilityAdvice: Sendable, Equatable {
  /// What each requirement says, in French.
  public let requirements: [String]
  /// How hours become due; nil for what is not in the law (a private contract).
  public let hours: HoursBasis
  /// The hours that the buyer fixed, where the basis leaves them to it.
  public let fixedHours: Hours?
  /// The articles on which the possibility rests, those of the reservation included.
  public let articles: [String]
  /// Where the insertion clause stands in the general conditions that the contract refers to.
  public let ccag: InsertionClause?
  /// Steps, remarks, figures and articles.
  public let derivation: Derivation

  /// Whether hours are due.
  public var areHoursDue: Bool { hours.areDue || (fixedHours?.hundredths ?? 0) > 0 }
  /// Whether nothing forbids the choice.
  public var isAllowed: Bool { derivation.isFree }
}
