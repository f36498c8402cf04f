/// What is known of a person on the day on which someone decides whether she is eligible.
public struct EligibilityCase: Sendable, Equatable {
  /// A paper that was seen.
  public struct Proof: Sendable, Equatable {
    /// The code of its kind; nil: the usual one of the criterion.
    public var kind: String?
    /// The day on which it was made out.
    public var issuedOn: Day?
    /// The last day that it names itself.
    public var validUntil: Day?

    /// A paper from its parts.
    public init(kind: String? = nil, issuedOn: Day? = nil, validUntil: Day? = nil) {
      self.kind = kind
      self.issuedOn = issuedOn
      self.validUntil = validUntil
    }
  }

  /// A criterion that someone says is met, with what shows it.
  public struct Claim: Sendable, Equatable {
    /// The code of the criterion.
    public var code: String
    /// The paper; nil where none was seen.
    public var proof: Proof?

    /// A claim from its parts.
    public init(_ code: String, proof: Proof? = nil) {
      self.code = code
      self.proof = proof
    }
  }

  /// How long hours count for a public, a modality or both, as a contract or a territory decides.
  public typealias Window = CountingChoice

  /// The list of publics.
  public var list: EligibilityList
  /// The day of the decision.
  public var day: Day
  /// The day whose version of the list the contract refers to; nil: the day of the decision.
  public var versionDay: Day?
  /// The criteria that are said to be met.
  public var claims: [Claim]
  /// The first day of the contract; nil where no hire is planned yet.
  public var hiredOn: Day?
  /// How the person is employed.
  public var modality: Modality?
  /// The kind of structure that employs, which decides how many criteria of the second level are needed; nil: that of
  /// the modality.
  public var structureKind: StructureKind?
  /// When the person was born.
  public var birthDate: Day?
  /// The criterion to retain where several are met.
  public var preferred: String?
  /// Criteria that the contract or the territory adds to the list.
  public var localCriteria: [EligibilityCriterion] = []
  /// How long hours count, as the contract or the territory decides.
  public var windows: [Window] = []
  /// Whether the contract lets the hours of an open-ended hire count longer.
  public var allowsLongOpenEnded = false
  /// How many months the decision waits for the hire, where the territory says otherwise.
  public var decisionMonths: Int?
  /// The first day of performance of the contract, before which no hour counts.
  public var performanceFrom: Day?
  /// The last day of performance of the contract, after which no hour counts.
  public var performanceUntil: Day?
  /// Days on which the accompaniment was suspended.
  public var suspensions: [EligibilitySuspension] = []
  /// What other territories decided before.
  public var earlier: [EarlierDecision] = []

  /// A case; the rest is filled in afterwards.
  public init(list: EligibilityList, day: Day, claims: [Claim], hiredOn: Day? = nil, modality: Modality? = nil) {
    self.list = list
    self.day = day
    self.claims = claims
    self.hiredOn = hiredOn
    self.modality = modality
  }

  /// The kind of structure that employs, as given or as the modality says.
  var employer: StructureKind? { structureKind ?? modality?.structureKind }
}

/// A decision that another territory took, offered for re-use.
public struct EarlierDecision: Sendable, Equatable {
  /// Who decided, in French.
  public var territory: String
  /// The day of the decision.
  public var day: Day
  /// The list that it was taken on.
  public var list: EligibilityList
  /// The criterion retained.
  public var code: String
  /// The paper that showed it.
  public var proof: EligibilityCase.Proof?
  /// The first day of the contract that followed; nil where nobody was hired on it.
  public var hiredOn: Day?
  /// How the person was employed then.
  public var modality: Modality?
  /// Whether the person agreed that others see it.
  public var agreement: Bool

  /// A decision from its parts.
  public init(
    territory: String, day: Day, list: EligibilityList, code: String, proof: EligibilityCase.Proof? = nil,
    hiredOn: Day? = nil, modality: Modality? = nil, agreement: Bool
  ) {
    self.territory = territory
    self.day = day
    self.list = list
    self.code = code
    self.proof = proof
    self.hiredOn = hiredOn
    self.modality = modality
    self.agreement = agreement
  }
}
