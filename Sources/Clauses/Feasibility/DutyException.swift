extension LegalDuty {
  /// The closed list of exceptions; which of them hold for contracts and for concessions stands in the figures.
  public enum Exception: String, Sendable, CaseIterable {
    case immediateSolution, insufficientLink, competitionOrDifficulty, worksUnderSixMonths

    /// The exception as users read it.
    public var french: String {
      switch self {
      case .immediateSolution: "le besoin est couvert par une solution immédiatement disponible"
      case .insufficientLink: "aucune considération ne peut être liée suffisamment à l’objet du contrat"
      case .competitionOrDifficulty:
        "la concurrence serait restreinte, ou l’exécution techniquement ou économiquement difficile"
      case .worksUnderSixMonths: "travaux plus courts que la durée fixée par l’article"
      }
    }

    /// What to keep in the file to prove it.
    public var evidence: String {
      switch self {
      case .immediateSolution: "la description du produit ou du service disponible"
      case .insufficientLink: "une note d’analyse du lien avec l’objet"
      case .competitionOrDifficulty: "le compte rendu de l’étude du marché et l’avis du facilitateur"
      case .worksUnderSixMonths: "la durée prévue des travaux"
      }
    }
  }

  /// The exceptions that hold on a day: four for contracts, two for concessions.
  static func exceptions(
    for kind: AwardNotice.Kind, figures: Figures, on day: Day
  ) throws(MissingFigure) -> Figure<Words> {
    try figures.words.nearest(kind == .concession ? .dutyConcessionExceptions : .dutyContractExceptions, on: day)
  }
}

extension FigureKey where Value == Words {
  /// Exceptions to the duty in contracts, by their codes.
  public static var dutyContractExceptions: Self { .init("duty.contract.exceptions") }
  /// Exceptions to the duty in concessions, by their codes.
  public static var dutyConcessionExceptions: Self { .init("duty.concession.exceptions") }
}

extension FigureKey where Value == Euros {
  /// European threshold of social and other specific services: contracting authorities.
  public static var thresholdSocialServices: Self { .init("threshold.socialServices.authority") }
  /// European threshold of social and other specific services: contracting entities.
  public static var thresholdSocialServicesEntity: Self { .init("threshold.socialServices.entity") }
}
