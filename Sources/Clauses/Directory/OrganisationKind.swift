/// What an organisation does in a clause; an organisation is a pair (SIRET, kind), for one establishment may be several.
public enum OrganisationKind: Sendable, Hashable {
  /// Structure porteuse: employs facilitators.
  case facilitationBody
  /// Coordination of a département or a region.
  case coordination
  /// Donneur d'ordre.
  case buyer
  /// Entreprise, holder of contracts or subcontractor.
  case company
  /// Prescripteur: accompanies people and proposes them.
  case prescriber
  /// Inclusion structure of a kind.
  case structure(StructureKind)

  /// Every kind.
  public static let all: [OrganisationKind] =
    [.facilitationBody, .coordination, .buyer, .company, .prescriber] + StructureKind.allCases.map(structure)

  /// The text of columns and forms.
  public var code: String {
    switch self {
    case .facilitationBody: "facilitation-body"
    case .coordination: "coordination"
    case .buyer: "buyer"
    case .company: "company"
    case .prescriber: "prescriber"
    case .structure(let kind): "structure-\(kind.rawValue)"
    }
  }

  /// Reads what ``code`` gave; nil for anything else.
  public init?(code: String) {
    guard let kind = OrganisationKind.all.first(where: { $0.code == code }) else { return nil }
    self = kind
  }

  /// The name in words, without capital.
  public var label: String {
    switch self {
    case .facilitationBody: "structure porteuse de facilitateurs"
    case .coordination: "coordination"
    case .buyer: "donneur d’ordre"
    case .company: "entreprise"
    case .prescriber: "prescripteur"
    case .structure(let kind): kind.label
    }
  }

  /// Whether its people decide on other organisations: then nobody stands above it to validate it again.
  public var decides: Bool { self == .facilitationBody || self == .coordination }

  /// The role of those who work there.
  public var role: Role {
    switch self {
    case .facilitationBody: .facilitator
    case .coordination: .coordinator
    case .buyer: .buyer
    case .company: .company
    case .prescriber: .prescriber
    case .structure: .structure
    }
  }

  /// Roles that a membership here may have.
  public var roles: [Role] {
    switch self {
    case .facilitationBody: [.facilitator, .dataProtectionOfficer, .participant]
    case .coordination: [.coordinator, .dataProtectionOfficer]
    default: [role]
    }
  }
}
