/// The space and colon of French typography.
let colon = "\(French.thin):"
/// The space and semicolon of French typography.
let semicolon = "\(French.thin);"

extension SpottingRules {
  func endReason(of notice: AwardNotice, _ cell: SpottingCell) -> String {
    guard let from = notice.runsFrom else {
      return "Fin inconnue\(colon) la date de notification n’est pas publiée."
    }
    guard let months = notice.durationInForce else { return "Fin inconnue\(colon) la durée n’est pas publiée." }
    guard let end = cell.end else {
      return "Fin inconnue\(colon) la durée publiée est de \(months)\(French.noBreak)mois."
    }
    let start = notice.kind == .concession && notice.start != nil ? "le début d’exécution" : "la notification"
    var text = "Fin attendue le \(end.french)\(colon) \(months)\(French.noBreak)mois depuis \(start) du \(from.french)"
    if months != notice.durationMonths { text += ", avenants compris" }
    if months >= surprisingDuration.value {
      return text + "\(semicolon) une durée de \(months)\(French.noBreak)mois surprend, à vérifier."
    }
    return text + "."
  }

  func durationVerdict(of notice: AwardNotice, _ cell: SpottingCell) -> Verdict {
    let months = notice.durationInForce
    let limit = minimumDuration.french
    let reason: String
    switch (cell.duration, months) {
    case (.yes, let months?):
      let amended = months == notice.durationMonths ? "" : " après avenant"
      reason = "\(Self.months(months))\(amended), pour un minimum de \(limit)."
    case (_, let months?) where months > 0:
      reason =
        "\(Self.months(months)), sous le minimum de \(limit)\(colon) possible à la marge, "
        + "si des structures peuvent intervenir vite."
    case (_, let months?):
      reason = "Durée publiée de \(Self.months(months)), sans doute une erreur\(colon) à demander à l’acheteur."
    case (_, nil): reason = "Durée non publiée\(colon) à demander à l’acheteur."
    }
    return Verdict(outcome: cell.duration, reason: reason, figures: [minimumDuration.reference])
  }

  func amountVerdict(of notice: AwardNotice, _ cell: SpottingCell, _ hours: HoursEstimate) -> Verdict {
    let limit = minimumAmount.french
    var figures = [minimumAmount.reference]
    var reason: String
    switch (cell.amount, notice.amountInForce) {
    case (.yes, let amount?): reason = "\(amount.figureText) HT, pour un repère de \(limit)."
    case (.probable, let amount?):
      figures.append(cleaningFloor.reference)
      reason = "\(amount.figureText) HT, sous le repère de \(limit)\(colon) "
      if let range = hours.range {
        reason += "une clause donnerait environ \(range.usual.french) (de \(range.low.french) à \(range.high.french))"
      } else {
        reason += "heures à estimer à la main"
      }
      reason +=
        "\(semicolon) la branche de la propreté déconseille une clause sous \(cleaningFloor.french) "
        + "(repère établi pour la propreté seulement)."
    case (_, .some):
      reason = "Montant publié nul\(colon) à demander à l’acheteur."
    case (_, nil): reason = "Montant non publié\(colon) à demander à l’acheteur."
    }
    if notice.amountIsCeiling, let amount = notice.amountInForce, amount.cents > 0 {
      reason += " C’est le plafond de l’accord-cadre\(colon) les commandes peuvent rester bien en dessous."
    }
    return Verdict(outcome: cell.amount, reason: reason, figures: figures)
  }

  func natureVerdict(of notice: AwardNotice, _ cell: SpottingCell) -> Verdict {
    guard let cpv = notice.cpv else {
      return Verdict(
        outcome: cell.nature, reason: "Code CPV non publié\(colon) nature à apprécier d’après l’objet.", figures: [])
    }
    let family = families.family(of: cpv).map { " (\($0.label))" } ?? ""
    guard let found = technicities[cpv] else {
      return Verdict(
        outcome: cell.nature,
        reason:
          "Aucune technicité n’est connue pour le CPV \(cpv)\(family)\(colon) nature à apprécier d’après l’objet.",
        figures: [])
    }
    let end =
      switch found.technicity {
      case .low: ", accessible à des personnes sans qualification."
      case .medium: ", accessible à des personnes peu qualifiées."
      case .high:
        "\(colon) peu de postes accessibles sans qualification\(semicolon) "
          + "restent les emplois de support, l’alternance et le secteur adapté."
      }
    return Verdict(
      outcome: cell.nature, reason: "CPV \(cpv)\(family)\(colon) technicité \(found.technicity.french)\(end)",
      figures: [technicityRows[Int(found.row)].reference])
  }

  func peopleVerdict(
    of notice: AwardNotice, _ cell: SpottingCell, _ departement: DepartementCode?, _ structures: StructuresNearby?
  ) -> Verdict {
    let figures = [minimumStructures.reference]
    guard let departement else {
      let reason: String
      switch PlaceResolution.resolve(notice.place, existing: self.figures.departements) {
      case .unresolved(let gap): reason = gap.french
      case .departement: reason = "Département du lieu d’exécution non retenu\(colon) à vérifier."
      }
      return Verdict(outcome: cell.people, reason: reason, figures: figures)
    }
    let name = self.figures.departements[departement].map { " (\($0.name))" } ?? ""
    let place = "Département \(departement)\(name)\(colon) "
    guard let structures else {
      return Verdict(
        outcome: cell.people, reason: place + "aucune liste de structures d’insertion n’est encore importée.",
        figures: figures)
    }
    let known = French.count(
      structures.count, "structure d’insertion connue", "structures d’insertion connues")
    let limit = French.integer(minimumStructures.value)
    let reason =
      switch cell.people {
      case .yes: "\(place)\(known), pour un repère de \(limit)."
      case .unknown:
        "\(place)\(known), moins que le repère de \(limit), dans une liste incomplète\(colon) à vérifier."
      case .no, .probable:
        "\(place)\(known), moins que le repère de \(limit)\(colon) voyez l’offre des départements voisins."
      }
    return Verdict(outcome: cell.people, reason: reason, figures: figures)
  }

  private static func months(_ months: Int) -> String { "\(French.integer(months))\(French.noBreak)mois" }
}
