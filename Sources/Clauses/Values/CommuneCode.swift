/// The five-sign code of a commune in the official geographic code (COG), such as `77288` or `2A004`.
public struct CommuneCode: Sendable, Hashable, Comparable {
  /// The five signs.
  public let code: String

  /// Reads five signs whose start is that of a département; nil for anything else.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 5, text.dropFirst(2).utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let start = text.prefix(2)
    guard start == "97" || start == "98" || DepartementCode(start) != nil else { return nil }
    code = String(text)
  }

  /// The département of the commune.
  public var departement: DepartementCode? {
    code.hasPrefix("2A") || code.hasPrefix("2B") ? DepartementCode(code.prefix(2)) : DepartementCode(ofFiveSigns: code)
  }

  /// Whether one comes before the other.
  public static func < (a: CommuneCode, b: CommuneCode) -> Bool { a.code < b.code }
}

extension CommuneCode: CustomStringConvertible {
  /// The code itself.
  public var description: String { code }
}
