extension FeasibilityRules {
  func duration(_ lot: Feasibility.Lot) -> Verdict {
    let outcome = spotting.duration(lot.durationMonths)
    let limit = spotting.minimumDuration.french
    let reason: String
    switch (outcome, lot.durationMonths) {
    case (.yes, let months?): reason = "\(Self.months(months)) prévus, pour un minimum de \(limit)."
    case (.unknown, _): reason = "Durée non donnée\(colon) à préciser."
    case (_, let months):
      reason =
        "\(Self.months(months ?? 0)) seulement, sous le minimum de \(limit)\(colon) possible à la marge, "
        + "si des structures peuvent intervenir vite."
    }
    return Verdict(outcome: outcome, reason: reason, figures: [spotting.minimumDuration.reference])
  }

  func amount(_ lot: Feasibility.Lot, _ hours: HoursRange?) -> Verdict {
    let outcome = spotting.amount(lot.amount)
    let limit = spotting.minimumAmount
    var figures = [limit.reference]
    var reason: String
    switch (outcome, lot.amount) {
    case (.yes, let amount?): reason = "\(amount.figureText) HT, pour un repère de \(limit.french)."
    case (.probable, let amount?):
      reason =
        "\(amount.figureText) HT, sous le repère de \(limit.french)\(colon) le coût fixe de l’accueil pèse davantage."
      if let hours {
        let floor = spotting.cleaningFloor
        figures.append(floor.reference)
        reason += " Environ \(hours.usual.french), pour un seuil de \(floor.french) établi dans la propreté."
      }
    default: reason = "Montant non donné\(colon) à estimer."
    }
    return Verdict(outcome: outcome, reason: reason, figures: figures)
  }

  func nature(_ lot: Feasibility.Lot) -> Verdict {
    let stated = lot.technicity
    let found = lot.cpv.flatMap { segments.figures(of: $0).technicity }
    guard let value = stated ?? found?.value else {
      return Verdict(
        outcome: .unknown, reason: "Technicité inconnue\(colon) donnez un code CPV, ou dites-la.", figures: [])
    }
    let family = lot.cpv.flatMap { segments.family(of: $0) }.map { " (\($0.label))" } ?? ""
    let origin = stated == nil ? "d’après le code CPV\(family)" : "indiquée par vous"
    let end =
      switch value {
      case .low: "\(colon) accessible à des personnes sans qualification."
      case .medium: "\(colon) accessible à des personnes peu qualifiées."
      case .high: "\(colon) peu de postes sans qualification, mais des portes d’entrée existent."
      }
    return Verdict(
      outcome: value == .high ? .no : .yes, reason: "Technicité \(value.french), \(origin)\(end)",
      figures: stated == nil ? found.map { [$0.reference] } ?? [] : [])
  }

  func people(_ lot: Feasibility.Lot) -> Verdict {
    let outcome = spotting.people(lot.structures)
    let limit = spotting.minimumStructures
    guard let structures = lot.structures else {
      return Verdict(
        outcome: outcome,
        reason: "Structures d’insertion du lieu d’exécution non comptées\(colon) à demander au facilitateur.",
        figures: [limit.reference])
    }
    let known = French.count(structures.count, "structure d’insertion connue", "structures d’insertion connues")
    let least = French.integer(limit.value)
    let reason =
      switch outcome {
      case .yes: "\(known), pour un repère de \(least)."
      case .unknown: "\(known), sous le repère de \(least), dans une liste incomplète\(colon) à vérifier."
      default: "\(known), sous le repère de \(least)\(colon) les publics sont à chercher plus loin."
      }
    return Verdict(outcome: outcome, reason: reason, figures: [limit.reference])
  }

  private static func months(_ count: Int) -> String { "\(French.integer(count))\(French.noBreak)mois" }

  // MARK: - Advice

  /// What to do about a lot, in French sentences.
  func advice(
    _ lot: Feasibility.Lot, _ verdicts: [Feasibility.Criterion: Verdict], _ hours: HoursRange?,
    _ suppliers: Feasibility.SupplierAdvice?, _ ways: [String]
  ) -> [String] {
    var advice: [String] = []
    if verdicts[.duration]?.outcome == .probable {
      advice.append("Prévoyez une mise à disposition, qui démarre vite, ou regroupez ce lot avec un autre.")
    }
    if verdicts[.amount]?.outcome == .probable {
      advice.append("Regroupez ce lot, réservez-le à l’insertion, ou visez peu d’heures et bien choisies.")
    }
    if !ways.isEmpty {
      advice.append("Technicité haute\(colon) orientez la clause vers les portes d’entrée plutôt que d’y renoncer.")
    }
    switch verdicts[.people]?.outcome {
    case .no?:
      advice.append("Appelez le facilitateur\(colon) transport, structures voisines ou formation préalable.")
    case .unknown?:
      advice.append("Demandez au facilitateur qui est disponible autour du lieu d’exécution.")
    default: break
    }
    if let suppliers { advice.append(suppliers.french) }
    if hours == nil, lot.amount != nil, lot.cpv != nil {
      advice.append("Heures non estimées\(colon) demandez un calibrage en postes ou en heures de main-d’œuvre.")
    }
    return advice
  }

  /// How to cut the purchase in lots.
  func allotment(_ sheets: [Feasibility.LotSheet], _ derivation: inout Derivation) -> [String] {
    var advice: [String] = []
    let floor = spotting.cleaningFloor
    let thin = sheets.filter { $0.hours.map { $0.usual < floor.value } ?? false }
    if !thin.isEmpty {
      derivation.use(floor)
      let names = French.list(thin.map(\.lot.label))
      advice.append(
        sheets.count > 1
          ? "\(names)\(colon) moins de \(floor.french)\(semicolon) regroupez, ou reportez l’effort sur les autres lots."
          : "\(names)\(colon) moins de \(floor.french)\(semicolon) un lot plus large porterait mieux une clause.")
    }
    let high = sheets.filter { !$0.waysIn.isEmpty }
    if !high.isEmpty {
      advice.append(
        "\(French.list(high.map(\.lot.label)))\(colon) si des tâches accessibles s’en détachent, faites-en un lot.")
    }
    let reserved = sheets.filter { $0.suppliers == .reserveLot || $0.suppliers == .reserveWhole }
    if !reserved.isEmpty {
      advice.append(
        "\(French.list(reserved.map(\.lot.label)))\(colon) assez de fournisseurs inclusifs pour étudier une réservation."
      )
    }
    let good = sheets.filter { $0.level == .favourable }
    if !good.isEmpty, good.count < sheets.count {
      advice.append(
        "Commencez par \(French.list(good.map(\.lot.label)))\(colon) c’est là qu’une clause prend le mieux.")
    }
    if advice.isEmpty { advice.append("Rien dans ces éléments n’appelle un autre découpage.") }
    return advice
  }
}
