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
        "Pas d’obligation au vu de ce seul lot\(semicolon) à apprécier sur toute l’opération. Estimation\(colon) "
        + comparison(of: notice, with: threshold, judgement, isStated: stated != nil)
    case .likely:
      reason =
        "Estimation\(colon) "
        + comparison(of: notice, with: threshold, judgement, isStated: stated != nil)
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
        "Renouvellement attendu\(last)\(colon) seuils non encore connus. À titre indicatif, "
        + comparison(of: notice, with: threshold, named: "le dernier seuil connu,", judgement, isStated: stated != nil)
    case .beforeLaw:
      reason =
        "Fin attendue avant le \(law.value.french), entrée en vigueur de l’obligation (article \(article)). "
        + "À titre indicatif, pour une consultation lancée depuis, "
        + comparison(of: notice, with: threshold, judgement, isStated: stated != nil)
    }
    return DutyEstimate(
      outcome: cell.duty, isAboveThreshold: cell.isAboveThreshold, category: judgement.category,
      buyer: judgement.buyer, buyerIsStated: stated != nil, article: article, reason: reason, figures: figures)
  }

  /// « le montant passé, 250 000 € HT, atteint le seuil de 216 000 € (services, autre pouvoir adjudicateur d’après le
  /// SIRET). »
  private func comparison(
    of notice: AwardNotice, with threshold: Figure<Euros>, named name: String = "le seuil de",
    _ judgement: DutyThresholds.Judgement, isStated: Bool
  ) -> String {
    var what = "concessions"
    if notice.kind == .contract {
      what = judgement.category?.french ?? "services"
      if judgement.category != .works {
        what += ", \(judgement.buyer == .toBeSpecified ? "acheteur à préciser" : judgement.buyer.french)"
        if !isStated { what += " d’après le SIRET" }
      }
    }
    let subject = notice.amountIsCeiling ? "le plafond passé" : "le montant passé"
    let verb = judgement.isAbove ? "atteint" : "reste sous"
    return "\(subject), \(notice.amountInForce?.figureText ?? "") HT, \(verb) \(name) \(threshold.french) (\(what))."
  }
}
