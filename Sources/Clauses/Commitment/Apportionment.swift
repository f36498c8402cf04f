/// Divides hours between several, so that the parts add up to the whole exactly.
public enum Apportionment {
  /// The parts of a whole in proportion to weights, in hundredths of hours, by the largest remainder.
  ///
  /// Every part is rounded down; the hundredths left go one by one to the largest remainders, the first named first.
  /// Nil where no weight is positive or one is negative. The whole must not be negative.
  public static func parts(of whole: Hours, weights: [Int64]) -> [Hours]? {
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard sum > 0, weights.allSatisfy({ $0 >= 0 }), whole >= Hours(0) else { return nil }
    let shares = weights.map { (Int128(whole.hundredths) * Int128($0)).quotientAndRemainder(dividingBy: sum) }
    var parts = shares.map { Int64($0.quotient) }
    var left = whole.hundredths - parts.reduce(0, +)
    let order = shares.indices.sorted { (shares[$1].remainder, $0) < (shares[$0].remainder, $1) }
    for index in order where left > 0 {
      parts[index] += 1
      left -= 1
    }
    return parts.map { Hours(hundredths: $0) }
  }
}
