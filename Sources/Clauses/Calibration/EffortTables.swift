/// Labour shares, rates and costs of a day, found by CPV code.
struct EffortTables: Sendable {
  /// A range as plain numbers, and the row it comes from.
  struct Cell: Sendable {
    let low: Int64
    let usual: Int64
    let high: Int64
    let row: Int32
  }

  let shares: CPVTable<Cell>
  let rates: CPVTable<Cell>
  let costs: CPVTable<Cell>

  init(figures: Figures, asOf: Day) {
    shares = Self.table(figures.labourShares, asOf: asOf) { Int64($0.basisPoints) }
    rates = Self.table(figures.insertionRates, asOf: asOf) { Int64($0.basisPoints) }
    costs = Self.table(figures.hourlyCosts, asOf: asOf) { $0.cents }
  }

  private static func table<Value>(
    _ rows: [CPVRow<FigureRange<Value>>], asOf: Day, number: (Value) -> Int64
  ) -> CPVTable<Cell> {
    CPVTable(
      rows.enumerated()
        .filter { $0.element.content.holds(on: asOf) }
        .map { index, row in
          let range = row.content
          let cell = Cell(
            low: number(range.low.value), usual: number(range.usual.value), high: number(range.high.value),
            row: Int32(index))
          return (row.prefix, cell)
        })
  }

  /// Low, usual and high hours over the whole contract; nil where they cannot be estimated.
  ///
  /// The low estimate takes the low share and rate with the high cost; the high estimate the other way.
  func hours(of notice: AwardNotice, amount: Euros?) -> (low: Int32, usual: Int32, high: Int32)? {
    guard notice.kind == .contract, let amount, amount.cents > 0, let cpv = notice.cpv,
      let share = shares[cpv], let rate = rates[cpv], let cost = costs[cpv],
      let low = hours(amount, share.low, rate.low, cost.high),
      let usual = hours(amount, share.usual, rate.usual, cost.usual),
      let high = hours(amount, share.high, rate.high, cost.low)
    else { return nil }
    return (low, usual, high)
  }

  private func hours(_ amount: Euros, _ share: Int64, _ rate: Int64, _ cost: Int64) -> Int32? {
    Calibration.scaled(amount: amount.cents, share: Int(share), rate: Int(rate), cost: cost, by: 1)
      .flatMap { Int32(exactly: $0) }
  }
}
