import Clauses

/// The titles of a table's columns, found by name: blind to case, accents and punctuation.
struct ColumnTitles {
  let titles: [String]
  private let folded: [String]

  init(_ titles: [String]) {
    self.titles = titles
    folded = titles.map(\.folded)
  }

  /// The column with this very title.
  func index(titled title: String) -> Int? { folded.firstIndex(of: title.folded) }

  /// The column that bears the first of these (folded) names that occurs.
  func index(ofAny names: [String]) -> Int? {
    for name in names {
      if let index = folded.firstIndex(of: name) { return index }
    }
    return nil
  }

  /// The titles in a sentence.
  var inWords: String { French.list(titles.filter { !$0.isEmpty }.map(quoted)) }
}

/// Mends what spreadsheets do to codes.
enum SpreadsheetDamage {
  /// Digits with a zero put back in front where one was lost; nil where the text is no run of `count` or `count − 1` digits.
  static func digits(_ text: String, count: Int) -> (digits: String, repaired: Bool)? {
    var bytes = Array(text.utf8.filter { $0 != 0x20 })
    // « 1150.0 »: a number column made text.
    let pointed = bytes.count > 2 && bytes.suffix(2).elementsEqual(".0".utf8)
    if pointed { bytes.removeLast(2) }
    guard bytes.allSatisfy({ (0x30...0x39).contains($0) }), bytes.count == count || bytes.count == count - 1 else {
      return nil
    }
    let padded = bytes.count < count
    return (String(decoding: padded ? [0x30] + bytes : bytes, as: UTF8.self), padded || pointed)
  }

  /// Whether the text is a number that a spreadsheet wrote with an exponent, digits lost for good.
  static func isScientific(_ text: String) -> Bool {
    let parts = text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, let mantissa = parts.first, let exponent = parts.last, !mantissa.isEmpty else {
      return false
    }
    return mantissa.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2C }
      && Int(exponent) != nil
  }

  /// Degrees as millionths, exactly from the text (point or comma), rounded half away from zero; nil outside ± `bound` degrees.
  static func microdegrees(_ text: String, bound: Int) -> Int32? {
    var bytes = Array(text.utf8)[...]
    let negative = bytes.first == 0x2D
    if negative || bytes.first == 0x2B { bytes = bytes.dropFirst() }
    var value = 0
    var whole = 0
    var decimals: Int?
    var roundUp = false
    for byte in bytes {
      switch byte {
      case 0x30...0x39:
        guard let places = decimals else {
          value = value * 10 + Int(byte - 0x30)
          whole += 1
          guard value <= 360 else { return nil }
          continue
        }
        if places < 6 { value = value * 10 + Int(byte - 0x30) } else if places == 6 { roundUp = byte >= 0x35 }
        decimals = places + 1
      case 0x2E, 0x2C:
        guard decimals == nil else { return nil }
        decimals = 0
      default: return nil
      }
    }
    guard whole > 0 else { return nil }
    for _ in min(decimals ?? 0, 6)..<6 { value *= 10 }
    if roundUp { value += 1 }
    guard value <= bound * 1_000_000 else { return nil }
    return Int32(negative ? -value : value)
  }
}
