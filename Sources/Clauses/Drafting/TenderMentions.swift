extension TenderTerms {
  /// What the assembled pieces say, lot by lot, for ``TenderDossier/consistency(figures:)``; what a piece does not put in
  /// is not said by it.
  public func dossier(saidBy drafts: [TenderDraft], figures: Figures) throws(MissingFigure) -> TenderDossier {
    var dossier = TenderDossier(kind: kind, day: day, lots: [])
    (dossier.isPrivate, dossier.hasNotice) = (isPrivate, hasNotice)
    var clause: String?
    if let ccag { clause = try InsertionClause(ccag, on: day, figures: figures).number }
    dossier.lots = lots.map { lot in
      var one = TenderDossier.Lot(lot.name.isEmpty ? "unique" : lot.name, choice: choice(lot))
      one.expectsPooling = admitsPooling
      one.mentions = TenderDossier.Document.allCases.compactMap { document in
        mention(of: lot, in: document, drafts, clause: clause, figures: figures)
      }
      return one
    }
    return dossier
  }

  /// The same with what the buyer's own documents say in the place of the pieces assembled here.
  ///
  /// `read` gives, for a document that was pasted, what was read of each lot, by the lot's name.
  public func dossier(
    saidBy drafts: [TenderDraft], pasted read: [TenderDossier.Document: [String: TenderDossier.Mention]],
    figures: Figures
  ) throws(MissingFigure) -> TenderDossier {
    var dossier = try dossier(saidBy: drafts, figures: figures)
    for place in dossier.lots.indices {
      let name = lots[place].name
      for (document, mentions) in read {
        dossier.lots[place].mentions.removeAll { $0.document == document }
        guard var mention = mentions[name] else { continue }
        if place > 0 { mention.wording = nil }
        dossier.lots[place].mentions.append(mention)
      }
    }
    return dossier
  }

  /// What a document says of a lot as soon as it announces the clause.
  private static let announcing: Set<String> = Set(
    [WordingVariable.hours, .articles, .reservedFor, .criterionWeight, .penaltyHour].map(\.rawValue)
      + ["tableau:lots", "tableau:engagement", "liste:articles"])

  /// Whether a lot is the first one: words that stand for all of them are searched once.
  private func isFirst(_ lot: Lot) -> Bool { lot.name == lots.first?.name }

  private func choice(_ lot: Lot) -> PossibilityChoice {
    var choice = PossibilityChoice(lot.possibility, kind: kind, day: day)
    (choice.isPrivate, choice.families, choice.reservedShare) = (isPrivate, lot.families, lot.reservedShare)
    (choice.durationMonths, choice.hours, choice.ccag) = (months, lot.hours, ccag)
    choice.criterionWeight = lot.possibility.hasCriterion ? criterionWeight : nil
    choice.criterionScope = lot.possibility.hasCriterion ? .contract : nil
    return choice
  }

  private func mention(
    of lot: Lot, in document: TenderDossier.Document, _ drafts: [TenderDraft], clause: String?, figures: Figures
  ) -> TenderDossier.Mention? {
    let clauses = drafts.filter { $0.piece.document == document }.flatMap(\.clauses).filter {
      $0.lots.contains(lot.name)
    }
    let said = Set(clauses.flatMap(\.says))
    // A document that only gives a contact announces nothing.
    guard !said.isDisjoint(with: Self.announcing) || clauses.contains(where: \.isLocal) else { return nil }
    func says(_ variable: WordingVariable) -> Bool { said.contains(variable.rawValue) }
    var mention = TenderDossier.Mention(document)
    if says(.hours) || !said.isDisjoint(with: ["tableau:lots", "tableau:engagement"]) { mention.hours = lot.hours }
    if says(.contact), !contact.isEmpty { mention.contact = contact.joined(separator: ", ") }
    if said.contains("liste:publics") { mention.publics = publics }
    mention.possibility = lot.possibility
    if says(.articles) || said.contains("liste:articles"), !isPrivate {
      mention.articles = TenderDrafting.articles(of: [lot], kind: kind, figures: figures, on: day)
    }
    if says(.ccagArticle) { mention.ccagClause = clause }
    if says(.criterionWeight), lot.possibility.hasCriterion { mention.criterionWeight = criterionWeight }
    if says(.penaltyHour) { mention.penalty = penaltyHour.map { "\($0.figureText) par heure" } }
    if says(.frequency) { mention.frequency = frequency?.french }
    mention.hasReviewClause = clauses.contains { $0.code.hasSuffix(".review") }
    if document == .particularClauses { mention.foreseesPooling = clauses.contains { $0.code.hasSuffix(".pooling") } }
    // A body's own words may say something else than the dossier: they are read as the buyer's would be.
    let own = clauses.filter(\.isLocal).flatMap(\.lines).joined(separator: "\n")
    if !own.isEmpty {
      let reader = TenderTextReader(lots: lots.map(\.name), publics: publics, figures: figures, on: day)
      if let read = reader.read(document, in: own).first(where: { $0.lot == lot.name })?.mention {
        mention.hours = read.hours ?? mention.hours
        mention.contact = read.contact ?? mention.contact
        mention.criterionWeight = read.criterionWeight ?? mention.criterionWeight
        mention.penalty = read.penalty ?? mention.penalty
        mention.frequency = read.frequency ?? mention.frequency
      }
    }
    guard isFirst(lot) else { return mention }
    mention.wording = clauses.map { $0.lines.joined(separator: "\n") }.joined(separator: "\n")
    return mention
  }
}
