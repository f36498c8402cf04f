/// The duty to provide for social or employment considerations in the performance of a contract: whether it applies,
/// whether it is met.
///
/// Articles L2112-2-1 (contracts) and L3114-2-1 (concessions) of the code of public contracts, since 22 August 2026;
/// thresholds and dates are read in ``Figures``.
public struct LegalDuty: Sendable, Equatable {
  /// What is known of the contract that is being prepared.
  public struct Case: Sendable, Equatable {
    /// Contract or concession.
    public var kind: AwardNotice.Kind
    /// Works, supplies or services; without effect for a concession.
    public var category: PurchaseCategory
    /// What kind of buyer it is; one to be specified is held to the lowest threshold.
    public var buyer: BuyerType
    /// Value of the whole need before tax, all lots and renewals together.
    public var estimatedValue: Euros
    /// The day on which the notice is sent or the consultation begins.
    public var sentOn: Day
    /// Duration in months; nil where it is not known.
    public var durationMonths: Int?
    /// Whether it is a defence or security contract.
    public var isDefence = false
    /// What the tender documents hold.
    public var considerations: Set<Consideration> = []
    /// The exception that the buyer relies on.
    public var exception: Exception?
    /// Why the exception applies, in the buyer's words.
    public var reason: String?

    /// A case without considerations or exception; the rest is filled in afterwards.
    public init(
      kind: AwardNotice.Kind, category: PurchaseCategory, buyer: BuyerType, estimatedValue: Euros, sentOn: Day,
      durationMonths: Int? = nil
    ) {
      self.kind = kind
      self.category = category
      self.buyer = buyer
      self.estimatedValue = estimatedValue
      self.sentOn = sentOn
      self.durationMonths = durationMonths
    }
  }

  /// What tender documents may hold; only an execution condition meets the duty by itself.
  public enum Consideration: String, Sendable, CaseIterable { case execution, criterion, reserved }

  /// The closed list of exceptions: four for contracts, of which two for concessions.
  public enum Exception: String, Sendable, CaseIterable {
    case immediateSolution, insufficientLink, competitionOrDifficulty, worksUnderSixMonths

    /// Whether the law knows it for concessions too.
    public var holdsForConcessions: Bool { self == .insufficientLink || self == .competitionOrDifficulty }

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

  /// A remark on a case.
  public struct Finding: Sendable, Equatable {
    /// How serious a remark is.
    public enum Level: String, Sendable, CaseIterable { case fault, warning, information }
    /// How serious it is.
    public let level: Level
    /// What it is and how to mend it, in French.
    public let sentence: String
  }

  /// Whether the duty applies.
  public let applies: Bool
  /// Whether it is met, or does not apply.
  public let isCompliant: Bool
  /// The threshold that the value was compared with.
  public let threshold: Figure<Euros>
  /// The article.
  public let article: String
  /// Remarks, the most serious first.
  public let findings: [Finding]
  /// The figures that it rests on.
  public let figures: [FigureReference]

  /// Assesses a case; throws where a threshold or a date is missing from the figures.
  public static func assess(_ given: Case, figures: Figures) throws(MissingFigure) -> LegalDuty {
    let isConcession = given.kind == .concession
    let thresholds = try DutyThresholds(figures: figures, asOf: given.sentOn)
    let series = thresholds.series(kind: given.kind, category: given.category, buyer: given.buyer)
    let threshold = series.figures[series.nearest(to: given.sentOn)]
    let law = isConcession ? thresholds.concessionsFrom : thresholds.contractsFrom
    let article = isConcession ? "L3114-2-1" : "L2112-2-1"
    let applies = given.sentOn >= law.value && !given.isDefence && given.estimatedValue >= threshold.value
    var findings: [Finding] = []
    if series.endsBefore(given.sentOn) {
      findings.append(
        Finding(
          level: .warning,
          sentence:
            "Seuils non encore connus au \(given.sentOn.french)\(colon) comparaison avec le dernier seuil connu."))
    }
    if given.buyer == .toBeSpecified, given.category != .works, !isConcession {
      findings.append(
        Finding(level: .warning, sentence: "Acheteur à préciser\(colon) le seuil de l’État, le plus bas, est retenu."))
    }
    let month = try figures.counts.nearest(.dutyWorksExceptionMonths, on: given.sentOn)
    var references = [threshold.reference, law.reference]
    if given.exception == .worksUnderSixMonths { references.append(month.reference) }
    let isCompliant = !applies || compliance(given, article, month.value, &findings)
    if !applies { findings.append(whyNot(given, threshold, law, article)) }
    return LegalDuty(
      applies: applies, isCompliant: isCompliant, threshold: threshold, article: article,
      findings: findings.filter { $0.level == .fault } + findings.filter { $0.level != .fault },
      figures: references)
  }

  private static func whyNot(
    _ given: Case, _ threshold: Figure<Euros>, _ law: Figure<Day>, _ article: String
  ) -> Finding {
    let sentence: String
    if given.isDefence {
      sentence = "Marché de défense ou de sécurité\(colon) hors du champ de l’article \(article)."
    } else if given.sentOn < law.value {
      sentence = "Consultation lancée avant le \(law.value.french), entrée en vigueur de l’article \(article)."
    } else {
      sentence =
        "\(given.estimatedValue.figureText) HT, sous le seuil de \(threshold.french)\(colon) "
        + "la valeur s’apprécie sur toute l’opération, lots et reconductions compris."
    }
    return Finding(level: .information, sentence: sentence)
  }

  /// Whether a case to which the duty applies meets it, by an execution condition or by a valid exception.
  private static func compliance(_ given: Case, _ article: String, _ limit: Int, _ findings: inout [Finding]) -> Bool {
    if given.considerations.contains(.execution) { return true }
    if !given.considerations.isEmpty {
      findings.append(
        Finding(
          level: .warning,
          sentence: "Un critère ou une réservation n’est pas une condition d’exécution\(colon) "
            + "l’équivalence n’est pas établie, prévoyez aussi une condition d’exécution."))
    }
    guard let exception = given.exception else {
      findings.append(
        Finding(
          level: .fault,
          sentence:
            "Aucune considération sociale ou d’emploi dans les conditions d’exécution (article \(article))\(colon) "
            + "ajoutez-en une, ou retenez une exception et motivez-la."))
      return false
    }
    var isValid = true
    func refuse(_ sentence: String) {
      findings.append(Finding(level: .fault, sentence: sentence))
      isValid = false
    }
    if given.kind == .concession, !exception.holdsForConcessions {
      refuse(
        "Cette exception n’existe pas pour les concessions\(colon) l’article \(article) n’en connaît que deux, "
          + "le lien insuffisant avec l’objet et la concurrence ou la difficulté d’exécution.")
    } else if exception == .worksUnderSixMonths {
      if given.category != .works {
        refuse("L’exception des travaux de moins de \(limit)\(French.noBreak)mois ne vaut que pour des travaux.")
      } else if let months = given.durationMonths {
        if months >= limit {
          refuse(
            "Les travaux durent \(months)\(French.noBreak)mois\(colon) l’exception demande strictement moins de "
              + "\(limit)\(French.noBreak)mois.")
        }
      } else {
        refuse("Indiquez la durée des travaux\(colon) l’exception demande moins de \(limit)\(French.noBreak)mois.")
      }
    }
    if (given.reason ?? "").allSatisfy(\.isWhitespace) {
      refuse("Motivez l’exception par écrit\(colon) gardez au dossier \(exception.evidence).")
    }
    return isValid
  }
}
