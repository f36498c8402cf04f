/// Which lots a place of the text is about.
struct TenderLots {
  /// The lots that something is for.
  enum Scope: Hashable {
    /// All of them: what is said before any lot is named.
    case all
    /// Some, as places in the list of known lots; empty where the text names a lot that is not known.
    case some([Int])

    func holds(_ lot: Int) -> Bool {
      switch self {
      case .all: true
      case .some(let lots): lots.contains(lot)
      }
    }
  }

  /// Lots named together: « lots 1 et 3 ».
  struct Group {
    var tokens: Range<Int>
    /// The lots in the order of their names, nil for one that is not known.
    var lots: [Int?]
    var isAll = false
    /// The same, each known lot once.
    private(set) var scope = Scope.all

    init(tokens: Range<Int>, lots: [Int?], isAll: Bool = false) {
      self.tokens = tokens
      self.lots = lots
      self.isAll = isAll
    }

    /// The group with its scope, once no lot is to come.
    var closed: Group {
      var group = self
      group.scope = isAll ? .all : .some(Set(lots.compactMap(\.self)).sorted())
      return group
    }
  }

  /// How lots are recognised by their names.
  struct Names {
    private var byKey: [String: Int] = [:]
    private var byFirstWord: [String: [(words: [String], lot: Int)]] = [:]
    private var numbered: [(number: Int, lot: Int)] = []
    /// Whether the contract has no lots, so that everything said is about it.
    let isWhole: Bool

    init(_ names: [String]) {
      isWhole = names.allSatisfy { ["", "unique", "lot unique"].contains($0.folded) }
      guard !isWhole else { return }
      for (lot, name) in names.enumerated() {
        var words = name.folded.split(separator: " ").map(String.init)
        while let first = words.first, ["lot", "n", "no", "nº", "numero"].contains(first), words.count > 1 {
          words.removeFirst()
        }
        guard let first = words.first else { continue }
        if words.count > 1, words.dropFirst(2).isEmpty, Int(first) != nil, ["bis", "ter"].contains(words[1]) {
          byKey[words.joined(separator: " ")] = lot
          continue
        }
        let key = Names.key(first)
        if Int(key) != nil || words.count == 1 {
          if byKey[key] == nil { byKey[key] = lot }
          if let number = Int(key) { numbered.append((number, lot)) }
          if first.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { words.removeFirst() }
        }
        if let first = words.first { byFirstWord[first, default: []].append((words, lot)) }
      }
    }

    /// A number without zeros in front.
    static func key(_ text: String) -> String { Int(text).map { String($0) } ?? text }

    func lot(_ key: String) -> Int? { byKey[Names.key(key)] }
    func isKnown(_ key: String) -> Bool { lot(key) != nil }
    func lots(from first: Int, to last: Int) -> [Int?] {
      numbered.filter { $0.number >= first && $0.number <= last }.map(\.lot)
    }

    /// A known lot named here by words, with the end of its name.
    func named(at index: Int, in text: TenderText) -> (lot: Int, end: Int)? {
      guard let first = text[index], first.kind == .word else { return nil }
      for (words, lot) in byFirstWord[first.text] ?? [] {
        let end = index + words.count
        guard end <= text.tokens.count else { continue }
        if zip(text.tokens[index..<end], words).allSatisfy({ $0.text == $1 }) { return (lot, end) }
      }
      return nil
    }
  }

  /// The groups of each segment.
  private(set) var groups: [[Group]] = []
  /// The scope of the heading above each segment.
  private(set) var headings: [Scope] = []
  /// The group that counts at each token, as a place in its segment's groups.
  private var nearest: [Int?]
  private var names: Set<Int> = []

  init(_ text: TenderText, names: Names) {
    nearest = Array(repeating: nil, count: text.tokens.count)
    guard !names.isWhole else {
      groups = Array(repeating: [], count: text.segments.count)
      headings = Array(repeating: .all, count: text.segments.count)
      return
    }
    for segment in text.segments {
      groups.append(LotReader(text: text, names: names).groups(in: segment))
    }
    placeGroups(text)
    placeHeadings(text)
  }

  /// What something at a token of a segment is for: the lots named before it in the sentence, else after it, else those
  /// of the heading.
  func scope(at token: Int, of segment: Int) -> Scope {
    guard let group = nearest[token] else { return headings[segment] }
    return groups[segment][group].scope
  }

  /// Whether a token is part of the name of a lot.
  func isName(_ token: Int) -> Bool { names.contains(token) }

  private mutating func placeGroups(_ text: TenderText) {
    for (number, segment) in text.segments.enumerated() where !groups[number].isEmpty {
      for group in groups[number] { names.formUnion(group.tokens) }
      var group = 0
      for token in segment.tokens {
        while group + 1 < groups[number].count, groups[number][group + 1].tokens.lowerBound <= token { group += 1 }
        nearest[token] = group
      }
    }
  }

  /// A line that only names a lot holds until the next one; several such lines in a row are a list of the lots.
  private mutating func placeHeadings(_ text: TenderText) {
    var scope = Scope.all
    var hasArticle = false
    var isUnderArticle = false
    for (number, segment) in text.segments.enumerated() {
      if segment.isHeading {
        if scope == .all || isUnderArticle { scope = .all }
        hasArticle = true
      }
      if isHeading(number, text) {
        let isInList =
          (number > 0 && isHeading(number - 1, text))
          || (number + 1 < text.segments.count && isHeading(number + 1, text))
        scope = isInList ? .all : groups[number].first?.scope ?? .all
        isUnderArticle = hasArticle
      }
      headings.append(scope)
    }
  }

  /// Whether a segment only names a lot, with its title: no figure stands in it besides.
  private func isHeading(_ number: Int, _ text: TenderText) -> Bool {
    let segment = text.segments[number]
    guard let group = groups[number].first, groups[number].count == 1, !group.isAll, !segment.hasCells else {
      return false
    }
    let before = text.tokens[segment.tokens.lowerBound..<group.tokens.lowerBound]
    let after = text.tokens[group.tokens.upperBound..<segment.tokens.upperBound]
    let isFirst = before.allSatisfy { $0.kind != .word || $0.isWord(["article", "pour", "le", "du"]) }
    guard isFirst, !segment.cues.contains(.hours), !after.contains(where: { $0.kind == .number }) else { return false }
    guard let next = after.first else { return true }
    return next.isSign("-–—:.,;(/|") || next.gap >= .cell
  }
}

/// Finds the lots named in a segment.
private struct LotReader {
  let text: TenderText
  let names: TenderLots.Names

  func groups(in segment: TenderText.Segment) -> [TenderLots.Group] {
    var groups: [TenderLots.Group] = []
    var index = segment.tokens.lowerBound
    if segment.hasCells, let first = firstCell(segment) {
      groups.append(first)
      index = first.tokens.upperBound
    }
    while index < segment.tokens.upperBound {
      if let group = group(at: index, end: segment.tokens.upperBound) {
        groups.append(group)
        index = group.tokens.upperBound
      } else {
        index += 1
      }
    }
    return merged(groups).map(\.closed)
  }

  /// A row that begins with the bare number of a known lot in a cell of its own.
  private func firstCell(_ segment: TenderText.Segment) -> TenderLots.Group? {
    let first = segment.tokens.lowerBound
    guard let token = text[first], token.isWhole, let lot = names.lot(token.text), first + 1 < segment.tokens.upperBound
    else { return nil }
    guard text.tokens[first + 1].gap == .cell || text.isSign(first + 1, "|") else { return nil }
    return TenderLots.Group(tokens: first..<(first + 1), lots: [lot])
  }

  private func group(at index: Int, end: Int) -> TenderLots.Group? {
    let tokens = text.tokens
    if tokens[index].isWord(["lots"]), text.isWord(index - 1, ["les"]), text.isWord(index - 2, ["tous"]) {
      guard item(at: skipMarks(index + 1, end), end: end) == nil else { return nil }
      return TenderLots.Group(tokens: (index - 2)..<(index + 1), lots: [], isAll: true)
    }
    if tokens[index].isWord(["lots"]), text.isWord(index - 1, ["des"]), text.isWord(index - 2, ["ensemble", "chacun"]),
      item(at: skipMarks(index + 1, end), end: end) == nil
    {
      return TenderLots.Group(tokens: index..<(index + 1), lots: [], isAll: true)
    }
    guard tokens[index].isWord(["lot", "lots"]) else { return nil }
    if text.isWord(index - 1, ["chaque"]) { return .init(tokens: index..<(index + 1), lots: [], isAll: true) }
    let isPlural = tokens[index].text == "lots"
    var next = skipMarks(index + 1, end)
    guard var found = item(at: next, end: end) else { return nil }
    var lots = found.lots
    next = found.end
    while next < end, let joined = connector(at: next, end: end, isPlural: isPlural) {
      guard let more = item(at: joined.next, end: end) else { break }
      if joined.isRange, let first = found.number, let last = more.number {
        lots += names.lots(from: first + 1, to: last)
      } else {
        lots += more.lots
      }
      found = more
      next = more.end
    }
    return TenderLots.Group(tokens: index..<next, lots: lots)
  }

  private func skipMarks(_ index: Int, _ end: Int) -> Int {
    var next = index
    while next < end, text.isWord(next, ["n", "no", "nº", "nos", "numero", "numeros"]) || text.isSign(next, "°№#.º") {
      next += 1
    }
    return next
  }

  /// What stands between two lots named together, and where the second one begins.
  private func connector(at index: Int, end: Int, isPlural: Bool) -> (next: Int, isRange: Bool)? {
    let token = text.tokens[index]
    guard token.gap < .cell, isPlural, token.isSign(",/&-–") || token.isWord(["et", "ou", "a", "au"]) else {
      return nil
    }
    var next = index + 1
    if token.isSign(","), text.isWord(next, ["et"]) { next += 1 }
    if text.isWord(next, ["lot"]) { next += 1 }
    return (skipMarks(next, end), token.isWord(["a", "au"]) || token.isSign("-–"))
  }

  /// A lot by its number, its letter or its name.
  private func item(at index: Int, end: Int) -> (lots: [Int?], number: Int?, end: Int)? {
    guard index < end, let token = text[index], token.gap < .blank else { return nil }
    if token.isWhole {
      guard !isQuantity(at: index) else { return nil }
      if let next = text[index + 1], index + 1 < end, next.kind == .word {
        let isSuffix = next.gap == .none && next.text.dropFirst().isEmpty && next.text != "h"
        if isSuffix { return ([names.lot(token.text + next.text)], nil, index + 2) }
        if next.isWord(["bis", "ter"]) { return ([names.lot("\(token.text) \(next.text)")], nil, index + 2) }
      }
      return ([names.lot(token.text)], Int(token.text), index + 1)
    }
    if let named = names.named(at: index, in: text), named.end <= end {
      // A single letter is a lot only as a capital: « le lot a pour objet ».
      if token.text.dropFirst().isEmpty, !token.isCapital { return nil }
      return ([named.lot], nil, named.end)
    }
    return nil
  }

  /// Whether a number counts something rather than naming a lot.
  private func isQuantity(at index: Int) -> Bool {
    guard let next = text[index + 1] else { return false }
    return next.isWord(["h", "hrs", "heure", "heures", "euros", "euro", "points", "jours", "mois", "ans"])
      || next.isSign("€%")
  }

  /// Groups that only small words part are one: « pour le lot 1 et pour le lot 3 ».
  private func merged(_ groups: [TenderLots.Group]) -> [TenderLots.Group] {
    var merged: [TenderLots.Group] = []
    for group in groups {
      if let last = merged.last, !last.isAll, !group.isAll,
        text.tokens[last.tokens.upperBound..<group.tokens.lowerBound].allSatisfy({
          $0.isSign(",") || $0.isWord(["et", "pour", "le", "du", "au", "sur"])
        }), group.tokens.lowerBound > last.tokens.upperBound
      {
        merged[merged.count - 1].tokens = last.tokens.lowerBound..<group.tokens.upperBound
        merged[merged.count - 1].lots += group.lots
      } else {
        merged.append(group)
      }
    }
    return merged
  }
}
