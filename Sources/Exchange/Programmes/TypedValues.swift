import Clauses

extension Euros {
  /// Reads an amount as people type it: `120 000`, `120 000,50 € HT`, `1,2 M€`, `90 k€`, `1.200.000`.
  ///
  /// Nil for anything else, above all for two amounts, a bound, or a comma before three digits, which may be either.
  init?(typedAmount text: String) {
    var rest = text.lowercased().filter { !$0.isWhitespace }
    for word in ["environ", "env.", "≈", "~", "hors taxes", "h.t.", "ht", "euros", "euro", "eur", "€"] {
      rest = rest.replacing(word.filter { !$0.isWhitespace }, with: "")
    }
    var exponent = ""
    for (suffix, power) in [("millions", "e6"), ("million", "e6"), ("milliers", "e3"), ("m", "e6"), ("k", "e3")]
    where rest.hasSuffix(suffix) {
      rest.removeLast(suffix.count)
      exponent = power
      break
    }
    guard !rest.isEmpty, rest.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2C || $0 == 0x2E }),
      let plain = Euros.pointed(rest, isScaled: !exponent.isEmpty)
    else { return nil }
    self.init(decimal: plain + exponent)
  }

  /// The same number with a point and no sign between thousands.
  private static func pointed(_ text: String, isScaled: Bool) -> String? {
    let signs = text.filter { !$0.isNumber }
    guard let last = signs.last, let place = text.lastIndex(of: last) else { return text }
    let decimals = text.distance(from: place, to: text.endIndex) - 1
    let groups = text.split(separator: last, omittingEmptySubsequences: false)
    let isGrouped = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
    if signs.count > 1, Set(signs).count == 1 { return isGrouped ? text.filter(\.isNumber) : nil }
    if Set(signs).count > 1 || decimals != 3 || isScaled {
      guard decimals > 0, text.firstIndex(of: last) == place else { return nil }
      let (whole, fraction) = (text[..<place].filter(\.isNumber), text[text.index(after: place)...])
      return "\(whole.isEmpty ? "0" : whole).\(fraction)"
    }
    // One sign before three digits: a point groups thousands, a comma may be either.
    return last == "." && isGrouped ? text.filter(\.isNumber) : nil
  }
}

extension Month {
  private static let names = [
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
  ]

  /// Reads a month as people type it: `03/2027`, `15/03/2027`, `2027-03-15`, `mars 2027`, `T2 2027`, `2e semestre 2027`, `2027`;
  /// a longer period gives its first month.
  init?(typedMonth text: String) {
    if text.count > 10, let day = Day(text.prefix(10)) {
      self = day.month
      return
    }
    if let day = Day(typed: text) {
      self = day.month
      return
    }
    if let month = Month(text) {
      self = month
      return
    }
    let words = text.folded.split(separator: " ").map(String.init)
    guard let year = words.last.flatMap({ Month.year($0) }) else { return nil }
    let before = words.dropLast()
    guard let month = before.isEmpty ? 1 : Month.first(before), let found = Month("\(year)-\(French.padded(month, 2))")
    else { return nil }
    self = found
  }

  private static func year(_ word: String) -> Int? {
    guard let year = Int(word) else { return nil }
    let full = word.utf8.count == 2 ? 2000 + year : year
    return Day.typedYears.contains(full) && word.utf8.count != 3 ? full : nil
  }

  private static func first(_ words: ArraySlice<String>) -> Int? {
    if words.count == 1, let word = words.first {
      if let number = Int(word) { return (1...12).contains(number) ? number : nil }
      if word.utf8.count >= 3, let place = names.firstIndex(where: { $0.hasPrefix(word) }) { return place + 1 }
      if let number = Int(word.dropFirst()) { return first(of: String(word.prefix(1)), number) }
    }
    guard let rank = words.first, let kind = words.last, words.count == 2 else { return nil }
    let digits = rank.prefix { $0.isNumber }
    if let number = Int(digits), let month = first(of: String(kind.prefix(1)), number) { return month }
    return Int(kind).flatMap { first(of: String(rank.prefix(1)), $0) }
  }

  /// The first month of a quarter or of a half-year.
  private static func first(of kind: String, _ number: Int) -> Int? {
    switch kind {
    case "t": (1...4).contains(number) ? number * 3 - 2 : nil
    case "s": (1...2).contains(number) ? number * 6 - 5 : nil
    default: nil
    }
  }
}
