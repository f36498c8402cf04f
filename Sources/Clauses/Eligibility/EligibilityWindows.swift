extension EligibilityReasoning {
  /// How long a decision waits for the hire, suspensions included.
  mutating func decisionClock(_ passport: EligibilityPassport?) throws(MissingFigure) -> EligibilityClock {
    if let passport, let until = passport.reusableUntil {
      return EligibilityClock(kind: .decision, from: passport.earlier.day, until: until, sentence: passport.sentence)
    }
    let months: Int
    if let own = given.decisionMonths {
      months = own
    } else {
      months = derivation.use(try figures.counts.nearest(.decisionMonths, on: given.day))
    }
    let window = CountingWindow.decision(
      of: given.day, months: months, hiredOn: given.hiredOn, suspensions: given.suspensions,
      atMost: try suspensionLimit())
    let until = try pushed(window)
    return EligibilityClock(
      kind: .decision, from: given.day, until: until,
      sentence: "Décidée le \(given.day.french), elle vaut \(French.integer(months)) mois pour une embauche, jusqu’au "
        + "\(until.french).")
  }

  /// How the decision stands toward the hire.
  func standing(_ decision: EligibilityClock) -> Eligibility.Hire {
    guard let hired = given.hiredOn else { return .none }
    if hired < decision.from { return .late }
    if let end = decision.until, hired > end { return .expired }
    return .covered
  }

  /// The days whose hours count.
  mutating func countingClock(
    _ code: String, _ hire: Eligibility.Hire, _ passport: EligibilityPassport?
  ) throws(MissingFigure) -> EligibilityClock? {
    guard let hired = given.hiredOn, hire != .expired else { return nil }
    if let modality = given.modality, !modality.isEmployment {
      derivation.note(
        Finding(
          .information, "noEmployment",
          "Un stage de formation n’est pas un emploi\(French.thin): ses heures relèvent d’un autre objectif et ne "
            + "comptent pas ici.", place: "modality"))
      return nil
    }
    let (months, why) = try countingMonths(code)
    let start = passport?.earlier.hiredOn.map { min($0, hired) } ?? hired
    let pushed = try self.pushed(
      .hours(from: start, months: months, suspensions: given.suspensions, atMost: try suspensionLimit()))
    let from = max(hired, given.performanceFrom ?? hired)
    let until = min(pushed, given.performanceUntil ?? pushed)
    guard from <= until else {
      derivation.note(
        Finding(
          .fault, "outsidePerformance",
          "Aucun jour ne compte\(French.thin): la période de l’embauche et celle de l’exécution du contrat ne se "
            + "rencontrent pas.",
          mend: "Vérifiez le premier jour du contrat de travail et les dates d’exécution.", place: "hiredOn"))
      return nil
    }
    var sentence = "Du \(from.french) au \(until.french)\(French.thin): \(French.integer(months)) mois "
    sentence += "depuis le premier jour du contrat, le \(start.french) (\(why))"
    if until < pushed { sentence += ", sans dépasser la fin de l’exécution" }
    return EligibilityClock(kind: .counting, from: from, until: until, sentence: sentence + ".")
  }

  /// How many months count, and who says so: the narrowest choice that fits.
  private mutating func countingMonths(_ code: String) throws(MissingFigure) -> (months: Int, why: String) {
    if let window = CountingChoice.narrowest(of: given.windows, for: code, given.modality) {
      return (window.months, window.origin ?? "durée fixée par le contrat ou le territoire")
    }
    if given.allowsLongOpenEnded, given.modality == .openEndedHire {
      let figure = try figures.counts.nearest(.countingMonthsLong, on: given.day)
      return (derivation.use(figure), "le contrat le prévoit pour un CDI")
    }
    let choices = figures.countingChoices(on: given.day)
    if let choice = CountingChoice.narrowest(of: choices.map(\.choice), for: code, given.modality),
      let figure = choices.first(where: { $0.choice == choice })?.figure
    {
      return (derivation.use(figure), figure.label)
    }
    let figure = try figures.counts.nearest(.countingMonths, on: given.day)
    return (derivation.use(figure), "durée de droit commun")
  }

  /// Most months that suspensions push, where there are any.
  private func suspensionLimit() throws(MissingFigure) -> Int {
    given.suspensions.isEmpty ? 0 : try figures.counts.nearest(.suspensionMonths, on: given.day).value
  }

  /// The last day of a window, with what suspensions do to it.
  private mutating func pushed(_ window: CountingWindow) throws(MissingFigure) -> Day {
    guard window.days > 0 else { return window.until }
    let figure = try figures.counts.nearest(.suspensionMonths, on: given.day)
    derivation.use(figure)
    derivation.step(
      "Suspensions", "\(window.unpushed.french) + \(French.integer(window.days)) jours", gives: window.until.french)
    if window.isCapped {
      derivation.note(
        Finding(
          .warning, "suspensionCapped",
          "Les suspensions dépassent le maximum de \(figure.french)\(French.thin): le reste ne repousse rien.",
          place: "suspensions"))
    }
    return window.until
  }

  /// What a hire that the decision does not cover calls for.
  mutating func noteHire(_ hire: Eligibility.Hire, _ decision: EligibilityClock, _ atHire: Bool?) {
    guard let hired = given.hiredOn else { return }
    if let source { derivation.cite(source) }
    switch hire {
    case .none, .covered: break
    case .late:
      derivation.note(
        Finding(
          .warning, "decisionAfterHire",
          "La décision du \(decision.from.french) vient après l’embauche du \(hired.french)\(French.thin): "
            + "l’éligibilité se vérifie avant que la personne commence.",
          mend: "La méthode de décompte du contrat dit ce que deviennent les heures d’avant la décision. "
            + (atHire == true
              ? "Les justificatifs montrent la personne éligible dès l’embauche."
              : "Les justificatifs vus ne montrent pas que la personne était éligible le jour de l’embauche."),
          article: source, place: "hiredOn"))
    case .expired:
      derivation.note(
        Finding(
          .fault, "decisionExpired",
          "L’embauche du \(hired.french) vient après la fin de validité de la décision"
            + (decision.until.map { " (\($0.french))" } ?? "") + ".",
          mend: "Vérifiez de nouveau la situation et prenez une nouvelle décision avant l’embauche.", place: "hiredOn"))
    }
  }
}
