import Casework
import Clauses

/// The sheet of a lot: what is known, what the rules say, what is proposed, what the buyer retains.
struct SheetView {
  let model: ShowSheet.Model
  /// The fields of the draft, as the hours calculator has them; nil for what is not the reader's to change.
  let calculator: HoursCalculator?
  let mark: HTML
  var faults: [FieldFault] = []
  /// What was typed beside the calculator's fields.
  var typed = Query()
  var notice: String?

  private var sheet: LotSheet { model.sheet }
  private var id: String { sheet.id.description }

  /// What a draft begins with: the calculator's fields from what is planned.
  ///
  /// The amount of a whole contract is not that of one lot: it is to be corrected there.
  static let typed: @Sendable (PlannedContract) -> String = { contract in
    var query = Query()
    query.add("cpv", contract.cpv?.digits)
    query.add("montant", contract.amount.map { HoursForm.typed($0) })
    query.add("duree", contract.months.flatMap { HoursForm.months.contains($0) ? String($0) : nil })
    // Never empty: an empty form shows the calculator's example.
    query.add("arrondi", "1")
    return query.text
  }

  var page: Page {
    Page(
      title: "Fiche de faisabilité et de calibrage", section: .planned,
      crumbs: [
        .init("Programmation", .planning(.plannedList(Query()))),
        .init(Say.short(model.dossier.contract.object, limit: 60), .planning(.planned(model.dossier.id.description))),
      ],
      lead: "\(sheet.title). \(model.dossier.buyerName). \(Self.status(sheet, isReplaced: model.isReplaced))",
      hasForm: true
    ) {
      """
      \(errorSummary(allFields))\(when(notice) { Parts.note(.warning, "<p role=\"alert\">\($0)</p>") })\
      \(when(sheet.state == .signed, signature))\(calculator.map { draft($0) } ?? result)\
      \(when(sheet.state == .signed, choice))\(actions)
      """
    }
  }

  static func status(_ sheet: LotSheet, isReplaced: Bool) -> HTML {
    if sheet.state == .draft { return Parts.status(.neutral, "brouillon, que l’acheteur ne voit pas") }
    if isReplaced { return Parts.status(.neutral, "remplacée par une version plus récente") }
    return sheet.choice == nil
      ? Parts.status(.warning, "signée, l’acheteur n’a pas encore choisi") : Parts.status(.good, "retenue")
  }

  private func error(_ name: String) -> String? { faults.first { $0.field == name }?.description }

  private func value(_ name: String) -> String? { typed.fields.first { $0.name == name }?.value }

  private var version: HTML { "<input type=\"hidden\" name=\"version\" value=\"\(sheet.version)\">" }

  private var allFields: [Field] {
    (calculator.map { lotFields($0) + $0.growing.fields } ?? []) + (signs ? signFields : [])
      + (chooses ? choiceFields : [])
  }

  private var signs: Bool { model.mayStudy && sheet.state == .draft && model.record != nil }
  private var chooses: Bool { model.mayChoose && sheet.state == .signed && !model.isReplaced }

  // MARK: The draft

  private func draft(_ calculator: HoursCalculator) -> HTML {
    let more = calculator.growing
    return """
      <form class="with-filters calculator" method="post" action="\(Address.planning(.sheetPart(id, .save)))" aria-label="Ce qui est connu du lot">\(mark)\(version)\
      <div class="filters">\(each(lotFields(calculator)) { $0.html })\
      <details\(attribute("open", if: more.fields.contains { $0.value != nil || $0.error != nil }))><summary>\(more.title)</summary>\
      \(each(more.fields) { $0.html })\(more.extra)</details>\
      <div class="no-print"><button class="btn btn-primary" type="submit">Enregistrer et recalculer</button></div></div>
      <div class="results">\(result)\(when(signs, sign))</div></form>
      """
  }

  private var result: HTML {
    guard let record = model.record else {
      return Parts.empty(
        title: "Le calcul attend une correction",
        "<p>Corrigez le champ signalé\u{202F}: ce que vous avez tapé est gardé.</p>")
    }
    return content(record)
  }

  /// The fields of the calculator, without the question asked backwards.
  private func lotFields(_ calculator: HoursCalculator) -> [Field] { calculator.fields.filter { $0.name != "voulu" } }

  private var signFields: [Field] {
    let methods = model.record?.methods.filter { !$0.isBeside } ?? []
    return [
      Field(
        "methode", "Heures proposées à l’acheteur",
        .choice(
          methods.map { .init($0.method, "\($0.hours.french), \($0.name)") } + [
            .init(SignSheet.ownHours, "un autre nombre d’heures")
          ]),
        value: value("methode"), error: error("methode")),
      Field(
        "heures-proposees", "Autre nombre d’heures", .text(mode: "decimal"), value: value("heures-proposees"),
        error: error("heures-proposees")),
      Field(
        "raison", "Raison", .lines(3), value: value("raison"),
        hint: "L’acheteur la lira. Demandée pour un autre nombre d’heures.", error: error("raison")),
    ]
  }

  private var sign: HTML {
    """
    <section class="no-print"><h2>Signer la fiche</h2><p>Signée avec les chiffres affichés ci-contre, elle ne change plus\u{202F}: une nouvelle version la remplacera. L’acheteur en \
    est prévenu.</p>\(each(signFields) { $0.html })\
    <button class="btn btn-primary" type="submit" formaction="\(Address.planning(.sheetPart(id, .sign)))">Signer</button></section>

    """
  }

  // MARK: What it says

  private var signature: HTML {
    let when = sheet.signedAt.map { ParisTime.french("\($0)") } ?? ""
    return """
      \(Parts.keyFigures([
        ("Heures proposées", sheet.proposal?.hours.french ?? "–"), ("Heures retenues", sheet.choice?.hours.french ?? "à choisir"),
      ]))\
      \(Parts.definitions([
        ("Signée le", "\(when), par \(model.signer ?? "une personne dont le compte n’existe plus"), \(model.body)"),
        ("Méthode", "\(methodName)"), ("Raison", lines(sheet.proposal?.reason ?? "")),
      ]))
      """
  }

  private var methodName: String {
    guard let method = sheet.method else { return "autre nombre d’heures" }
    return sheet.record?.methods.first { $0.method == method }?.name ?? method
  }

  private func lines(_ text: String) -> HTML {
    text.isEmpty ? "sans précision" : each(text.split(separator: "\n"), separator: "<br>") { "\($0)" }
  }

  private func definitions(_ lines: [LotRecord.Line]) -> HTML {
    Parts.definitions(lines.map { (Say.capitalised($0.name), "\(Say.capitalised($0.text))" as HTML) })
  }

  private func content(_ record: LotRecord) -> HTML {
    """
    <section><h2>Les méthodes côte à côte</h2>\(methods(record))</section>
    <section><h2>Faisabilité</h2><p class="lead">\(record.level)</p>\(definitions(record.criteria))\
    \(when(!record.advice.isEmpty, "<ul>\(each(record.advice) { "<li>\($0)</li>" })</ul>"))</section>
    <section><h2>Obligation légale</h2><p>\(record.duty)</p></section>
    <section><h2>Qui peut intervenir</h2><ul>\(each(record.people) { "<li>\($0)</li>" })</ul></section>
    <section><h2>Lots comparables de la structure</h2>\(comparables(record))</section>
    \(when(sheet.state == .signed, "<section><h2>Ce qui est connu du lot</h2>\(definitions(record.given))</section>\n"))\
    \(when(!record.remarks.isEmpty, "<section><h2>Remarques</h2><ul>\(each(record.remarks) { "<li>\($0)</li>" })</ul></section>\n"))\
    <details class="more"\(attribute("open", if: sheet.state == .signed))><summary>Le calcul de chaque méthode</summary>\(each(record.methods) { method in
      """
      <h3>\(Say.capitalised(method.name))</h3><ol>\(each(method.steps) { "<li>\(Say.breakable($0))</li>" })</ol>
      """
    })</details>
    <details class="more"\(attribute("open", if: sheet.state == .signed))><summary>D’où viennent ces chiffres\u{202F}?</summary>\(Table(
      caption: "Chiffres de référence utilisés", columns: [.text("Chiffre"), .text("Valeur"), .text("Source")],
      rows: record.figures.map { ["\($0.line.name)", "\($0.line.text)", "\($0.source)"] }).html)\
    \(when(!record.articles.isEmpty, "<p>Textes\u{202F}: \(French.list(record.articles)).</p>"))</details>

    """
  }

  private func methods(_ record: LotRecord) -> HTML {
    let compared = record.methods.filter { !$0.isBeside }
    guard !compared.isEmpty else {
      return Parts.empty(
        title: "Aucune méthode ne s’applique", "<p>Donnez un montant, ou des heures de main-d’œuvre et un taux.</p>")
    }
    let rows: [[HTML]] = record.methods.map { method in
      [
        "\(Say.capitalised(method.name))\(when(method.isBeside, " (à part\u{202F}: heures de stage)"))",
        "\(method.hours.french)",
      ]
    }
    return """
      \(Table(caption: "Heures selon chaque méthode", columns: [.text("Méthode"), .number("Heures")], rows: rows).html)\
      \(when(!record.lacking.isEmpty, """
        <details class="more"><summary>Ce qu’il faudrait pour les autres méthodes</summary><ul>\(each(record.lacking) { "<li>\(Say.capitalised($0.name))\u{202F}: \($0.text)</li>" })</ul></details>
        """))
      """
  }

  private func comparables(_ record: LotRecord) -> HTML {
    guard !record.comparables.isEmpty else {
      return "<p>Aucun lot du même segment n’a encore de fiche signée.</p>"
    }
    let rows: [[HTML]] = record.comparables.map { past in
      [
        "\(Say.short(past.name, limit: 80))", "\(Euros(cents: past.cents).frenchWhole)",
        "\(Hours(hundredths: past.hundredths).french)",
      ]
    }
    return Table(
      caption: "Lots du même segment, les plus récents d’abord",
      columns: [.text("Lot"), .number("Montant HT"), .number("Heures")], rows: rows
    ).html + when(!record.standing.isEmpty, "<ul>\(each(record.standing) { "<li>\($0)</li>" })</ul>")
  }

  // MARK: The choice

  private var choiceFields: [Field] {
    [
      Field(
        "heures-retenues", "Heures retenues par l’acheteur", .text(mode: "decimal"),
        value: value("heures-retenues") ?? (sheet.choice ?? sheet.proposal).map { Self.plain($0.hours) },
        hint: "0 si aucune clause n’est retenue.", error: error("heures-retenues")),
      Field(
        "motif-choix", "Raison", .lines(3), value: value("motif-choix") ?? sheet.choice?.reason,
        hint: "Demandée si ces heures diffèrent de la proposition.", error: error("motif-choix")),
    ]
  }

  private static func plain(_ hours: Hours) -> String {
    String(hours.french.filter { !$0.isWhitespace && $0 != "h" })
  }

  private var choice: HTML {
    let made = sheet.choice.map { choice in
      Parts.definitions([
        ("Heures retenues", "\(choice.hours.french)"), ("Raison", lines(choice.reason)),
        ("Noté le", "\(sheet.chosenAt.map { ParisTime.french("\($0)") })"),
      ])
    }
    return """
      <section><h2>Choix de l’acheteur</h2>\(made ?? "<p>L’acheteur n’a pas encore dit ce qu’il retient.</p>")\
      \(when(chooses, """
        <form class="narrow no-print" method="post" action="\(Address.planning(.sheetPart(id, .choose)))">\(mark)\(version)\
        \(each(choiceFields) { $0.html })<button class="btn btn-primary" type="submit">Enregistrer le choix</button></form>
        """))</section>

      """
  }

  private var actions: HTML {
    """
    <p class="actions no-print"><button class="btn btn-outline-primary" type="button" data-print>Imprimer</button></p>\
    \(when(model.mayStudy && sheet.state == .signed, """
      <form class="no-print" method="post" action="\(Address.planning(.plannedPart(model.dossier.id.description, .sheets)))">\(mark)\
      <input type="hidden" name="lot" value="\(sheet.lot)"><p><button class="btn btn-outline-primary" type="submit">Préparer une nouvelle version</button></p></form>
      """))\
    \(when(model.mayStudy && sheet.state == .draft, """
      <form class="no-print" method="post" action="\(Address.planning(.sheetPart(id, .remove)))">\(mark)\(version)\
      <p><button class="btn btn-link" type="submit">Supprimer ce brouillon</button></p></form>
      """))
    """
  }
}
