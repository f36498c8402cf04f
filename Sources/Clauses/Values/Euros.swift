/// An amount of money, as a whole number of cents.
///
/// Amounts of contracts are before tax (HT) throughout. Arithmetic traps on overflow beyond ± 92 million billion euros;
/// ``init(decimal:)`` refuses such texts.
public struct Euros: Sendable, Hashable, Comparable {
  /// The amount in cents.
  public let cents: Int64

  /// An amount of so many cents.
  public init(cents: Int64) { self.cents = cents }

  /// An amount of so many whole euros.
  public init(_ euros: Int) { cents = Int64(euros) * 100 }

  /// Reads a decimal number with a point, exactly from its text, with an optional exponent; digits beyond the cent are
  /// rounded half away from zero.
  ///
  /// Nil where the text is no such number or lies outside ± 10¹⁵ €.
  public init?(decimal text: some StringProtocol) {
    guard let value = Decimal2.read(text) else { return nil }
    cents = value
  }

  /// Whether one comes before the other.
  public static func < (a: Euros, b: Euros) -> Bool { a.cents < b.cents }
  /// The sum of two amounts.
  public static func + (a: Euros, b: Euros) -> Euros { Euros(cents: a.cents + b.cents) }
  /// The difference of two amounts.
  public static func - (a: Euros, b: Euros) -> Euros { Euros(cents: a.cents - b.cents) }
}

extension Euros: CustomStringConvertible {
  /// `1234.50`, the form of exchange.
  public var description: String { Decimal2.text(cents) }

  /// `1 234,50 €`.
  public var french: String { "\(French.hundredths(cents, places: 2))\(French.thin)€" }

  /// `1 235 €`, rounded to the euro, for lists.
  public var frenchWhole: String {
    let whole = cents >= 0 ? (cents + 50) / 100 : (cents - 50) / 100
    return "\(French.integer(whole))\(French.thin)€"
  }
}
