/// How a person in insertion is employed on a contract: hired, lent, or at work in a structure that performs a part.
///
/// Source: the insertion article of the general conditions of contract (CCAG 2021, 20.1.2 for works, 16.1.2 for supplies
/// and services); the codes are those of exchange and storage.
public enum Modality: String, Sendable, Hashable, CaseIterable {
  /// Open-ended contract with the awardee or a subcontractor.
  case openEndedHire = "EMBAUCHE_CDI"
  /// Fixed-term contract with the awardee or a subcontractor.
  case fixedTermHire = "EMBAUCHE_CDD"
  /// Apprenticeship with the awardee or a subcontractor.
  case apprenticeship = "ALT_APPRENTISSAGE"
  /// Professionalisation contract with the awardee or a subcontractor.
  case professionalisation = "ALT_PRO"
  /// Mission of a temporary agency for insertion (ETTI).
  case lentByETTI = "MAD_ETTI"
  /// Lent by an association intermédiaire.
  case lentByAI = "MAD_AI"
  /// Lent by a group of employers for insertion and qualification.
  case lentByGEIQ = "MAD_GEIQ"
  /// Mission of an adapted temporary agency (EATT).
  case lentByEATT = "MAD_EATT"
  /// Mission of an ordinary temporary agency.
  case lentByETT = "MAD_ETT"
  /// Part performed by an entreprise d’insertion, as subcontractor or member of a consortium.
  case performedByEI = "ST_EI"
  /// Part performed by an atelier et chantier d’insertion.
  case performedByACI = "ST_ACI"
  /// Part performed by an entreprise adaptée.
  case performedByEA = "ST_EA"
  /// Part performed by an établissement ou service d’accompagnement par le travail.
  case performedByESAT = "ST_ESAT"
  /// Part performed through an entreprise d’insertion par le travail indépendant.
  case performedByEITI = "ST_EITI"
  /// Part performed by a self-employed disabled worker (TIH).
  case performedByTIH = "ST_TIH"
  /// Work of people in the hands of justice, in prison workshops.
  case prisonWork = "PPSMJ"
  /// School placement under a training clause: no employment, its hours are another objective.
  case trainingPlacement = "STAGE_FORMATION"

  /// What kind of employer pays the person, as counting and eligibility tell them apart.
  public enum Employment: String, Sendable, Hashable, CaseIterable {
    /// The awardee or a subcontractor hires, alternance included.
    case direct
    /// An employer lends the person to the company that performs.
    case lent
    /// A structure performs a part of the contract with its own people.
    case performed
    /// Work in prison.
    case prison
    /// No employment: a placement at school.
    case placement
  }

  /// What kind of employment it is.
  public var employment: Employment {
    switch self {
    case .openEndedHire, .fixedTermHire, .apprenticeship, .professionalisation: .direct
    case .lentByETTI, .lentByAI, .lentByGEIQ, .lentByEATT, .lentByETT: .lent
    case .performedByEI, .performedByACI, .performedByEA, .performedByESAT, .performedByEITI, .performedByTIH:
      .performed
    case .prisonWork: .prison
    case .trainingPlacement: .placement
    }
  }

  /// Whether the awardee or a subcontractor hires the person itself.
  public var isDirectHire: Bool { employment == .direct }

  /// Whether it is a contract of alternance, whose hours at the training centre count.
  public var isAlternance: Bool { self == .apprenticeship || self == .professionalisation }

  /// The kind of inclusion structure that employs the person; nil for companies, ordinary agencies, the self-employed.
  public var structureKind: StructureKind? {
    switch self {
    case .lentByETTI: .etti
    case .lentByAI: .ai
    case .lentByGEIQ: .geiq
    case .lentByEATT: .eatt
    case .performedByEI: .ei
    case .performedByACI: .aci
    case .performedByEA: .ea
    case .performedByESAT: .esat
    case .performedByEITI: .eiti
    default: nil
    }
  }

  /// Whether there is an employment contract, so that hours of work count toward a clause.
  public var isEmployment: Bool { self != .trainingPlacement }

  /// The modality in words, without capital: « mise à disposition par une ETTI ».
  public var french: String {
    switch self {
    case .openEndedHire: "embauche en CDI"
    case .fixedTermHire: "embauche en CDD"
    case .apprenticeship: "contrat d’apprentissage"
    case .professionalisation: "contrat de professionnalisation"
    case .lentByETTI: "mise à disposition par une entreprise de travail temporaire d’insertion (ETTI)"
    case .lentByAI: "mise à disposition par une association intermédiaire (AI)"
    case .lentByGEIQ: "mise à disposition par un groupement d’employeurs pour l’insertion et la qualification (GEIQ)"
    case .lentByEATT: "mise à disposition par une entreprise adaptée de travail temporaire (EATT)"
    case .lentByETT: "mise à disposition par une entreprise de travail temporaire (ETT)"
    case .performedByEI: "sous-traitance ou cotraitance avec une entreprise d’insertion (EI)"
    case .performedByACI: "sous-traitance ou cotraitance avec un atelier et chantier d’insertion (ACI)"
    case .performedByEA: "sous-traitance ou cotraitance avec une entreprise adaptée (EA)"
    case .performedByESAT:
      "sous-traitance ou cotraitance avec un établissement ou service d’accompagnement par le travail (ESAT)"
    case .performedByEITI:
      "sous-traitance ou cotraitance avec une entreprise d’insertion par le travail indépendant (EITI)"
    case .performedByTIH: "sous-traitance ou cotraitance avec un travailleur indépendant handicapé (TIH)"
    case .prisonWork: "travail en détention"
    case .trainingPlacement: "stage de formation"
    }
  }

  /// Who employs the person, in words: « l’entreprise titulaire ou son sous-traitant ».
  public var employer: String {
    switch employment {
    case .direct: "l’entreprise titulaire ou son sous-traitant"
    case .lent: "la structure ou l’agence qui met à disposition"
    case .performed: self == .performedByTIH ? "la personne elle-même, indépendante" : "la structure qui réalise"
    case .prison: "l’administration pénitentiaire ou son concessionnaire"
    case .placement: "aucun employeur\(French.thin): la personne reste élève ou stagiaire"
    }
  }

  /// What shows the hours, in words: « les bulletins de paie ou l’attestation de l’employeur ».
  public var proofOfHours: String {
    switch employment {
    case .direct:
      isAlternance
        ? "le contrat et l’attestation du centre de formation et de l’employeur"
        : "les bulletins de paie ou l’attestation de l’employeur"
    case .lent: "les contrats de mission ou de mise à disposition et les factures"
    case .performed:
      self == .performedByTIH ? "le relevé d’heures et les factures" : "le relevé d’heures de la structure"
    case .prison: "le relevé d’heures de l’atelier"
    case .placement: "la convention et l’attestation de stage, comptées à part"
    }
  }
}
