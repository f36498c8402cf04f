/// The points that make the order of priority.
struct PriorityWeights: Sendable {
  let perCriterion: Figure<Int>
  let duty: Figure<Int>
  let consideration: Figure<Int>
  let knownEnd: Figure<Int>
  let hours: Figure<Int>
  let hoursFull: Figure<Hours>
  let recurring: Figure<Int>
  let oneOffDivisor: Figure<Int>

  /// The greatest rank; the weights of the files should add up to it.
  static let top = 1000

  init(figures: Figures, asOf: Day) throws(MissingFigure) {
    perCriterion = try figures.counts.figure(.priorityPerCriterion, on: asOf)
    duty = try figures.counts.figure(.priorityDuty, on: asOf)
    consideration = try figures.counts.figure(.priorityConsideration, on: asOf)
    knownEnd = try figures.counts.figure(.priorityKnownEnd, on: asOf)
    hours = try figures.counts.figure(.priorityHours, on: asOf)
    hoursFull = try figures.hours.figure(.priorityHoursFull, on: asOf)
    recurring = try figures.counts.figure(.priorityRecurring, on: asOf)
    oneOffDivisor = try figures.counts.figure(.priorityOneOffDivisor, on: asOf)
  }

  /// The weights that are points or divisors.
  var counts: [Figure<Int>] { [perCriterion, duty, consideration, knownEnd, hours, recurring, oneOffDivisor] }

  /// Whether a duty weighs: it is likely, or it would be with the last known thresholds.
  static func weighs(_ cell: SpottingCell) -> Bool {
    switch cell.duty {
    case .likely, .dependsOnBuyer: true
    case .thresholdsNotKnown, .beforeLaw: cell.isAboveThreshold
    case .unknown, .below, .excluded: false
    }
  }

  /// 0…1000: points for criteria, duty, consideration, end and hours; a contract that does not come back stands under
  /// all that do.
  func rank(_ cell: SpottingCell, social: AwardNotice.SocialConsiderations) -> Int32 {
    var points = cell.criteriaMet * perCriterion.value
    if PriorityWeights.weighs(cell) { points += duty.value }
    if social.isPositive { points += consideration.value }
    if cell.end != nil { points += knownEnd.value }
    if let usual = cell.hoursUsual, hoursFull.value.hundredths > 0 {
      let share = min(Int64(usual) * 100, hoursFull.value.hundredths)
      points += Int(share * Int64(hours.value) / hoursFull.value.hundredths)
    }
    let rank = cell.recurrence == .recurring ? points + recurring.value : points / max(oneOffDivisor.value, 1)
    return Int32(min(max(rank, 0), PriorityWeights.top))
  }
}
