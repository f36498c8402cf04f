/// Bits written for people: 32 signs without I, L, O, U, which are taken for others (Crockford’s base 32).
enum Readable {
  static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// So many signs of five bits each from the beginning of the bytes.
  static func signs(_ bytes: [UInt8], count: Int) -> [Character] {
    (0..<count).map { sign in
      let value = (0..<5).reduce(0) { value, bit in
        let place = sign * 5 + bit
        return value << 1 | Int(bytes[place / 8] >> (7 - UInt8(place % 8)) & 1)
      }
      return alphabet[value]
    }
  }

  /// The same by groups of four: `7K3M-2QTB`.
  static func groups(_ bytes: [UInt8], signs count: Int) -> String {
    let signs = signs(bytes, count: count)
    return stride(from: 0, to: count, by: 4).map { String(signs[$0..<min($0 + 4, count)]) }.joined(separator: "-")
  }

  /// The signs of a typed text, whatever its case and what parts its groups; O is read as 0, I and L as 1.
  static func signs(typed text: String) -> [Character]? {
    var signs: [Character] = []
    for character in text.uppercased() where !(character.isWhitespace || "-‐‑–.".contains(character)) {
      let sign: Character =
        switch character {
        case "O": "0"
        case "I", "L": "1"
        default: character
        }
      guard alphabet.contains(sign) else { return nil }
      signs.append(sign)
    }
    return signs
  }
}
