/// The 14-digit number of an establishment in the French register.
public struct SIRET: Sendable, Hashable, Comparable {
  /// The 14 digits.
  public let digits: String

  /// Reads 14 digits; spaces are left out, those that do not break included.
  ///
  /// A wrong key is no error here (registers hold such numbers): ask ``hasValidKey`` and warn.
  public init(_ text: some StringProtocol) throws(Malformed) { digits = try SIRET.digits(in: text) }

  /// The same; a text that is the 14 digits and nothing else, as columns hold it, is taken at once.
  public init(_ text: String) throws(Malformed) {
    let isPlain = text.utf8.count == 14 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    digits = isPlain ? text : try SIRET.digits(in: text)
  }

  private static func digits(in text: some StringProtocol) throws(Malformed) -> String {
    // U+00A0 and U+202F are the bytes C2 A0 and E2 80 AF: among digits, nothing else is made of them.
    let digits = text.utf8.filter { byte in
      switch byte {
      case 0x20, 0xC2, 0xA0, 0xE2, 0x80, 0xAF: false
      default: true
      }
    }
    guard digits.count == 14, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw Malformed(text: String(text.prefix(40)))
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The nine digits of the legal unit.
  public var siren: Substring { digits.prefix(9) }

  /// Whether the Luhn key is right; establishments of La Poste (SIREN 356000000) add their digits to a multiple of five
  /// instead.
  public var hasValidKey: Bool {
    var luhn = 0
    var plain = 0
    for (index, byte) in digits.utf8.enumerated() {
      let digit = Int(byte - 0x30)
      plain += digit
      let doubled = index % 2 == 0 ? digit * 2 : digit
      luhn += doubled > 9 ? doubled - 9 : doubled
    }
    return luhn % 10 == 0 || (siren == "356000000" && plain % 5 == 0)
  }

  /// Whether one comes before the other.
  public static func < (a: SIRET, b: SIRET) -> Bool { a.digits < b.digits }

  /// A text that is no SIRET.
  public struct Malformed: Error, Equatable, CustomStringConvertible {
    /// The text as given, at most 40 characters of it.
    public let text: String
    /// What is wrong and how to mend it, in French.
    public var description: String {
      "«\(French.thin)\(text)\(French.thin)» n’est pas un SIRET\(French.thin): il faut 14 chiffres."
    }
  }
}

extension SIRET: CustomStringConvertible {
  /// The 14 digits without spaces.
  public var description: String { digits }

  /// `213 502 388 00019`.
  public var french: String {
    let d = Array(digits)
    let groups = [d[0..<3], d[3..<6], d[6..<9], d[9..<14]].map { String($0) }
    return groups.joined(separator: French.noBreak)
  }
}
