/// The rules of spotting with the figures of a day at hand, made once for many contracts.
///
/// ``judge(_:departement:structures:buyer:)`` gives what is stored, in a few microseconds;
/// ``explain(_:departement:structures:buyer:)`` the same in French with its reasons.
public struct SpottingRules: Sendable {
  /// The figures that the rules read.
  public let figures: Figures
  /// The day whose figures hold.
  public let asOf: Day
  /// What derived tables store as `figures_version`: a digest of the figures that ``judge(_:departement:structures:buyer:)``
  /// reads on this day, and of nothing else, so that a figure of another rule leaves those tables as they are.
  public let version: String

  /// Raised by hand when the rules give other results from the same figures.
  static let revision = 1
  /// The families of purchases.
  public let families: CPVFamilies
  /// The segments of purchases, whose figures the hours calculator proposes.
  let segments: PurchaseSegments

  let minimumDuration: Figure<Int>
  let surprisingDuration: Figure<Int>
  let minimumAmount: Figure<Euros>
  let minimumStructures: Figure<Int>
  let contactMonths: Figure<Int>
  let cleaningFloor: Figure<Hours>
  let recurrenceWords: Figure<Words>
  let thresholds: DutyThresholds
  let priorities: PriorityWeights
  let technicities: CPVTable<TechnicityCell>
  let technicityRows: [Figure<Technicity>]
  let effort: EffortTables
  private let foldedWords: [[UInt8]]

  struct TechnicityCell: Sendable {
    let technicity: Technicity
    let row: Int32
  }

  /// The rules with the figures of a day; throws where a figure is missing.
  public init(figures: Figures, asOf: Day) throws(MissingFigure) {
    self.figures = figures
    self.asOf = asOf
    families = CPVFamilies(figures: figures, on: asOf)
    segments = PurchaseSegments(figures: figures, on: asOf)
    minimumDuration = try figures.counts.figure(.minimumDurationMonths, on: asOf)
    surprisingDuration = try figures.counts.figure(.surprisingDurationMonths, on: asOf)
    minimumAmount = try figures.amounts.figure(.minimumAmount, on: asOf)
    minimumStructures = try figures.counts.figure(.minimumStructures, on: asOf)
    contactMonths = try figures.counts.figure(.contactMonthsBefore, on: asOf)
    cleaningFloor = try figures.hours.figure(.cleaningFloor, on: asOf)
    recurrenceWords = try figures.words.figure(.recurrenceWords, on: asOf)
    thresholds = try DutyThresholds(figures: figures, asOf: asOf)
    priorities = try PriorityWeights(figures: figures, asOf: asOf)
    effort = EffortTables(figures: figures, asOf: asOf)
    technicityRows = figures.technicities.map(\.content)
    technicities = CPVTable(
      figures.technicities.enumerated()
        .filter { $0.element.content.holds(on: asOf) }
        .map { ($1.prefix, TechnicityCell(technicity: $1.content.value, row: Int32($0))) })
    version = Self.digest(
      [minimumDuration, minimumStructures] + priorities.counts, [minimumAmount], [priorities.hoursFull],
      recurrenceWords, thresholds, figures, asOf)
    foldedWords = recurrenceWords.value.all.map { Array($0.folded.utf8) }.filter { !$0.isEmpty }
  }

  private static func digest(
    _ counts: [Figure<Int>], _ amounts: [Figure<Euros>], _ hours: [Figure<Hours>], _ words: Figure<Words>,
    _ thresholds: DutyThresholds, _ figures: Figures, _ day: Day
  ) -> String {
    var digest = FiguresDigest()
    digest.add("revision \(revision)")
    counts.forEach { digest.addHeld($0) }
    amounts.forEach { digest.addHeld($0) }
    hours.forEach { digest.addHeld($0) }
    digest.addHeld(words)
    thresholds.add(to: &digest)
    for row in figures.technicities where row.content.holds(on: day) { digest.addHeld(row.content, prefix: row.prefix) }
    for row in figures.families where row.content.holds(on: day) { digest.addHeld(row.content, prefix: row.prefix) }
    digest.addHeld(figures.labourShares, on: day)
    digest.addHeld(figures.insertionRates, on: day)
    digest.addHeld(figures.hourlyCosts, on: day)
    figures.departements.keys.sorted().forEach { digest.add($0.code) }
    return digest.text
  }

  /// What is stored of a contract.
  ///
  /// `departement` is the one that its place resolves to; `structures` those of that département, nil while no list is
  /// imported; `buyer` the type that someone stated, nil to estimate it.
  public func judge(
    _ notice: AwardNotice, departement: DepartementCode?, structures: StructuresNearby?, buyer: BuyerType? = nil
  ) -> SpottingCell {
    let months = notice.durationInForce
    let amount = notice.amountInForce
    let end = notice.expectedEnd
    let duty = thresholds.judge(notice, amount: amount, end: end, buyer: buyer)
    let hours = effort.hours(of: notice, amount: amount)
    var cell = SpottingCell(
      end: end, duration: duration(months), amount: self.amount(amount), nature: nature(notice.cpv),
      people: people(departement, structures), duty: duty.outcome, isAboveThreshold: duty.isAbove,
      recurrence: recurrence(of: notice), hoursLow: hours?.low, hoursUsual: hours?.usual, hoursHigh: hours?.high,
      rank: 0)
    cell.rank = priorities.rank(cell, social: notice.social)
    return cell
  }

  /// The day before which the buyer of a contract that ends on a day should be called.
  public func contactBefore(end: Day) -> Day { end.adding(months: -contactMonths.value) }

  func duration(_ months: Int?) -> Verdict.Outcome {
    guard let months, months > 0 else { return .unknown }
    return months >= minimumDuration.value ? .yes : .probable
  }

  func amount(_ amount: Euros?) -> Verdict.Outcome {
    guard let amount, amount.cents > 0 else { return .unknown }
    return amount >= minimumAmount.value ? .yes : .probable
  }

  func nature(_ cpv: CPVCode?) -> Verdict.Outcome {
    guard let cpv, let cell = technicities[cpv] else { return .unknown }
    return cell.technicity == .high ? .no : .yes
  }

  private func people(_ departement: DepartementCode?, _ structures: StructuresNearby?) -> Verdict.Outcome {
    departement == nil ? .unknown : people(structures)
  }

  func people(_ structures: StructuresNearby?) -> Verdict.Outcome {
    guard let structures else { return .unknown }
    if structures.count >= minimumStructures.value { return .yes }
    return structures.listIsPartial ? .unknown : .no
  }

  /// Works that are neither a framework agreement, an order-form contract nor upkeep are done once; concessions come
  /// back.
  private func recurrence(of notice: AwardNotice) -> Recurrence {
    guard let cpv = notice.cpv, PurchaseCategory(of: cpv) == .works, notice.kind == .contract,
      !notice.amountIsCeiling, notice.nature != .callOff, notice.modalities.isDisjoint(with: [.orders, .callOffs])
    else { return .recurring }
    return recurrenceWord(in: notice.object) == nil ? .oneOff : .recurring
  }

  /// The index of the first word or phrase of upkeep that begins at the start of a word of the object.
  func recurrenceWord(in object: String) -> Int? {
    let folded = object.folded
    return folded.utf8.withContiguousStorageIfAvailable { bytes in
      var start = 0
      while start < bytes.count {
        for (index, word) in foldedWords.enumerated() where bytes[start] == word[0] && start + word.count <= bytes.count
        {
          var length = 1
          while length < word.count, bytes[start + length] == word[length] { length += 1 }
          if length == word.count { return index }
        }
        while start < bytes.count, bytes[start] != 0x20 { start += 1 }
        start += 1
      }
      return nil
    } ?? nil
  }
}
