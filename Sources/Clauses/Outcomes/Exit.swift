/// What became of a person when the contract of insertion ended.
public struct Exit: Sendable, Equatable {
  /// What the person left for; the codes are those of exchange and storage.
  public enum Kind: String, Sendable, CaseIterable {
    /// Open-ended contract.
    case openEnded = "CDI"
    /// Fixed-term contract.
    case fixedTerm = "CDD"
    /// Temporary work.
    case temporary = "INTERIM"
    /// Permanent or trainee post in public service.
    case publicService = "TITULARISATION"
    /// Creation or takeover of a business.
    case business = "CREATION"
    /// Subsidised contract outside insertion through economic activity.
    case subsidised = "CONTRAT_AIDE"
    /// Training, qualifying or before qualification.
    case training = "FORMATION"
    /// Hire by another structure of insertion.
    case otherStructure = "AUTRE_SIAE"
    /// Without work and looking for some.
    case unemployed = "CHOMAGE"
    /// Without work and not looking for any.
    case inactive = "INACTIVITE"
    /// Nobody knows.
    case unknown = "SANS_NOUVELLES"
    /// Taken out of the rates, such as the end of a short trial.
    case withdrawn = "RETRAIT"

    /// Whether the class depends on how long the contract lasts.
    public var dependsOnDuration: Bool { self == .fixedTerm || self == .temporary }

    /// What the person left for, as users read it.
    public var french: String {
      switch self {
      case .openEnded: "CDI"
      case .fixedTerm: "CDD"
      case .temporary: "intérim"
      case .publicService: "titularisation ou stage dans la fonction publique"
      case .business: "création ou reprise d’entreprise"
      case .subsidised: "contrat aidé hors insertion par l’activité économique"
      case .training: "formation préqualifiante ou qualifiante"
      case .otherStructure: "embauche par une autre structure d’insertion"
      case .unemployed: "recherche d’emploi"
      case .inactive: "sans activité"
      case .unknown: "sans nouvelles"
      case .withdrawn: "retirée du calcul"
      }
    }
  }

  /// A class of exits, as the national consolidation counts them.
  public enum Class: String, Sendable, CaseIterable {
    case durable, transition, positive, other, withdrawn

    /// Whether it counts as a dynamic exit.
    public var isDynamic: Bool { self == .durable || self == .transition || self == .positive }

    /// The class as users read it.
    public var french: String {
      switch self {
      case .durable: "emploi durable"
      case .transition: "emploi de transition"
      case .positive: "sortie positive"
      case .other: "autre sortie"
      case .withdrawn: "retirée du calcul"
      }
    }
  }

  /// What names it in the given list.
  public var id: String
  /// What the person left for.
  public var kind: Kind
  /// The day on which the contract of insertion ended.
  public var day: Day
  /// How long the new contract lasts, in whole months.
  public var months: Int?
  /// The first day of the new contract; nil: the day of the exit.
  public var contractFrom: Day?
  /// The last day of the new contract; it counts before ``months``.
  public var contractUntil: Day?

  /// An exit from its parts.
  public init(
    id: String, kind: Kind, day: Day, months: Int? = nil, contractFrom: Day? = nil, contractUntil: Day? = nil
  ) {
    self.id = id
    self.kind = kind
    self.day = day
    self.months = months
    self.contractFrom = contractFrom
    self.contractUntil = contractUntil
  }

  /// How the new contract's duration compares with a limit in months: −1 shorter, 0 equal, 1 longer; nil where it is not
  /// known.
  func duration(against limit: Int) -> Int? {
    if let until = contractUntil {
      let start = contractFrom ?? day
      let end = start.lastDay(ofMonths: limit) ?? start
      return until < end ? -1 : until == end ? 0 : 1
    }
    return months.map { $0 < limit ? -1 : $0 == limit ? 0 : 1 }
  }
}

/// How exits are classed and followed where law and practice leave a choice.
public struct ExitPolicy: Sendable, Equatable {
  /// Months from which a contract is durable; nil: the reference figure.
  public var durableMonths: Int?
  /// Whether a contract of exactly that length is durable.
  public var equalIsDurable = true

  /// The choices by default.
  public init() {}
}
