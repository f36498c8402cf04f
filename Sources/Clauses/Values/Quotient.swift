/// An exact quotient of whole numbers, for the steps between a rule's inputs and its rounded result.
///
/// Held in 128 bits and reduced; arithmetic traps beyond them. Rules read amounts under 10¹⁵ €, so that a product of an
/// amount in cents and two shares keeps within bounds.
public struct Quotient: Sendable, Hashable, Comparable {
  /// The number above, with the sign.
  public let above: Int128
  /// The number below, always positive.
  public let below: Int128

  /// A whole number.
  public init(_ value: some BinaryInteger) {
    above = Int128(value)
    below = 1
  }

  /// A quotient; nil where the number below is zero.
  public init?(_ above: Int128, over below: Int128) {
    guard below != 0 else { return nil }
    self.init(above, nonZero: below)
  }

  private init(_ above: Int128, nonZero below: Int128) {
    let divisor = Quotient.gcd(above.magnitude, below.magnitude)
    let sign: Int128 = below < 0 ? -1 : 1
    self.above = sign * above / Int128(divisor)
    self.below = sign * below / Int128(divisor)
  }

  private static func gcd(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }

  /// An amount in euros.
  public init(_ amount: Euros) { self.init(Int128(amount.cents), nonZero: 100) }
  /// A duration in hours.
  public init(_ hours: Hours) { self.init(Int128(hours.hundredths), nonZero: 100) }
  /// A share of the whole: 5 % is 1/20.
  public init(_ share: Percent) { self.init(Int128(share.basisPoints), nonZero: 10_000) }

  /// The sum.
  public static func + (a: Quotient, b: Quotient) -> Quotient {
    Quotient(a.above * b.below + b.above * a.below, nonZero: a.below * b.below)
  }
  /// The difference.
  public static func - (a: Quotient, b: Quotient) -> Quotient {
    Quotient(a.above * b.below - b.above * a.below, nonZero: a.below * b.below)
  }
  /// The product.
  public static func * (a: Quotient, b: Quotient) -> Quotient {
    let left = gcd(a.above.magnitude, b.below.magnitude)
    let right = gcd(b.above.magnitude, a.below.magnitude)
    return Quotient(
      (a.above / Int128(left)) * (b.above / Int128(right)),
      nonZero: (a.below / Int128(right)) * (b.below / Int128(left)))
  }
  /// The quotient of two; nil where the second is zero.
  public func divided(by other: Quotient) -> Quotient? {
    guard other.above != 0 else { return nil }
    return self * Quotient(other.below, nonZero: other.above)
  }
  /// Whether one is smaller than the other.
  public static func < (a: Quotient, b: Quotient) -> Bool { a.above * b.below < b.above * a.below }

  /// How a quotient becomes a whole number of something.
  public enum Rounding: String, Sendable, CaseIterable {
    /// To the nearest, half away from zero.
    case nearest
    /// Toward minus infinity.
    case down
    /// Toward plus infinity.
    case up
  }

  /// The nearest whole number, half away from zero, or the one below or above.
  public func whole(_ rounding: Rounding = .nearest) -> Int128 {
    var (quotient, rest) = above.quotientAndRemainder(dividingBy: below)
    if rest < 0 {
      quotient -= 1
      rest += below
    }
    switch rounding {
    case .down: return quotient
    case .up: return rest == 0 ? quotient : quotient + 1
    case .nearest: return 2 * rest > below || (2 * rest == below && above > 0) ? quotient + 1 : quotient
    }
  }

  /// So many hundredths; nil beyond ± 10¹⁷.
  private func hundredths(_ rounding: Rounding) -> Int64? {
    let value = (self * Quotient(100)).whole(rounding)
    guard value.magnitude <= 100_000_000_000_000_000 else { return nil }
    return Int64(value)
  }

  /// As hours, to the hundredth; nil beyond ± 10¹⁵ h.
  public func hours(_ rounding: Rounding = .nearest) -> Hours? { hundredths(rounding).map { Hours(hundredths: $0) } }
  /// As euros, to the cent; nil beyond ± 10¹⁵ €.
  public func euros(_ rounding: Rounding = .nearest) -> Euros? { hundredths(rounding).map { Euros(cents: $0) } }
  /// As a share, to the hundredth of a percent; nil beyond what a share can hold.
  public func percent(_ rounding: Rounding = .nearest) -> Percent? {
    Int(exactly: (self * Quotient(10_000)).whole(rounding)).map { Percent(basisPoints: $0) }
  }
}
