/// How the effort asked of a company is sized in hours.
public enum Calibration {
  /// Hours of insertion in a contract: amount × share of labour × rate of insertion ÷ cost of an hour, exact to the
  /// hundredth, half up.
  ///
  /// 1 000 000 € × 50 % × 5 % ÷ 30 € = 833.33 h. Nil where the cost is not positive or the amount negative.
  public static func exactHours(amount: Euros, labourShare: Percent, rate: Percent, hourlyCost: Euros) -> Hours? {
    guard
      let value = scaled(
        amount: amount.cents, share: labourShare.basisPoints, rate: rate.basisPoints, cost: hourlyCost.cents, by: 100)
    else { return nil }
    return Hours(hundredths: value)
  }

  /// The same rounded to the whole hour, half up, from the exact quotient: 833 h.
  public static func hours(amount: Euros, labourShare: Percent, rate: Percent, hourlyCost: Euros) -> Hours? {
    guard
      let value = scaled(
        amount: amount.cents, share: labourShare.basisPoints, rate: rate.basisPoints, cost: hourlyCost.cents, by: 1)
    else { return nil }
    return Hours(Int(value))
  }

  /// amount × share × rate ÷ cost × scale, rounded half up, with shares in hundredths of a percent; nil beyond what
  /// hours can hold.
  static func scaled(amount: Int64, share: Int, rate: Int, cost: Int64, by scale: Int64) -> Int64? {
    guard let (above, below) = fraction(amount: amount, share: share, rate: rate, cost: cost) else { return nil }
    let rounded = (2 * above * Int128(scale) + below) / (2 * below)
    guard rounded <= Int128(Int64.max / 100) else { return nil }
    return Int64(rounded)
  }

  /// amount × share × rate ÷ cost as the two numbers of a fraction: the formula that spotting, feasibility and
  /// calibration share. Nil where the cost is not positive or another number negative.
  static func fraction(amount: Int64, share: Int, rate: Int, cost: Int64) -> (above: Int128, below: Int128)? {
    guard cost > 0, amount >= 0, share >= 0, rate >= 0 else { return nil }
    return (Int128(amount) * Int128(share) * Int128(rate), Int128(cost) * 100_000_000)
  }
}

/// Hours that a contract could give: low, usual, high, with how they were found.
public struct HoursRange: Sendable, Equatable {
  /// The low estimate, in whole hours.
  public let low: Hours
  /// The usual estimate, in whole hours.
  public let usual: Hours
  /// The high estimate, in whole hours.
  public let high: Hours
  /// The usual estimate's formula with its figures, in French.
  public let formula: String
  /// The low estimate's formula.
  public let lowFormula: String
  /// The high estimate's formula.
  public let highFormula: String
  /// Where each figure comes from.
  public let figures: [FigureReference]
}

/// Hours estimated, or why they are not.
public struct HoursEstimate: Sendable, Equatable {
  /// The range, where it can be estimated.
  public let range: HoursRange?
  /// In French: what the range rests on, or why there is none.
  public let reason: String
}
