public import Storage

/// Values at which formats go wrong.
public enum OddValues {
  /// Empty, blank, escaped, of several scripts, combining, very long.
  public static func text(_ dice: inout Dice) -> String {
    let pieces = [
      "", " ", "\"", "\\", "\\N", "\n", "\r\n", "\t", "\u{1}", "\u{1F}", "\u{7F}", "é", "e\u{301}", "😀", "👩‍👩‍👧‍👦",
      "\u{2028}",
      "\u{FEFF}", "\u{FFFD}", "\u{10FFFF}", "null", "{\"hex\":\"00\"}", "]", ",", "’", "œuvre", "اللغة", "\\u0000",
      "2026-11-21",
    ]
    let text = (0..<Int.random(in: 0...5, using: &dice)).map { _ in dice.pick(pieces) }.joined()
    return dice.chance(1) ? String(repeating: text + "x", count: 20_000) : text
  }

  /// Small, large, extreme.
  public static func integer(_ dice: inout Dice) -> Int64 {
    dice.pick([0, 1, -1, .max, .min, .max - 1, 1 << 53 + 1, Int64.random(in: .min ... .max, using: &dice)])
  }

  /// Of any kind that both engines keep as it is.
  public static func value(_ dice: inout Dice) -> SQLValue {
    switch Int.random(in: 0..<6, using: &dice) {
    case 0: .null
    case 1: .integer(integer(&dice))
    case 2: .real(Double.random(in: -1e12...1e12, using: &dice))
    case 3: .blob((0..<Int.random(in: 0...9, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) })
    default: .text(text(&dice))
    }
  }
}
