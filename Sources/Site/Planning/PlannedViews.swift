import Casework
import Clauses

/// Planned contracts, the first due first.
struct PlannedListView {
  let model: ListPlanned.Model
  let query: Query
  let page: Int

  var body: Page {
    Page(
      title: "Programmation", section: .planned,
      lead: "Les marchés que des acheteurs préparent, et le premier avis de chacun."
    ) {
      """
      \(when(model.maySend, "<p class=\"actions\"><a class=\"btn btn-primary\" href=\"\(Address.planning(.programmes))\">Envoyer une programmation</a> <a class=\"btn btn-outline-primary\" href=\"\(Address.planning(.newPlanned(Query())))\">Saisir un marché</a></p>"))\
      \(when(model.waiting > 0, Parts.note(.warning, "<p><a href=\"\(Address.planning(.programmes))\">\(French.count(model.waiting, "envoi sans compte", "envois sans compte")) à vérifier</a></p>")))\
      \(stages)<div class="with-filters"><div>\(filters)</div><div class="results">\(list)\(pager)</div></div>
      """
    }
  }

  private func address(_ query: Query) -> Address { .planning(.plannedList(query)) }

  private var stages: HTML {
    let current = query["etape"]
    func link(_ name: String?, _ label: String, _ count: Int) -> HTML {
      let address = address(query.removing("page").setting("etape", name))
      return
        "<li><a href=\"\(address)\"\(attribute("aria-current", current == name ? "true" : nil))>\(label) <span class=\"number\">\(French.integer(count))</span></a></li>"
    }
    let open = PlannedStage.allCases.filter { $0 != .awarded && $0 != .setAside }
    return """
      <nav class="stages" aria-label="Étapes"><ul>\
      \(link(nil, "En cours", open.reduce(0) { $0 + (model.counts[$1] ?? 0) }))\
      \(each(PlannedStage.allCases) { link($0.rawValue, Say.capitalised($0.label), model.counts[$0] ?? 0) })</ul></nav>

      """
  }

  private var filters: HTML {
    let stage: HTML = when(query["etape"]) { "<input type=\"hidden\" name=\"etape\" value=\"\($0)\">" }
    return filterForm(
      action: address(Query()), label: "Chercher un marché programmé",
      reset: query.fields.isEmpty ? nil : address(Query()),
      fields: """
        \(stage)\(Field("texte", "Mots", .text(type: "search"), value: query["texte"], hint: "Objet, acheteur, référence, lieu.").html)\
        \(checkboxes("Suivi", name: "suivi", options: [.init("moi", "Que je suis")], chosen: Set(query.all("suivi"))))
        """)
  }

  private var list: HTML {
    guard !model.lines.isEmpty else {
      return Parts.empty(
        title: "Aucun marché ici",
        query.fields.isEmpty
          ? "<p>Envoyez une première programmation d’achats\u{202F}: un tableur suffit.</p>"
          : "<p>Élargissez la recherche ou changez d’étape.</p>")
    }
    return "<ul class=\"advice\">\(each(model.lines) { item($0) })</ul>"
  }

  private func item(_ line: ListPlanned.Line) -> HTML {
    let (dossier, contract) = (line.dossier, line.dossier.contract)
    let facts: [String?] = [
      dossier.buyerName, contract.amount.map { "\($0.frenchWhole) HT" },
      contract.months.map { French.count($0, "mois", "mois") },
      contract.place ?? contract.departement?.code, contract.launch.map { "lancement \($0.first.french.dropFirst(3))" },
      line.follower.map { "suivi par \($0)" },
    ]
    return """
      <li><h2><a href="\(Address.planning(.planned(dossier.id.description)))">\(Say.short(contract.object, limit: 160))</a></h2>\
      <p>\(facts.compactMap(\.self).joined(separator: ", "))</p><p>\(line.opinion.sentence)</p>\
      \(PlannedView.status(dossier, isLate: line.isLate))</li>
      """
  }

  private var pager: HTML {
    func at(_ page: Int) -> Address { address(query.setting("page", page == 0 ? nil : String(page))) }
    return Parts.pager(
      label: "Pages de la liste", previous: page > 0 ? at(page - 1) : nil, next: model.hasNext ? at(page + 1) : nil)
  }
}

/// One planned contract: what is known, the first opinion with its reasons, the thread.
struct PlannedView {
  let model: ShowPlanned.Model
  let mark: HTML
  var faults: [FieldFault] = []
  var typed = Query()
  var notice: String?

  private var dossier: PlannedDossier { model.dossier }
  private var contract: PlannedContract { dossier.contract }
  private var id: String { dossier.id.description }

  var page: Page {
    Page(
      title: contract.object, section: .planned,
      crumbs: [.init("Programmation", .planning(.plannedList(Query())))],
      lead: "\(dossier.buyerName) \(Self.status(dossier, isLate: model.isLate))"
    ) {
      """
      \(errorSummary(studyFields + editFields + [messageField, lotField]))\
      \(when(notice) { Parts.note(.warning, "<p role=\"alert\">\($0)</p>") })\
      \(when(dossier.reason) { Parts.note(.warning, "<p>Écarté\u{202F}: \($0)</p>") })\
      \(opinion)\(facts)\(sheets)\(tender)\(when(model.mayStudy, study))\(thread)\(when(model.mayStudy, edit))
      """
    }
  }

  static func status(_ dossier: PlannedDossier, isLate: Bool) -> HTML {
    let label = Say.capitalised(dossier.stage.label)
    guard dossier.stage.awaitsOpinion else {
      return Parts.status(dossier.stage == .setAside ? .neutral : .good, label)
    }
    return isLate
      ? Parts.status(.late, "\(label), premier avis attendu depuis le \(dossier.answerDue.french)")
      : Parts.status(.warning, "\(label), premier avis attendu le \(dossier.answerDue.french)")
  }

  // MARK: The first opinion

  private var opinion: HTML {
    let sheet = model.opinion.sheet
    return """
      <section><h2>Premier avis</h2><p class="lead">\(sheet.level.french)</p>\
      \(when(!model.opinion.missing.isEmpty, Parts.note(.neutral, "<p>Pour un avis plus sûr, complétez\u{202F}: \(French.list(model.opinion.missing.map { $0 == .cpv ? "code CPV" : $0.name.lowercased() })).</p>")))\
      \(Parts.definitions(Feasibility.Criterion.allCases.compactMap { criterion in
        sheet.verdicts[criterion].map { verdict in
          (criterion.french, "\(Say.capitalised(verdict.outcome.french))\u{202F}; \(verdict.reason)" as HTML)
        }
      } + [("Heures envisageables", hours), ("Obligation légale", duty)]))\
      \(when(!sheet.advice.isEmpty, "<ul>\(each(sheet.advice) { "<li>\($0)</li>" })</ul>"))\
      <details class="more"><summary>D’où vient cet avis\u{202F}?</summary>\(reasons(sheet.derivation))\
      \(when(model.opinion.duty) { reasons($0.derivation) })</details></section>

      """
  }

  private func reasons(_ derivation: Derivation) -> HTML {
    let view = ReasoningView(derivation: derivation)
    return "\(view.alerts)\(view.remarks)\(view.steps)\(view.sources)"
  }

  private var hours: HTML {
    guard let hours = model.opinion.sheet.hours else { return "pas assez d’éléments pour les estimer" }
    return "de \(hours.low.french) à \(hours.high.french), usuellement \(hours.usual.french)"
  }

  private var duty: HTML {
    guard let duty = model.opinion.duty else { return "à apprécier quand le montant et la catégorie seront connus" }
    // Nothing is drafted yet: what is not met is to be provided for.
    let text =
      duty.outcome == .notMet
      ? "elle s’appliquera\u{202F}: prévoyez une condition d’exécution sociale ou relative à l’emploi"
      : duty.outcomeText
    return "\(Say.capitalised(text))\(when(duty.article) { " (article \($0))" })"
  }

  private var facts: HTML {
    """
    <section><h2>Ce qui est prévu</h2>\(Parts.definitions(
      [("Acheteur", "\(dossier.buyerName), SIRET \(dossier.buyer.digits)" as HTML)]
        + PlannedField.allCases.filter { $0 != .object }.map { field in
          (field.name, field == .place ? place : "\(contract.shown(field))" as HTML)
        } + [
          ("Reçu le", "\(ParisTime.french("\(dossier.receivedAt)"))" as HTML), ("Suivi par", "\(model.follower)" as HTML),
        ]))</section>

    """
  }

  private var place: HTML {
    let named = model.departement.map { "\($0) (\(contract.departement?.code ?? ""))" }
    return "\([contract.place, named].compactMap(\.self).joined(separator: "\u{202F}; "))"
  }

  // MARK: Sheets

  private var sheets: HTML {
    guard model.mayStudy || !model.sheets.isEmpty else { return .empty }
    return """
      <section><h2>Fiches de faisabilité et de calibrage</h2>\
      \(when(model.sheets.isEmpty, "<p>Une fiche par lot garde les heures proposées, leur calcul et le choix de l’acheteur.</p>"))\
      \(when(!model.sheets.isEmpty, "<ul class=\"advice\">\(each(model.sheets) { sheet($0) })</ul>"))\
      \(when(model.mayStudy, begin))</section>

      """
  }

  // MARK: The wording

  private var tender: HTML {
    guard model.mayStudy || model.tender != nil else { return .empty }
    let open: HTML =
      model.tender.map { tender in
        "<p><a class=\"btn btn-outline-primary\" href=\"\(Address.drafting(.tender(tender.description)))\">Voir la rédaction</a></p>"
      } ?? """
        <p>Le programme rédige l’avis, le règlement, le CCAP, l’acte d’engagement et leurs annexes à partir des fiches signées, puis vérifie qu’ils concordent.</p>\
        <form method="post" action="\(Address.planning(.plannedPart(id, .tender)))">\(mark)\
        <button class="btn btn-outline-primary" type="submit">Rédiger les pièces</button></form>
        """
    return """
      <section class="no-print"><h2>Rédaction de la clause</h2>\(open)\
      \(when(model.mayStudy, "<p><a href=\"\(Address.drafting(.library(Query())))\">Bibliothèque des rédactions</a></p>"))</section>

      """
  }

  private func sheet(_ line: SheetLine) -> HTML {
    let sheet = line.sheet
    let facts = [
      sheet.proposal.map { "proposé\u{202F}: \($0.hours.french)" },
      sheet.choice.map { "retenu\u{202F}: \($0.hours.french)" },
    ].compactMap(\.self)
    return """
      <li><h3><a href="\(Address.planning(.sheet(sheet.id.description)))">\(sheet.title)</a></h3>\
      \(when(!facts.isEmpty, "<p>\(facts.joined(separator: ", "))</p>"))\(SheetView.status(sheet, isReplaced: line.isReplaced))</li>
      """
  }

  private var lotField: Field {
    Field(
      "lot", "Lot", value: typed["lot"],
      hint: "Par exemple «\u{A0}Lot 1, nettoyage\u{A0}»\u{202F}; vide pour le marché entier.",
      error: error("lot"))
  }

  private var begin: HTML {
    """
    <form class="narrow" method="post" action="\(Address.planning(.plannedPart(id, .sheets)))">\(mark)\(lotField.html)\
    <button class="btn btn-outline-primary" type="submit">Ouvrir une fiche</button></form>
    """
  }

  // MARK: Forms

  private func error(_ name: String) -> String? { faults.first { $0.field == name }?.description }

  private var studyFields: [Field] {
    guard model.mayStudy else { return [] }
    return [
      Field(
        "etape", "Étape", .choice(PlannedStage.allCases.map { .init($0.rawValue, Say.capitalised($0.label)) }),
        value: typed["etape"] ?? dossier.stage.rawValue, error: error("etape")),
      Field(
        "suivi", "Suivi par",
        .choice([.init("", "Personne")] + model.followers.map { .init($0.id.description, $0.name) }),
        value: typed["suivi"] ?? dossier.assigned?.description, error: error("suivi")),
      Field(
        "motif", "Motif", value: typed["motif"] ?? dossier.reason,
        hint: "Demandé pour écarter un marché\u{202F}; l’acheteur le lira.",
        error: error("motif")),
    ]
  }

  private var version: HTML { "<input type=\"hidden\" name=\"version\" value=\"\(dossier.version)\">" }

  private var study: HTML {
    """
    <section><h2>Décider</h2><form class="narrow" method="post" action="\(Address.planning(.plannedPart(id, .study)))">\(mark)\(version)\
    \(each(studyFields) { $0.html })<button class="btn btn-primary" type="submit">Enregistrer</button></form></section>

    """
  }

  private var editFields: [Field] {
    guard model.mayStudy else { return [] }
    return PlannedFields.all(typed: typed, known: contract, error)
  }

  private var edit: HTML {
    let isOpen = PlannedField.allCases.contains { error($0.rawValue) != nil }
    return """
      <details class="more"\(attribute("open", if: isOpen))><summary>Corriger ce qui est prévu</summary>\
      <form class="narrow" method="post" action="\(Address.planning(.plannedPart(id, .edit)))">\(mark)\(version)\
      \(each(editFields) { $0.html })<button class="btn btn-outline-primary" type="submit">Enregistrer</button></form></details>

      """
  }

  private var messageField: Field {
    Field(
      "message", "Message", .lines(4), value: typed["message"],
      hint: "Lu par la structure et par l’acheteur. Pas de donnée sur des personnes en insertion.",
      error: error("message"))
  }

  private var thread: HTML {
    """
    <section><h2>Échanges et décisions</h2><ol class="thread">\(each(model.steps) { step in
      """
      <li><p class="source">\(ParisTime.french("\(step.at)"))\(when(step.who) { ", \($0)" })</p>\
      \(each(step.words.split(separator: "\n")) { when(step.isMessage, "<p>\($0)</p>", else: "<p class=\"text-body-secondary\">\($0)</p>") })</li>
      """
    })</ol>\
    <form class="narrow" method="post" action="\(Address.planning(.plannedPart(id, .message)))">\(mark)\(messageField.html)\
    <button class="btn btn-outline-primary" type="submit">Envoyer le message</button></form></section>

    """
  }
}
