import Casework
import Clauses

/// The library of wordings: by piece, with what each rests on and who read it.
struct WordingsView {
  let model: ShowWordings.Model

  var page: Page {
    Page(
      title: "Bibliothèque des rédactions", section: .planned,
      crumbs: [.init("Programmation", .planning(.plannedList(Query())))],
      lead: """
        \(French.count(model.lines.count, "texte")) en vigueur le \(model.day.french). Un texte «\u{A0}modèle proposé\u{A0}» n’a pas encore été relu par un juriste.
        """
    ) {
      """
      <form class="no-print narrow" method="get" action="\(Address.drafting(.library(Query())))">\
      \(Field("jour", "Textes en vigueur le", .text(type: "date"), value: "\(model.day)").html)\
      <button class="btn btn-outline-primary" type="submit">Afficher</button></form>\
      \(each(TenderPiece.allCases) { piece($0) })
      """
    }
  }

  private func piece(_ piece: TenderPiece) -> HTML {
    let lines = model.lines.filter { $0.wording.value.piece == piece }
    guard !lines.isEmpty else { return .empty }
    return """
      <section><h2>\(piece.french)</h2>\(Table(
        caption: "Textes\u{202F}: \(piece.french)",
        columns: [.text("Article"), .text("Pour"), .text("Textes de loi"), .text("Lecture")],
        rows: lines.map { line in
          let wording = line.wording.value
          return [
            "<a href=\"\(Address.drafting(.wording(wording.code)))\">\(wording.title)</a>",
            "\(Self.uses(wording))", "\(French.list(wording.articles))",
            "\(Say.capitalised(wording.review.french)), version \(wording.version)\(when(line.local?.paragraphs != nil, "<br>texte local"))",
          ]
        }).html)</section>

      """
  }

  /// For which lots a wording is used, in words.
  static func uses(_ wording: Wording) -> String {
    let all = Set(Possibility.allCases)
    var words = [
      wording.possibilities == all
        ? "toutes les possibilités"
        : French.list(Possibility.allCases.filter(wording.possibilities.contains).map(\.french))
    ]
    if !wording.families.isEmpty {
      words.append(French.list(ReservedFamily.allCases.filter(wording.families.contains).map(\.french)))
    }
    if !wording.sectors.contains(.public) { words.append("contrat privé") }
    words += wording.conditions.map(\.rawValue).sorted().compactMap { raw in
      switch Wording.Condition(rawValue: raw) {
      case .ccag: "avec CCAG"
      case .noCCAG: "sans CCAG"
      case .pooling: "globalisation admise"
      case .severalLots: "plusieurs lots"
      case .oneLot: "un seul lot"
      case .hours: "heures dues"
      case nil: nil
      }
    }
    return words.joined(separator: "\u{202F}; ")
  }
}

/// One wording of the library, with the body's own text and what it changes.
struct WordingView {
  let line: ShowWordings.Line
  let mayWrite: Bool
  let mark: HTML
  var faults: [FieldFault] = []
  var typed = Query()
  var notice: String?

  private var wording: Wording { line.wording.value }

  var page: Page {
    Page(
      title: wording.title, section: .planned,
      crumbs: [.init("Bibliothèque des rédactions", .drafting(.library(Query())))],
      lead: "\(wording.piece.french). \(Say.capitalised(wording.review.french)), version \(wording.version).",
      hasForm: true
    ) {
      """
      \(errorSummary(fields))\(when(notice) { Parts.note(.warning, "<p role=\"alert\">\($0)</p>") })\
      \(when(line.local?.paragraphs) { local($0) })<section><h2>Texte de la bibliothèque</h2>\(Self.text(wording.text))\(grid)</section>\
      \(when(!wording.vigilance.isEmpty, "<section><h2>À surveiller</h2><ul>\(each(wording.vigilance) { "<li>\($0)</li>" })</ul></section>\n"))\
      \(Parts.definitions([
        ("Employé pour", "\(WordingsView.uses(wording))"), ("Textes de loi", "\(French.list(wording.articles))"),
        ("En vigueur", "\(validity)"), ("Source", "\(line.wording.source)"),
      ]))\(others)\(when(mayWrite, write))
      """
    }
  }

  private var validity: String {
    switch (line.wording.from, line.wording.to) {
    case (let from?, let to?): "du \(from.french) au \(to.french)"
    case (let from?, nil): "depuis le \(from.french)"
    case (nil, let to?): "jusqu’au \(to.french)"
    case (nil, nil): "sans date"
    }
  }

  private static func text(_ paragraphs: [String]) -> HTML {
    """
    <div class="prose">\(each(paragraphs) { paragraph in
      "<p>\(paragraph)</p>"
    })</div>

    """
  }

  private var grid: HTML {
    guard !wording.grid.isEmpty else { return .empty }
    return Table(
      caption: "Grille", columns: [.text("Sous-critère"), .number("Part"), .text("Ce qui est apprécié")],
      rows: wording.grid.map { ["\($0.criterion)", "\($0.share.french)", "\($0.looksAt)"] }
    ).html
  }

  /// What a text changes in the library's.
  private func difference(_ paragraphs: [String]) -> HTML {
    let parts = WordDifference(
      from: wording.text.joined(separator: " "), to: paragraphs.joined(separator: " ")
    ).parts
    return """
      <p class="prose">\(each(parts, separator: " ") { part in
        switch part.fate {
        case .kept: "\(part.text)"
        case .removed: "<del>\(part.text)</del>"
        case .added: "<ins>\(part.text)</ins>"
        }
      })</p>
      """
  }

  private func local(_ paragraphs: [String]) -> HTML {
    """
    <section><h2>Votre texte</h2><p>Il remplace celui de la bibliothèque dans vos rédactions, depuis le \
    \(line.local.map { ParisTime.french("\($0.at)") }). \(line.local?.reason)</p>\(when(line.local?.isOutdated == true, Parts.note(.warning, "<p>Le texte de la bibliothèque a changé depuis\u{202F}: relisez le vôtre, puis enregistrez-le à nouveau.</p>")))\(difference(paragraphs))</section>

    """
  }

  private var others: HTML {
    guard !line.others.isEmpty else { return .empty }
    return """
      <section><h2>Ailleurs</h2>\(each(line.others) { other in
        "<details class=\"more\"><summary>\(other.body)</summary>\(difference(other.paragraphs))</details>"
      })</section>

      """
  }

  private var fields: [Field] {
    guard mayWrite else { return [] }
    func error(_ name: String) -> String? { faults.first { $0.field == name }?.description }
    func value(_ name: String) -> String? {
      typed.fields.first { $0.name == name }.flatMap { NIRDetector.isFound(in: $0.value) ? nil : $0.value }
    }
    return [
      Field(
        "texte", "Texte", .lines(12),
        value: value("texte") ?? WordingText.written(line.local?.paragraphs ?? wording.text),
        hint:
          "Gardez entre accolades ce qui vient du dossier, par exemple {heures}. Une ligne vide sépare deux paragraphes\u{202F}; «\u{A0}-\u{A0}» commence un élément de liste. Vide, le texte de la bibliothèque revient.",
        error: error("texte")),
      Field("raison", "Pourquoi ce texte", .lines(2), value: value("raison"), error: error("raison"), isRequired: true),
    ]
  }

  private var write: HTML {
    """
    <section class="no-print"><h2>Adapter ce texte</h2><form method="post" action="\(Address.drafting(.wording(wording.code)))">\(mark)\
    <input type="hidden" name="version" value="\(line.local?.number ?? 0)">\(each(fields) { $0.html })\
    <details class="more"><summary>Ce que veut dire chaque mot entre accolades</summary>\(Parts.definitions(
      WordingVariable.allCases.map { ("{\($0.rawValue)}", "\($0.french)" as HTML) }
        + WordingBlock.allCases.map { ($0.rawValue, "\($0.french)" as HTML) }))</details>\
    <button class="btn btn-primary" type="submit">Enregistrer notre texte</button></form></section>

    """
  }
}
