extension SpottingRules {
  /// Everything that spotting says of a contract, in French: the words for what
  /// ``judge(_:departement:structures:buyer:)`` found.
  public func explain(
    _ notice: AwardNotice, departement: DepartementCode?, structures: StructuresNearby?, buyer: BuyerType? = nil
  ) -> Spotting {
    let cell = judge(notice, departement: departement, structures: structures, buyer: buyer)
    let hours = hoursEstimate(of: notice, cell)
    return Spotting(
      cell: cell,
      endReason: endReason(of: notice, cell),
      contactBefore: cell.end.map { contactBefore(end: $0) },
      duration: durationVerdict(of: notice, cell),
      amount: amountVerdict(of: notice, cell, hours),
      nature: natureVerdict(of: notice, cell),
      people: peopleVerdict(of: notice, cell, departement, structures),
      duty: dutyEstimate(of: notice, cell, buyer),
      hours: hours,
      recurrence: cell.recurrence,
      priority: priority(of: notice, cell),
      family: notice.cpv.flatMap { families.family(of: $0) })
  }
}
