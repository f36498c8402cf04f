/// Numbers written in French words, up to thousands.
enum Numerals {
  private typealias Token = TenderText.Token

  private static let units = ["zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]
  private static let teens = ["dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"]
  private static let tens = ["vingt", "trente", "quarante", "cinquante", "soixante", "septante", "huitante", "nonante"]
  private static let countedUnits = Set(units.dropFirst() + ["une"])
  private static let teenWords = Set(teens)
  private static let hundreds: Set<String> = ["cent", "cents"]
  private static let thousands: Set<String> = ["mille", "mil"]

  private static let small: [String: Int] = {
    var values: [String: Int] = ["une": 1]
    for (value, word) in units.enumerated() { values[word] = value }
    for (rank, word) in teens.enumerated() { values[word] = 10 + rank }
    for (rank, word) in tens.enumerated() { values[word] = (rank + 2) * 10 }
    values["octante"] = values["huitante"]
    values["vingts"] = values["vingt"]
    return values
  }()

  /// How many letters the longest of these words has.
  static let longest = small.keys.map(\.utf8.count).max() ?? 0

  /// Whether a folded word is part of a number.
  static func isNumeral(_ word: String) -> Bool {
    small[word] != nil || hundreds.contains(word) || thousands.contains(word)
  }

  /// The tokens with every number in words as one token; « un » and « une » alone stay the articles that they mostly are.
  static func joined(_ tokens: [TenderText.Token]) -> [TenderText.Token] {
    var joined: [TenderText.Token] = []
    joined.reserveCapacity(tokens.count)
    var index = 0
    while index < tokens.count {
      var reader = Reader(tokens: tokens, index: index)
      if tokens[index].kind == .word, let value = reader.number(),
        reader.end - index > 1 || !tokens[index].isWord(["un", "une"])
      {
        let first = tokens[index]
        var token = Token(
          kind: .number, text: String(value), value: Hours(value).hundredths, start: first.start,
          end: tokens[reader.end - 1].end, gap: first.gap, isCapital: first.isCapital)
        token.isSpelled = true
        joined.append(token)
        index = reader.end
      } else {
        joined.append(tokens[index])
        index += 1
      }
    }
    return joined
  }

  private struct Reader {
    let tokens: [Token]
    /// Where the next word is looked for.
    var index: Int
    /// Where the words read so far end.
    var end: Int

    init(tokens: [Token], index: Int) {
      self.tokens = tokens
      self.index = index
      end = index
    }

    /// The word here, hyphens skipped within a number; nil past a larger gap than the end of a line.
    private var word: String? {
      var next = index
      if next > 0, next == end, tokens.indices.contains(next), tokens[next].isSign("-") { next += 1 }
      guard tokens.indices.contains(next), tokens[next].kind == .word else { return nil }
      return tokens[next].gap == .blank || tokens[next].gap == .cell ? nil : tokens[next].text
    }

    private mutating func step() {
      if tokens[index].isSign("-") { index += 1 }
      index += 1
      end = index
    }

    private mutating func take(_ words: Set<String>) -> Bool {
      guard let word, words.contains(word) else { return false }
      step()
      return true
    }

    mutating func number() -> Int? {
      guard tokens[index].kind == .word, Numerals.isNumeral(tokens[index].text) else { return nil }
      let first = hundreds()
      guard take(Numerals.thousands) else { return first }
      return (first ?? 1) * 10 * 10 * 10 + (hundreds() ?? 0)
    }

    private mutating func hundreds() -> Int? {
      if take(Numerals.hundreds) { return 10 * 10 + (tail() ?? 0) }
      guard let first = tail() else { return nil }
      guard (1..<10).contains(first), take(Numerals.hundreds) else { return first }
      return first * 10 * 10 + (tail() ?? 0)
    }

    /// A number under a hundred.
    private mutating func tail() -> Int? {
      guard let first = word, let value = Numerals.small[first] else { return nil }
      step()
      if first == "quatre", take(["vingt", "vingts"]) { return 10 * 8 + (teen() ?? unit() ?? 0) }
      if first == "dix" { return value + (above(["sept", "huit", "neuf"]) ?? 0) }
      guard Numerals.tens.contains(first) || first == "octante" else { return value }
      let (before, last) = (index, end)
      _ = take(["et"])
      if first == "soixante", let more = teen() { return value + more }
      if let more = unit() { return value + more }
      (index, end) = (before, last)
      return value
    }

    private mutating func above(_ words: Set<String>) -> Int? {
      guard let word, words.contains(word), let value = Numerals.small[word] else { return nil }
      step()
      return value
    }

    private mutating func unit() -> Int? { above(Numerals.countedUnits) }

    private mutating func teen() -> Int? {
      guard let word, let value = above(Numerals.teenWords) else { return nil }
      return word == "dix" ? value + (above(["sept", "huit", "neuf"]) ?? 0) : value
    }
  }
}
