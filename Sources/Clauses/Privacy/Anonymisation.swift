/// What becomes of each thing known of a person when they are anonymised; a new one does not compile until its fate is
/// settled here.
public enum PersonalDatum: String, Sendable, Hashable, CaseIterable {
  case name, contact, address, birth, sex, priorityNeighbourhood, eligibilityCategory, proof, prescriber, employer
  case contractDates, hours, exit, notes, documents

  /// What becomes of it.
  public enum Fate: Sendable, Hashable {
    /// It stays as it is: it tells nobody apart.
    case kept
    /// Only something coarser stays; what, in French.
    case coarsened(String)
    /// Nothing of it stays.
    case destroyed
  }

  /// What it is, in French.
  public var label: String {
    switch self {
    case .name: "nom et prénom"
    case .contact: "adresse électronique et téléphone"
    case .address: "adresse"
    case .birth: "date et lieu de naissance"
    case .sex: "sexe"
    case .priorityNeighbourhood: "habitat en quartier prioritaire"
    case .eligibilityCategory: "critère d’éligibilité"
    case .proof: "justificatif vu, et sa date"
    case .prescriber: "prescripteur"
    case .employer: "employeur"
    case .contractDates: "dates des contrats de travail"
    case .hours: "heures"
    case .exit: "sortie"
    case .notes: "notes et échanges"
    case .documents: "documents"
    }
  }

  /// What becomes of it.
  public var fate: Fate {
    switch self {
    case .sex, .priorityNeighbourhood, .hours: .kept
    case .birth: .coarsened("tranche d’âge")
    case .eligibilityCategory: .coarsened("groupe de critères")
    case .name, .contact, .address, .proof, .prescriber, .employer, .contractDates, .exit, .notes, .documents:
      .destroyed
    }
  }

  /// What stays of everyone, in French.
  public static let remains: [String] = allCases.compactMap { datum in
    switch datum.fate {
    case .kept: datum.label
    case .coarsened(let what): what
    case .destroyed: nil
    }
  }

  /// What is destroyed, in French; what is coarsened is destroyed too.
  public static let destroyed: [String] = allCases.filter { $0.fate != .kept }.map(\.label)
}
