/// What a French surname sounds like, for finding the same person under another spelling.
///
/// Phonex by Frédéric Brouard (1999), published in « L’art des Soundex », sqlpro.developpez.com/cours/soundex. It is
/// coarse on purpose: sounds that an ear takes for one another (d, t, p; b, f, v; m, n) are one, so a key must be
/// joined with something else. Departures, because names are written without accents and end in mute letters: accents
/// are dropped before anything else; a nasal vowel also counts at the end of a word; final d, p, s, t, x, z are dropped
/// first, then the l of -ault; the letters are kept as they are instead of being turned into a number.
public enum FrenchPhonetic {
  /// The key of a name, its words run together; empty when the name has no Latin letter.
  public static func key(of name: String) -> String {
    let words = name.folded.split(separator: " ").map { word in
      withoutMuteEnd(Array(word.utf8).filter { (0x61...0x7A).contains($0) })
    }
    var letters = Array(words.joined())
    for rule in rules { letters = rule.applied(to: letters) }
    letters = letters.map { merged[$0] ?? $0 }
    var key: [UInt8] = []
    for letter in letters where letter != key.last { key.append(letter) }
    while key.count > 2, let last = key.last, last == UInt8(ascii: "t") || last == UInt8(ascii: "x") {
      key.removeLast()
    }
    return String(decoding: key, as: UTF8.self)
  }

  private static func withoutMuteEnd(_ word: [UInt8]) -> [UInt8] {
    var word = word
    let length = word.count
    while word.count > 2, let last = word.last, mute.contains(last) { word.removeLast() }
    if word.count < length, word.count > 3, word.suffix(3) == Array("aul".utf8)[...] { word.removeLast() }
    return word
  }

  private static let mute = Set("dpstxz".utf8)
  private static let merged = Dictionary(uniqueKeysWithValues: zip("adpjbvm".utf8, "ottgffn".utf8))

  /// In the order of the article; one rule is one step over the whole name.
  private static let rules: [Rule] = [
    Rule(["y": "i"]),
    Rule(["h": ""], unlessAfter: "pcs"),
    Rule(["ph": "f"]),
    Rule(["gan": "kan", "gam": "kam", "gain": "kain", "gaim": "kaim"]),
    Rule(["ain": "yn", "ein": "yn", "aim": "yn", "eim": "yn"], onlyBefore: "aeiou"),
    Rule(["eau": "o", "oua": "2", "ein": "4", "ain": "4", "eim": "4", "aim": "4"]),
    Rule(["ai": "y", "ei": "y", "er": "yr", "ess": "ys", "et": "yt", "ez": "yz"]),
    Rule(["an": "1", "on": "1", "am": "1", "en": "1", "em": "1", "in": "4"], unlessBefore: "aeiou1234"),
    Rule(["s": "z"], onlyBefore: "aeiouy1234", onlyAfter: "aeiouy1234"),
    Rule(["oe": "e", "eu": "e", "au": "o", "oi": "2", "oy": "2", "ou": "3"]),
    Rule(["sch": "5", "ch": "5", "sh": "5", "ss": "s"]),
    Rule(["sc": "s", "c": "s"], onlyBefore: "eiy"),
    Rule(["qu": "k", "gu": "k", "c": "k", "q": "k", "ga": "ka", "go": "ko", "gy": "ky"]),
  ]
}

/// One step: the longest spelling that fits at a place becomes its sound.
private struct Rule: Sendable {
  private let changes: [(from: [UInt8], to: [UInt8])]
  private let before: [UInt8]?
  private let notBefore: [UInt8]
  private let after: [UInt8]?
  private let notAfter: [UInt8]

  init(
    _ changes: [String: String], onlyBefore: String? = nil, unlessBefore: String = "", onlyAfter: String? = nil,
    unlessAfter: String = ""
  ) {
    self.changes = changes.map { (Array($0.utf8), Array($1.utf8)) }.sorted { $0.from.count > $1.from.count }
    (before, notBefore) = (onlyBefore.map { Array($0.utf8) }, Array(unlessBefore.utf8))
    (after, notAfter) = (onlyAfter.map { Array($0.utf8) }, Array(unlessAfter.utf8))
  }

  func applied(to letters: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var place = 0
    while place < letters.count {
      if let change = changes.first(where: { fits($0.from, letters, at: place) }) {
        result += change.to
        place += change.from.count
      } else {
        result.append(letters[place])
        place += 1
      }
    }
    return result
  }

  private func fits(_ spelling: [UInt8], _ letters: [UInt8], at place: Int) -> Bool {
    let end = place + spelling.count
    guard end <= letters.count, letters[place..<end] == spelling[...] else { return false }
    let next = end < letters.count ? letters[end] : nil
    let previous = place > 0 ? letters[place - 1] : nil
    if let before, !(next.map(before.contains) ?? false) { return false }
    if let after, !(previous.map(after.contains) ?? false) { return false }
    return !(next.map(notBefore.contains) ?? false) && !(previous.map(notAfter.contains) ?? false)
  }
}
