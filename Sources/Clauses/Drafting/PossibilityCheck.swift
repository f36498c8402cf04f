extension PossibilityChoice {
  /// What the choice asks for and whether it can stand; throws where terms are missing from the figures.
  ///
  /// What the four documents write is not looked at here: see ``TenderDossier/consistency(figures:)``.
  public func advice(figures: Figures) throws(MissingFigure) -> PossibilityAdvice {
    var check = PossibilityCheck(choice: self, isInDossier: false, review: Review(figures: figures, day: day))
    return try check.run()
  }
}

/// One choice under examination.
struct PossibilityCheck {
  let choice: PossibilityChoice
  /// Whether the documents are examined too, which then say what hours and weights they hold.
  let isInDossier: Bool
  var review: Review

  var figures: Figures { review.figures }

  mutating func run() throws(MissingFigure) -> PossibilityAdvice {
    let figure = try figures.possibilities.nearest(.possibility(choice.possibility, choice.kind), on: choice.day)
    let ccag = try insertionClause()
    review.step("Possibilité", gives: choice.possibility.french)
    let terms = figure.value
    guard !choice.isPrivate else {
      notePrivate()
      return advice(terms, requirements: [], articles: [], ccag)
    }
    review.use(figure)
    terms.articles.forEach { review.cite($0) }
    review.step("Articles", gives: French.list(terms.articles))
    review.step("Heures dues", gives: terms.hours.french)
    var requirements = terms.requirements
    var articles = terms.articles
    if choice.possibility == .reserved {
      for reservation in try checkReservation() {
        requirements += reservation.requirements
        articles += reservation.articles.filter { !articles.contains($0) }
      }
      if isJoint, choice.kind == .contract { articles.append("L2113-14") }
    } else if !choice.families.isEmpty {
      review.fault(
        "reservationWithoutReservedContract",
        "Des bénéficiaires sont réservés, mais la possibilité retenue n’est pas le marché réservé.",
        mend: "Choisissez le marché ou le lot réservé, ou retirez les bénéficiaires.", article: "L2113-12")
    }
    checkHours(terms)
    checkCriterion()
    checkService()
    return advice(terms, requirements: requirements, articles: articles, ccag)
  }

  private func advice(
    _ terms: PossibilityTerms, requirements: [String], articles: [String], _ ccag: InsertionClause?
  ) -> PossibilityAdvice {
    PossibilityAdvice(
      requirements: requirements, hours: terms.hours, fixedHours: choice.hours, articles: articles, ccag: ccag,
      derivation: review.derivation)
  }

  private mutating func insertionClause() throws(MissingFigure) -> InsertionClause? {
    guard let conditions = choice.ccag else { return nil }
    let (clause, figure) = try InsertionClause.find(in: conditions, on: choice.day, figures: figures)
    review.use(figure)
    review.step("Clause d’insertion du CCAG", gives: clause.french)
    return clause
  }

  private mutating func notePrivate() {
    review.information(
      "privateContract",
      "Contrat privé\(colon) aucun article du code de la commande publique ne s’y applique\(semicolon) "
        + "heures et pénalités viennent de la charte ou du contrat lui-même.",
      mend: "Écrivez dans le contrat les heures, les publics, le contrôle et les pénalités.")
  }

  private mutating func checkHours(_ terms: PossibilityTerms) {
    guard !isInDossier else { return }
    let isKnown = (choice.hours?.hundredths ?? 0) > 0
    switch terms.hours {
    case .fixed where !isKnown:
      review.warning(
        "hoursMissing", "L’acheteur fixe les heures, et elles manquent.",
        mend: "Calibrez l’effort et écrivez le nombre d’heures du lot.", article: terms.articles.first)
    case .larger where !isKnown:
      review.warning(
        "minimumMissing", "La condition d’exécution est un minimum, et le nombre d’heures manque.",
        mend: "Fixez le minimum d’heures\(semicolon) le critère porte sur ce qui est proposé au-delà.",
        article: terms.articles.first)
    case .service where !isKnown:
      review.information(
        "serviceHoursMissing", "La prestation elle-même définit les heures, et elles ne sont pas encore dites.",
        mend: "Indiquez le volume d’heures ou de parcours attendu.", article: terms.articles.first)
    default: break
    }
  }

  private mutating func checkCriterion() {
    guard choice.possibility.hasCriterion else {
      guard choice.criterionWeight != nil else { return }
      review.warning(
        "criterionNotChosen", "Une pondération est annoncée, mais la possibilité retenue n’a pas de critère.",
        mend: "Choisissez une possibilité avec critère, ou retirez la pondération.")
      return
    }
    if choice.criterionScope == .company { noteGeneralPolicy(&review) }
    if choice.kind == .contract, choice.criterionWeight == nil, !isInDossier {
      review.warning(
        "criterionWeightMissing", "La pondération du critère n’est pas annoncée.",
        mend: "Annoncez-la, ou à défaut le rang du critère, dans l’avis ou le règlement de la consultation.",
        article: "R2152-12")
    }
  }

  private mutating func checkService() {
    guard choice.possibility == .insertionService else { return }
    if choice.kind == .concession {
      review.warning(
        "insertionServiceInConcession",
        "L’achat d’une prestation d’insertion est une forme de marché\(colon) pour une concession, le cadre n’est pas établi.",
        mend: "Faites confirmer le montage par votre service juridique.")
    } else if choice.isSocialService == false {
      review.fault(
        "notSocialService",
        "La procédure adaptée quel que soit le montant vaut pour les services sociaux et autres services spécifiques.",
        mend: "Vérifiez que l’objet figure sur la liste annexée au code, ou choisissez une autre possibilité.",
        article: "R2123-1")
    }
  }
}

/// The remark on a criterion that looks at the company instead of the contract.
func noteGeneralPolicy(_ review: inout Review) {
  review.fault(
    "criterionOnGeneralPolicy",
    "Le critère porte sur la politique générale de l’entreprise, sans lien avec ce contrat.",
    mend: "Faites porter le critère sur les personnes et les actions affectées à ce contrat.", article: "R2152-7")
}
