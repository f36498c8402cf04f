/// What an inclusion structure is; a structure is a pair (SIRET, kind), for one establishment may be several.
///
/// Sources: labour code, L5132-4 (EI, ETTI, AI, ACI, EITI), L5213-13 and L5213-13-1 (EA, EATT), L1253-1 (GEIQ); code of
/// social action and families, L344-2 (ESAT). The régie de quartier is a label of a national network, often held by a
/// structure that is also an EI or an ACI.
public enum StructureKind: String, Sendable, Hashable, CaseIterable {
  /// Entreprise d'insertion.
  case ei = "EI"
  /// Atelier et chantier d'insertion.
  case aci = "ACI"
  /// Entreprise de travail temporaire d'insertion.
  case etti = "ETTI"
  /// Association intermédiaire.
  case ai = "AI"
  /// Entreprise d'insertion par le travail indépendant.
  case eiti = "EITI"
  /// Groupement d'employeurs pour l'insertion et la qualification.
  case geiq = "GEIQ"
  /// Entreprise adaptée.
  case ea = "EA"
  /// Entreprise adaptée de travail temporaire.
  case eatt = "EATT"
  /// Établissement ou service d'accompagnement par le travail (until 2023 : établissement et service d'aide par le
  /// travail).
  case esat = "ESAT"
  /// Régie de quartier or régie de territoire.
  case rq = "RQ"

  /// What the structure can bring to a contract.
  public enum Contribution: String, Sendable, Hashable, CaseIterable {
    /// It performs works or services itself, as awardee, member of a consortium or subcontractor.
    case performs
    /// It lends people to the company that performs.
    case lendsPeople
  }

  /// What structures of this kind bring to a contract; one answer a kind, its usual business.
  public var contribution: Contribution {
    switch self {
    case .ei, .aci, .eiti, .ea, .esat, .rq: .performs
    case .etti, .ai, .geiq, .eatt: .lendsPeople
    }
  }

  /// Whether structures of this kind perform works or services themselves.
  public var performs: Bool { contribution == .performs }

  /// Whether structures of this kind lend people to the company that performs.
  public var lendsPeople: Bool { contribution == .lendsPeople }

  /// The name in words, without capital: « entreprise d’insertion ».
  public var label: String {
    switch self {
    case .ei: "entreprise d’insertion"
    case .aci: "atelier et chantier d’insertion"
    case .etti: "entreprise de travail temporaire d’insertion"
    case .ai: "association intermédiaire"
    case .eiti: "entreprise d’insertion par le travail indépendant"
    case .geiq: "groupement d’employeurs pour l’insertion et la qualification"
    case .ea: "entreprise adaptée"
    case .eatt: "entreprise adaptée de travail temporaire"
    case .esat: "établissement ou service d’accompagnement par le travail"
    case .rq: "régie de quartier"
    }
  }

  /// The name in words in the plural: « entreprises d’insertion ».
  public var pluralLabel: String {
    switch self {
    case .ei: "entreprises d’insertion"
    case .aci: "ateliers et chantiers d’insertion"
    case .etti: "entreprises de travail temporaire d’insertion"
    case .ai: "associations intermédiaires"
    case .eiti: "entreprises d’insertion par le travail indépendant"
    case .geiq: "groupements d’employeurs pour l’insertion et la qualification"
    case .ea: "entreprises adaptées"
    case .eatt: "entreprises adaptées de travail temporaire"
    case .esat: "établissements ou services d’accompagnement par le travail"
    case .rq: "régies de quartier"
    }
  }

  /// What users read of the contribution: « peut réaliser » or « met des personnes à disposition ».
  public var contributionLabel: String {
    switch contribution {
    case .performs: "peut réaliser"
    case .lendsPeople: "met des personnes à disposition"
    }
  }

  /// Reads a sigle or a name in words, blind to case, accents, plural and punctuation; nil for anything else.
  public init?(recognising text: String) {
    let words = text.folded.split(separator: " ").map { $0.count > 3 && $0.hasSuffix("s") ? $0.dropLast() : $0 }
    guard let kind = StructureKind.names[words.joined(separator: " ")] else { return nil }
    self = kind
  }

  private static let names: [String: StructureKind] = [
    "ei": .ei, "entreprise d insertion": .ei, "entreprise insertion": .ei,
    "aci": .aci, "atelier et chantier d insertion": .aci, "atelier chantier d insertion": .aci,
    "chantier d insertion": .aci,
    "etti": .etti, "entreprise de travail temporaire d insertion": .etti,
    "entreprise temporaire de travail d insertion": .etti,
    "entreprise d interim d insertion": .etti,
    "ai": .ai, "association intermediaire": .ai,
    "eiti": .eiti, "entreprise d insertion par le travail independant": .eiti,
    "geiq": .geiq, "groupement d employeur pour l insertion et la qualification": .geiq,
    "ea": .ea, "entreprise adaptee": .ea,
    "eatt": .eatt, "entreprise adaptee de travail temporaire": .eatt,
    "esat": .esat, "etablissement ou service d accompagnement par le travail": .esat,
    "etablissement et service d accompagnement par le travail": .esat,
    "etablissement et service d aide par le travail": .esat, "etablissement ou service d aide par le travail": .esat,
    "rq": .rq, "regie de quartier": .rq, "regie de territoire": .rq,
  ]
}
