extension LegalDuty {
  /// Assesses a case; throws where a threshold, a date or a list is missing from the figures.
  public static func assess(_ given: Case, figures: Figures) throws(MissingFigure) -> LegalDuty {
    let thresholds = try DutyThresholds(figures: figures, asOf: given.sentOn)
    let series = thresholds.series(kind: given.kind, category: given.category, buyer: given.buyer)
    let isConcession = given.kind == .concession
    let usual = series.figures[series.nearest(to: given.sentOn)]
    let isDefenceSupply = given.isDefence && !isConcession && given.category != .works
    let threshold = try isDefenceSupply ? figures.amounts.nearest(.thresholdDefence, on: given.sentOn) : usual
    let law = isConcession ? thresholds.concessionsFrom : thresholds.contractsFrom
    let known = try exceptions(for: given.kind, figures: figures, on: given.sentOn)
    let review = DutyReview(
      given: given, article: isConcession ? "L3114-2-1" : "L2112-2-1", threshold: threshold, law: law,
      exceptions: Exception.allCases.filter { known.value.all.contains($0.rawValue) },
      months: try figures.counts.nearest(.dutyWorksExceptionMonths, on: given.sentOn),
      review: Review(figures: figures, day: given.sentOn))
    return try review.run(knows: known, thresholdsAreKnown: !series.endsBefore(given.sentOn))
  }
}

/// One case under assessment.
private struct DutyReview {
  let given: LegalDuty.Case
  let article: String
  let threshold: Figure<Euros>
  let law: Figure<Day>
  let exceptions: [LegalDuty.Exception]
  let months: Figure<Int>
  var review: Review
  /// How the case stands, where that says more than the outcome.
  var standing: String?

  private var isConcession: Bool { given.kind == .concession }

  consuming func run(knows list: Figure<Words>, thresholdsAreKnown: Bool) throws(MissingFigure) -> LegalDuty {
    review.use(threshold)
    review.use(law)
    review.cite(article)
    noteDoubts(thresholdsAreKnown)
    guard applies() else {
      return LegalDuty(
        outcome: .notApplicable, standing: standing, threshold: threshold, article: article, exceptions: exceptions,
        derivation: review.derivation)
    }
    try noteSocialServices()
    try noteDefenceConcession()
    review.use(list)
    let found = compliance()
    // Nothing can be said to be broken while nobody has settled whether the duty holds.
    let outcome = isDefenceConcession && found == .notMet ? .toConfirm : found
    if outcome != found { standing = "à confirmer\(colon) rien ne dit si l’obligation vaut pour ces concessions" }
    review.step("Conformité", gives: standing ?? outcome.french)
    return LegalDuty(
      outcome: outcome, standing: standing, threshold: threshold, article: article, exceptions: exceptions,
      derivation: review.derivation)
  }

  private var isDefenceConcession: Bool { given.isDefence && isConcession }

  /// Says that the texts read leave out defence contracts, and are silent on defence concessions.
  private mutating func noteDefenceConcession() throws(MissingFigure) {
    guard isDefenceConcession else { return }
    let choice = try review.figures.choices.nearest(.dutyDefenceConcession, on: given.sentOn)
    review.use(choice)
    review.warning(
      "defenceConcessionOpen",
      "Les textes relus écartent les marchés de défense ou de sécurité, et ne disent rien des concessions\(colon) "
        + "question ouverte, \(choice.french).",
      mend: "Prévoyez la condition d’exécution par prudence, ou demandez l’avis de votre service juridique.",
      article: article)
  }

  // MARK: - Whether it applies

  private mutating func noteDoubts(_ thresholdsAreKnown: Bool) {
    if !thresholdsAreKnown {
      review.warning(
        "thresholdsNotYetKnown",
        "Seuils non encore connus au \(given.sentOn.french)\(colon) comparaison avec le dernier seuil connu.",
        mend: "Refaites le calcul quand les nouveaux seuils seront publiés.")
    }
    if given.buyer == .toBeSpecified, given.category != .works, !isConcession {
      review.warning(
        "buyerToBeSpecified", "Acheteur à préciser\(colon) le seuil de l’État, le plus bas, est retenu.",
        mend: "Dites si l’acheteur relève de l’État ou d’un autre pouvoir adjudicateur.")
    }
  }

  private mutating func applies() -> Bool {
    let isInForce = given.sentOn >= law.value
    let reaches = given.estimatedValue >= threshold.value
    if given.isDefence, !isConcession {
      standing = "hors du champ, marché de défense ou de sécurité"
      review.step("Champ", gives: "marché de défense ou de sécurité, hors du champ de l’article \(article)")
      review.information(
        "defenceExcluded", "Marché de défense ou de sécurité\(colon) hors du champ de l’article \(article).",
        mend: "Une considération sociale reste permise.", article: "L2312-1-1")
      return false
    }
    review.step(
      "Envoi de l’avis ou début de la consultation",
      gives: "\(given.sentOn.french), \(isInForce ? "depuis" : "avant") l’entrée en vigueur du \(law.value.french)")
    let compared = "\(given.estimatedValue.figureText) HT \(reaches ? "≥" : "<") \(threshold.french)"
    review.step(
      "Valeur estimée de toute l’opération (\(scope))",
      gives: "\(compared), seuil \(reaches ? "atteint" : "non atteint")")
    guard isInForce else {
      standing = "consultation lancée avant l’entrée en vigueur"
      review.information(
        "beforeLaw",
        "Consultation lancée avant le \(law.value.french), entrée en vigueur de l’article \(article).")
      return false
    }
    guard reaches else {
      standing = "valeur estimée sous le seuil"
      review.information(
        "belowThreshold",
        "\(given.estimatedValue.figureText) HT, sous le seuil de \(threshold.french)\(colon) "
          + "la valeur s’apprécie sur toute l’opération, lots et reconductions compris.",
        mend: "Vérifiez que la valeur indiquée est celle de toute l’opération, pas celle d’un lot.",
        article: isConcession ? nil : "R2121-1")
      return false
    }
    review.step("Obligation", gives: "elle s’applique (article \(article))")
    return true
  }

  private var scope: String {
    if isConcession { return "concession" }
    return given.category == .works ? "travaux" : "\(given.category.french), \(given.buyer.french)"
  }

  /// Says, where it may matter, that social and other specific services have a threshold of their own.
  private mutating func noteSocialServices() throws(MissingFigure) {
    guard !isConcession, given.category == .services, given.isSocialService ?? true else { return }
    let own = try review.figures.amounts.nearest(
      given.buyer == .contractingEntity ? .thresholdSocialServicesEntity : .thresholdSocialServices,
      on: given.sentOn)
    guard given.estimatedValue < own.value else { return }
    review.use(own)
    let subject =
      given.isSocialService == true
      ? "Ces services sociaux ou spécifiques ont" : "S’il s’agit de services sociaux ou spécifiques, ils ont"
    review.information(
      "socialServicesThreshold",
      "\(subject) leur propre seuil européen de publicité (\(own.french)). Savoir s’il vaut aussi pour l’article "
        + "\(article) est une question ouverte\(colon) le seuil général de \(threshold.french) est retenu ici.",
      mend: "Prévoyez la condition d’exécution par prudence, ou demandez l’avis de votre service juridique.",
      article: "R2123-1")
  }

  // MARK: - Whether it is met

  private mutating func compliance() -> LegalDuty.Outcome {
    if given.considerations.contains(.execution) {
      review.information(
        "widerThanInsertion",
        "Toute condition d’exécution sociale ou relative à l’emploi remplit l’obligation\(colon) heures d’insertion, "
          + "formation, handicap, égalité, conditions de travail.",
        article: article)
      return .met
    }
    if !given.considerations.isEmpty {
      review.warning(
        "equivalenceOpen",
        "Un critère ou une réservation n’est pas une condition d’exécution\(colon) l’équivalence n’est pas établie.",
        mend: "Prévoyez aussi une condition d’exécution, ou retenez une exception et motivez-la.", article: article)
    }
    guard let exception = given.exception else {
      guard given.considerations.isEmpty else { return .toConfirm }
      review.note(
        isDefenceConcession ? .warning : .fault, "considerationMissing",
        "Aucune considération sociale ou d’emploi dans les conditions d’exécution (article \(article)).",
        mend: "Ajoutez-en une, ou retenez une exception et motivez-la.", article: article)
      return .notMet
    }
    let isOpen = mayUse(exception)
    let isWritten = hasReason(exception)
    guard isOpen, isWritten else { return given.considerations.isEmpty ? .notMet : .toConfirm }
    noteTraceability(exception)
    return .excepted
  }

  private mutating func mayUse(_ exception: LegalDuty.Exception) -> Bool {
    guard exceptions.contains(exception) else {
      let known = French.list(exceptions.map { "«\(French.noBreak)\($0.french)\(French.noBreak)»" })
      review.fault(
        isConcession ? "exceptionNotForConcessions" : "exceptionNotForContracts",
        "Cette exception n’existe pas pour les \(isConcession ? "concessions" : "marchés")\(colon) l’article \(article) "
          + "connaît seulement \(known).",
        mend: "Prévoyez une condition d’exécution, ou retenez une exception de la liste.", article: article)
      return false
    }
    guard exception == .worksUnderSixMonths else { return true }
    review.use(months)
    let limit = months.french
    guard given.category == .works else {
      review.fault(
        "exceptionForWorksOnly", "L’exception des travaux de moins de \(limit) ne vaut que pour des travaux.",
        mend: "Retenez une autre exception ou prévoyez une condition d’exécution.", article: article)
      return false
    }
    guard let duration = given.durationMonths else {
      review.fault(
        "worksDurationMissing", "La durée des travaux manque\(colon) l’exception demande moins de \(limit).",
        mend: "Indiquez la durée des travaux.", article: article)
      return false
    }
    guard duration < months.value else {
      review.fault(
        "worksTooLong",
        "Les travaux durent \(duration)\(French.noBreak)mois\(colon) l’exception demande strictement moins de \(limit).",
        mend: "Prévoyez une condition d’exécution.", article: article)
      return false
    }
    return true
  }

  private mutating func hasReason(_ exception: LegalDuty.Exception) -> Bool {
    guard (given.reason ?? "").allSatisfy(\.isWhitespace) else { return true }
    review.fault(
      "exceptionWithoutReason", "L’exception n’est pas motivée par écrit.",
      mend: "Écrivez le motif et gardez au dossier \(exception.evidence).", article: article)
    return false
  }

  /// Where the reason is kept: a contracting authority's file under L2184-1, any suitable means for the others.
  private mutating func noteTraceability(_ exception: LegalDuty.Exception) {
    let isFree = isConcession || given.buyer == .contractingEntity
    review.information(
      "keepReason",
      isFree
        ? "Conservez le motif de l’exception par tout moyen approprié (article \(article))."
        : "Faites figurer le motif de l’exception dans les documents conservés au titre de l’article L2184-1.",
      mend: "Gardez au dossier \(exception.evidence).", article: isFree ? article : "L2184-1")
  }
}
