/// A share or a rate, as a whole number of hundredths of a percent.
public struct Percent: Sendable, Hashable, Comparable {
  /// The share in hundredths of a percent: 5 % is 500, the whole is 10 000.
  public let basisPoints: Int

  /// A share of so many hundredths of a percent.
  public init(basisPoints: Int) { self.basisPoints = basisPoints }

  /// The whole.
  public static let whole = Percent(basisPoints: 10_000)

  /// A share of so many whole percent.
  public init(_ percent: Int) { basisPoints = percent * 100 }

  /// Reads a number of percent with a point (`5`, `12.5`), exactly from its text; nil where the text is no such number
  /// or lies outside 0…100.
  public init?(decimal text: some StringProtocol) {
    guard let value = Decimal2.read(text), (0...10_000).contains(value) else { return nil }
    basisPoints = Int(value)
  }

  /// Whether one comes before the other.
  public static func < (a: Percent, b: Percent) -> Bool { a.basisPoints < b.basisPoints }
}

extension Percent: CustomStringConvertible {
  /// `5.00`, the form of exchange.
  public var description: String { Decimal2.text(Int64(basisPoints)) }

  /// `12,5 %`, without needless zeros.
  public var french: String { "\(French.hundredths(Int64(basisPoints), places: 0))\(French.thin)%" }
}
