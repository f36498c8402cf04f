/// The identifier of something of the program's own: a UUID of version 7 (RFC 9562), so that new rows come last in
/// their index and nobody guesses one from another.
public struct ID<Of>: Sendable, Hashable, Comparable {
  /// 36 lower-case signs, the form of storage and addresses.
  public let description: String

  /// What stands before every identifier made from a moment on.
  public static func floor(at moment: Moment) -> ID {
    ID(at: moment, drawn: (0, 0))
  }

  /// A new one: 48 bits of the moment, then 74 random bits.
  public init(at moment: Moment, using generator: inout some RandomNumberGenerator) {
    self.init(at: moment, drawn: (generator.next(), generator.next()))
  }

  private init(at moment: Moment, drawn: (UInt64, UInt64)) {
    let time = UInt64(clamping: moment.milliseconds) & 0xFFFF_FFFF_FFFF
    let high = time << 16 | 0x7000 | drawn.0 & 0x0FFF
    let low = 0x8000_0000_0000_0000 | drawn.1 & 0x3FFF_FFFF_FFFF_FFFF
    let digits = ID.hex(high) + ID.hex(low)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(place) { text.append("-") }
      text.append(digit)
    }
    description = text
  }

  /// A new one, with the system's own chance.
  public init(at moment: Moment) {
    self.init(at: moment, drawn: (.random(in: .min ... .max), .random(in: .min ... .max)))
  }

  /// Reads what ``description`` gave; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return nil }
    for (place, byte) in bytes.enumerated() {
      switch place {
      case 8, 13, 18, 23: guard byte == 0x2D else { return nil }
      default: guard (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) else { return nil }
      }
    }
    description = String(text)
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The order in which they were made.
  public static func < (a: ID, b: ID) -> Bool { a.description < b.description }
}

extension ID: CustomStringConvertible {}
