/// Assembles the pieces of a consultation from the library and the terms of the dossier.
///
/// What is not known becomes a gap that says what to fill in; nothing is invented. A wording is used once in its piece, for
/// the lots that call for it.
public struct TenderDrafting: Sendable {
  private let terms: TenderTerms
  private let figures: Figures
  private let wordings: [Figure<Wording>]
  /// The body's own texts, by the code of the wording that each takes the place of.
  private let local: [String: [String]]
  private let ccag: InsertionClause?

  /// The drafting of a consultation; throws where the article of its general conditions is missing from the figures.
  public init(_ terms: TenderTerms, figures: Figures, local: [String: [String]] = [:]) throws(MissingFigure) {
    (self.terms, self.figures, self.local) = (terms, figures, local)
    wordings = figures.wordings(on: terms.day)
    if let conditions = terms.ccag {
      ccag = try InsertionClause(conditions, on: terms.day, figures: figures)
    } else {
      ccag = nil
    }
  }

  /// The pieces that have something to say, in order.
  public func drafts() -> [TenderDraft] {
    TenderPiece.allCases.compactMap { piece in
      guard piece != .notice || terms.hasNotice && !terms.isPrivate else { return nil }
      let clauses = wordings.filter { $0.value.piece == piece }.sorted { $0.value.rank < $1.value.rank }
        .compactMap { clause($0) }
      return clauses.isEmpty ? nil : TenderDraft(piece: piece, clauses: clauses)
    }
  }

  private func clause(_ figure: Figure<Wording>) -> TenderDraft.Clause? {
    let wording = figure.value
    guard wording.sectors.contains(terms.isPrivate ? .private : .public) else { return nil }
    let lots = terms.lots.filter { calls($0, for: wording) }
    guard !lots.isEmpty else { return nil }
    guard wording.conditions.allSatisfy({ $0 == .hours || holds($0, lots) }) else { return nil }
    let own = local[wording.code]
    var whole = wording
    whole.text = own ?? wording.text
    return TenderDraft.Clause(
      code: wording.code, title: wording.title, blocks: blocks(of: whole, for: lots), vigilance: wording.vigilance,
      articles: wording.articles, version: wording.version,
      review: own == nil ? wording.review.french : "texte local, à relire", isLocal: own != nil,
      lots: lots.map(\.name), says: Self.signs.filter { whole.uses($0) })
  }

  private static let signs =
    WordingVariable.allCases.map(\.rawValue) + WordingBlock.allCases.map { String($0.rawValue.dropFirst().dropLast()) }

  private func calls(_ lot: TenderTerms.Lot, for wording: Wording) -> Bool {
    guard wording.possibilities.contains(lot.possibility) else { return false }
    if !wording.families.isEmpty, lot.possibility == .reserved, wording.families.isDisjoint(with: lot.families) {
      return false
    }
    return !wording.conditions.contains(.hours) || hasHours(lot)
  }

  private func holds(_ condition: Wording.Condition, _ lots: [TenderTerms.Lot]) -> Bool {
    switch condition {
    case .hours: true
    case .pooling: terms.admitsPooling
    case .ccag: terms.ccag != nil
    case .noCCAG: terms.ccag == nil
    case .severalLots: lots.count > 1
    case .oneLot: lots.count == 1
    }
  }

  /// Whether hours are due of a lot: its possibility makes them so, or some are fixed.
  private func hasHours(_ lot: TenderTerms.Lot) -> Bool {
    if (lot.hours?.hundredths ?? 0) > 0 { return true }
    let possibility = figures.possibilities[.possibility(lot.possibility, terms.kind), on: terms.day]
    return possibility?.value.hours.areDue ?? (lot.possibility != .reserved)
  }

  // MARK: - Paragraphs

  private func blocks(of wording: Wording, for lots: [TenderTerms.Lot]) -> [TenderDraft.Block] {
    var blocks: [TenderDraft.Block] = []
    var items: [[TenderDraft.Run]] = []
    func close() {
      if !items.isEmpty { blocks.append(.list(items)) }
      items = []
    }
    for paragraph in wording.text {
      if let block = WordingBlock(rawValue: paragraph) {
        close()
        switch block {
        case .lots: blocks.append(.table(lotsTable(lots)))
        case .commitment: blocks.append(.table(commitmentTable(lots)))
        case .grid: blocks.append(.table(gridTable(wording.grid)))
        case .publics: blocks.append(.list(publics))
        }
      } else if paragraph.hasPrefix("- ") {
        items.append(runs(String(paragraph.dropFirst(2)), lots))
      } else {
        close()
        blocks.append(.paragraph(runs(paragraph, lots)))
      }
    }
    close()
    return blocks
  }

  private func runs(_ paragraph: String, _ lots: [TenderTerms.Lot]) -> [TenderDraft.Run] {
    Wording.parts(of: paragraph).map { part in
      guard part.first == "{", let variable = WordingVariable(rawValue: String(part.dropFirst().dropLast())) else {
        return TenderDraft.Run(part)
      }
      return value(of: variable, lots).map { TenderDraft.Run($0) } ?? Self.gap(variable.french)
    }
  }

  static func gap(_ what: String) -> TenderDraft.Run { TenderDraft.Run("[à compléter\(colon) \(what)]", isGap: true) }

  private var publics: [[TenderDraft.Run]] {
    terms.publics.isEmpty
      ? [[Self.gap("publics éligibles")]]
      : terms.publics.enumerated().map { rank, name in
        [TenderDraft.Run("\(name)\(rank == terms.publics.count - 1 ? "." : semicolon)")]
      }
  }

  // MARK: - Tables

  private func lotsTable(_ lots: [TenderTerms.Lot]) -> TenderDraft.Table {
    TenderDraft.Table(
      caption: "Lots concernés et heures d’insertion", columns: ["Lot", "Possibilité retenue", "Heures d’insertion"],
      numbers: [2],
      rows: lots.map { lot in
        [
          Self.name(lot).capitalised, lot.possibility.french.capitalised,
          lot.hours.map { Self.words($0) } ?? (hasHours(lot) ? Self.asked(lot) : "sans objet"),
        ]
      })
  }

  /// What stands for hours that are due and not written: an offer to come, or a gap.
  private static func asked(_ lot: TenderTerms.Lot) -> String {
    lot.possibility == .criterion ? "selon l’offre" : gap(WordingVariable.hours.french).text
  }

  private func commitmentTable(_ lots: [TenderTerms.Lot]) -> TenderDraft.Table {
    TenderDraft.Table(
      caption: "Engagement de l’entreprise",
      columns: ["Lot", "Heures exigées", "Heures proposées", "Modalités", "Publics", "Tuteur ou tutrice"], numbers: [1],
      rows: lots.map { lot in
        [
          Self.name(lot).capitalised, lot.hours.map { Self.words($0) } ?? (hasHours(lot) ? Self.asked(lot) : "–"), "",
          "",
          "", "",
        ]
      })
  }

  private func gridTable(_ grid: [Wording.GridLine]) -> TenderDraft.Table {
    TenderDraft.Table(
      caption: "Notation du critère d’insertion", columns: ["Sous-critère", "Part du critère", "Ce qui est apprécié"],
      numbers: [1], rows: grid.map { [$0.criterion, $0.share.french, $0.looksAt] })
  }

  // MARK: - Variables

  private func value(of variable: WordingVariable, _ lots: [TenderTerms.Lot]) -> String? {
    switch variable {
    case .buyer: Self.present(terms.buyer)
    case .object: Self.present(terms.object)
    case .place: terms.place.flatMap { Self.present($0) }
    case .months: terms.months.map { French.count($0, "mois", "mois") }
    case .lots: Self.names(lots)
    case .hours: hours(lots)
    case .body: terms.body.flatMap { Self.present($0) }
    case .contact: terms.contact.isEmpty ? nil : terms.contact.joined(separator: ", ")
    case .ccagArticle: ccag.map { "article \($0.number) du \($0.conditions.french)" }
    case .articles: articles(lots)
    case .frequency: terms.frequency?.french
    case .declarationDay: declarationDay
    case .penaltyHour: terms.penaltyHour?.figureText
    case .penaltyDocument: terms.penaltyDocument?.figureText
    case .noticeDays: terms.noticeDays.map { French.count($0, "jour") }
    case .kickoffDays: terms.kickoffDays.map { French.count($0, "jour") }
    case .documentDays: terms.documentDays.map { French.count($0, "jour ouvré", "jours ouvrés") }
    case .criterionWeight: terms.criterionWeight?.french
    case .reservedFor: reservedFor(lots)
    case .reservedShare: reservedShare(lots)
    case .counting: terms.counting.flatMap { Self.present($0) }
    case .dataController: terms.dataController.flatMap { Self.present($0) }
    }
  }

  private var declarationDay: String? {
    guard let day = terms.declarationDay else { return nil }
    let ordinal = day == 1 ? "1er" : "\(day)"
    switch terms.frequency {
    case nil, .monthly: return "le \(ordinal) du mois suivant"
    case .quarterly: return "le \(ordinal) du mois qui suit le trimestre"
    case .halfYearly: return "le \(ordinal) du mois qui suit le semestre"
    case .yearly: return "le \(ordinal) du mois qui suit l’année"
    }
  }

  private static func present(_ text: String) -> String? { text.allSatisfy(\.isWhitespace) ? nil : text }

  /// `lot 1`, `Lot peinture`, `marché`.
  static func name(_ lot: TenderTerms.Lot) -> String {
    if lot.name.isEmpty { return "marché" }
    return lot.name.folded.hasPrefix("lot") ? lot.name : "lot \(lot.name)"
  }

  /// `le marché`, `le lot 1`, `les lots 1 et 3`.
  static func names(_ lots: [TenderTerms.Lot]) -> String {
    guard lots.count > 1 else { return lots.first.map { "le \(name($0))" } ?? "le marché" }
    let plain = lots.allSatisfy { !$0.name.folded.hasPrefix("lot") && !$0.name.isEmpty }
    return plain ? "les lots \(French.list(lots.map(\.name)))" : French.list(lots.map { "le \(name($0))" })
  }

  /// `1 688 heures`: the number as a table writes it, its unit in full.
  static func words(_ hours: Hours) -> String {
    "\(hours.french.dropLast())\(hours < Hours(2) ? "heure" : "heures")"
  }

  private func hours(_ lots: [TenderTerms.Lot]) -> String? {
    let known = lots.filter { hasHours($0) }
    guard !known.isEmpty, known.allSatisfy({ $0.hours != nil }) else { return nil }
    guard known.count > 1 else { return known.first?.hours.map { Self.words($0) } }
    return French.list(known.map { lot in "\(lot.hours.map { Self.words($0) } ?? "") pour le \(Self.name(lot))" })
  }

  /// `des articles L. 2112-2 et L. 2112-2-1 du code de la commande publique`.
  private func articles(_ lots: [TenderTerms.Lot]) -> String? {
    let all = Self.articles(of: lots, kind: terms.kind, figures: figures, on: terms.day)
    guard !all.isEmpty, !terms.isPrivate else { return nil }
    let written = all.map { article in
      guard let first = article.first, first.isLetter else { return article }
      return "\(first).\(French.noBreak)\(article.dropFirst())"
    }
    return "\(all.count > 1 ? "des articles" : "de l’article") \(French.list(written)) du code de la commande publique"
  }

  /// The articles that the possibilities of some lots rest on, each once.
  static func articles(
    of lots: [TenderTerms.Lot], kind: AwardNotice.Kind, figures: Figures, on day: Day
  ) -> [String] {
    var all: [String] = []
    for lot in lots {
      for family in ReservedFamily.allCases where lot.possibility == .reserved && lot.families.contains(family) {
        all += figures.reservations[.reservation(family, kind), on: day]?.value.articles ?? []
      }
      // The article of the share of beneficiaries is not that of the social economy.
      if lot.possibility == .reserved, lot.families == [.socialEconomy] { continue }
      all += figures.possibilities[.possibility(lot.possibility, kind), on: day]?.value.articles ?? []
    }
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }

  /// `aux structures …`, as the figures name the beneficiaries.
  private func reservedFor(_ lots: [TenderTerms.Lot]) -> String? {
    let families = Set(lots.filter { $0.possibility == .reserved }.flatMap(\.families))
    guard !families.isEmpty else { return nil }
    let names = ReservedFamily.allCases.filter(families.contains).map { family in
      "\(family.indirect) ou structures équivalentes"
    }
    return French.list(names)
  }

  private func reservedShare(_ lots: [TenderTerms.Lot]) -> String? {
    let shares = Set(lots.filter { $0.possibility == .reserved }.map(\.reservedShare))
    guard shares.count == 1, let share = shares.first else { return nil }
    return share?.french
  }
}

extension ReservedFamily {
  /// The family after a verb: `aux entreprises adaptées et ESAT`.
  var indirect: String { "aux \(french)" }
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

extension Figures {
  /// The wordings that may be used on a day; a layer above takes the place of the same code below.
  public func wordings(on day: Day) -> [Figure<Wording>] {
    var seen: Set<String> = []
    return contents.wordings.filter { $0.holds(on: day) && seen.insert($0.value.code).inserted }
  }
}
