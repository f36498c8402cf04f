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
        if let mention = mentions[name] { dossier.lots[place].mentions.append(mention) }
      }
    }
    return dossier
  }

  /// What a contact is told apart by: the e-mail, else a number, else the name.
  private var contactKey: String? {
    contact.first { $0.contains("@") } ?? contact.first { $0.contains(where: \.isNumber) } ?? contact.first
  }

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
    guard !clauses.isEmpty else { return nil }
    let said = Set(clauses.flatMap(\.says))
    func says(_ variable: WordingVariable) -> Bool { said.contains(variable.rawValue) }
    var mention = TenderDossier.Mention(document)
    if says(.hours) || !said.isDisjoint(with: ["table:lots", "table:commitment"]) { mention.hours = lot.hours }
    if says(.contact) { mention.contact = contactKey }
    if said.contains("list:publics") { mention.publics = publics }
    mention.possibility = lot.possibility
    if says(.articles), !isPrivate {
      mention.articles = TenderDrafting.articles(of: [lot], kind: kind, figures: figures, on: day)
    }
    if says(.ccagArticle) { mention.ccagClause = clause }
    if says(.criterionWeight), lot.possibility.hasCriterion { mention.criterionWeight = criterionWeight }
    if says(.penaltyHour) { mention.penalty = penaltyHour.map { "\($0.figureText) par heure" } }
    if says(.frequency) { mention.frequency = frequency?.french }
    mention.hasReviewClause = clauses.contains { $0.code.hasSuffix(".review") }
    if document == .particularClauses { mention.foreseesPooling = clauses.contains { $0.code.hasSuffix(".pooling") } }
    mention.wording = clauses.map { $0.lines.joined(separator: "\n") }.joined(separator: "\n")
    return mention
  }
}
