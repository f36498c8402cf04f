/// The code of a département: `01` to `95`, `2A`, `2B`, `971` to `988`.
///
/// Only the form is checked here; whether it exists is for the imported territories to say.
public struct DepartementCode: Sendable, Hashable, Comparable {
  /// Two or three signs.
  public let code: String

  /// Reads a code; nil where the form is not that of a département (`20`, the old Corsica, is none).
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.dropFirst().dropLast().allSatisfy(Self.isDigit), bytes.first.map(Self.isDigit) ?? false else {
      return nil
    }
    switch bytes.count {
    case 2 where bytes[0] == 0x32 && (bytes[1] == 0x41 || bytes[1] == 0x42): break
    case 2 where Self.isDigit(bytes[1]):
      guard let number = Int(text), (1...95).contains(number), number != 20 else { return nil }
    case 3 where Self.isDigit(bytes[2]):
      guard let number = Int(text), (971...988).contains(number) else { return nil }
    default: return nil
    }
    code = String(text)
  }

  /// The same, compiled for the texts that columns hold: lists read many.
  public init?(_ text: String) { self.init(text[...]) }

  /// The département of a postcode or of a commune's code, both of five signs; nil for other forms.
  ///
  /// 200xx and 201xx are 2A and other 20xxx are 2B (postcodes; commune codes of before 1976 have no better rule); 97xxx
  /// and 98xxx keep three digits.
  public init?(ofFiveSigns text: some StringProtocol) {
    guard text.utf8.count == 5, text.utf8.dropFirst(2).allSatisfy(Self.isDigit) else { return nil }
    switch text.prefix(2) {
    case "97", "98": self.init(text.prefix(3))
    case "20": self.init(text.hasPrefix("200") || text.hasPrefix("201") ? "2A" : "2B")
    default: self.init(text.prefix(2))
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether one comes before the other.
  public static func < (a: DepartementCode, b: DepartementCode) -> Bool { a.code < b.code }
}

extension DepartementCode: CustomStringConvertible {
  /// The code itself.
  public var description: String { code }
}
