/// What can be told of a planned contract before anyone has studied it: its feasibility and the legal duty.
///
/// It advises, with its reasons and with what it lacks; the facilitator's own opinion comes after.
public struct FirstOpinion: Sendable, Equatable {
  /// The four criteria, the hours, the advice.
  public let sheet: Feasibility.LotSheet
  /// The legal duty; nil where the amount or the category is not known.
  public let duty: LegalDuty?
  /// What would make it surer, as fields to fill in.
  public let missing: [PlannedField]

  /// The sentence of the list: what it lets expect, and the range of hours.
  public var sentence: String {
    guard let hours = sheet.hours else { return sheet.level.french }
    return "\(sheet.level.french) Entre \(hours.low.french) et \(hours.high.french), usuellement \(hours.usual.french)."
  }
}

extension FeasibilityRules {
  /// The first opinion on a planned contract.
  ///
  /// `structures` are those of its département, nil where it has none or no list was imported; `sentOn` stands for the
  /// day of the consultation where none is planned.
  public func opinion(
    on contract: PlannedContract, buyer: BuyerType, structures: StructuresNearby?, sentOn day: Day
  ) throws(MissingFigure) -> FirstOpinion {
    var lot = Feasibility.Lot(label: contract.object)
    (lot.cpv, lot.amount, lot.durationMonths, lot.structures) = (
      contract.cpv, contract.amount, contract.months, structures
    )
    var missing: [PlannedField] = []
    if contract.amount == nil { missing.append(.amount) }
    if contract.months == nil { missing.append(.months) }
    if contract.cpv == nil { missing.append(.cpv) }
    if contract.departement == nil { missing.append(.place) }
    var duty: LegalDuty?
    if let amount = contract.amount, let category = contract.category {
      duty = try LegalDuty.assess(
        LegalDuty.Case(
          kind: .contract, category: category, buyer: buyer, estimatedValue: amount,
          sentOn: contract.launch.map { max($0.first, day) } ?? day, durationMonths: contract.months),
        figures: spotting.figures)
    }
    return FirstOpinion(sheet: assess(lot), duty: duty, missing: missing)
  }
}
