/// A duration of work, as a whole number of hundredths of an hour.
public struct Hours: Sendable, Hashable, Comparable {
  /// The duration in hundredths of an hour.
  public let hundredths: Int64

  /// A duration of so many hundredths of an hour.
  public init(hundredths: Int64) { self.hundredths = hundredths }

  /// A duration of so many whole hours.
  public init(_ hours: Int) { hundredths = Int64(hours) * 100 }

  /// Reads a decimal number with a point, exactly from its text; nil where the text is no such number.
  public init?(decimal text: some StringProtocol) {
    guard let value = Decimal2.read(text) else { return nil }
    hundredths = value
  }

  /// The duration rounded half away from zero to a whole number of hours.
  public var rounded: Hours {
    Hours(Int(hundredths >= 0 ? (hundredths + 50) / 100 : (hundredths - 50) / 100))
  }

  /// Whether one comes before the other.
  public static func < (a: Hours, b: Hours) -> Bool { a.hundredths < b.hundredths }
  /// The sum of two durations.
  public static func + (a: Hours, b: Hours) -> Hours { Hours(hundredths: a.hundredths + b.hundredths) }
  /// The difference of two durations.
  public static func - (a: Hours, b: Hours) -> Hours { Hours(hundredths: a.hundredths - b.hundredths) }
}

extension Hours: CustomStringConvertible {
  /// `1234.50`, the form of exchange.
  public var description: String { Decimal2.text(hundredths) }

  /// `1 234,5 h`, without needless zeros.
  public var french: String { "\(French.hundredths(hundredths, places: 0))\(French.noBreak)h" }
}
