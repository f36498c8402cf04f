/// Decimal texts with two places, read and written exactly (never through `Double`).
enum Decimal2 {
  /// The greatest magnitude that is read, in hundredths: 10¹⁷.
  private static let limit: Int64 = 100_000_000_000_000_000

  /// A number such as `-12.345`, `.5`, `1e3`, in hundredths, rounded half away from zero; nil where it is not a number
  /// or too great.
  static func read(_ text: some StringProtocol) -> Int64? {
    var bytes = Array(text.utf8)[...]
    let negative = bytes.first == 0x2D
    if negative || bytes.first == 0x2B { bytes = bytes.dropFirst() }
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    while let byte = bytes.first {
      bytes = bytes.dropFirst()
      switch byte {
      case 0x30...0x39: digits.append(byte - 0x30)
      case 0x2E where point == nil: point = digits.count
      case 0x65, 0x45:
        guard let value = Int(String(decoding: bytes, as: UTF8.self)), (-399...399).contains(value) else { return nil }
        exponent = value
        bytes = []
      default: return nil
      }
    }
    guard !digits.isEmpty, digits.count < 400 else { return nil }
    let places = (point ?? digits.count) + exponent + 2
    var value: Int64 = 0
    for index in 0..<max(places, 0) {
      value = value * 10 + Int64(index < digits.count ? digits[index] : 0)
      guard value <= limit else { return nil }
    }
    if places >= 0, places < digits.count, digits[places] >= 5 { value += 1 }
    return negative ? -value : value
  }

  /// The text of so many hundredths, with a point and two places.
  static func text(_ hundredths: Int64) -> String {
    let magnitude = hundredths.magnitude
    return "\(hundredths < 0 ? "-" : "")\(magnitude / 100).\(French.padded(Int(magnitude % 100), 2))"
  }
}
