/// Something read in a text, before it is known which lots keep it.
struct TenderFact {
  /// What it says, for the mention of a lot.
  enum Value: Hashable {
    case hours(Hours, upTo: Hours?)
    case contact(String)
    case publics(String)
    case possibility(Possibility)
    case article(String)
    case ccagClause(String)
    case criterionWeight(Percent)
    case penalty(String)
    case frequency(String)
    case reviewClause(Bool)
    case pooling(Bool)
  }

  var value: Value
  var scope: TenderLots.Scope
  /// The surer reading wins.
  var rank: Int
  var tokens: Range<Int>
}

/// Finds everything but the hours.
struct FactsFinder {
  let text: TenderText
  let lots: TenderLots
  let law: TenderLaw
  var facts: [TenderFact] = []

  init(text: TenderText, lots: TenderLots, law: TenderLaw) {
    self.text = text
    self.lots = lots
    self.law = law
  }

  mutating func run() {
    for number in text.segments.indices {
      articles(number)
      possibilities(number)
      contacts(number)
      if text.segments[number].isNearCriterion { weight(number) }
      if text.segments[number].cues.contains(.hours) { penalty(number) }
      frequency(number)
      reviewAndPooling(number)
    }
  }

  mutating func add(_ value: TenderFact.Value, _ segment: Int, _ tokens: Range<Int>, rank: Int = 1) {
    facts.append(
      TenderFact(value: value, scope: lots.scope(at: tokens.lowerBound, of: segment), rank: rank, tokens: tokens))
  }

  /// Whether a sentence may speak of the clause.
  func isAbout(_ segment: TenderText.Segment) -> Bool {
    segment.isNearInsertion || segment.cues.contains(.hours)
  }

  // MARK: - Articles

  private mutating func articles(_ number: Int) {
    let segment = text.segments[number]
    /// The articles of a code that is named after them.
    var waiting: [(article: String, tokens: Range<Int>)] = []
    func isCode(_ index: Int) -> Bool { text.isWord(index, ["code"]) && text.isWord(index + 1, ["de", "du", "des"]) }
    for index in segment.tokens {
      if isCode(index) {
        let isOwn = text.isWord(index + 2, ["la"]) && text.isWord(index + 3, ["commande"])
        if isOwn { keep(waiting, number, isNamed: true) }
        waiting = []
      } else if text.isWord(index, ["ccp"]) {
        keep(waiting, number, isNamed: true)
        waiting = []
      } else if let found = article(at: index, in: segment.tokens) {
        waiting.append((found.article, index..<found.end))
      } else if segment.cues.contains(.legal), let clause = clause(at: index, in: segment.tokens) {
        let isKnown = law.insertionArticles.contains { clause.text == $0 || clause.text.hasPrefix("\($0).") }
        let rank = segment.cues.contains(.insertion) ? 3 : isKnown ? 2 : isAbout(segment) ? 1 : 0
        if rank > 0 { add(.ccagClause(clause.text), number, index..<(index + 1), rank: rank) }
      }
    }
    keep(waiting, number, isNamed: false)
  }

  private mutating func keep(_ found: [(article: String, tokens: Range<Int>)], _ number: Int, isNamed: Bool) {
    for (article, tokens) in found {
      guard isNamed || law.isLikely(article) else { continue }
      add(.article(article), number, tokens)
      let possibility: Possibility? =
        law.reserved.contains(article) ? .reserved : law.execution.contains(article) ? .execution : nil
      if let possibility { add(.possibility(possibility), number, tokens) }
      if law.review.contains(article), isAbout(text.segments[number]) { add(.reviewClause(true), number, tokens) }
    }
  }

  /// `L2112-2-1` however it is spaced; the letter stays with the first number of its list.
  private func article(at index: Int, in range: Range<Int>) -> (article: String, end: Int)? {
    let token = text.tokens[index]
    guard token.isWord(["l", "r", "d"]) else { return nil }
    var next = index + 1
    if text.isSign(next, ".") { next += 1 }
    if text.isSign(next, "*") { next += 1 }
    guard next < range.upperBound, text.tokens[next].isWhole, text.tokens[next].text.dropFirst(9).isEmpty else {
      return nil
    }
    var article = token.text.uppercased() + text.tokens[next].text
    next += 1
    let first = next
    while next + 1 < range.upperBound, text.isSign(next, "-–"), text.tokens[next].gap == .none,
      text.tokens[next + 1].isShort, text.tokens[next + 1].gap == .none || text.tokens[next + 1].gap == .line
    {
      article += "-" + text.tokens[next + 1].text
      next += 2
    }
    return next > first ? (article, next) : nil
  }

  /// The number of a clause of general conditions, `20.1.4`.
  private func clause(at index: Int, in range: Range<Int>) -> TenderText.Token? {
    let token = text.tokens[index]
    guard token.kind == .number, token.text.contains("."), !token.isSpelled else { return nil }
    let before = text.tokens[max(range.lowerBound, index - 2)..<index]
    let isArticle = before.contains { $0.isWord(["article", "articles", "art", "clause"]) }
    return isArticle ? token : nil
  }

  // MARK: - Possibilities

  private mutating func possibilities(_ number: Int) {
    let segment = text.segments[number]
    for index in segment.tokens {
      let token = text.tokens[index]
      guard token.kind == .word else { continue }
      if token.begins("condition"), isOf(index + 1), text[index + 2]?.begins("execution") ?? false, isAbout(segment) {
        add(.possibility(.execution), number, index..<(index + 1))
      } else if token.begins("critere"), segment.cues.contains(.insertion), !isDenied(index) {
        add(.possibility(.criterion), number, index..<(index + 1))
      } else if token.isWord(["reserve", "reserves", "reservee"]), isReserved(index), !isDenied(index) {
        add(.possibility(.reserved), number, index..<(index + 1))
      } else if token.isWord(["insertion"]), isService(index) {
        add(.possibility(.insertionService), number, index..<(index + 1))
      }
    }
  }

  private func isOf(_ index: Int) -> Bool { text.isWord(index, ["de", "d"]) }

  /// « marché réservé », « lot n° 4 réservé », « le lot 4 est réservé aux entreprises ».
  private func isReserved(_ index: Int) -> Bool {
    let before = text.tokens[max(0, index - 5)..<index]
    let isContract = before.contains { $0.isWord(["marche", "marches", "lot", "lots", "concession", "contrat"]) }
    guard isContract, !text.isWord(index - 1, ["heures", "se"]) else { return false }
    let isNext = text.isWord(index - 1, ["marche", "marches", "lot", "lots"]) || lots.isName(index - 1)
    return isNext || text.isWord(index + 1, ["a", "aux", "au", "en"])
  }

  /// « marché de services d’insertion », « prestation d’insertion », « objet l’insertion ».
  private func isService(_ index: Int) -> Bool {
    if text.isWord(index - 1, ["l"]), text.isWord(index - 2, ["objet"]) || text.isWord(index - 3, ["objet"]) {
      return true
    }
    guard isOf(index - 1) else { return false }
    return text[index - 2]?.isWord(["prestation", "prestations", "service", "services", "marche"]) ?? false
  }

  private static let denials: Set<String> = [
    "pas", "aucun", "aucune", "sans", "non", "ni", "exclu", "exclue", "exclus", "exclues", "exclut", "exclura",
    "interdit",
    "interdite", "interdits", "interdites", "interdisent", "refuse", "refusee", "impossible", "proscrit", "proscrite",
    "jamais",
  ]

  /// Whether what a word says is denied, shortly before or after it and within the sentence.
  func isDenied(_ index: Int) -> Bool {
    for place in stride(from: index - 1, through: max(0, index - 5), by: -1) {
      if text.tokens[place].isSign(".;:!?") || text.tokens[place + 1].gap == .blank { break }
      if text.tokens[place].isWord(FactsFinder.denials) { return true }
    }
    var isTurned = false
    for place in (index + 1)..<max(index + 1, min(index + 10, text.tokens.count)) {
      let token = text.tokens[place]
      if token.isSign(".;!?") || token.gap >= .blank { break }
      // « n’est pas interdite » denies nothing.
      if token.isWord(["pas"]), text[place + 1]?.isWord(FactsFinder.denials) ?? false {
        isTurned = true
      } else if token.isWord(FactsFinder.denials) {
        return !isTurned
      }
    }
    return false
  }

  // MARK: - Criterion

  /// The share after the word insertion, else the one before it.
  private mutating func weight(_ number: Int) {
    let segment = text.segments[number]
    var last: (percent: Percent, tokens: Range<Int>)?
    var isAwaited = false
    for index in segment.tokens {
      let token = text.tokens[index]
      if token.begins("insertion") || token.begins("social") { isAwaited = true }
      guard token.kind == .number, let percent = percent(at: index) else { continue }
      if isAwaited {
        // A row of a table may be one of the grid's: a sentence is believed before it.
        return add(.criterionWeight(percent.value), number, index..<percent.end, rank: segment.hasCells ? 1 : 2)
      }
      last = (percent.value, index..<percent.end)
    }
    if isAwaited, let last { add(.criterionWeight(last.percent), number, last.tokens) }
  }

  /// `10 %`, `10 pour cent`, `10 points sur 100`, `10/100`.
  private func percent(at index: Int) -> (value: Percent, end: Int)? {
    guard let value = text.tokens[index].value, (0...Int64(Percent.whole.basisPoints)).contains(value) else {
      return nil
    }
    if text.isSign(index + 1, "%") { return (Percent(basisPoints: Int(value)), index + 2) }
    if text.isWord(index + 1, ["pour"]), text[index + 2]?.isSpelled ?? false,
      text[index + 2]?.value == Int64(Percent.whole.basisPoints)
    {
      return (Percent(basisPoints: Int(value)), index + 3)
    }
    let next = text[index + 1]?.begins("point") ?? false ? index + 2 : index + 1
    guard text.isWord(next, ["sur"]) || text.isSign(next, "/"), let whole = text[next + 1]?.value,
      whole > 0, whole >= value, whole <= Int64(Percent.whole.basisPoints)
    else { return nil }
    return (Percent(basisPoints: Int(value * Int64(Percent.whole.basisPoints) / whole)), next + 2)
  }
}
