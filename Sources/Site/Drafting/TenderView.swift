import Casework
import Clauses

/// The wording of a consultation: what it is filled in with, the pieces, what does not agree, what was sent.
struct TenderView {
  let model: ShowTender.Model
  /// The form as typed; nil for a reader who does not study.
  let form: TenderForm?
  let mark: HTML
  var faults: [FieldFault] = []
  var typed = Query()
  var notice: String?

  private var id: String { model.tender.id.description }

  var page: Page {
    Page(
      title: "Rédaction de la clause", section: .planned,
      crumbs: [
        .init("Programmation", .planning(.plannedList(Query()))),
        .init(Say.short(model.dossier.contract.object, limit: 60), .planning(.planned(model.dossier.id.description))),
      ],
      lead: "\(model.dossier.buyerName). \(status)", hasForm: true
    ) {
      """
      \(errorSummary((form?.all ?? []) + pasteFields))\(when(notice) { Parts.note(.warning, "<p role=\"alert\">\($0)</p>") })\
      \(when(faults.first { $0.field == "envoyer" }) { Parts.note(.warning, "<p role=\"alert\">\($0.description)</p>") })\
      \(when(model.terms != nil, agreement))\(pieces)\(when(form) { fields($0) })\(published)\(compare)\(sendings)
      """
    }
  }

  private var status: HTML {
    guard let last = model.issues.first else { return Parts.status(.neutral, "projet, que l’acheteur ne voit pas") }
    if model.mayStudy, model.isChanged {
      return Parts.status(.warning, "Modifiée depuis l’envoi \(last.number)\u{202F}: l’acheteur voit encore celui-ci")
    }
    return Parts.status(
      .good, "\(model.issues.count == 1 ? "Envoyée" : "Envoi \(last.number)") le \(ParisTime.french("\(last.at)"))")
  }

  // MARK: - What does not agree

  private var agreement: HTML {
    let findings = model.remarks.findings
    let gaps = Set(model.drafts.flatMap(\.gaps)).sorted()
    let isFree = findings.allSatisfy { $0.level == .information }
    return """
      <section><h2>Concordance</h2>\
      \(when(isFree, "<p>\(Parts.status(.good, "Les pièces concordent")) Heures, contact, publics, articles et pénalités sont les mêmes partout.</p>"))\
      \(alerts)\(when(!gaps.isEmpty, """
        <p>\(Parts.status(.warning, French.count(gaps.count, "point à compléter", "points à compléter")))</p><ul>\(each(gaps) { "<li>\(Self.bare($0))</li>" })</ul>
        """))\
      \(when(findings.contains { $0.level == .information }, "<details class=\"more\"><summary>Bon à savoir</summary><ul>\(each(findings.filter { $0.level == .information }) { "<li>\($0.sentence)</li>" })</ul></details>"))</section>

      """
  }

  /// A remark with the lots that it is made on: the same one of several lots is said once.
  private struct Alert {
    let finding: Finding
    var lots: [TenderTerms.Lot]
  }

  private var alerts: HTML {
    var all: [Alert] = []
    for finding in model.remarks.findings where finding.level < .information {
      // The place is the lot, then the document, which the sentence names.
      let lot = (model.terms?.lots ?? []).first { lot in
        let place = "lot \(lot.name)"
        return finding.place == place || finding.place?.hasPrefix("\(place), ") == true
      }
      let known = all.firstIndex {
        let other = $0.finding
        return other.level == finding.level && other.sentence == finding.sentence && other.mend == finding.mend
      }
      if let known {
        if let lot { all[known].lots.append(lot) }
      } else {
        all.append(Alert(finding: finding, lots: [lot].compactMap(\.self)))
      }
    }
    let isWhole = (model.terms?.lots.count ?? 0) < 2
    return ReasoningView.list(
      all.map { alert in
        let lots = Say.capitalised(String(TenderDrafting.names(alert.lots).drop { $0 != " " }.dropFirst()))
        return (alert.finding, isWhole || alert.lots.isEmpty ? nil : lots)
      })
  }

  /// A gap without its brackets.
  private static func bare(_ gap: String) -> String {
    let text = gap.drop { $0 == "[" }
    guard let colon = text.firstIndex(of: ":") else { return String(text) }
    return Say.capitalised(
      String(text[text.index(after: colon)...].drop(while: \.isWhitespace).filter { $0 != "]" }))
  }

  // MARK: - The pieces

  private var pieces: HTML {
    guard !model.drafts.isEmpty else {
      return Parts.empty(
        title: "Aucune pièce pour l’instant",
        "<p>Corrigez les champs signalés, ou choisissez une possibilité pour un lot\u{202F}: les pièces se rédigent d’elles-mêmes.</p>"
      )
    }
    let number = model.mayStudy ? nil : model.issues.first?.number
    return """
      <section><h2>Les pièces</h2>\
      <p class="actions no-print">\(each(PrintTender.formats) { format in
        "<a class=\"btn btn-outline-primary\" href=\"\(print(nil, format.name, number))\">Tout en \(format.label)</a> "
      })</p>\(each(model.drafts) { piece($0, number) })</section>

      """
  }

  private func print(_ piece: TenderPiece?, _ format: String, _ number: Int?) -> Address {
    var query = Query()
    query.add("piece", piece?.rawValue)
    query.add("format", format)
    query.add("envoi", number.map(String.init))
    return .drafting(.print(id, query))
  }

  private func piece(_ draft: TenderDraft, _ number: Int?) -> HTML {
    """
    <details class="more piece"><summary>\(draft.piece.title(isPrivate: model.terms?.isPrivate ?? false)) (\(French.count(draft.clauses.count, "article"))\
    \(when(!draft.gaps.isEmpty, ", \(French.count(draft.gaps.count, "point")) à compléter")))</summary>\
    <p class="no-print">\(each(PrintTender.formats) { format in
      "<a href=\"\(print(draft.piece, format.name, number))\">\(format.label)<span class=\"visually-hidden\">, \(draft.piece.short)</span></a> "
    })</p>\(each(draft.clauses) { clause($0) })</details>

    """
  }

  private func clause(_ clause: TenderDraft.Clause) -> HTML {
    """
    <article class="clause"><h3>\(clause.title)</h3>\(each(clause.blocks) { block($0) })\
    \(when(!clause.vigilance.isEmpty, Parts.note(.neutral, "<p><strong>À surveiller</strong></p><ul>\(each(clause.vigilance) { "<li>\($0)</li>" })</ul>")))\
    <p class="source">\(Say.capitalised(clause.review)), version \(clause.version)\
    \(when(!clause.articles.isEmpty, "\u{202F}; \(French.list(clause.articles))")). \
    \(when(model.mayStudy, "<a href=\"\(Address.drafting(.wording(clause.code)))\">Adapter ce texte<span class=\"visually-hidden\">\u{202F}: \(clause.title)</span></a>"))</p></article>

    """
  }

  private func block(_ block: TenderDraft.Block) -> HTML {
    switch block {
    case .paragraph(let text): return "<p>\(runs(text))</p>"
    case .list(let items): return "<ul>\(each(items) { "<li>\(runs($0))</li>" })</ul>"
    case .table(let table):
      return Table(
        caption: table.caption,
        columns: table.columns.enumerated().map { table.numbers.contains($0) ? .number($1) : .text($1) },
        rows: table.rows.map { row in
          row.map { $0.isEmpty ? "<span class=\"visually-hidden\">à remplir par l’entreprise</span>…" : "\($0)" }
        }
      ).html
    }
  }

  private func runs(_ runs: [TenderDraft.Run]) -> HTML {
    each(runs) { $0.isGap ? "<mark class=\"gap\">\($0.text)</mark>" : "\($0.text)" }
  }

  // MARK: - What they are filled in with

  private var version: HTML { "<input type=\"hidden\" name=\"version\" value=\"\(model.tender.version)\">" }

  private func fields(_ form: TenderForm) -> HTML {
    // What was just sent stands as it was sent, boxes that were unticked included.
    let shown = typed.fields.contains { $0.name == "objet" } ? typed : Query.parsed(model.tender.typed)
    let chosen = Set(shown.all("publics"))
    let publics = model.publics.map { Field.Option($0.code, $0.name) }
    return """
      <section class="no-print"><h2>Ce que disent les pièces</h2>
      <form method="post" action="\(Address.drafting(.tenderPart(id, .save)))">\(mark)\(version)\
      <fieldset class="group"><legend>Les lots qui portent une clause</legend>\
      \(each(Array(0...min(form.lots, TenderForm.mostLots - 1))) { place in
        "<fieldset class=\"lot\"><legend>\(place < form.lots ? "Lot nº\u{A0}\(place + 1)" : "Ajouter un lot")</legend>\(each(form.lot(place)) { $0.html })</fieldset>"
      })</fieldset>\
      <fieldset class="group"><legend>Le marché</legend>\(each(form.contract) { $0.html })</fieldset>\
      <fieldset class="group"><legend>La facilitation</legend>\(each(form.facilitation) { $0.html })</fieldset>\
      <fieldset class="group"><legend>Le suivi et les pénalités</legend>\(each(form.followUp) { $0.html })</fieldset>\
      <details class="more"><summary>Publics et globalisation</summary>\
      \(checkboxes("La globalisation des heures", name: "globalisation", options: [.init("oui", "Elle est admise, avec l’accord de l’acheteur")], chosen: Set(shown.all("globalisation"))))\
      \(checkboxes("Publics éligibles", name: "publics", options: publics, chosen: chosen))</details>\
      <button class="btn btn-primary" type="submit">Enregistrer et rédiger</button></form></section>

      """
  }

  // MARK: - What to publish

  private var published: HTML {
    guard !model.published.isEmpty else { return .empty }
    let rows: [[HTML]] = model.published.flatMap { lot in
      let name = Say.capitalised(TenderDrafting.name(.init(lot.lot, .execution)))
      let values: [(String, String)] =
        [("Données essentielles (DECP), considération sociale", French.list(lot.codes.decp))]
        + lot.codes.entries.filter { !$0.values.isEmpty }.map { ("\($0.field), \($0.label)", French.list($0.values)) }
      return values.map { ["\(name)", "\($0.0)", "\($0.1)"] as [HTML] }
    }
    return """
      <section><h2>À saisir sur votre plateforme</h2>\(Table(
        caption: "Valeurs de l’avis et des données essentielles", columns: [.text("Lot"), .text("Champ"), .text("Valeur")],
        rows: rows).html)</section>

      """
  }

  // MARK: - The buyer's own documents

  /// What the version of a pasted document is called by in the form, before the document's name.
  static let versionPrefix = "version-"

  private var pasteFields: [Field] {
    guard model.mayPaste, model.terms != nil else { return [] }
    func error(_ name: String) -> String? { faults.first { $0.field == name }?.description }
    return [
      Field(
        "document", "Pièce",
        .choice(TenderDossier.Document.allCases.map { .init($0.rawValue, Say.capitalised($0.bare)) }),
        value: typed["document"], error: error("document")),
      Field(
        "texte", "Texte de la pièce", .lines(8),
        value: typed.fields.first { $0.name == "texte" }.flatMap { NIRDetector.isFound(in: $0.value) ? nil : $0.value },
        hint: "Copiez-le depuis Word ou le PDF. Vide, il retire la pièce de la comparaison.", error: error("texte")),
    ]
  }

  private var compare: HTML {
    guard model.terms != nil, model.mayPaste || !model.pasted.isEmpty else { return .empty }
    return """
      <section><h2>Vos pièces, comparées</h2><p>Collez le texte de votre pièce telle qu’elle sera publiée\u{202F}: les heures, le contact, les publics, \
      les articles et les pénalités y sont cherchés, et tout écart est dit en haut de cette page.</p>\(each(model.pasted) { pasted($0) })\
      \(when(model.mayPaste, """
        <form class="narrow no-print" method="post" action="\(Address.drafting(.tenderPart(id, .paste)))">\(mark)\(each(model.pastedVersions.sorted { $0.key < $1.key }) { "<input type=\"hidden\" name=\"\(Self.versionPrefix)\($0.key)\" value=\"\($0.value)\">" })\(each(pasteFields) { $0.html })\
        <button class="btn btn-outline-primary" type="submit">Comparer</button></form>
        """))</section>

      """
  }

  private func pasted(_ text: ShowTender.Pasted) -> HTML {
    let rows: [[HTML]] = text.lots.flatMap { lot in
      lot.readings.filter(\.isKept).map { reading in
        [
          "\(Say.capitalised(reading.field.french))\(when(!lot.lot.isEmpty, " (lot \(lot.lot))"))",
          "\(reading.value)", "«\u{A0}\(reading.extract)\u{A0}»",
        ] as [HTML]
      }
    }
    return """
      <h3>\(Say.capitalised(text.document.bare))</h3>\(rows.isEmpty
        ? "<p>Rien n’y a été reconnu sur la clause\u{202F}: vérifiez que le bon passage est collé.</p>"
        : Table(caption: "Ce qui a été lu", columns: [.text("Point"), .text("Valeur"), .text("Passage")], rows: rows).html)\
      <details class="more"><summary>Texte collé</summary><p class="pasted">\(text.text)</p></details>

      """
  }

  // MARK: - Sending

  private var sendings: HTML {
    guard model.mayStudy || !model.issues.isEmpty else { return .empty }
    return """
      <section><h2>Envois à l’acheteur</h2>\
      \(when(model.issues.isEmpty, "<p>L’acheteur ne voit encore rien. Une fois envoyées, les pièces ne changent plus\u{202F}: un nouvel envoi les remplace.</p>"))\
      \(when(!model.issues.isEmpty, "<ul class=\"advice\">\(each(model.issues) { issue($0) })</ul>"))\
      \(when(model.mayStudy && model.terms != nil, """
        <form class="no-print" method="post" action="\(Address.drafting(.tenderPart(id, .issue)))">\(mark)\(version)\
        <button class="btn btn-primary" type="submit">Envoyer les pièces à l’acheteur</button></form>
        """))</section>

      """
  }

  private func issue(_ issue: ShowTender.Issue) -> HTML {
    """
    <li><h3>Envoi \(issue.number)</h3><p>\(ParisTime.french("\(issue.at)")), \(issue.by ?? "une personne dont le compte n’existe plus")</p>\
    <p>\(each(PrintTender.formats) { format in
      "<a href=\"\(print(nil, format.name, issue.number))\">\(format.label)<span class=\"visually-hidden\">, envoi \(issue.number)</span></a> "
    })</p></li>
    """
  }
}

extension Query {
  /// The fields of a text that was written here; none where it cannot be read.
  static func parsed(_ text: String) -> Query { (try? Query(parsing: text)) ?? Query() }
}
