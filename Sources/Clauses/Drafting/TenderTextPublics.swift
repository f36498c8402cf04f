/// Finds the known publics in the lists that a text opens with words such as « publics éligibles ».
struct PublicsFinder {
  /// A known public with the words that tell it.
  private struct Known {
    let name: String
    let stems: Set<String>
  }

  private let known: [Known]

  private static let small: Set<String> = [
    "de", "du", "des", "d", "l", "la", "le", "les", "un", "une", "en", "a", "au", "aux", "et", "ou", "par", "pour",
    "dans",
    "sur", "leur", "leurs", "tout", "toute", "autre",
  ]

  /// A name is told by the words before its first comma, colon, bracket or « ou ».
  init(_ names: [String]) {
    known = names.compactMap { name in
      let head = name.prefix { !",:;(".contains($0) }
      let words = String(head).folded.split(separator: " ").map(String.init).prefix { $0 != "ou" }
      let stems = Set(words.filter { !PublicsFinder.small.contains($0) }.map(PublicsFinder.stem))
      return stems.isEmpty ? nil : Known(name: name, stems: stems)
    }
  }

  /// A word without the mark of its plural.
  private static func stem(_ word: String) -> String {
    word.dropFirst(3).isEmpty || !(word.hasSuffix("s") || word.hasSuffix("x")) ? word : String(word.dropLast())
  }

  func facts(_ text: TenderText, _ lots: TenderLots) -> [TenderFact] {
    guard !known.isEmpty else { return [] }
    var facts: [TenderFact] = []
    var isOpen = false
    for (number, segment) in text.segments.enumerated() {
      if segment.isHeading { isOpen = false }
      var start = segment.tokens.lowerBound
      if !isOpen {
        guard let opening = segment.tokens.first(where: { opens($0, text) }) else { continue }
        isOpen = true
        start = opening
      }
      for item in items(start..<segment.tokens.upperBound, text) {
        let stems = Set(text.tokens[item].lazy.filter { $0.kind != .sign }.map { PublicsFinder.stem($0.text) })
        for known in known where known.stems.isSubset(of: stems) {
          let scope = lots.scope(at: item.lowerBound, of: number)
          facts.append(TenderFact(value: .publics(known.name), scope: scope, rank: 1, tokens: item))
        }
      }
    }
    return facts
  }

  private static let people: Set<String> = [
    "public", "publics", "personne", "personnes", "beneficiaire", "beneficiaires", "candidat", "candidats",
  ]
  private static let openings = ["eligib", "vise", "concerne", "cible", "prioritaire", "suivant", "beneficiaire"]

  /// « publics éligibles », « personnes concernées », « éligibilité des publics ».
  private func opens(_ index: Int, _ text: TenderText) -> Bool {
    if text.tokens[index].begins("eligib") { return true }
    guard text.tokens[index].isWord(PublicsFinder.people) else { return false }
    return (index + 1..<index + 4).contains { next in
      PublicsFinder.openings.contains { text[next]?.begins($0) ?? false }
    }
  }

  /// What commas and semicolons part.
  private func items(_ range: Range<Int>, _ text: TenderText) -> [Range<Int>] {
    var items: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where text.tokens[index].isSign(",;:•") {
      if index > start { items.append(start..<index) }
      start = index + 1
    }
    if start < range.upperBound { items.append(start..<range.upperBound) }
    return items
  }
}
