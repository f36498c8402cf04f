/// How raw hours become credited ones, as data: the method that a coordination, a buyer or a lot has chosen.
///
/// Nothing in the law fixes most of these options; the defaults stand in the reference figures with their status
/// (``CountingPolicy/national(figures:on:into:)``) and are chosen again by ``PolicyLayer``s.
public struct CountingPolicy: Sendable, Equatable {
  /// Which hours are the base.
  public enum Unit: String, Sendable, CaseIterable {
    /// Hours worked; absences never count.
    case worked
    /// Hours paid, monthly averaging included; absences count where the policy takes them in.
    case paid
  }

  /// Whether a kind of hours counts.
  public enum Inclusion: String, Sendable, CaseIterable { case included, excluded }

  /// Which hours of training count.
  public enum Training: Sendable, Equatable {
    /// All.
    case included
    /// Those of blocks strictly shorter than so many hours.
    case blocksUnder(Hours)
    /// None.
    case excluded
  }

  /// What the tutor's hours become.
  public enum Tutoring: String, Sendable, CaseIterable {
    /// They count.
    case included
    /// They do not count but are shown in a total of their own.
    case apart
    /// They do not count.
    case excluded
  }

  /// What becomes of people whom the company employed before the contract.
  public enum InPost: String, Sendable, CaseIterable {
    /// They do not count.
    case excluded
    /// They count where they were eligible when they were first hired.
    case whenEligible
  }

  /// How the part performed by an inclusion structure is counted.
  public enum Subcontract: Sendable, Equatable {
    /// By the hours of its staff in insertion.
    case insertionHours
    /// By what it invoices, divided by the cost of an hour.
    case invoice(hourlyRate: Euros)
  }

  /// What counts of a placement whose eligibility is decided after its first day.
  public enum LateValidation: String, Sendable, CaseIterable {
    /// None of its hours.
    case nothing
    /// Its hours from the day of the decision.
    case fromValidation
    /// All its hours where the person was eligible when hired and the reason of the delay is written.
    case fromHire
  }

  /// A situation for which a policy may weight hours.
  public enum Situation: String, Sendable, CaseIterable {
    /// Lives in a priority neighbourhood (QPV).
    case priorityNeighbourhood
    /// Is a woman.
    case woman
    /// Works under an open-ended contract; follows from the modality.
    case openEndedContract
    /// Has looked for work for more than two years.
    case overTwoYearsUnemployed
    /// Is recognised as a disabled worker.
    case disabledWorker
    /// Is young, in the sense of the contract.
    case young
    /// Is senior, in the sense of the contract.
    case senior
  }

  /// Which hours are the base.
  public var unit: Unit
  /// Sickness, under the paid unit.
  public var sickness: Inclusion
  /// Leave, under the paid unit.
  public var leave: Inclusion
  /// Public holidays not worked, under the paid unit.
  public var publicHolidays: Inclusion
  /// Training in the employment contract.
  public var training: Training
  /// The tutor's hours.
  public var tutoring: Tutoring
  /// What an hour counts for, by situation; a situation that is absent weighs 1, several multiply.
  public var weights: [Situation: Quotient]
  /// Months of a direct hire that count, from the first day of the employment contract.
  public var directHireMonths: Int
  /// The same for an open-ended contract.
  public var permanentHireMonths: Int
  /// The same for every modality that is no direct hire.
  public var otherMonths: Int
  /// What the contract decides for a public, a modality or both; the narrowest stands over the months above.
  public var windows: [CountingChoice] = []
  /// What the territory's own figures decide, where no level has chosen the months of a modality.
  var territory: [CountingChoice] = []
  /// The modalities whose months a level has chosen.
  var chosen: Set<Modality> = []
  /// Months during which a decision of eligibility waits for the hire.
  public var decisionMonths: Int
  /// Most months that suspensions push.
  public var suspensionMonths: Int
  /// People already in post.
  public var alreadyInPost: InPost
  /// Part performed by an inclusion structure.
  public var subcontract: Subcontract
  /// Eligibility decided after the hire.
  public var lateValidation: LateValidation
  /// What declared hours are held against.
  public var bounds: Bounds
  /// The insertion clause of the general conditions that the contract refers to; nil where they are not known.
  public var ccag: InsertionClause?

  /// What declared hours and weights are held against, whatever the policy.
  public struct Bounds: Sendable, Equatable {
    /// Hours of a day: nobody works more.
    public var day: Hours
    /// Hours of a week: the law lets nobody work more.
    public var week: Hours
    /// The greatest weight of a situation that is met.
    public var weight: Quotient
  }

  /// The policy of the reference figures on a day; its figures are noted in the derivation.
  ///
  /// Throws where a figure is missing. A figure whose word no rule knows is taken as missing.
  public static func national(
    figures: Figures, on day: Day, into derivation: inout Derivation
  ) throws(MissingFigure) -> CountingPolicy {
    func word<Word: RawRepresentable>(
      _ key: FigureKey<Choice>, _ type: Word.Type = Word.self
    ) throws(MissingFigure) -> Word where Word.RawValue == String {
      let figure = try figures.choices.nearest(key, on: day)
      guard let word = Word(rawValue: figure.value.code) else { throw MissingFigure(id: key.id, day: day) }
      derivation.use(figure)
      return word
    }
    let months = derivation.use(try figures.counts.nearest(.countingMonths, on: day))
    let decision = derivation.use(try figures.counts.nearest(.decisionMonths, on: day))
    let local = figures.countingChoices(on: day)
    for (_, figure) in local { derivation.use(figure) }
    let bounds = Bounds(
      day: try figures.hours.nearest(.countingDayHours, on: day).value,
      week: derivation.use(try figures.hours.nearest(.countingWeekHours, on: day)),
      weight: Quotient(try figures.counts.nearest(.countingGreatestWeight, on: day).value))
    let block = try figures.hours.nearest(.trainingBlock, on: day)
    let weight = derivation.use(try figures.percents.nearest(.countingWeight, on: day))
    let training: Training
    switch try word(.countingTraining, TrainingWord.self) {
    case .included: training = .included
    case .excluded: training = .excluded
    case .shortBlocks: training = .blocksUnder(derivation.use(block))
    }
    // By invoice, a structure's part needs a rate, which no reference figure gives: the default is by hours.
    let _: SubcontractWord = try word(.countingSubcontract)
    return CountingPolicy(
      unit: try word(.countingUnit), sickness: try word(.countingSickness), leave: try word(.countingLeave),
      publicHolidays: try word(.countingPublicHolidays), training: training, tutoring: try word(.countingTutoring),
      weights: Dictionary(uniqueKeysWithValues: Situation.allCases.map { ($0, Quotient(weight)) }),
      directHireMonths: months, permanentHireMonths: months, otherMonths: months, territory: local.map(\.choice),
      decisionMonths: decision, suspensionMonths: try figures.counts.nearest(.suspensionMonths, on: day).value,
      alreadyInPost: try word(.countingAlreadyInPost), subcontract: .insertionHours,
      lateValidation: try word(.countingLateValidation), bounds: bounds)
  }

  /// The word of a training option, in files and exchange.
  public enum TrainingWord: String, Sendable, CaseIterable { case included, shortBlocks, excluded }

  /// The word of a subcontracting option that needs no other value.
  private enum SubcontractWord: String { case insertionHours }

  /// What an hour of someone counts for: the product of the weights of the person's situations.
  public func weight(of situations: Set<Situation>) -> Quotient {
    Situation.allCases.reduce(Quotient(1)) { product, situation in
      guard situations.contains(situation), let weight = weights[situation] else { return product }
      return product * weight
    }
  }

  /// How many months of a public and a modality count from the first day of the employment contract: what the contract
  /// decides, then what the territory's figures do, then the common duration.
  public func countedMonths(of modality: Modality, category: String? = nil) -> Int {
    if let choice = CountingChoice.narrowest(of: windows, for: category, modality) { return choice.months }
    if !chosen.contains(modality), let choice = CountingChoice.narrowest(of: territory, for: category, modality) {
      return choice.months
    }
    guard modality.isDirectHire else { return otherMonths }
    return modality == .openEndedHire ? permanentHireMonths : directHireMonths
  }

  /// Whether nobody has chosen the months of someone's placement.
  func isDefault(_ placement: CountingFact.Placement) -> Bool {
    let modality = placement.modality
    return !chosen.contains(modality)
      && CountingChoice.narrowest(of: windows + territory, for: placement.category, modality) == nil
  }

  /// The days whose hours count for someone.
  public func window(of placement: CountingFact.Placement) -> CountingWindow {
    .hours(
      from: placement.opened.map { min($0, placement.start) } ?? placement.start,
      months: countedMonths(of: placement.modality, category: placement.category), suspensions: placement.suspensions,
      atMost: suspensionMonths)
  }

  /// The days on which a decision could be followed by someone's hire.
  func validity(of decision: Day, _ placement: CountingFact.Placement) -> CountingWindow {
    .decision(
      of: decision, months: decisionMonths, hiredOn: placement.start, suspensions: placement.suspensions,
      atMost: suspensionMonths)
  }
}
