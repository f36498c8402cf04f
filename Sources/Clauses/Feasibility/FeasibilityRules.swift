/// The rules of feasibility with the figures of a day at hand; limits are those of spotting.
public struct FeasibilityRules: Sendable {
  let spotting: SpottingRules
  let segments: PurchaseSegments
  private let points: (yes: Figure<Int>, probable: Figure<Int>)
  private let favourable: Figure<Percent>
  private let possible: Figure<Percent>
  private let reserveWhole: Figure<Int>
  private let reserveLot: Figure<Int>
  private let clause: Figure<Int>
  private let dependency: Figure<Percent>
  private let waysIn: Figure<Words>

  /// The rules with the figures of a day; throws where a figure is missing.
  public init(figures: Figures, on day: Day) throws(MissingFigure) {
    try self.init(SpottingRules(figures: figures, asOf: day))
  }

  /// The rules beside those of spotting that are at hand; throws where a figure is missing.
  public init(_ spotting: SpottingRules) throws(MissingFigure) {
    let (figures, day) = (spotting.figures, spotting.asOf)
    (self.spotting, segments) = (spotting, spotting.segments)
    points = (
      try figures.counts.figure(.feasibilityPointsYes, on: day),
      try figures.counts.figure(.feasibilityPointsProbable, on: day)
    )
    favourable = try figures.percents.figure(.feasibilityFavourable, on: day)
    possible = try figures.percents.figure(.feasibilityPossible, on: day)
    reserveWhole = try figures.counts.figure(.reserveWholeOver, on: day)
    reserveLot = try figures.counts.figure(.reserveLotOver, on: day)
    clause = try figures.counts.figure(.clauseOver, on: day)
    dependency = try figures.percents.figure(.supplierDependency, on: day)
    waysIn = try figures.words.figure(.waysIn, on: day)
  }

  /// The sheet of a purchase, lot by lot, with totals and advice on allotment.
  public func assess(_ lots: [Feasibility.Lot]) -> Feasibility.Sheet {
    let sheets = lots.map { assess($0) }
    var derivation = Derivation()
    for sheet in sheets { derivation.append(sheet.derivation) }
    let ranges = sheets.compactMap(\.hours)
    func total(_ hours: (HoursRange) -> Hours) -> Hours {
      ranges.reduce(Quotient(0)) { $0 + Quotient(hours($1)) }.hours() ?? Hours(0)
    }
    let hours = (low: total { $0.low }, usual: total { $0.usual }, high: total { $0.high })
    let amount = sheets.reduce(Quotient(0)) { $0 + Quotient($1.lot.amount ?? Euros(0)) }.euros() ?? Euros(0)
    if sheets.count > 1 {
      derivation.step(
        "Total des \(French.integer(ranges.count)) lots estimés sur \(French.integer(sheets.count))",
        gives: "\(hours.usual.french) (de \(hours.low.french) à \(hours.high.french))")
    }
    let allotment = allotment(sheets, &derivation)
    return .init(
      lots: sheets, amount: amount, hours: hours, unestimated: sheets.count - ranges.count, allotment: allotment,
      derivation: derivation)
  }

  // MARK: - One lot

  func assess(_ lot: Feasibility.Lot) -> Feasibility.LotSheet {
    var derivation = Derivation()
    let hours = lot.cpv.flatMap { cpv in lot.amount.flatMap { HoursRange(amount: $0, segments.figures(of: cpv)) } }
    let verdicts: [Feasibility.Criterion: Verdict] = [
      .duration: duration(lot), .amount: amount(lot, hours), .nature: nature(lot), .people: people(lot),
    ]
    var score = 0
    var known = 0
    var isMissed = false
    for criterion in Feasibility.Criterion.allCases {
      guard let verdict = verdicts[criterion] else { continue }
      for figure in verdict.figures { derivation.refer(to: figure) }
      derivation.step(
        "\(lot.label), \(criterion.french.lowercased())",
        gives: "\(verdict.outcome.french)\(semicolon) \(verdict.reason)")
      switch verdict.outcome {
      case .unknown: continue
      case .no: isMissed = true
      case .probable: score += derivation.use(points.probable)
      case .yes: score += derivation.use(points.yes)
      }
      known += 1
    }
    let outOf = known * points.yes.value
    let level = level(score: score, outOf: outOf, known: known, isMissed: isMissed, &derivation)
    derivation.step(
      "\(lot.label), score", "\(French.integer(score)) sur \(French.integer(outOf))", gives: level.french)
    if let hours {
      derivation.step("\(lot.label), heures", hours.formula, gives: hours.usual.french)
      for figure in hours.figures { derivation.refer(to: figure) }
    }
    let suppliers = supplierAdvice(lot, &derivation)
    let technicity = technicity(lot)?.value
    let ways = technicity == .high ? self.ways(lot, &derivation) : []
    let advice = advice(lot, verdicts, hours, suppliers, ways)
    for (criterion, verdict) in verdicts.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where verdict.outcome == .no || verdict.outcome == .unknown {
      derivation.note(
        Finding(
          verdict.outcome == .no ? .warning : .information, "\(criterion.rawValue).\(verdict.outcome)",
          verdict.reason, place: lot.label))
    }
    return .init(
      lot: lot, verdicts: verdicts, score: score, outOf: outOf, level: level, advice: advice, waysIn: ways,
      hours: hours,
      suppliers: suppliers, derivation: derivation)
  }

  private func level(
    score: Int, outOf: Int, known: Int, isMissed: Bool, _ derivation: inout Derivation
  ) -> Feasibility.Level {
    guard outOf > 0, 2 * known >= Feasibility.Criterion.allCases.count,
      let share = Quotient(Int128(score), over: Int128(outOf))
    else { return .toComplete }
    let high = derivation.use(favourable)
    let low = derivation.use(possible)
    if share >= Quotient(high), !isMissed { return .favourable }
    return share >= Quotient(low) ? .possible : .difficult
  }

  private func technicity(_ lot: Feasibility.Lot) -> (value: Technicity, figure: Figure<Technicity>?)? {
    if let stated = lot.technicity { return (stated, nil) }
    return lot.cpv.flatMap { segments.figures(of: $0).technicity }.map { ($0.value, $0) }
  }

  private func ways(_ lot: Feasibility.Lot, _ derivation: inout Derivation) -> [String] {
    let sheet = lot.cpv.flatMap { segments.sheet(of: $0) }
    // A segment that is not highly technical as a whole says nothing of support jobs.
    guard let sheet, sheet.figures.technicity?.value == .high else { return derivation.use(waysIn).all }
    return derivation.use(sheet.segment.value.waysIn).all
  }

  /// What the number of inclusive suppliers suggests, against the weight of the budget in their turnover.
  ///
  /// An idea of the marketplace of inclusion; comparisons are strict.
  private func supplierAdvice(
    _ lot: Feasibility.Lot, _ derivation: inout Derivation
  ) -> Feasibility.SupplierAdvice? {
    guard let count = lot.suppliers else { return nil }
    var weight: Quotient?
    if let turnover = lot.meanTurnover, let amount = lot.amount {
      weight = Quotient(amount).divided(by: Quotient(turnover))
    }
    let advice: Feasibility.SupplierAdvice
    if count > derivation.use(reserveWhole), let weight, weight < Quotient(derivation.use(dependency)) {
      advice = .reserveWhole
    } else if count > derivation.use(reserveLot) {
      advice = .reserveLot
    } else {
      advice = count > derivation.use(clause) ? .clause : .none
    }
    let known = French.count(count, "fournisseur inclusif", "fournisseurs inclusifs")
    let share = weight.map { "\(semicolon) budget de \($0.percentText) de leur chiffre d’affaires moyen" } ?? ""
    derivation.step("\(lot.label), fournisseurs", "\(known)\(share)", gives: advice.french)
    return advice
  }
}

extension HoursRange {
  /// The range of an amount with the figures of its CPV code; nil where a figure is missing or the amount is not
  /// positive. Takes the low share and rate with the high cost for the low estimate, and the other way for the high one.
  init?(amount: Euros, _ figures: SegmentFigures) {
    guard amount.cents > 0, let share = figures.labourShare, let rate = figures.insertionRate,
      let cost = figures.hourlyCost
    else { return nil }
    func hours(_ share: Figure<Percent>, _ rate: Figure<Percent>, _ cost: Figure<Euros>) -> (Hours, String)? {
      let found = Calibration.hours(
        amount: amount, labourShare: share.value, rate: rate.value, hourlyCost: cost.value)
      return found.map { ($0, "\(amount.figureText) × \(share.french) × \(rate.french) ÷ \(cost.french)") }
    }
    guard let low = hours(share.low, rate.low, cost.high), let usual = hours(share.usual, rate.usual, cost.usual),
      let high = hours(share.high, rate.high, cost.low)
    else { return nil }
    self.init(
      low: low.0, usual: usual.0, high: high.0, formula: usual.1, lowFormula: low.1, highFormula: high.1,
      figures: [share.low, share.usual, share.high, rate.low, rate.usual, rate.high].map(\.reference)
        + [cost.low, cost.usual, cost.high].map(\.reference))
  }
}
