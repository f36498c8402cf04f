extension SpottingRules {
  func dutyEstimate(of notice: AwardNotice, _ cell: SpottingCell, _ stated: BuyerType?) -> DutyEstimate {
    let amount = notice.amountInForce
    let judgement = thresholds.judge(notice, amount: amount, end: cell.end, buyer: stated)
    let isConcession = notice.kind == .concession
    let series = thresholds.series(kind: notice.kind, category: judgement.category, buyer: judgement.buyer)
    let threshold = series.figures[series.nearest(to: judgement.day)]
    let law = isConcession ? thresholds.concessionsFrom : thresholds.contractsFrom
    let article = isConcession ? "L3114-2-1" : "L2112-2-1"
    var figures = [threshold.reference, law.reference]
    let reason: String
    switch cell.duty {
    case .excluded:
      reason = "Marché de défense ou de sécurité\(colon) hors du champ de l’article \(article)."
    case .unknown:
      let missing = (amount?.cents ?? 0) > 0 ? "le code CPV" : "le montant"
      reason = "Obligation à apprécier\(colon) \(missing) n’est pas publié."
    case .below:
      reason =
        "Pas d’obligation au vu de ce seul lot\(semicolon) à apprécier sur toute l’opération. "
        + comparison(amount, threshold, judgement, stated, isConcession)
    case .likely:
      reason =
        comparison(amount, threshold, judgement, stated, isConcession)
        + " Le renouvellement devrait prévoir des considérations sociales ou d’emploi (article \(article)), "
        + "sauf exception motivée."
    case .dependsOnBuyer:
      let other = thresholds.other.figures[thresholds.other.nearest(to: judgement.day)]
      figures.append(other.reference)
      reason =
        "Acheteur à préciser (école, université…)\(colon) obligation probable s’il relève de l’État "
        + "(seuil de \(threshold.french)), pas au vu de ce seul lot sinon (seuil de \(other.french)). "
        + "Estimation d’après le montant passé, \(amount?.figureText ?? "") HT."
    case .thresholdsNotKnown:
      let last = threshold.to.map { " après le \($0.french)" } ?? ""
      reason =
        "Renouvellement attendu\(last)\(colon) seuils non encore connus. À titre indicatif, avec le dernier seuil connu\(colon) "
        + comparison(amount, threshold, judgement, stated, isConcession).loweringFirst
    case .beforeLaw:
      reason =
        "Fin attendue avant le \(law.value.french), entrée en vigueur de l’obligation (article \(article)). "
        + "Pour une consultation lancée depuis\(colon) "
        + comparison(amount, threshold, judgement, stated, isConcession).loweringFirst
    }
    return DutyEstimate(
      outcome: cell.duty, isAboveThreshold: cell.isAboveThreshold, category: judgement.category,
      buyer: judgement.buyer, buyerIsStated: stated != nil, article: article, reason: reason, figures: figures)
  }

  /// « Estimation d’après le montant passé : 250 000 € HT atteint le seuil de 216 000 € (services, …). »
  private func comparison(
    _ amount: Euros?, _ threshold: Figure<Euros>, _ judgement: DutyThresholds.Judgement, _ stated: BuyerType?,
    _ isConcession: Bool
  ) -> String {
    let verb = judgement.isAbove ? "atteint" : "reste sous"
    var what = isConcession ? "concessions" : (judgement.category?.french ?? "services")
    if !isConcession, judgement.category != .works {
      what += ", \(judgement.buyer == .toBeSpecified ? "acheteur à préciser" : judgement.buyer.french)"
      if stated == nil { what += " d’après le SIRET" }
    }
    return "Estimation d’après le montant passé\(colon) \(amount?.figureText ?? "") HT \(verb) le seuil de "
      + "\(threshold.french) (\(what))."
  }
}

extension String {
  /// The text with its first letter in lower case, to follow a colon.
  fileprivate var loweringFirst: String { prefix(1).lowercased() + dropFirst() }
}
