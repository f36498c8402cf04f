/// Which articles tell what, as the figures of a day say it.
struct TenderLaw: Sendable {
  /// Articles of a condition of performance, contracts and concessions.
  let execution: Set<String>
  /// Articles of a reservation.
  let reserved: Set<String>
  /// Articles of a review clause.
  let review: Set<String> = ["R2194-1"]
  /// Where the general conditions hold their insertion clause, `20.1`.
  let insertionArticles: Set<String>
  private let beginnings: Set<String>

  init(figures: Figures, on day: Day) {
    let possibilities = figures.possibilities.all.filter { $0.holds(on: day) }.map(\.value)
    let reservations = figures.reservations.all.filter { $0.holds(on: day) }.map(\.value)
    execution = Set(possibilities.filter { $0.possibility == .execution }.flatMap(\.articles))
    reserved = Set(
      possibilities.filter { $0.possibility == .reserved }.flatMap(\.articles) + reservations.flatMap(\.articles))
    insertionArticles = Set(
      GeneralConditions.allCases.compactMap { try? InsertionClause($0, on: day, figures: figures).number })
    let known = possibilities.flatMap(\.articles) + reservations.flatMap(\.articles)
    beginnings = Set(known.map { String($0.prefix(2)) })
  }

  /// Whether an article looks like one of the code of public contracts when its code is not named.
  func isLikely(_ article: String) -> Bool { beginnings.contains(String(article.prefix(2))) }
}

/// The values of one lot: what is said of the lot itself before what is said of all, then the surest, then the first.
struct TenderLotSheet {
  var mention: TenderDossier.Mention
  private var facts: [TenderFact] = []
  private var kept: Set<TenderFact.Value> = []

  init(_ document: TenderDossier.Document) { mention = TenderDossier.Mention(document) }

  mutating func take(_ found: [TenderFact]) {
    facts = found.sorted { ($0.tokens.lowerBound, $0.tokens.upperBound) < ($1.tokens.lowerBound, $1.tokens.upperBound) }
    // Hours far from any word of insertion count only where no hours are near one.
    if facts.contains(where: { $0.value.field == .hours && $0.rank > 0 }) {
      facts.removeAll { $0.value.field == .hours && $0.rank < 1 }
    }
    for field in TenderTextReader.Field.allCases {
      let own = facts.filter { $0.value.field == field }
      switch field {
      case .articles: keepAll(own)
      case .publics: keepAll(own.contains(where: isOwn) ? own.filter(isOwn) : own)
      case .possibility: keepPossibility(own)
      default: if let first = surest(own) { keep(first) }
      }
    }
  }

  private func isOwn(_ fact: TenderFact) -> Bool { fact.scope != .all }

  private func surest(_ facts: [TenderFact]) -> TenderFact? {
    var best: TenderFact?
    for fact in facts {
      guard let known = best else {
        best = fact
        continue
      }
      if (isOwn(fact) ? 1 : 0, fact.rank) > (isOwn(known) ? 1 : 0, known.rank) { best = fact }
    }
    return best
  }

  private mutating func keepAll(_ facts: [TenderFact]) {
    for fact in facts where !kept.contains(fact.value) { keep(fact) }
  }

  private mutating func keep(_ fact: TenderFact) {
    kept.insert(fact.value)
    switch fact.value {
    case .hours(let hours, _): mention.hours = hours
    case .contact(let contact): mention.contact = contact
    case .publics(let name): mention.publics.append(name)
    case .possibility(let possibility): mention.possibility = possibility
    case .article(let article): mention.articles.append(article)
    case .ccagClause(let clause): mention.ccagClause = clause
    case .criterionWeight(let weight): mention.criterionWeight = weight
    case .penalty(let penalty): mention.penalty = penalty
    case .frequency(let frequency): mention.frequency = frequency
    case .reviewClause(let holds): mention.hasReviewClause = holds
    case .pooling(let foreseen): mention.foreseesPooling = foreseen
    }
  }

  /// A reservation of the lot wins over what is said of all; a condition and a criterion make both.
  private mutating func keepPossibility(_ facts: [TenderFact]) {
    func said(_ facts: [TenderFact]) -> Set<Possibility> {
      Set(facts.compactMap { if case .possibility(let possibility) = $0.value { possibility } else { nil } })
    }
    let own = said(facts.filter(isOwn))
    var all = own.contains(.reserved) ? own : said(facts)
    if !own.isEmpty, !own.contains(.reserved) { all.remove(.reserved) }
    let chosen: [Possibility]
    if all.contains(.reserved) {
      (mention.possibility, chosen) = (.reserved, [.reserved])
    } else if all.contains(.insertionService) {
      (mention.possibility, chosen) = (.insertionService, [.insertionService])
    } else if all.isSuperset(of: [.execution, .criterion]) {
      (mention.possibility, chosen) = (.executionAndCriterion, [.execution, .criterion])
    } else {
      mention.possibility = all.first
      chosen = Array(all)
    }
    for possibility in chosen { kept.insert(.possibility(possibility)) }
  }

  /// The readings in the order of the text, each value once.
  func readings(
    _ make: (TenderFact, _ isKept: Bool) -> TenderTextReader.Reading
  ) -> [TenderTextReader.Reading] {
    var seen: Set<TenderFact.Value> = []
    var readings: [TenderTextReader.Reading] = []
    for fact in facts where seen.insert(fact.value).inserted {
      readings.append(make(fact, kept.contains(fact.value)))
    }
    return readings
  }
}

extension TenderFact.Value {
  /// What it is about.
  var field: TenderTextReader.Field {
    switch self {
    case .hours: .hours
    case .contact: .contact
    case .publics: .publics
    case .possibility: .possibility
    case .article: .articles
    case .ccagClause: .ccagClause
    case .criterionWeight: .criterionWeight
    case .penalty: .penalty
    case .frequency: .frequency
    case .reviewClause: .reviewClause
    case .pooling: .pooling
    }
  }

  /// As users read it.
  var french: String {
    switch self {
    case .hours(let hours, let most):
      most.map { "\(hours.french), au moins, et jusqu’à \($0.french)" } ?? hours.french
    case .contact(let text), .publics(let text), .article(let text), .ccagClause(let text): text
    case .possibility(let possibility): possibility.french
    case .criterionWeight(let weight): weight.french
    case .penalty(let text), .frequency(let text): text
    case .reviewClause(let holds): holds ? "prévue" : "aucune"
    case .pooling(let isForeseen): isForeseen ? "prévue" : "exclue"
    }
  }
}

extension TenderText {
  /// Where tokens begin in the text given.
  func place(of tokens: Range<Int>) -> Int { places[self.tokens[tokens.lowerBound].start] }

  /// The sentence around some tokens, on one line, cut between words where they are long.
  func extract(around range: Range<Int>, longest: Int) -> String {
    var (first, last) = (range.lowerBound, range.lowerBound)
    let room = longest - 2
    func length(_ first: Int, _ last: Int) -> Int { tokens[last].end - tokens[first].start }
    let whole = segment(of: first)
    // A third before, the rest after, within the sentence.
    while first > whole.lowerBound, length(first - 1, range.lowerBound) <= room / 3 { first -= 1 }
    while last + 1 < whole.upperBound, length(first, last + 1) <= room { last += 1 }
    let end = min(tokens[last].end, tokens[first].start + room)
    let words = line(tokens[first].start..<end)
    return (first > whole.lowerBound ? "…" : "") + words + (last + 1 < whole.upperBound ? "…" : "")
  }

  /// The text with each sentence on one line, so that no phrase is cut by the width of a page.
  var unwrapped: String {
    segments.map { segment in
      guard let first = segment.tokens.first, let last = segment.tokens.last else { return "" }
      return line(tokens[first].start..<tokens[last].end)
    }
    .joined(separator: "\n")
  }

  /// Some signs with every space as one.
  private func line(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for sign in signs[range] {
      let isSpace = sign == " " || sign == "\n" || sign == "\t"
      if !isSpace { view.append(sign) } else if view.last != " " { view.append(" ") }
    }
    return String(view)
  }
}
