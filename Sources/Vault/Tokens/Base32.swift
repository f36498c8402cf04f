/// Base 32 of RFC 4648, in which authenticators take their secrets.
enum Base32 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  /// Without padding.
  static func text(_ bytes: [UInt8]) -> String {
    var (text, value, bits): ([UInt8], Int, Int) = ([], 0, 0)
    for byte in bytes {
      value = value << 8 | Int(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[value >> bits & 31])
      }
      value &= 31
    }
    if bits > 0 { text.append(alphabet[value << (5 - bits) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Spaces, case and padding are let through; nil when anything else is not of the alphabet, or when bits are left
  /// over.
  static func bytes(_ text: String) -> [UInt8]? {
    var (bytes, value, bits): ([UInt8], Int, Int) = ([], 0, 0)
    for sign in text.uppercased().utf8 where sign != 0x20 && sign != 0x3D {
      guard let place = alphabet.firstIndex(of: sign) else { return nil }
      value = value << 5 | place
      bits += 5
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(value >> bits & 255))
      value &= (1 << bits) - 1
    }
    return bits < 5 && value == 0 ? bytes : nil
  }
}
