/// The methods of calibration with the figures of a day at hand.
///
/// A share, a rate or a cost that is not given is proposed from the figures by CPV code, with a remark that says where
/// it comes from and how sure it is.
public struct Calibrator: Sendable {
  /// The figures that the methods read.
  public let figures: Figures
  /// The day whose figures hold.
  public let day: Day
  /// The purchase segments, with shares, rates and costs by CPV code.
  public let segments: PurchaseSegments

  let floor: Figure<Hours>
  let perPerson: Figure<Hours>
  let fullTimeWorked: Figure<Hours>
  let fullTimePaid: Figure<Hours>
  let rates: (low: Figure<Percent>, high: Figure<Percent>)
  let programmeRates: [Calibration.Programme: Figure<Percent>]
  let costs: (low: Figure<Euros>, high: Figure<Euros>)
  let historyBase: Figure<Euros>
  let historyMinimum: Figure<Int>
  let rungs: [Figure<ScaleRung>]

  /// The methods with the figures of a day; throws where a figure is missing.
  public init(figures: Figures, on day: Day) throws(MissingFigure) {
    self.figures = figures
    self.day = day
    segments = PurchaseSegments(figures: figures, on: day)
    floor = try figures.hours.figure(.cleaningFloor, on: day)
    perPerson = try figures.hours.figure(.hoursPerPerson, on: day)
    fullTimeWorked = try figures.hours.figure(.fullTimeWorked, on: day)
    fullTimePaid = try figures.hours.figure(.fullTimePaid, on: day)
    rates = (try figures.percents.figure(.rateLow, on: day), try figures.percents.figure(.rateHigh, on: day))
    programmeRates = [
      .anruWorks: try figures.percents.figure(.rateANRUWorks, on: day),
      .anruProximity: try figures.percents.figure(.rateANRUProximity, on: day),
    ]
    costs = (try figures.amounts.figure(.hourlyCostLow, on: day), try figures.amounts.figure(.hourlyCostHigh, on: day))
    historyBase = try figures.amounts.figure(.historyBase, on: day)
    historyMinimum = try figures.counts.figure(.historyMinimum, on: day)
    rungs = figures.scaleRungs.filter { $0.holds(on: day) }
    guard !rungs.isEmpty else { throw MissingFigure(id: "calibration.scale", day: day) }
  }

  /// The hours of a case by one method; throws every value that is missing or wrong.
  public func size(_ given: Calibration.Case, by method: Calibration.Method) throws(Calibration.Gaps) -> Sizing {
    var attempt = SizingAttempt(self, given, method)
    let exact = attempt.exact()
    return try attempt.concluded(exact)
  }

  /// Hours for each person, a ratio published by territories; nil without anyone.
  public static func hoursPerPerson(_ hours: Hours, people: Int) -> Hours? {
    guard people > 0 else { return nil }
    return Quotient(hours).divided(by: Quotient(people))?.hours()
  }
}

/// An effort sized by one method.
public struct Sizing: Sendable, Equatable {
  /// The method.
  public let method: Calibration.Method
  /// The case, with the values that were proposed.
  public let used: Calibration.Case
  /// The exact number of hours.
  public let exact: Quotient
  /// The same to the hundredth of an hour, half up.
  public let exactHours: Hours
  /// The whole hours to write in the contract.
  public let hours: Hours
  /// Whether the exact hours reach the floor, which is established for cleaning only.
  public let isWorthwhile: Bool
  /// How many people it comes to, at the national ratio of hours per person.
  public let people: Int
  /// How it was reached.
  public let derivation: Derivation
}
