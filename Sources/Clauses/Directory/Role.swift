/// What someone is in an organisation, which settles what they may see and do.
public enum Role: String, Sendable, Hashable, CaseIterable {
  /// Facilitateur ou facilitatrice.
  case facilitator
  /// Someone of a coordination.
  case coordinator
  /// Someone of a donneur d'ordre.
  case buyer
  /// Someone of an entreprise.
  case company
  /// Someone of an inclusion structure.
  case structure
  /// Someone who accompanies people and proposes them.
  case prescriber
  /// Salarié en insertion.
  case participant
  /// Délégué à la protection des données.
  case dataProtectionOfficer = "data-protection-officer"

  /// The name in words, without capital.
  public var label: String {
    switch self {
    case .facilitator: "facilitateur ou facilitatrice"
    case .coordinator: "coordination"
    case .buyer: "donneur d’ordre"
    case .company: "entreprise"
    case .structure: "structure d’insertion"
    case .prescriber: "prescripteur"
    case .participant: "salarié ou salariée en insertion"
    case .dataProtectionOfficer: "délégué ou déléguée à la protection des données"
    }
  }

  /// Whether a second factor is compulsory: the role sees why people are eligible, or decides on others.
  public var needsSecondFactor: Bool {
    switch self {
    case .facilitator, .coordinator, .structure, .prescriber, .dataProtectionOfficer: true
    case .buyer, .company, .participant: false
    }
  }
}

/// Where an organisation stands.
public enum OrganisationState: String, Sendable, Hashable, CaseIterable {
  /// Registered, not yet validated: it prepares, publishes nothing, sees nobody's data.
  case waiting
  /// Validated.
  case active
  /// Refused, with a reason; it may correct and ask again.
  case refused
  /// Stopped for a time, with a reason.
  case suspended
  /// Taken into another one.
  case merged

  /// The word for people.
  public var label: String {
    switch self {
    case .waiting: "en attente de validation"
    case .active: "validée"
    case .refused: "refusée"
    case .suspended: "suspendue"
    case .merged: "fusionnée"
    }
  }
}
