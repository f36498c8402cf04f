/// A pasted text cut into words, numbers and signs, with the lines and the sentences that they make.
///
/// Every step is one pass over the text, so that its cost grows with its length and with nothing else.
struct TenderText {
  /// What stands between a token and the one before it, the weakest first.
  enum Gap: Int, Comparable {
    case none, space, cell, line, blank
    static func < (a: Gap, b: Gap) -> Bool { a.rawValue < b.rawValue }
  }

  /// A word, a number or another sign.
  struct Token {
    enum Kind { case word, number, sign }
    let kind: Kind
    /// A word folded, a number as digits and points, a sign as it is.
    let text: String
    /// The number in hundredths; nil where it is no quantity, such as `20.1.4`.
    var value: Int64?
    /// Whether a number is written in words.
    var isSpelled = false
    /// Where it stands in the signs.
    let start: Int
    let end: Int
    let gap: Gap
    /// Whether its first letter is a capital.
    let isCapital: Bool

    func isWord(_ words: Set<String>) -> Bool { kind == .word && words.contains(text) }
    func isSign(_ signs: String) -> Bool { kind == .sign && signs.contains(text) }
    func begins(_ stem: String) -> Bool { kind == .word && text.hasPrefix(stem) }
    /// A number in figures without point nor comma.
    var isWhole: Bool { kind == .number && !isSpelled && !text.contains(".") }
    /// A number of one or two figures, such as those of a clock.
    var isShort: Bool { isWhole && text.dropFirst(2).isEmpty }
  }

  /// A line of the text, as a range of tokens.
  struct Line {
    var tokens: Range<Int>
    var hasCells = false
  }

  /// A sentence, an item of a list or a row of a table, with what it is about.
  struct Segment {
    var tokens: Range<Int>
    var cues: TenderCues = []
    /// Whether insertion is spoken of here or shortly before, under the same heading.
    var isNearInsertion = false
    /// Whether a facilitator is named here or shortly before.
    var isNearFacilitator = false
    /// Whether an award criterion is spoken of here or shortly before.
    var isNearCriterion = false
    var hasCells = false
    /// Whether it begins with the heading of an article, a chapter or a title.
    var isHeading = false
  }

  /// The signs read, cleaned.
  let signs: [Unicode.Scalar]
  /// Where each sign stands in the text given, counted in Unicode scalars.
  let places: [Int]
  let tokens: [Token]
  private(set) var lines: [Line] = []
  private(set) var segments: [Segment] = []

  init(_ text: String, limit: Int) {
    (signs, places) = TenderText.clean(text, limit: limit)
    tokens = TenderText.tokens(of: signs)
    makeLines()
    makeSegments()
    markSurroundings()
  }

  /// The token at a place, nil outside the text.
  subscript(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

  func isWord(_ index: Int, _ words: Set<String>) -> Bool { self[index]?.isWord(words) ?? false }
  func isSign(_ index: Int, _ signs: String) -> Bool { self[index]?.isSign(signs) ?? false }

  /// The sentence that holds a token.
  func segment(of token: Int) -> Range<Int> {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
    }
    return low < segments.count ? segments[low].tokens : tokens.indices
  }

  // MARK: - Lines and sentences

  private mutating func makeLines() {
    var start = 0
    for index in tokens.indices {
      if index > start, tokens[index].gap >= .line {
        lines.append(Line(tokens: start..<index))
        start = index
      }
    }
    if start < tokens.count { lines.append(Line(tokens: start..<tokens.count)) }
    for index in lines.indices {
      let range = lines[index].tokens
      lines[index].hasCells = range.dropFirst().contains { tokens[$0].gap == .cell || tokens[$0].isSign("|") }
    }
  }

  private static let abbreviations: Set<String> = [
    "art", "cf", "tel", "no", "ref", "mme", "mmes", "min", "max", "ex", "env", "eur", "al",
  ]

  /// Small words after which a line goes on.
  static let links: Set<String> = ["le", "du", "au", "les", "des", "aux", "de", "pour", "et", "sur", "ce", "chaque"]

  /// Words that begin a heading when a number follows.
  private static let headings: Set<String> = ["article", "chapitre", "titre", "section", "annexe", "partie"]

  private mutating func makeSegments() {
    let longest = lines.map { width(of: $0) }.max() ?? 0
    var start = 0
    for (number, line) in lines.enumerated() {
      if number > 0, startsSegment(line, after: lines[number - 1], longest: longest) {
        close(&start, at: line.tokens.lowerBound)
      }
      for index in line.tokens.dropFirst() where endsSentence(before: index) { close(&start, at: index) }
    }
    close(&start, at: tokens.count)
    var line = 0
    for index in segments.indices {
      let first = segments[index].tokens.lowerBound
      while lines[line].tokens.upperBound <= first { line += 1 }
      segments[index].hasCells = lines[line].hasCells
      segments[index].isHeading = lines[line].tokens.lowerBound == first && isHeading(lines[line])
      segments[index].cues = TenderCues(of: tokens[segments[index].tokens])
    }
  }

  private mutating func close(_ start: inout Int, at end: Int) {
    guard end > start else { return }
    segments.append(Segment(tokens: start..<end))
    start = end
  }

  private func width(of line: Line) -> Int {
    guard let first = line.tokens.first, let last = line.tokens.last else { return 0 }
    return tokens[last].end - tokens[first].start
  }

  /// Whether a line begins a sentence, an item or a row rather than going on with the line before it.
  private func startsSegment(_ line: Line, after other: Line, longest: Int) -> Bool {
    guard let first = line.tokens.first, let last = other.tokens.last else { return true }
    if tokens[first].gap == .blank || line.hasCells || other.hasCells { return true }
    if tokens[first].kind == .sign, !tokens[first].isSign("(«\"€%)/") { return true }
    if tokens[last].isSign(".;:!?") && !tokens[first].isWhole { return true }
    if startsWithLot(line) || isHeading(line) { return true }
    if isEntry(line) { return true }
    return tokens[first].isCapital && width(of: other) * 2 < longest
  }

  /// A line such as « Lot 3 – Peinture » or « 3. Lot 3 ».
  private func startsWithLot(_ line: Line) -> Bool {
    var index = line.tokens.lowerBound
    while index < line.tokens.upperBound, tokens[index].kind != .word { index += 1 }
    guard index < line.tokens.upperBound, isWord(index, ["lot", "lots"]) else { return false }
    return tokens[index].isCapital || index > line.tokens.lowerBound || !isWord(index - 1, TenderText.links)
  }

  /// « Article 5 », « CHAPITRE II », « 5.2 Insertion ».
  private func isHeading(_ line: Line) -> Bool {
    let first = line.tokens.lowerBound
    let next = self[first + 1]
    if tokens[first].isWord(TenderText.headings), tokens[first].isCapital, line.tokens.contains(first + 1) {
      return next?.kind == .number || next.map { $0.kind == .word && $0.isCapital } ?? false
    }
    return tokens[first].kind == .number && tokens[first].text.contains(".") && (next?.isCapital ?? false)
      && line.tokens.contains(first + 1)
  }

  /// « Insertion sociale : 10 % », one of the lines of a list.
  private func isEntry(_ line: Line) -> Bool {
    tokens[line.tokens.lowerBound].isCapital && line.tokens.prefix(5).contains { tokens[$0].isSign(":") }
  }

  private func endsSentence(before index: Int) -> Bool {
    guard tokens[index].gap >= .space, tokens[index - 1].isSign(".!?") else { return false }
    guard index > 1, tokens[index - 1].isSign("."), tokens[index - 2].kind == .word else { return true }
    let word = tokens[index - 2].text
    return word.dropFirst().isEmpty == false && !TenderText.abbreviations.contains(word)
  }

  /// Carries what a sentence speaks of over the next ones, until a heading or until eight have passed in silence; rows of
  /// a table do not count.
  private mutating func markSurroundings() {
    var (insertion, facilitator, criterion) = (Int.max, Int.max, Int.max)
    for index in segments.indices {
      if segments[index].isHeading { (insertion, facilitator, criterion) = (Int.max, Int.max, Int.max) }
      let cues = segments[index].cues
      let step = segments[index].hasCells ? 0 : 1
      criterion = cues.contains(.criterion) ? 0 : criterion &+ (criterion == Int.max ? 0 : step)
      insertion = cues.contains(.insertion) ? 0 : insertion &+ (insertion == Int.max ? 0 : step)
      facilitator = cues.contains(.facilitator) ? 0 : facilitator &+ (facilitator == Int.max ? 0 : step)
      segments[index].isNearInsertion = (0...8).contains(insertion)
      segments[index].isNearCriterion = (0...8).contains(criterion)
      segments[index].isNearFacilitator = (0...4).contains(facilitator)
    }
  }
}

/// What a sentence speaks of.
struct TenderCues: OptionSet {
  let rawValue: Int
  static let insertion = TenderCues(rawValue: 1 << 0)
  static let hours = TenderCues(rawValue: 1 << 1)
  static let penalty = TenderCues(rawValue: 1 << 2)
  static let criterion = TenderCues(rawValue: 1 << 3)
  static let report = TenderCues(rawValue: 1 << 4)
  static let payment = TenderCues(rawValue: 1 << 5)
  static let contact = TenderCues(rawValue: 1 << 6)
  static let facilitator = TenderCues(rawValue: 1 << 7)
  static let other = TenderCues(rawValue: 1 << 8)
  static let total = TenderCues(rawValue: 1 << 9)
  static let general = TenderCues(rawValue: 1 << 10)
  static let legal = TenderCues(rawValue: 0x800)

  /// The cue that a word gives by its beginning.
  private static let stems: [(String, TenderCues)] = [
    ("insertion", .insertion), ("reinsertion", .insertion), ("eloigne", .insertion), ("inclusion", .insertion),
    ("siae", .insertion), ("heure", .hours), ("penalit", .penalty), ("inexecution", .penalty),
    ("manquant", .penalty), ("smic", .penalty), ("critere", .criterion), ("ponder", .criterion), ("note", .criterion),
    ("notation", .criterion), ("point", .criterion), ("releve", .report), ("attestation", .report),
    ("declar", .report), ("bilan", .report), ("tableau", .report), ("justificatif", .report), ("transm", .report),
    ("rapport", .report), ("suivi", .report), ("communi", .report), ("remet", .report), ("etat", .report),
    ("compte", .report), ("adress", .report), ("acompte", .payment), ("paiement", .payment), ("factur", .payment),
    ("reunion", .payment), ("revision", .payment), ("situation", .payment), ("contact", .contact),
    ("interlocut", .contact), ("facilitat", .facilitator), ("plie", .facilitator), ("greffe", .other),
    ("tribunal", .other), ("recours", .other), ("comptable", .other), ("adjudicateur", .other), ("acheteur", .other),
    ("renseignement", .other), ("total", .total), ("totalit", .total), ("globalement", .total), ("general", .general),
    ("ccag", .legal), ("cahier", .legal),
  ]

  private static let byFirst = Dictionary(grouping: stems) { $0.0.utf8.first }

  init(rawValue: Int) { self.rawValue = rawValue }

  init(of tokens: ArraySlice<TenderText.Token>) {
    self = []
    var before = ""
    for token in tokens where token.kind == .word {
      for (stem, cue) in TenderCues.byFirst[token.text.utf8.first] ?? [] where token.text.hasPrefix(stem) {
        formUnion(cue)
      }
      if token.text.hasPrefix("social"), ["clause", "critere", "consideration"].contains(where: before.hasPrefix) {
        formUnion(.insertion)
      }
      if token.text == "h" { formUnion(.hours) }
      before = token.text
    }
  }
}
