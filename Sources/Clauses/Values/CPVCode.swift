/// A code of the European vocabulary of public contracts, as its eight digits (the check digit is left out).
///
/// Source: regulation (EC) 213/2008. The first two digits are the division; zeros at the end widen the meaning.
public struct CPVCode: Sendable, Hashable, Comparable {
  /// The eight digits.
  public let digits: String

  /// Reads `45000000` or `45000000-7`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 8 || (bytes.count == 10 && bytes[8] == 0x2D && (0x30...0x39).contains(bytes[9])),
      bytes[0..<8].allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    digits = String(decoding: bytes[0..<8], as: UTF8.self)
  }

  /// The same, compiled for the texts that columns hold: lists read many.
  public init?(_ text: String) { self.init(text[...]) }

  /// The two digits of the division.
  public var division: Substring { digits.prefix(2) }

  /// Whether one comes before the other.
  public static func < (a: CPVCode, b: CPVCode) -> Bool { a.digits < b.digits }
}

extension CPVCode: CustomStringConvertible {
  /// The eight digits.
  public var description: String { digits }
}
