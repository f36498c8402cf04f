/// The code of a département: `01` to `95`, `2A`, `2B`, `971` to `988`.
///
/// Only the form is checked here; whether it exists is for the imported territories to say.
public struct DepartementCode: Sendable, Hashable, Comparable {
  /// Two or three signs.
  public let code: String

  /// Reads a code; nil where the form is not that of a département (`20`, the old Corsica, is none).
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    switch bytes.count {
    case 2 where bytes[0] == 0x32 && (bytes[1] == 0x41 || bytes[1] == 0x42): break
    case 2:
      guard let number = Int(text), (1...95).contains(number), number != 20 else { return nil }
    case 3:
      guard let number = Int(text), (971...989).contains(number) else { return nil }
    default: return nil
    }
    code = String(text)
  }

  /// The département of a postcode or of a commune's code, both of five signs; nil for the old Corsican commune codes and other forms.
  ///
  /// Postcodes 200xx and 201xx are 2A and other 20xxx are 2B; 97xxx and 98xxx keep three digits.
  public init?(ofFiveSigns text: some StringProtocol) {
    guard text.utf8.count == 5 else { return nil }
    switch text.prefix(2) {
    case "97", "98": self.init(text.prefix(3))
    case "20": self.init(text.hasPrefix("200") || text.hasPrefix("201") ? "2A" : "2B")
    default:
      guard text.dropFirst(2).utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      self.init(text.prefix(2))
    }
  }

  /// Whether one comes before the other.
  public static func < (a: DepartementCode, b: DepartementCode) -> Bool { a.code < b.code }
}

extension DepartementCode: CustomStringConvertible {
  /// The code itself.
  public var description: String { code }
}
