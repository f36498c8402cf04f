extension SizingAttempt {
  /// The exact hours by the method, with its steps; nil where a value is missing.
  mutating func exact() -> Quotient? {
    switch method {
    case .labourShare: byLabourShare()
    case .labourHours: byLabourHours()
    case .cleaningTakeover: byCleaningTakeover()
    case .perInvoiced: byInvoiced()
    case .fullTimeEquivalent: byFullTime()
    case .scale: byScale()
    }
  }

  private mutating func byLabourShare() -> Quotient? {
    let amount = euros(given.amount, .amount)
    let share = labourShare()
    let rate = insertionRate()
    let cost = hourlyCost()
    guard let amount, let share, let rate, let cost,
      let parts = Calibration.fraction(
        amount: amount.cents, share: share.basisPoints, rate: rate.basisPoints, cost: cost.cents),
      let exact = Quotient(parts.above, over: parts.below)
    else { return nil }
    let labour = Quotient(amount) * Quotient(share)
    let insertion = labour * Quotient(rate)
    derivation.step("Main-d’œuvre", "\(amount.figureText) × \(share.french)", gives: labour.eurosText)
    derivation.step("Part d’insertion", "\(labour.eurosText) × \(rate.french)", gives: insertion.eurosText)
    derivation.step("Heures d’insertion", "\(insertion.eurosText) ÷ \(cost.figureText)", gives: exact.hoursText)
    return exact
  }

  private mutating func byLabourHours() -> Quotient? {
    let hours = hours(given.labourHours, .hours)
    let rate = insertionRate()
    guard let hours, let rate else { return nil }
    let exact = Quotient(hours) * Quotient(rate)
    derivation.step("Heures d’insertion", "\(hours.french) × \(rate.french)", gives: exact.hoursText)
    return exact
  }

  /// P = 1 − (S × C) ÷ (A ÷ N), then I = P × A ÷ C × T.
  ///
  /// Source: PACT Propreté (inserpropre.fr). Where P is not positive the staff in post takes the whole amount, and
  /// nothing is left for a clause.
  private mutating func byCleaningTakeover() -> Quotient? {
    let amount = euros(given.amount, .amount, positive: true)
    let months = months(given.months)
    let staff = hours(given.monthlyHoursTakenOver, .monthlyHoursTakenOver)
    let cost = hourlyCost()
    let rate = insertionRate()
    guard let amount, let months, let staff, let cost, let rate,
      let monthly = Quotient(amount).divided(by: Quotient(months)),
      let taken = (Quotient(staff) * Quotient(cost)).divided(by: monthly),
      let whole = Quotient(amount).divided(by: Quotient(cost))
    else { return nil }
    let spent = Quotient(staff) * Quotient(cost)
    let free = Quotient(1) - taken
    derivation.step(
      "Montant d’un mois", "\(amount.figureText) ÷ \(French.integer(months))\(French.noBreak)mois",
      gives: monthly.eurosText)
    derivation.step("Personnel repris, par mois", "\(staff.french) × \(cost.figureText)", gives: spent.eurosText)
    derivation.step("Part libre (P)", "1 − \(spent.eurosText) ÷ \(monthly.eurosText)", gives: free.percentText)
    guard free > Quotient(0) else {
      derivation.note(
        Finding(
          .warning, "noFreeShare",
          "Le personnel à reprendre occupe tout le montant\(colon) il ne reste rien pour une clause en heures.",
          mend: "Demandez un effort qualitatif, ou une clause sur les remplacements et les départs."))
      return Quotient(0)
    }
    // (A ÷ C − S × N) × T: the same product, without the fraction of P between.
    let exact = (whole - Quotient(staff) * Quotient(months)) * Quotient(rate)
    derivation.step(
      "Heures d’insertion (I)",
      "\(free.percentText) × \(amount.figureText) ÷ \(cost.figureText) × \(rate.french)", gives: exact.hoursText)
    return exact
  }

  /// Whole slices only: an hour is due when its euros are invoiced in full.
  private mutating func byInvoiced() -> Quotient? {
    let slice = euros(given.eurosPerHour, .eurosPerHour, positive: true)
    let trigger = euros(given.trigger ?? Euros(0), .trigger)
    let invoiced = euros(given.invoiced, .invoiced)
    guard let slice, let trigger, let invoiced else { return nil }
    if invoiced < trigger || (!given.catchesUp && invoiced == trigger) {
      derivation.step(
        "Facturé, comparé au seuil de déclenchement", "\(invoiced.figureText) pour \(trigger.figureText)",
        gives: Hours(0).french)
      return Quotient(0)
    }
    let counted = given.catchesUp ? invoiced : invoiced - trigger
    if given.catchesUp {
      derivation.step("Montant compté, avec rattrapage depuis le premier euro", gives: counted.figureText)
    } else {
      derivation.step(
        "Montant compté", "\(invoiced.figureText) − \(trigger.figureText)", gives: counted.figureText)
    }
    let exact = Quotient(counted.cents / slice.cents)
    derivation.step(
      "Tranches entières", "\(counted.figureText) ÷ \(slice.figureText) l’heure", gives: exact.hoursText)
    return exact
  }

  private mutating func byFullTime() -> Quotient? {
    if given.hoursPerYear == nil {
      let figure = given.basis == .worked ? calibrator.fullTimeWorked : calibrator.fullTimePaid
      given.hoursPerYear = derivation.use(figure)
    }
    let count = need(given.count, .count)
    let year = hours(given.hoursPerYear, .hoursPerYear, positive: true)
    let months = given.months == nil ? nil : months(given.months)
    guard let count, let year, gaps.isEmpty else { return nil }
    guard count >= Quotient(0), count <= Quotient(Calibration.greatestHours) else {
      gap(.count, "Le nombre d’équivalents temps plein doit être positif et vraisemblable\(colon) vérifiez-le.")
      return nil
    }
    let posts = "\(count.numberText)\(French.noBreak)ETP"
    guard let months, let years = Quotient(Int128(months), over: Calibration.monthsPerYear) else {
      let exact = count * Quotient(year)
      derivation.step("Heures d’insertion, pour un an", "\(posts) × \(year.french)", gives: exact.hoursText)
      return exact
    }
    let exact = count * Quotient(year) * years
    let part = "\(French.integer(months)) ÷ \(French.integer(Calibration.monthsPerYear))"
    derivation.step("Heures d’insertion", "\(posts) × \(year.french) × \(part)", gives: exact.hoursText)
    return exact
  }

  private mutating func byScale() -> Quotient? {
    guard let amount = euros(given.amount, .amount) else { return nil }
    guard amount.cents > 0, let rung = calibrator.rung(for: amount) else {
      derivation.step("Palier du barème", amount.figureText, gives: Hours(0).french)
      return Quotient(0)
    }
    let value = derivation.use(rung)
    derivation.step(
      "Palier du barème", "\(amount.figureText)\(semicolon) \(value.figureText)", gives: value.hours.french)
    derivation.note(
      Finding(
        .information, "trainingScale",
        "Ce barème vient d’une clause de stages de formation\(colon) il ne dépend que du montant ferme, et ses heures de "
          + "stage sont un objectif à part, qui ne se compare pas à des heures d’insertion."))
    if let least = value.minimumMonths, given.months.map({ $0 < least }) ?? true {
      let known = given.months.map { "\(French.integer($0))\(French.noBreak)mois prévus" } ?? "durée non donnée"
      derivation.note(
        Finding(
          .warning, "scaleNeedsDuration",
          "Ce palier vaut pour un contrat de \(French.integer(least))\(French.noBreak)mois ou plus, reconductions non "
            + "comprises (\(known)).",
          mend: "Vérifiez la durée ferme.", place: Calibration.Field.months.rawValue))
    }
    return Quotient(value.hours)
  }
}

extension Calibrator {
  /// The rung of the published scale that an amount falls on.
  func rung(for amount: Euros) -> Figure<ScaleRung>? {
    rungs.first { rung in rung.value.under.map { amount < $0 } ?? true }
  }
}

extension Calibration {
  /// Months of a year.
  static let monthsPerYear: Int128 = 12
}
