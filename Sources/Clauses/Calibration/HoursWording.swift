extension SpottingRules {
  /// The stored hours with their formulas, or why there are none.
  func hoursEstimate(of notice: AwardNotice, _ cell: SpottingCell) -> HoursEstimate {
    func none(_ reason: String) -> HoursEstimate {
      HoursEstimate(range: nil, reason: "Heures non estimées\(colon) \(reason)")
    }
    guard notice.kind == .contract else {
      return none("la valeur d’une concession est un chiffre d’affaires, non un prix de prestations.")
    }
    guard let amount = notice.amountInForce, amount.cents > 0 else { return none("le montant n’est pas publié.") }
    guard let cpv = notice.cpv else { return none("le code CPV n’est pas publié.") }
    guard let share = effort.shares[cpv].map({ figures.labourShares[Int($0.row)] }) else {
      return none(
        "aucune part de main-d’œuvre n’est connue pour cette famille d’achats."
          + proposal(segments.figures(of: cpv).labourShare?.usual))
    }
    guard let rate = effort.rates[cpv].map({ figures.insertionRates[Int($0.row)].content }) else {
      return none("aucun taux d’insertion n’est connu pour cette famille d’achats.")
    }
    guard let cost = effort.costs[cpv].map({ figures.hourlyCosts[Int($0.row)].content }) else {
      return none(
        "aucun coût horaire n’est connu pour cette famille d’achats\(semicolon) l’effort s’y règle par poste."
          + proposal(segments.figures(of: cpv).hourlyCost?.usual))
    }
    guard let low = cell.hoursLow, let usual = cell.hoursUsual, let high = cell.hoursHigh else {
      return none("le montant publié est hors de toute mesure.")
    }
    func formula(_ share: Figure<Percent>, _ rate: Figure<Percent>, _ cost: Figure<Euros>, _ hours: Int32) -> String {
      let space = French.noBreak
      return "\(amount.figureText)\(space)×\(space)\(share.french)\(space)×\(space)\(rate.french)"
        + "\(space)÷\(space)\(cost.french)\(space)=\(space)\(Hours(Int(hours)).french)"
    }
    let shares = share.content
    let range = HoursRange(
      low: Hours(Int(low)), usual: Hours(Int(usual)), high: Hours(Int(high)),
      formula: formula(shares.usual, rate.usual, cost.usual, usual),
      lowFormula: formula(shares.low, rate.low, cost.high, low),
      highFormula: formula(shares.high, rate.high, cost.low, high),
      figures: [shares.low, shares.usual, shares.high].map(\.reference)
        + [rate.low, rate.usual, rate.high].map(\.reference) + [cost.low, cost.usual, cost.high].map(\.reference))
    var reason =
      "Montant × part de main-d’œuvre × taux d’insertion ÷ coût horaire chargé, sur toute la durée du contrat."
    if notice.amountIsCeiling {
      reason += " Calcul sur le plafond de l’accord-cadre\(colon) à rapporter aux commandes réelles."
    }
    return HoursEstimate(range: range, reason: reason)
  }

  /// What the hours calculator puts in the place of a figure that spotting goes without; empty where it has none either.
  private func proposal<Value>(_ figure: Figure<Value>?) -> String {
    guard let figure else { return "" }
    return " La calculette d’heures part de \(figure.french) (\(figure.status.french))\(colon) une valeur de départ à "
      + "remplacer par celle du contrat, que le repérage ne retient pas."
  }
}
