extension PossibilityCheck {
  /// Checks the rules of reservation and gives the terms of the families chosen.
  mutating func checkReservation() throws(MissingFigure) -> [ReservationTerms] {
    guard !choice.families.isEmpty else {
      review.fault(
        "beneficiariesMissing", "Le contrat est réservé, mais les bénéficiaires ne sont pas dits.",
        mend: "Dites à qui il est réservé\(colon) \(French.list(ReservedFamily.allCases.map(\.french), last: "ou")).",
        article: choice.kind == .concession ? "L3113-2" : "L2113-13")
      return []
    }
    var all: [ReservationTerms] = []
    for family in ReservedFamily.allCases where choice.families.contains(family) {
      if let terms = try terms(of: family) { all.append(terms) }
    }
    try checkTogether()
    try checkShare()
    try checkSocialEconomy()
    checkStatement()
    return all
  }

  private mutating func terms(of family: ReservedFamily) throws(MissingFigure) -> ReservationTerms? {
    if family == .socialEconomy, choice.kind == .concession {
      review.fault(
        "socialEconomyConcession",
        "Une concession ne se réserve pas aux entreprises de l’économie sociale et solidaire à ce titre.",
        mend: "Réservez-la à l’une des familles prévues pour les concessions, ou retenez une condition d’exécution.",
        article: "L3113-1")
      return nil
    }
    let figure = try figures.reservations.nearest(.reservation(family, choice.kind), on: choice.day)
    let terms = review.use(figure)
    terms.articles.forEach { review.cite($0) }
    review.step("Bénéficiaires", gives: "\(terms.beneficiaries) (\(French.list(terms.articles)))")
    if family == .prison {
      let start = try figures.days.nearest(.reservedPrison, on: choice.day)
      if choice.day < start.value {
        review.use(start)
        review.fault(
          "prisonTooEarly", "La réservation au travail en détention n’existe que depuis le \(start.value.french).",
          mend: "Retenez une autre possibilité.", article: terms.articles.first)
      }
    }
    return terms
  }

  /// Whether both of the first two families are named.
  var isJoint: Bool { choice.families.isSuperset(of: [.adapted, .inclusion]) }

  /// Which families may be named together.
  private mutating func checkTogether() throws(MissingFigure) {
    let families = choice.families
    guard families.count > 1 else { return }
    if isJoint {
      if choice.kind == .concession {
        review.fault(
          "jointConcession",
          "Une concession ne peut pas être réservée à la fois aux entreprises adaptées et aux structures d’insertion.",
          mend: "Choisissez l’une des deux familles.", article: "L3113-3")
      } else {
        let start = try figures.days.nearest(.reservedJointly, on: choice.day)
        review.use(start)
        review.cite("L2113-14")
        if choice.day < start.value {
          review.fault(
            "jointTooEarly", "La réservation aux deux familles ensemble n’existe que depuis le \(start.value.french).",
            mend: "Choisissez l’une des deux familles.", article: "L2113-14")
        }
      }
    }
    if families.contains(.prison) {
      if choice.kind == .contract {
        // L2113-14: not with the others, except for a company in prison that also meets their conditions.
        review.warning(
          "prisonJoint",
          "Le travail en détention n’entre dans une réservation commune que s’il remplit aussi les conditions des autres "
            + "bénéficiaires.",
          mend:
            "Écrivez cette condition dans les pièces, ou faites un lot réservé à part pour le travail en détention.",
          article: "L2113-14")
      } else {
        review.warning(
          "prisonJointConcession",
          "Aucun texte relu ne dit qu’une concession peut réunir le travail en détention et une autre famille.",
          mend: "Choisissez une seule famille, ou faites confirmer le montage.", article: "L3113-2-1")
      }
    }
    if families.contains(.socialEconomy), choice.kind == .contract {
      review.fault(
        "socialEconomyJoint",
        "La réservation à l’économie sociale et solidaire a ses propres conditions et ne se cumule pas avec une autre.",
        mend: "Choisissez une seule famille par lot.", article: "L2113-15")
    }
  }

  /// The share of beneficiaries among the staff, asked of every family but the social economy.
  private mutating func checkShare() throws(MissingFigure) {
    guard choice.families.contains(where: { $0 != .socialEconomy }) else { return }
    let isConcession = choice.kind == .concession
    let minimum = try figures.percents.nearest(
      isConcession ? .reservedConcessionShare : .reservedShare, on: choice.day)
    review.use(minimum)
    let article = isConcession ? "R3113-1" : "R2113-7"
    guard let share = choice.reservedShare else {
      review.warning(
        "reservedShareMissing",
        "La part de travailleurs concernés n’est pas dite\(colon) la loi en demande au moins "
          + "\(minimum.french).",
        mend: "Écrivez la part demandée dans les pièces.", article: article)
      return
    }
    let enough = share >= minimum.value
    review.step("Part réservée", gives: "\(share.french) \(enough ? "≥" : "<") \(minimum.french)")
    if !enough {
      review.fault(
        "reservedShareTooLow",
        "La part demandée est de \(share.french)\(colon) elle ne peut pas être inférieure à \(minimum.french).",
        mend: "Demandez au moins \(minimum.french) de travailleurs concernés.", article: article)
    }
  }

  /// The social economy: certain services only, a short contract, no award again in the years that follow.
  private mutating func checkSocialEconomy() throws(MissingFigure) {
    guard choice.families.contains(.socialEconomy), choice.kind == .contract else { return }
    switch choice.isSocialService {
    case true?: break
    case false?:
      review.fault(
        "servicesNotReservable",
        "La réservation à l’économie sociale et solidaire ne vaut que pour certains services sociaux et spécifiques.",
        mend: "Vérifiez que l’objet figure sur la liste annexée au code, ou choisissez une autre famille.",
        article: "L2113-15")
    case nil:
      review.warning(
        "servicesToConfirm",
        "Seuls certains services sociaux et spécifiques peuvent être réservés à l’économie sociale et solidaire.",
        mend: "Vérifiez que l’objet figure sur la liste annexée au code.", article: "L2113-15")
    }
    let longest = try figures.counts.nearest(.socialEconomyMonths, on: choice.day)
    review.use(longest)
    if let months = choice.durationMonths {
      if months > longest.value {
        review.fault(
          "socialEconomyTooLong",
          "Le contrat dure \(months)\(French.noBreak)mois\(colon) réservé à ce titre, il ne peut pas dépasser "
            + "\(longest.french).",
          mend: "Ramenez la durée à \(longest.french), reconductions comprises.", article: "L2113-16")
      }
    } else {
      review.warning(
        "durationMissing",
        "La durée manque\(colon) réservé à ce titre, le contrat ne peut pas dépasser \(longest.french).",
        mend: "Indiquez la durée, reconductions comprises.", article: "L2113-16")
    }
    try checkPause()
  }

  private mutating func checkPause() throws(MissingFigure) {
    let pause = try figures.counts.nearest(.socialEconomyPause, on: choice.day)
    review.use(pause)
    guard let award = choice.previousAward else {
      review.information(
        "previousAwardToCheck",
        "Le même opérateur ne peut pas recevoir à nouveau ce contrat à ce titre dans les \(pause.french) qui suivent.",
        mend: "Vérifiez si un attributaire précédent est candidat.", article: "L2113-16")
      return
    }
    let last = award.adding(months: pause.value)
    review.step("Fin du délai depuis l’attribution du \(award.french)", gives: last.french)
    if choice.day <= last {
      review.fault(
        "awardedTooRecently",
        "Le même opérateur a reçu ce contrat à ce titre le \(award.french)\(colon) il ne peut pas le recevoir à nouveau "
          + "jusqu’au \(last.french).",
        mend: "Écartez la réservation ou attendez la fin du délai.", article: "L2113-16")
    }
  }

  private mutating func checkStatement() {
    guard choice.isStatedInNotice == false else { return }
    let article = choice.kind == .concession ? "L3113-1" : "R2113-7"
    review.fault(
      "reservationNotInNotice", "La réservation n’est pas annoncée dans l’avis.",
      mend: "Annoncez-la dans l’avis ou, sans avis, dans les documents de la consultation.", article: article)
  }
}
