/// The thresholds of the legal duty, one series of dated figures a case.
struct DutyThresholds: Sendable {
  let central: Series
  let other: Series
  let entity: Series
  let works: Series
  let concession: Series
  let contractsFrom: Figure<Day>
  let concessionsFrom: Figure<Day>
  let asOf: Day

  /// One threshold over time.
  struct Series: Sendable {
    /// In the order of their first days.
    let figures: [Figure<Euros>]
    private let spans: [(from: Day?, to: Day?, value: Euros)]

    init(_ key: FigureKey<Euros>, figures: Figures, asOf: Day) throws(MissingFigure) {
      let known = figures.amounts.all.filter { $0.id == key.id }
      guard !known.isEmpty else { throw MissingFigure(id: key.id, day: asOf) }
      self.figures = known
      spans = known.map { ($0.from, $0.to, $0.value) }
    }

    /// The index of the figure that holds on a day, or nil.
    func index(on day: Day) -> Int? {
      for (index, span) in spans.enumerated() {
        if let from = span.from, day < from { continue }
        if let to = span.to, day > to { continue }
        return index
      }
      return nil
    }

    /// The index of the figure that holds on a day, else the last one known before it, else the first one known after
    /// it.
    func nearest(to day: Day) -> Int {
      if let index = index(on: day) { return index }
      var past: Int?
      var coming = 0
      for (index, span) in spans.enumerated() {
        if let to = span.to, to < day {
          guard let best = past, let bestTo = spans[best].to, bestTo >= to else {
            past = index
            continue
          }
        } else if let from = span.from, let best = spans[coming].from, from < best {
          coming = index
        }
      }
      return past ?? coming
    }

    /// Whether a day comes after every known figure.
    func endsBefore(_ day: Day) -> Bool {
      spans.allSatisfy { span in span.to.map { $0 < day } ?? false }
    }

    func value(_ index: Int) -> Euros { spans[index].value }
  }

  init(figures: Figures, asOf: Day) throws(MissingFigure) {
    self.asOf = asOf
    central = try Series(.thresholdCentral, figures: figures, asOf: asOf)
    other = try Series(.thresholdOther, figures: figures, asOf: asOf)
    entity = try Series(.thresholdEntity, figures: figures, asOf: asOf)
    works = try Series(.thresholdWorks, figures: figures, asOf: asOf)
    concession = try Series(.thresholdConcession, figures: figures, asOf: asOf)
    contractsFrom = try figures.days.nearest(.dutyContracts, on: asOf)
    concessionsFrom = try figures.days.nearest(.dutyConcessions, on: asOf)
  }

  /// Adds all that a judgement reads: every series with its days, since a contract is compared on the day it ends, and
  /// where the day of the rules stands in each.
  func add(to digest: inout FiguresDigest) {
    for series in [central, other, entity, works, concession] {
      series.figures.forEach { digest.add($0) }
      digest.add("\(series.nearest(to: asOf)) \(series.endsBefore(asOf))")
    }
    digest.addHeld(contractsFrom)
    digest.addHeld(concessionsFrom)
  }

  /// What was compared, for the wording to say.
  struct Judgement {
    var outcome: DutyEstimate.Outcome
    var isAbove: Bool
    var category: PurchaseCategory?
    var buyer: BuyerType
    /// Index into the series of ``series(kind:category:buyer:)`` for the day compared on.
    var day: Day
    var thresholdsAreKnown: Bool
  }

  /// The series for a case; a buyer to be specified is compared as the State is.
  func series(kind: AwardNotice.Kind, category: PurchaseCategory?, buyer: BuyerType) -> Series {
    if kind == .concession { return concession }
    if category == .works { return works }
    return switch buyer {
    case .centralState, .toBeSpecified: central
    case .otherAuthority: other
    case .contractingEntity: entity
    }
  }

  func judge(_ notice: AwardNotice, amount: Euros?, end: Day?, buyer stated: BuyerType?) -> Judgement {
    let buyer = stated ?? BuyerType.estimated(from: notice.key.buyer)
    let category = notice.cpv.map { PurchaseCategory(of: $0) }
    let series = series(kind: notice.kind, category: category, buyer: buyer)
    let day = max(end ?? asOf, asOf)
    let threshold = series.value(series.nearest(to: day))
    let isAbove = amount.map { $0 >= threshold } ?? false
    var judgement = Judgement(
      outcome: .unknown, isAbove: isAbove, category: category, buyer: buyer, day: day,
      thresholdsAreKnown: !series.endsBefore(day))
    guard notice.nature != .defence else {
      judgement.outcome = .excluded
      return judgement
    }
    guard let amount, amount.cents > 0, category != nil || notice.kind == .concession else { return judgement }
    let law = notice.kind == .concession ? concessionsFrom.value : contractsFrom.value
    if let end, end < law {
      judgement.outcome = .beforeLaw
    } else if !judgement.thresholdsAreKnown {
      judgement.outcome = .thresholdsNotKnown
    } else if !isAbove {
      judgement.outcome = .below
    } else if buyer == .toBeSpecified, category != .works, notice.kind == .contract,
      amount < other.value(other.nearest(to: day))
    {
      judgement.outcome = .dependsOnBuyer
    } else {
      judgement.outcome = .likely
    }
    return judgement
  }
}
