/// What the tender documents say of the clause, lot by lot, as values to compare.
public struct TenderDossier: Sendable, Equatable {
  /// The four documents that must agree.
  public enum Document: String, Sendable, CaseIterable {
    /// Notice of the contract (AAPC).
    case notice
    /// Rules of the consultation (RC).
    case consultationRules
    /// Particular administrative clauses (CCAP).
    case particularClauses
    /// Act of engagement (AE).
    case engagementAct

    /// The document as users read it, with its article.
    public var french: String {
      switch self {
      case .notice: "l’avis de marché"
      case .consultationRules: "le règlement de la consultation"
      case .particularClauses: "le CCAP"
      case .engagementAct: "l’acte d’engagement"
      }
    }

    /// The same after « dans ».
    var inFrench: String { "dans \(french)" }
    /// The same at the head of a sentence.
    var atHead: String { french.prefix(1).uppercased() + french.dropFirst() }
    /// Its name without article, as remarks give their place: `acte d’engagement`.
    public var bare: String {
      switch self {
      case .notice: "avis de marché"
      case .consultationRules: "règlement de la consultation"
      case .particularClauses: "CCAP"
      case .engagementAct: "acte d’engagement"
      }
    }
  }

  /// What one document says of one lot; nil and empty where it is silent.
  public struct Mention: Sendable, Equatable {
    /// The document.
    public var document: Document
    /// Hours of insertion.
    public var hours: Hours?
    /// Who to contact: the facilitator.
    public var contact: String?
    /// Eligible people, as written.
    public var publics: [String] = []
    /// The possibility that it states.
    public var possibility: Possibility?
    /// The articles of the code that it cites.
    public var articles: [String] = []
    /// The article of the general conditions that it cites, such as `20.1`.
    public var ccagClause: String?
    /// Weight of the insertion criterion.
    public var criterionWeight: Percent?
    /// What is owed for hours not done, as written.
    public var penalty: String?
    /// How often the company reports, as written.
    public var frequency: String?
    /// Whether it holds a review clause for the hours.
    public var hasReviewClause: Bool?
    /// Whether it provides for pooling.
    public var foreseesPooling: Bool?
    /// Whether it asks to hire people of the place.
    public var asksForLocalResidents = false
    /// The words of the clause, searched for local preference.
    public var wording: String?

    /// A document that says nothing yet.
    public init(_ document: Document) { self.document = document }
  }

  /// An award criterion of the consultation.
  public struct Criterion: Sendable, Equatable {
    /// What a criterion measures.
    public enum Kind: String, Sendable, CaseIterable { case price, cost, environment, social, other }
    /// What it measures.
    public var kind: Kind
    /// Its name, as written.
    public var label: String?
    /// Its weight.
    public var weight: Percent?
    /// What a social criterion looks at.
    public var scope: CriterionScope?

    /// A criterion from its parts.
    public init(_ kind: Kind, label: String? = nil, weight: Percent? = nil, scope: CriterionScope? = nil) {
      self.kind = kind
      self.label = label
      self.weight = weight
      self.scope = scope
    }
  }

  /// One lot: what was decided, and what the documents say.
  public struct Lot: Sendable, Equatable {
    /// Its number or name, as people write it.
    public var name: String
    /// The choice made: possibility, beneficiaries, hours decided, general conditions.
    public var choice: PossibilityChoice
    /// Whether hours of this lot are to be pooled.
    public var expectsPooling = false
    /// What each document says.
    public var mentions: [Mention]

    /// A lot from its parts.
    public init(_ name: String, choice: PossibilityChoice, mentions: [Mention] = []) {
      self.name = name
      self.choice = choice
      self.mentions = mentions
    }
  }

  /// Contract or concession.
  public var kind: AwardNotice.Kind
  /// The day on which the notice is sent or the consultation begins.
  public var day: Day
  /// A contract between private parties, outside the code of public contracts.
  public var isPrivate = false
  /// Whether a notice is published; a consultation without one states its reservations in its papers.
  public var hasNotice = true
  /// The commune of the contract, to recognise the name of its inhabitants; nil where it is not given.
  public var commune: String?
  /// The award criteria; empty where they are not given.
  public var criteria: [Criterion] = []
  /// The lots with a clause.
  public var lots: [Lot]

  /// A dossier from its parts.
  public init(kind: AwardNotice.Kind = .contract, day: Day, lots: [Lot]) {
    self.kind = kind
    self.day = day
    self.lots = lots
  }
}
