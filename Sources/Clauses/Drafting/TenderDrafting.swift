/// Assembles the pieces of a consultation from the library and the terms of the dossier.
///
/// What is not known becomes a gap that says what to fill in; nothing is invented. A wording is used once in its piece, for
/// the lots that call for it.
public struct TenderDrafting: Sendable {
  private let terms: TenderTerms
  private let figures: Figures
  private let wordings: [Figure<Wording>]
  /// The body's own texts, by the code of the wording that each takes the place of.
  private let local: [String: TenderDraft.LocalText]
  private let ccag: InsertionClause?

  /// The drafting of a consultation; throws where the article of its general conditions is missing from the figures.
  public init(_ terms: TenderTerms, figures: Figures, local: [String: TenderDraft.LocalText] = [:])
    throws(MissingFigure)
  {
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
    TenderPiece.allCases.compactMap { piece -> TenderDraft? in
      guard piece != .notice || terms.hasNotice && !terms.isPrivate else { return nil }
      let clauses = wordings.filter { $0.value.piece == piece }.sorted { $0.value.rank < $1.value.rank }
        .flatMap { self.clauses($0) }
      return clauses.isEmpty ? nil : TenderDraft(piece: piece, clauses: clauses)
    }
  }

  /// The article of a wording; one for each group of lots reserved alike, where it says for whom they are.
  private func clauses(_ figure: Figure<Wording>) -> [TenderDraft.Clause] {
    let wording = figure.value
    guard wording.sectors.contains(terms.isPrivate ? .private : .public) else { return [] }
    let lots = terms.lots.filter { calls($0, for: wording) }
    guard !lots.isEmpty, wording.conditions.allSatisfy({ $0 == .hours || holds($0, lots) }) else { return [] }
    let text = local[wording.code]?.text ?? wording.text
    let tellsWhom = [WordingVariable.reservedFor, .reservedShare, .articles].contains { sign in
      text.contains { $0.contains("{\(sign.rawValue)}") }
    }
    guard tellsWhom || !wording.families.isEmpty else { return [clause(wording, for: lots)] }
    var groups: [[TenderTerms.Lot]] = []
    for lot in lots {
      if let alike = groups.firstIndex(where: {
        $0[0].families == lot.families && $0[0].reservedShare == lot.reservedShare
      }) {
        groups[alike].append(lot)
      } else {
        groups.append([lot])
      }
    }
    return groups.map { clause(wording, for: $0) }
  }

  private func clause(_ wording: Wording, for lots: [TenderTerms.Lot]) -> TenderDraft.Clause {
    let own = local[wording.code]
    var whole = wording
    whole.text = own?.text ?? wording.text
    return TenderDraft.Clause(
      code: wording.code, title: title(of: wording, for: lots), blocks: blocks(of: whole, for: lots),
      vigilance: wording.vigilance,
      articles: wording.articles, version: wording.version,
      review: own.map { $0.base == wording.version ? "texte local, à relire" : Self.outdated } ?? wording.review.french,
      isLocal: own != nil,
      lots: lots.map(\.name), says: Self.signs.filter { whole.uses($0) })
  }

  /// The heading, with the lots where it is not for all of them.
  private func title(of wording: Wording, for lots: [TenderTerms.Lot]) -> String {
    guard lots.count < terms.lots.count else { return wording.title }
    return "\(wording.title) (\(Self.names(lots).split(separator: " ").dropFirst().joined(separator: " ")))"
  }

  /// What is said of a local text that was written from an earlier version of the library's.
  static let outdated = "texte local, écrit avant le dernier changement de la bibliothèque"

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
        case .articles: blocks.append(.list(articleLines(lots)))
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
    Wording.parts(of: paragraph).flatMap { part -> [TenderDraft.Run] in
      guard part.first == "{" else { return [TenderDraft.Run(part)] }
      // A sign that nothing knows any more is never printed as it is.
      guard let variable = WordingVariable(rawValue: String(part.dropFirst().dropLast())) else {
        return [Self.gap(part)]
      }
      if variable == .hours { return hours(lots) }
      return [value(of: variable, lots).map { TenderDraft.Run($0) } ?? Self.gap(variable.french)]
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
    case .hours: nil
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
  public static func name(_ lot: TenderTerms.Lot) -> String {
    if lot.name.isEmpty { return "marché" }
    return saysLot(lot.name) ? lot.name.prefix(1).lowercased() + lot.name.dropFirst() : "lot \(lot.name)"
  }

  /// Whether a name begins with the word « lot ».
  private static func saysLot(_ name: String) -> Bool { name.folded.split(separator: " ").first == "lot" }

  /// `le marché`, `le lot 1`, `les lots 1 et 3`.
  public static func names(_ lots: [TenderTerms.Lot]) -> String {
    guard lots.count > 1 else { return lots.first.map { "le \(name($0))" } ?? "le marché" }
    let plain = lots.allSatisfy { !saysLot($0.name) && !$0.name.isEmpty }
    return plain ? "les lots \(French.list(lots.map(\.name)))" : French.list(lots.map { "le \(name($0))" })
  }

  /// `1 688 heures`: the number as a table writes it, its unit in full.
  static func words(_ hours: Hours) -> String {
    "\(hours.french.dropLast())\(hours < Hours(2) ? "heure" : "heures")"
  }

  /// The hours of some lots, each with its lot unless the contract has only one; a gap for each that is not known.
  private func hours(_ lots: [TenderTerms.Lot]) -> [TenderDraft.Run] {
    let known = lots.filter { hasHours($0) }
    guard !known.isEmpty else { return [Self.gap(WordingVariable.hours.french)] }
    return known.enumerated().flatMap { place, lot -> [TenderDraft.Run] in
      let link = place == 0 ? "" : place == known.count - 1 ? " et " : ", "
      let number = lot.hours.map { TenderDraft.Run(Self.words($0)) } ?? Self.gap(WordingVariable.hours.french)
      let whose = terms.lots.count > 1 ? " pour le \(Self.name(lot))" : ""
      return [TenderDraft.Run(link), number, TenderDraft.Run(whose)].filter { !$0.text.isEmpty }
    }
  }

  /// The articles of some lots, as people cite them, by the lots that rest on the same ones.
  private func articleGroups(_ lots: [TenderTerms.Lot]) -> [(cited: [String], lots: [TenderTerms.Lot])] {
    guard !terms.isPrivate else { return [] }
    var groups: [(cited: [String], lots: [TenderTerms.Lot])] = []
    for lot in lots {
      let own = Self.articles(of: [lot], kind: terms.kind, figures: figures, on: terms.day).map { article in
        guard let first = article.first, first.isLetter else { return article }
        return "\(first).\(French.noBreak)\(article.dropFirst())"
      }
      guard !own.isEmpty else { continue }
      if let same = groups.firstIndex(where: { $0.cited == own }) {
        groups[same].lots.append(lot)
      } else {
        groups.append((own, [lot]))
      }
    }
    return groups
  }

  /// `des articles L. 2112-2 et L. 2112-2-1 du code de la commande publique`.
  private func articles(_ lots: [TenderTerms.Lot]) -> String? {
    let groups = articleGroups(lots)
    guard !groups.isEmpty else { return nil }
    let said = groups.map { group in
      let whose = groups.count > 1 ? ", pour \(Self.names(group.lots))" : ""
      let which = group.cited.count > 1 ? "des articles" : "de l’article"
      return "\(which) \(French.list(group.cited)) du code de la commande publique\(whose)"
    }
    return said.joined(separator: ", et ")
  }

  /// `pour les lots 1 et 3 : articles L. 2112-2 et L. 2112-2-1 du code de la commande publique`.
  private func articleLines(_ lots: [TenderTerms.Lot]) -> [[TenderDraft.Run]] {
    let groups = articleGroups(lots)
    guard !groups.isEmpty else { return [[Self.gap(WordingVariable.articles.french)]] }
    return groups.enumerated().map { place, group in
      let which = group.cited.count > 1 ? "articles" : "article"
      let end = place == groups.count - 1 ? "." : semicolon
      let text =
        "pour \(Self.names(group.lots))\(colon) \(which) \(French.list(group.cited)) du code de la commande publique\(end)"
      return [TenderDraft.Run(text)]
    }
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
