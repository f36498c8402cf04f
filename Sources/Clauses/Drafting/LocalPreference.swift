/// Words of a clause that sound like a preference for the people of a place, which the law forbids.
///
/// Four ways to say it are looked for: a known phrase (« recrutement local »); people who live somewhere, then a link, then a
/// kind of place or a proper name (« domiciliées à Melun »); people sought, then a link, then a kind of place or the
/// commune of the contract (« demandeurs d’emploi du territoire »); the inhabitants of that commune (« Melunais »), where
/// their name is formed on its own. To live in a priority district is a difficulty, not a preference. The lists stand in
/// the figures; a hit is a doubt to lift, never a proof.
struct LocalPreference {
  private let phrases: [[String]]
  private let residents: [[String]]
  private let people: [[String]]
  private let links: Set<String>
  private let places: [String]
  private let exceptions: [[String]]
  private let endings: Set<String>
  private let commune: [String]
  /// The lists that were read, to be shown beside a hit.
  let figures: [Figure<Words>]

  /// The lists of a day; throws where one is missing.
  init(commune: String?, figures: Figures, on day: Day) throws(MissingFigure) {
    var read: [Figure<Words>] = []
    func list(_ key: FigureKey<Words>) throws(MissingFigure) -> [[String]] {
      let figure = try figures.words.nearest(key, on: day)
      read.append(figure)
      return figure.value.all.map { LocalPreference.words(of: $0) }
    }
    phrases = try list(.localPreferenceWords)
    residents = try list(.localResidents)
    people = try list(.localPeople)
    links = Set(try list(.localLinks).joined())
    places = try list(.localPlaces).compactMap(\.first)
    exceptions = try list(.localExceptions)
    endings = Set(try list(.inhabitantEndings).joined())
    self.commune = commune.map { LocalPreference.words(of: $0) } ?? []
    self.figures = read
  }

  /// A word as written and as search sees it.
  private struct Word {
    let written: Substring
    let folded: String

    /// A proper name: a capital then a small letter, or capitals among capitals.
    func isName(after other: Word) -> Bool {
      guard let first = written.first, first.isUppercase else { return false }
      return written.dropFirst().first?.isLowercase ?? false || !other.written.contains(where: \.isLowercase)
    }
  }

  private static func words(of text: String) -> [String] { text.folded.split(separator: " ").map(String.init) }

  /// The first words that sound so, as they are written; nil where there are none.
  func firstHit(in text: String) -> String? {
    for part in text.split(whereSeparator: { LocalPreference.ends($0) }) {
      let words = part.split { !$0.isLetter && !$0.isNumber }
        .map { Word(written: $0, folded: String($0).folded) }
      for start in words.indices {
        if let end = end(in: words, from: start) {
          return String(part[words[start].written.startIndex..<words[end].written.endIndex])
        }
      }
    }
    return nil
  }

  /// A sign that no phrase passes over.
  private static func ends(_ sign: Character) -> Bool { sign.isNewline || ".,;:!?()|/«»".contains(sign) }

  /// The last word of a phrase that begins with a word.
  private func end(in words: [Word], from start: Int) -> Int? {
    for phrase in phrases {
      if let next = next(after: phrase, in: words, from: start, whole: true) { return next - 1 }
    }
    if isInhabitant(words[start]) { return start }
    for stem in residents {
      if let found = place(in: words, after: stem, from: start, takesNames: true) { return found }
    }
    for stem in people {
      if let found = place(in: words, after: stem, from: start, takesNames: false) { return found }
    }
    return nil
  }

  /// The word after a phrase, whole words or their beginnings; nil where the words are others.
  private func next(after phrase: [String], in words: [Word], from start: Int, whole: Bool) -> Int? {
    guard !phrase.isEmpty, start + phrase.count <= words.count else { return nil }
    for (offset, wanted) in phrase.enumerated() {
      let found = words[start + offset].folded
      guard whole ? found == wanted : found.hasPrefix(wanted) else { return nil }
    }
    return start + phrase.count
  }

  /// Where people, then links, lead to a place.
  private func place(in words: [Word], after stem: [String], from start: Int, takesNames: Bool) -> Int? {
    guard let after = next(after: stem, in: words, from: start, whole: false) else { return nil }
    var index = after
    while index < words.count, links.contains(words[index].folded) { index += 1 }
    guard index > after, index < words.count else { return nil }
    if exceptions.contains(where: { next(after: $0, in: words, from: index, whole: false) != nil }) { return nil }
    if places.contains(where: { words[index].folded.hasPrefix($0) }) { return index }
    if let end = next(after: commune, in: words, from: index, whole: true) { return end - 1 }
    return takesNames && words[index].isName(after: words[start]) ? index : nil
  }

  /// Whether a word is formed on the name of the commune and an ending of inhabitants' names: Melun, Melunais.
  private func isInhabitant(_ word: Word) -> Bool {
    commune.contains { name in
      guard !links.contains(name) else { return false }
      return [name[...], name.dropLast()].contains { stem in
        let ending = word.folded.dropFirst(stem.count)
        // A stem shorter than its ending tells too little: the commune of Y has no « on ».
        return word.folded.hasPrefix(stem) && ending.count <= stem.count && endings.contains(String(ending))
      }
    }
  }
}

extension FigureKey where Value == Words {
  /// Phrases of a clause that tell a preference for local people by themselves.
  public static var localPreferenceWords: Self { .init("drafting.localPreferenceWords") }
  /// Beginnings of words for people who live somewhere.
  public static var localResidents: Self { .init("drafting.localPreference.residents") }
  /// Beginnings of words for people who are sought.
  public static var localPeople: Self { .init("drafting.localPreference.people") }
  /// Words between people and a place.
  public static var localLinks: Self { .init("drafting.localPreference.links") }
  /// Beginnings of words for a kind of place.
  public static var localPlaces: Self { .init("drafting.localPreference.places") }
  /// What may follow people who live somewhere without being a preference.
  public static var localExceptions: Self { .init("drafting.localPreference.exceptions") }
  /// Endings of the names of a commune's inhabitants.
  public static var inhabitantEndings: Self { .init("drafting.inhabitantEndings") }
}
