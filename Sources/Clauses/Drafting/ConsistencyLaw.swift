extension DocumentsCheck {
  /// The document that must announce a reservation: the notice, else the papers of the consultation.
  var announcing: TenderDossier.Document {
    dossier.hasNotice && !dossier.isPrivate ? .notice : .consultationRules
  }

  // MARK: - Possibility and articles

  mutating func checkPossibility() {
    let chosen = lot.choice.possibility
    for mention in lot.mentions {
      if let said = mention.possibility, said != chosen, !chosen.includes(said) {
        tell(
          .fault, mention.document, "possibilityDiffers",
          "\(mention.document.atHead) dit «\(French.noBreak)\(said.french)\(French.noBreak)», mais la possibilité "
            + "retenue est «\(French.noBreak)\(chosen.french)\(French.noBreak)».",
          mend: "Faites concorder la pièce avec le choix retenu.", article: advice.articles.first)
      }
      checkArticles(mention)
    }
    guard chosen == .reserved, !dossier.isPrivate else { return }
    let states = lot.mentions.contains { $0.document == announcing && $0.possibility == .reserved }
    // A choice that says itself whether the notice states it has been answered there.
    guard !states, lot.choice.isStatedInNotice == nil else { return }
    let document = announcing
    let article = dossier.kind == .concession ? "L3113-1" : "R2113-7"
    tell(
      .fault, document, "reservationNotInNotice", "La réservation n’est pas annoncée \(document.inFrench).",
      mend: "Annoncez-la \(document.inFrench), avec son article.", article: article)
  }

  private mutating func checkArticles(_ mention: TenderDossier.Mention) {
    let cited = mention.articles.map { $0.filter { !$0.isWhitespace && $0 != "." } }.filter { !$0.isEmpty }
    guard !cited.isEmpty else { return }
    guard !dossier.isPrivate else {
      tell(
        .warning, mention.document, "publicCodeInPrivateContract",
        "\(mention.document.atHead) cite le code de la commande publique (\(French.list(cited))), "
          + "qui ne s’applique pas à un contrat privé.",
        mend: "Retirez la référence, ou écrivez que les parties s’y réfèrent par choix.")
      return
    }
    let own = Set(advice.articles)
    let others = foreignArticles(than: own)
    for article in cited where others[article] != nil {
      let what = others[article] ?? ""
      tell(
        .fault, mention.document, "articleOfAnotherPossibility",
        "\(mention.document.atHead) cite l’article \(article), qui vaut pour \(what).",
        mend: "Citez \(French.list(advice.articles)).", article: article)
    }
    let mistaken = review.figures.words[.mistakenArticles, on: dossier.day]?.value.all ?? []
    for article in cited where mistaken.contains(article) {
      tell(
        .warning, mention.document, "articleMistaken",
        "\(mention.document.atHead) cite l’article \(article), qui ne fonde pas une clause d’insertion.",
        mend: "Citez \(French.list(advice.articles)).", article: article)
    }
    if own.isDisjoint(with: cited), !cited.contains(where: { others[$0] != nil || mistaken.contains($0) }) {
      tell(
        .warning, mention.document, "articleNotOfPossibility",
        "\(mention.document.atHead) cite \(French.list(cited)), mais pas l’article de la possibilité retenue.",
        mend: "Citez \(French.list(advice.articles)).", article: advice.articles.first)
    }
  }

  /// The articles of other possibilities and families, with what they are for; those shared with this one left out.
  private func foreignArticles(than own: Set<String>) -> [String: String] {
    var others: [String: String] = [:]
    for figure in review.figures.reservations.all where figure.holds(on: dossier.day) {
      let terms = figure.value
      for article in terms.articles where !own.contains(article) {
        others[article] = "un contrat réservé (\(terms.family.french))"
      }
    }
    for figure in review.figures.possibilities.all where figure.holds(on: dossier.day) {
      let terms = figure.value
      guard terms.possibility == .execution || terms.possibility == .criterion else { continue }
      for article in terms.articles where !own.contains(article) && terms.kind != dossier.kind {
        others[article] = terms.kind == .concession ? "les concessions" : "les marchés"
      }
    }
    return others
  }

  // MARK: - General conditions

  mutating func checkCCAG() {
    guard let ccag = advice.ccag else { return }
    for mention in lot.mentions {
      guard let said = mention.ccagClause?.filter({ !$0.isWhitespace }), !said.isEmpty else { continue }
      guard said != ccag.number, !said.hasPrefix("\(ccag.number).") else { continue }
      tell(
        .fault, mention.document, "ccagClauseWrong",
        "\(mention.document.atHead) renvoie à l’article \(said) du CCAG\(colon) dans le \(ccag.conditions.french), la clause "
          + "d’insertion est à l’article \(ccag.number).",
        mend: "Écrivez \(ccag.number).", article: ccag.french)
    }
  }

  // MARK: - Criterion

  mutating func checkCriterion() {
    guard !dossier.isPrivate, lot.choice.possibility.hasCriterion else { return }
    let social = dossier.criteria.first { $0.kind == .social }
    if !dossier.criteria.isEmpty, social == nil {
      review.fault(
        "socialCriterionMissing", "La possibilité retenue a un critère, mais aucun critère social n’est annoncé.",
        mend: "Ajoutez le critère à la liste, ou choisissez une autre possibilité.", article: "R2152-11")
    }
    let announced = lot.mentions.filter { $0.document == .notice || $0.document == .consultationRules }
    let weights = announced.compactMap(\.criterionWeight)
    let wanted = lot.choice.criterionWeight ?? social?.weight ?? weights.last
    if weights.isEmpty, dossier.kind == .contract {
      tell(
        .fault, .consultationRules, "criterionWeightNotAnnounced",
        "La pondération du critère d’insertion n’est annoncée dans aucune pièce.",
        mend: "Annoncez-la, ou à défaut le rang du critère, dans l’avis ou le règlement de la consultation.",
        article: "R2152-12")
    }
    for mention in lot.mentions {
      guard let said = mention.criterionWeight, let wanted, said != wanted else { continue }
      tell(
        .fault, mention.document, "criterionWeightDiffers",
        "\(mention.document.atHead) pondère le critère d’insertion à \(said.french) au lieu de \(wanted.french).",
        mend: "Écrivez la même pondération partout.", article: "R2152-12")
    }
  }

  // MARK: - What the particular clauses hold

  mutating func checkContent() {
    let document = TenderDossier.Document.particularClauses
    guard let mention = lot.mentions.first(where: { $0.document == document }) else { return }
    let hours = advice.areHoursDue
    var missing: [(code: String, what: String, mend: String, article: String?)] = []
    if mention.contact == nil {
      missing.append(
        ("contactMissing", "Le contact du facilitateur n’est pas donné", "Ajoutez-le.", advice.ccag?.french))
    }
    if hours, mention.publics.isEmpty {
      missing.append(
        ("publicsMissing", "Les publics éligibles ne sont pas dits", "Ajoutez la liste.", advice.ccag?.paragraph(1)))
    }
    if hours, mention.penalty == nil {
      missing.append(
        (
          "penaltyMissing", "Aucune pénalité n’est fixée pour les heures non réalisées",
          "Fixez-la\(colon) sans montant dans les pièces, aucune pénalité ne peut être demandée.",
          advice.ccag?.paragraph(5)
        ))
    }
    if hours, mention.frequency == nil {
      missing.append(
        (
          "frequencyMissing", "La périodicité des relevés d’heures n’est pas dite",
          "Fixez-la\(colon) à défaut, seule celle du CCAG peut être exigée.", advice.ccag?.paragraph(4)
        ))
    }
    if hours, mention.hasReviewClause != true {
      missing.append(
        (
          "reviewClauseMissing", "Aucune clause de réexamen ne prévoit d’ajuster les heures",
          "Ajoutez-en une, claire et précise\(colon) montant modifié, difficultés de l’entreprise, absence de candidat, "
            + "globalisation convenue plus tard.", dossier.isPrivate ? nil : "R2194-1"
        ))
    }
    for item in missing {
      tell(.warning, document, item.code, "\(item.what) \(document.inFrench).", mend: item.mend, article: item.article)
    }
  }

  mutating func checkPooling() {
    let document = TenderDossier.Document.particularClauses
    let mention = lot.mentions.first { $0.document == document }
    if lot.expectsPooling, mention?.foreseesPooling != true {
      let article = advice.ccag?.paragraph(3)
      tell(
        .fault, document, "poolingNotForeseen", "La globalisation est attendue, mais le CCAP ne la prévoit pas.",
        mend: "Prévoyez-la dans le CCAP, avec l’accord de l’acheteur comme condition.", article: article)
    }
    for other in lot.mentions where other.document != document {
      guard let said = other.foreseesPooling, let first = mention?.foreseesPooling, said != first else { continue }
      tell(
        .warning, other.document, "poolingDiffers",
        "\(other.document.atHead) \(said ? "prévoit" : "exclut") la globalisation, le CCAP "
          + "\(first ? "la prévoit" : "ne la prévoit pas").",
        mend: "Faites concorder les deux pièces.", article: advice.ccag?.paragraph(3))
    }
  }

  // MARK: - Local preference

  mutating func checkLocalPreference() throws(MissingFigure) {
    let preference = try LocalPreference(commune: dossier.commune, figures: review.figures, on: dossier.day)
    let advised =
      "Ouvrez la clause aux publics en difficulté, où qu’ils habitent\(semicolon) habiter un quartier prioritaire peut "
      + "être un critère de difficulté, jamais une préférence."
    let article = dossier.isPrivate ? nil : "L3"
    for mention in lot.mentions {
      if mention.asksForLocalResidents {
        tell(
          .fault, mention.document, "localPreference",
          "\(mention.document.atHead) demande d’embaucher des habitants du lieu\(colon) "
            + "c’est une préférence territoriale, interdite.",
          mend: advised, article: article)
        continue
      }
      let texts = mention.publics + [mention.wording ?? ""]
      guard let word = texts.lazy.compactMap({ preference.firstHit(in: $0) }).first else { continue }
      preference.figures.forEach { review.use($0) }
      tell(
        .warning, mention.document, "localPreferenceLikely",
        "\(mention.document.atHead) écrit «\(French.noBreak)\(word)\(French.noBreak)»\(colon) une préférence "
          + "territoriale serait interdite.",
        mend: advised, article: article)
    }
  }
}

extension FigureKey where Value == Words {
  /// Articles often cited by mistake for an insertion clause.
  public static var mistakenArticles: Self { .init("drafting.mistakenArticles") }
}
