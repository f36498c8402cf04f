extension PoolingPlan {
  /// How the allocation comes about, in French, with what hinders a better one.
  ///
  /// Throws where the usual length of an agreement is missing from the figures.
  public func derivation(figures: Figures) throws(MissingFigure) -> Derivation {
    var result = Derivation()
    let uncovered = Dictionary(uncovered.map { ($0.id, $0.hours) }) { first, _ in first }
    let pooled = covered - coveredByOwn
    let total = given.supplies.reduce(Hours(0)) { $0 + $1.hours }
    let missing = given.commitments.reduce(Hours(0)) { $0 + $1.missing }
    result.step("Heures à affecter", gives: total.french)
    result.step("Heures manquantes avant affectation", gives: missing.french)
    result.step("Engagements couverts par leurs propres heures", gives: coveredByOwn.french)
    result.step("Couverture par globalisation", "\(covered.french) − \(coveredByOwn.french)", gives: pooled.french)
    let coverage = coverage
    for commitment in given.commitments {
      let received = coverage[commitment.id] ?? Hours(0)
      result.step(
        "Engagement \(commitment.id), heures encore manquantes", "\(commitment.missing.french) − \(received.french)",
        gives: (uncovered[commitment.id] ?? Hours(0)).french)
    }
    if let penaltyAvoided { result.step("Pénalité évitée", penaltyFormula(coverage), gives: penaltyAvoided.french) }
    result.step("Heures sans affectation", "\(total.french) − \(covered.french)", gives: (total - covered).french)
    if pooled > Hours(0) { result.cite("CCAG 2021, x.1.3") }
    noteSupplies(&result)
    try noteAgreements(&result, figures)
    noteCommitments(&result, uncovered)
    if !allocations.isEmpty {
      result.note(
        Finding(
          .information, "bestEffortSplits",
          "Aucune autre affectation ne fait mieux\(French.thin): d’abord les engagements couverts par leurs propres "
            + "heures, puis \(given.order.french). Le certificat le prouve. Le nombre de partages, lui, est réduit au mieux, "
            + "sans preuve qu’il soit le plus petit."))
    }
    return result
  }

  /// `100 h × 200,00 € + 50 h × 90,00 €`, or nil where it would be too long to read.
  private func penaltyFormula(_ coverage: [String: Hours]) -> String? {
    let terms = given.commitments.compactMap { commitment -> String? in
      guard let hours = coverage[commitment.id], commitment.penaltyPerHour > Euros(0) else { return nil }
      return "\(hours.french) × \(commitment.penaltyPerHour.french)"
    }
    return (1...10).contains(terms.count) ? terms.joined(separator: " + ") : nil
  }

  private func noteSupplies(_ result: inout Derivation) {
    let commitments = Dictionary(given.commitments.map { ($0.id, $0) }) { first, _ in first }
    var policies: [PersonMonth: Set<String>] = [:]
    for supply in given.supplies {
      if let own = supply.own.flatMap({ commitments[$0] }), !PoolingSolver.mayServeOwn(supply, own) {
        let why =
          supply.company == own.company
          ? "le mois (\(supply.month.french)) est hors de sa période"
          : "il est celui d’une autre entreprise (\(own.company))"
        result.note(
          Finding(
            .warning, "ownOutOfReach",
            "Les heures \(supply.id) ne peuvent pas servir leur propre engagement \(own.id)\(French.thin): \(why).",
            mend: "Vérifiez le mois, l’entreprise et l’engagement.", place: "supplies/\(supply.id)"))
      }
      if let person = supply.person, let policy = supply.policy {
        policies[PersonMonth(company: supply.company, person: person, month: supply.month), default: []].insert(policy)
      }
    }
    for (key, names) in policies.sorted(by: { $0.key < $1.key }) where names.count > 1 {
      result.note(
        Finding(
          .warning, "onePersonTwoPolicies",
          "\(key.person), \(key.month.french)\(French.thin): des heures comptées selon "
            + "\(French.list(names.sorted().map(quoted))). Une heure travaillée ne sert qu’une fois.",
          mend: "Vérifiez que ce ne sont pas les mêmes heures, comptées deux fois.", place: "supplies"))
    }
  }

  private struct PersonMonth: Hashable, Comparable {
    let company: String
    let person: String
    let month: Month

    static func < (a: PersonMonth, b: PersonMonth) -> Bool {
      (a.company, a.person, a.month) < (b.company, b.person, b.month)
    }
  }

  private func noteAgreements(_ result: inout Derivation, _ figures: Figures) throws(MissingFigure) {
    for agreement in given.agreements ?? [] {
      let place = "agreements/\(agreement.id)"
      guard let policy = agreement.policy else {
        result.note(
          Finding(
            .warning, "agreementWithoutPolicy",
            "La convention \(agreement.id) ne nomme pas de méthode de décompte\(French.thin): elle ne partage aucune "
              + "heure.", mend: "Nommez la méthode de décompte unique des heures partagées.",
            article: "CCAG 2021, x.1.3", place: place))
        continue
      }
      for party in agreement.parties where !party.consents {
        result.note(
          Finding(
            .warning, "buyerWithoutConsent",
            "\(party.buyer) n’a pas donné son accord à la convention \(agreement.id)\(French.thin): ses engagements ne "
              + "donnent ni ne reçoivent d’heures.", mend: "Demandez-lui de signer la convention.",
            article: "CCAG 2021, x.1.3", place: place))
      }
      let others = given.supplies.filter { supply in
        supply.company == agreement.company && supply.area == agreement.area && supply.policy != policy
          && agreement.from <= supply.month && supply.month <= agreement.to
      }
      if !others.isEmpty {
        result.note(
          Finding(
            .warning, "otherPolicy",
            "\(French.count(others.count, "ligne d’heures n’est pas comptée", "lignes d’heures ne sont pas comptées")) "
              + "selon la méthode de la convention \(agreement.id), \(quoted(policy))\(French.thin): elles ne servent "
              + "que leur propre engagement.", mend: "Recomptez ces heures selon cette méthode avant de les partager.",
            place: place))
      }
      try noteLength(agreement, place, &result, figures)
    }
  }

  private func noteLength(
    _ agreement: PoolingAgreement, _ place: String, _ result: inout Derivation, _ figures: Figures
  ) throws(MissingFigure) {
    let day = agreement.from.first
    let least = result.use(try figures.counts.nearest(.poolingLeastMonths, on: day))
    let most = result.use(try figures.counts.nearest(.poolingMostMonths, on: day))
    guard !(least...max(least, most)).contains(agreement.months) else { return }
    result.note(
      Finding(
        .information, "unusualLength",
        "La convention \(agreement.id) partage les heures de \(French.count(agreement.months, "mois", "mois"))"
          + "\(French.thin); l’usage va de \(least) à \(French.count(most, "mois", "mois")).", place: place))
  }

  private func noteCommitments(_ result: inout Derivation, _ uncovered: [String: Hours]) {
    for commitment in given.commitments {
      guard let missing = uncovered[commitment.id] else { continue }
      let place = "commitments/\(commitment.id)"
      if !commitment.acceptsPooling {
        result.note(
          Finding(
            .information, "poolingNotForeseen",
            "L’engagement \(commitment.id) manque encore de \(missing.french) et n’accepte pas la globalisation"
              + "\(French.thin): seules ses propres heures le couvrent.",
            mend: "Si son contrat la prévoit, demandez l’accord de l’acheteur.", article: "CCAG 2021, x.1.3",
            place: place))
      } else if given.agreements != nil, commitment.buyer == nil {
        result.note(
          Finding(
            .warning, "buyerNotNamed",
            "L’acheteur de l’engagement \(commitment.id) n’est pas nommé\(French.thin): aucune convention ne peut le "
              + "couvrir.", mend: "Nommez l’acheteur, comme dans la convention.", place: place))
      } else if let agreements = given.agreements {
        noteOutside(commitment, missing, agreements, place, &result)
      } else {
        notePolicies(commitment, missing, place, &result)
      }
    }
  }

  /// Why no agreement reaches a commitment: none for its company and area, none with its buyer, none that lists it.
  private func noteOutside(
    _ commitment: PoolingCommitment, _ missing: Hours, _ agreements: [PoolingAgreement], _ place: String,
    _ result: inout Derivation
  ) {
    guard let buyer = commitment.buyer else { return }
    let head = "L’engagement \(commitment.id) manque encore de \(missing.french)\(French.thin): "
    let near = agreements.filter { $0.company == commitment.company && $0.area == commitment.area }
    let signed = near.filter { $0.parties.contains { $0.buyer == buyer } }
    let reason: (code: String, sentence: String, mend: String)
    if near.isEmpty {
      reason = (
        "noAgreement", "aucune convention ne vaut pour \(commitment.company) dans le bassin \(commitment.area).",
        "Signez une convention pour cette entreprise et ce bassin d’emploi."
      )
    } else if signed.isEmpty {
      reason = (
        "buyerNotInAgreement",
        "son acheteur, \(buyer), n’est pas dans la convention \(French.list(near.map(\.id), last: "ou")).",
        "Demandez-lui de rejoindre la convention."
      )
    } else if !signed.contains(where: { $0.commitments?.contains(commitment.id) ?? true }) {
      reason = (
        "commitmentNotInAgreement", "la convention \(French.list(signed.map(\.id), last: "ou")) ne le cite pas.",
        "Ajoutez-le à la liste de la convention."
      )
    } else {
      return
    }
    result.note(
      Finding(
        .warning, reason.code, head + reason.sentence, mend: reason.mend, article: "CCAG 2021, x.1.3", place: place))
  }

  /// Which hours stay without use although they could serve, but for the counting policy.
  private func notePolicies(
    _ commitment: PoolingCommitment, _ missing: Hours, _ place: String, _ result: inout Derivation
  ) {
    guard let ours = commitment.policy else { return }
    let left = Set(unallocated.map(\.id))
    let others = given.supplies.filter { supply in
      left.contains(supply.id) && supply.company == commitment.company && supply.area == commitment.area
        && commitment.from <= supply.month && supply.month <= commitment.to && supply.own != commitment.id
        && supply.policy.map { $0 != ours } ?? false
    }
    let names = Set(others.compactMap(\.policy)).sorted()
    guard !names.isEmpty else { return }
    result.note(
      Finding(
        .warning, "policyDiffers",
        "L’engagement \(commitment.id) manque encore de \(missing.french)\(French.thin): des heures restent, mais elles sont "
          + "comptées selon \(French.list(names.map(quoted))), et lui selon \(quoted(ours)).",
        mend: "Recomptez ces heures selon la méthode de l’engagement, ou signez une convention qui nomme une seule "
          + "méthode.", article: "CCAG 2021, x.1.3", place: place))
  }

  private func quoted(_ name: String) -> String { "«\(French.noBreak)\(name)\(French.noBreak)»" }
}
