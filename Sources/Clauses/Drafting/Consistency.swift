extension TenderDossier {
  /// What does not agree between the documents, and what the law forbids in them; throws where terms are missing from
  /// the figures.
  ///
  /// The place of a remark is the lot, then the document: `lot 1, acte d’engagement`.
  public func consistency(figures: Figures) throws(MissingFigure) -> Derivation {
    var whole = Derivation()
    var check = CriteriaCheck(dossier: self, review: Review(figures: figures, day: day, place: nil))
    if !isPrivate { try check.run() }
    whole.append(check.review.derivation)
    for lot in lots {
      let place = "lot \(lot.name)"
      var reviewed = lot
      reviewed.choice.kind = kind
      reviewed.choice.day = day
      reviewed.choice.isPrivate = isPrivate
      var choice = reviewed.choice
      choice.hours = choice.hours ?? lot.mentions.compactMap(\.hours).first
      let review = Review(figures: figures, day: day, place: place)
      var check = PossibilityCheck(choice: choice, isInDossier: true, review: review)
      let advice = try check.run()
      whole.append(advice.derivation)
      var documents = DocumentsCheck(dossier: self, lot: reviewed, advice: advice, review: review)
      try documents.run()
      whole.append(documents.review.derivation)
    }
    return whole
  }
}

/// The award criteria of a dossier.
private struct CriteriaCheck {
  let dossier: TenderDossier
  var review: Review

  mutating func run() throws(MissingFigure) {
    let criteria = dossier.criteria
    guard !criteria.isEmpty else { return }
    review.place = "critères d’attribution"
    for criterion in criteria where criterion.kind == .social && criterion.scope == .company {
      noteGeneralPolicy(&review)
    }
    let weights = criteria.compactMap(\.weight?.basisPoints)
    if weights.count == criteria.count, weights.reduce(0, +) != Percent.whole.basisPoints {
      let sum = Percent(basisPoints: weights.reduce(0, +)).french
      review.warning(
        "weightsDoNotAddUp", "Les pondérations font \(sum) en tout.",
        mend: "Corrigez-les pour que leur somme fasse \(Percent.whole.french).", article: "R2152-12")
    }
    if dossier.kind == .contract { try checkPrice() }
  }

  /// Since the law of 2021 came into force price alone is out, and one criterion at least looks at the environment.
  private mutating func checkPrice() throws(MissingFigure) {
    let criteria = dossier.criteria
    let start = try review.figures.days.nearest(.priceAloneEnd, on: dossier.day)
    guard dossier.day >= start.value else { return }
    review.use(start)
    let kinds = Set(criteria.map(\.kind))
    if kinds == [.price] {
      review.fault(
        "priceAlone", "Le prix est le seul critère\(colon) ce n’est plus permis depuis le \(start.value.french).",
        mend: "Ajoutez au moins un critère qui tienne compte de l’environnement, ou retenez le coût global.",
        article: "R2152-7")
    } else if kinds == [.cost], criteria.count == 1 {
      review.information(
        "costAlone",
        "Le coût seul est permis s’il s’apprécie globalement, caractéristiques environnementales comprises.",
        article: "R2152-7")
    } else {
      if !kinds.contains(.environment) {
        review.fault(
          "environmentCriterionMissing", "Aucun critère ne tient compte des caractéristiques environnementales.",
          mend: "Ajoutez-en un.", article: "R2152-7")
      }
      if kinds.isDisjoint(with: [.price, .cost]) {
        review.fault(
          "priceCriterionMissing", "Ni le prix ni le coût n’est un critère.", mend: "Ajoutez l’un des deux.",
          article: "R2152-7")
      }
    }
  }
}

extension FigureKey where Value == Day {
  /// First day on which price alone no longer awards a contract.
  public static var priceAloneEnd: Self { .init("award.priceAlone.end") }
}
