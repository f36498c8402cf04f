/// What is usual for penalties, said beside what a contract asks: the ranges of the field and published examples.
///
/// No text fixes an amount. The ranges are habits (``FigureStatus/memory``); the examples come from one contract and one
/// model clause, and bind nobody else.
struct PenaltyHabit {
  let figures: Figures
  /// The day whose figures hold.
  let day: Day
  /// The minimum wage that the case counts with.
  let wage: FigureKey<Euros>

  /// Adds a remark for each kind of penalty among the rules.
  func note(_ rules: [PenaltyRule], in derivation: inout Derivation) throws(MissingFigure) {
    if rules.contains(where: \.formula.countsHours) { try noteHours(&derivation) }
    if rules.contains(where: \.formula.countsDays) { try noteDays(&derivation) }
    if rules.contains(where: \.formula.countsAbsences) { try noteAbsences(&derivation) }
  }

  private func noteHours(_ derivation: inout Derivation) throws(MissingFigure) {
    let low = try figures.amounts.nearest(.habitHourLow, on: day)
    let high = try figures.amounts.nearest(.habitHourHigh, on: day)
    var usual = range(low, high, &derivation)
    let least = try figures.counts.nearest(.habitWageLow, on: day)
    let most = try figures.counts.nearest(.habitWageHigh, on: day)
    derivation.use(least)
    derivation.use(most)
    usual += ", ou de \(French.integer(least.value)) à \(most.french)"
    if let wage = figures.amounts[wage, on: day], let cheap = part(least.value, of: wage.value),
      let dear = part(most.value, of: wage.value)
    {
      derivation.use(wage)
      usual += " (de \(cheap.french) à \(dear.french))"
    }
    let amount = try figures.amounts.nearest(.sampleMissingHour, on: day)
    let factor = try figures.counts.nearest(.sampleCeilingFactor, on: day)
    derivation.use(factor)
    let ceilings = "\(factor.french) fois le plafond horaire de la sécurité sociale (\(factor.source))"
    tell("Par heure manquante", usual, low, [sample(amount, &derivation), ceilings], &derivation)
  }

  private func noteDays(_ derivation: inout Derivation) throws(MissingFigure) {
    let low = try figures.amounts.nearest(.habitDayLow, on: day)
    let high = try figures.amounts.nearest(.habitDayHigh, on: day)
    let usual = range(low, high, &derivation)
    let examples = [
      sample(try figures.amounts.nearest(.sampleDocumentDay, on: day), &derivation),
      sample(try figures.amounts.nearest(.sampleDocumentWorkingDay, on: day), &derivation, "par jour ouvré"),
    ]
    tell("Par jour de retard d’un document", usual, low, examples, &derivation)
  }

  private func noteAbsences(_ derivation: inout Derivation) throws(MissingFigure) {
    let example = sample(try figures.amounts.nearest(.sampleAbsence, on: day), &derivation)
    derivation.note(
      Finding(
        .information, "habit",
        "Par absence à une réunion, aucun usage n’est connu. Exemple publié\(colon) \(example)."))
  }

  /// `de 30 € à 60 €`.
  private func range(_ low: Figure<Euros>, _ high: Figure<Euros>, _ derivation: inout Derivation) -> String {
    derivation.use(low)
    derivation.use(high)
    return "de \(low.french) à \(high.french)"
  }

  private func part(_ percent: Int, of wage: Euros) -> Euros? {
    (Quotient(Percent(percent)) * Quotient(wage)).euros()
  }

  /// `200 € (CCAP 21-BAM-048 (2021), article 8.2.2)`.
  private func sample(_ figure: Figure<Euros>, _ derivation: inout Derivation, _ unit: String? = nil) -> String {
    derivation.use(figure)
    return "\(figure.french)\(unit.map { " \($0)" } ?? "") (\(figure.source))"
  }

  private func tell(
    _ what: String, _ usual: String, _ figure: Figure<Euros>, _ examples: [String], _ derivation: inout Derivation
  ) {
    derivation.note(
      Finding(
        .information, "habit",
        "\(what), l’usage va \(usual). Source\(colon) \(figure.source) (\(figure.status.french)). "
          + "Exemples publiés\(colon) \(examples.joined(separator: "\(semicolon) "))."))
  }
}

extension PenaltyRule.Formula {
  /// Whether it counts days late.
  fileprivate var countsDays: Bool { if case .perDayLate = self { true } else { false } }
  /// Whether it counts absences.
  fileprivate var countsAbsences: Bool { if case .perAbsence = self { true } else { false } }
}

extension FigureKey where Value == Euros {
  /// Usual penalty for a missing hour, low and high.
  public static var habitHourLow: Self { .init("penalty.habit.hourLow") }
  /// The high end of the same.
  public static var habitHourHigh: Self { .init("penalty.habit.hourHigh") }
  /// Usual penalty for a day late with a document, low and high.
  public static var habitDayLow: Self { .init("penalty.habit.dayLow") }
  /// The high end of the same.
  public static var habitDayHigh: Self { .init("penalty.habit.dayHigh") }
  /// A published penalty for a missing hour.
  public static var sampleMissingHour: Self { .init("penalty.sample.bam.missingHour") }
  /// A published penalty for a day late with a document.
  public static var sampleDocumentDay: Self { .init("penalty.sample.bam.documentDay") }
  /// A published penalty for a working day late with a document.
  public static var sampleDocumentWorkingDay: Self { .init("penalty.sample.men.documentDay") }
  /// A published penalty for an absence at a meeting.
  public static var sampleAbsence: Self { .init("penalty.sample.men.absence") }
}

extension FigureKey where Value == Int {
  /// Usual penalty for a missing hour as a percentage of the hourly minimum wage, low.
  public static var habitWageLow: Self { .init("penalty.habit.wageLow") }
  /// The high end of the same.
  public static var habitWageHigh: Self { .init("penalty.habit.wageHigh") }
  /// A published penalty for a missing hour, in hourly ceilings of social security.
  public static var sampleCeilingFactor: Self { .init("penalty.sample.men.ceilingFactor") }
}

extension FigureKey where Value == Day {
  /// The day up to which the rises of an amount were checked; an amount without it is fixed for its year.
  public static func checkedUntil(_ amount: FigureKey<Euros>) -> Self { .init("\(amount.id).checkedUntil") }
}
