import Casework
import Clauses

/// Sending a purchase programme, and those that were sent.
struct ProgrammesView {
  let model: PrepareProgramme.Model
  let mark: HTML
  var fault: FieldFault?
  var typed = Query()

  private func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }

  var page: Page {
    Page(
      title: "Envoyer une programmation d’achats", section: .planned,
      crumbs: [.init("Programmation", .planning(.plannedList(Query())))],
      lead: "Un fichier de vos achats à venir suffit\u{202F}: chaque marché reçoit aussitôt un premier avis."
    ) { "\(errorSummary(fields + [file]))\(form)\(latest)" }
  }

  private var fields: [Field] {
    guard model.buyer != nil else {
      return [
        Field(
          "acheteur", "SIRET de l’acheteur", .text(mode: "numeric"), value: typed["acheteur"], error: error("acheteur"),
          isRequired: true),
        Field(
          "nom", "Nom de l’acheteur", value: typed["nom"], hint: "Inutile s’il est déjà connu ici.", error: error("nom")
        ),
      ]
    }
    return [Self.bodyField(model.bodies, typed: typed["structure"], error: error("structure"))]
  }

  /// The choice among the bodies that cover a buyer.
  static func bodyField(_ bodies: [Organisation], typed: String?, error: String?) -> Field {
    Field(
      "structure", "Structure qui étudiera ces marchés", .choice(bodies.map { .init($0.id.description, $0.name) }),
      value: typed, error: error)
  }

  /// What a buyer reads where nobody covers it.
  static let nobody = Parts.empty(
    title: "Aucune structure ne couvre encore votre commune",
    "<p>Aucune structure porteuse de ce territoire n’est inscrite ici. Vérifiez l’adresse de votre organisation, ou rapprochez-vous de votre coordination.</p>"
  )

  private var file: Field {
    Field(
      "fichier", "Fichier", .file(accept: ".xlsx,.ods,.csv,.json"), value: nil,
      hint:
        "XLSX, ODS, CSV, ou l’export JSON d’APProch\u{202F}; 20 Mo au plus. Vos colonnes sont reconnues à leur titre.",
      error: error("fichier"), isRequired: true)
  }

  private var form: HTML {
    guard model.buyer == nil || !model.bodies.isEmpty else { return Self.nobody }
    return """
      <form class="narrow" method="post" enctype="multipart/form-data" action="\(Address.planning(.programmes))">\(mark)\
      \(each(fields) { $0.html })\(file.html)\
      <p class="form-text">Le fichier lui-même n’est pas gardé\u{202F}: seules ses lignes le sont, pour la structure choisie et pour l’acheteur. \
      N’y mettez aucune donnée sur des personnes. <a href="\(Address.planning(.programmeTemplate))">Modèle à remplir (XLSX)</a></p>\
      <button class="btn btn-primary" type="submit">Envoyer et vérifier</button> \
      <a class="btn btn-link" href="\(Address.planning(.newPlanned(Query())))">Saisir un seul marché</a></form>

      """
  }

  private var latest: HTML {
    guard !model.latest.isEmpty else { return .empty }
    return """
      <section><h2>Derniers envois</h2>\(Table(
        caption: "Programmations envoyées, la plus récente d’abord",
        columns: [.text("Fichier"), .text("Acheteur"), .text("Reçue le"), .text("État")],
        rows: model.latest.map { line in
          [
            "<a href=\"\(Address.planning(.programme(line.id.description, Query())))\">\(line.fileName)</a>",
            "\(line.buyerName)\(when(line.isPublic, " (formulaire public)"))", "\(ParisTime.french("\(line.createdAt)"))", "\(Say.capitalised(line.state))",
          ]
        }).html)</section>

      """
  }
}

/// A programme being checked: columns, lines with their faults beside them, and what each would change.
struct ProgrammeView {
  /// Lines on a page.
  static let pageSize = 50

  let model: ShowProgramme.Model
  let query: Query
  let mark: HTML
  var notice: String?
  var fault: FieldFault?
  /// What was typed, where it was refused.
  var typed = Query()

  private var id: String { model.id.description }

  var page: Page {
    Page(
      title: "Programmation de \(model.buyerName)", section: .planned,
      crumbs: [
        .init("Programmation", .planning(.plannedList(Query()))), .init("Envois", .planning(.programmes)),
      ],
      lead: "\(origin)\u{202F}: \(model.state)."
    ) {
      """
      \(errorSummary(columnFields + [lineFault].compactMap(\.self)))\(when(notice) { Parts.note(.neutral, "<p role=\"status\">\($0)</p>") })\
      \(when(model.isCut, Parts.note(.warning, "<p>Ce fichier est très long\u{202F}: seules ses 5\u{202F}000 premières lignes sont lues. Envoyez le reste à part.</p>")))\
      \(when(model.sender) { sender($0) })\(figures)\(decision)\(when(model.isDraft && !model.sheet.isEmpty, columns))\(lines)\(when(model.isDraft, removal))
      """
    }
  }

  private var origin: String {
    guard !model.sheet.isEmpty else {
      return model.sender == nil ? Say.capitalised(model.fileName) : "Marché décrit dans le formulaire public"
    }
    return "Fichier «\u{A0}\(model.fileName)\u{A0}», feuille «\u{A0}\(model.sheet)\u{A0}»"
  }

  /// Who sent it without an account; the body answers them, and forgets them when they ask.
  private func sender(_ sender: ShowProgramme.Sender) -> HTML {
    let person = sender.person
    return """
      <section><h2>Envoyée par le formulaire public</h2>\(Parts.definitions([
        ("Référence", "\(sender.reference)"), ("SIRET indiqué", "\(model.buyer.digits)"), ("Nom", "\(person.name)"),
        ("Courriel", "<a href=\"mailto:\(Say.mail(person.email))\">\(person.email.text)</a>"),
        ("Téléphone", when(person.phone.isEmpty, "non donné", else: "\(person.phone)")),
      ]))\
      <p>Personne n’a vérifié que cette adresse est celle de l’acheteur\u{202F}: assurez-vous-en avant de prendre l’envoi en compte.</p>\
      <form method="post" action="\(Address.planning(.programmePart(id, .forget)))">\(mark)\
      <p><button class="btn btn-link" type="submit">Effacer ces coordonnées</button></p></form></section>

      """
  }

  // MARK: What it would do

  private var figures: HTML {
    Parts.keyFigures([
      ("Nouveaux", French.integer(count { $0 == .new })),
      ("Modifiés", French.integer(count { if case .changed = $0 { true } else { false } })),
      ("Déjà là", French.integer(count { $0 == .same })),
      ("À corriger", French.integer(count { $0 == .faulty })),
      ("Écartés", French.integer(count { if case .twice = $0 { true } else { $0 == .leftOut } })),
    ])
  }

  private func count(_ isCounted: (ShowProgramme.Effect) -> Bool) -> Int { model.count(isCounted) }

  private var decision: HTML {
    if model.isDraft {
      let taken = count { if case .changed = $0 { true } else { $0 == .new } }
      guard taken > 0 else {
        return Parts.note(.neutral, "<p>Aucune ligne n’apporte de marché nouveau ou modifié pour l’instant.</p>")
      }
      return """
        <form method="post" action="\(Address.planning(.programmePart(id, .take)))">\(mark)\
        <input type="hidden" name="version" value="\(model.version)">\
        <p><button class="btn btn-primary" type="submit">Prendre en compte \(French.count(taken, "marché"))</button> \
        \(when(count { $0 == .faulty } > 0, "Les lignes à corriger restent de côté\u{202F}; le même fichier, corrigé, pourra être renvoyé sans rien doubler."))</p></form>

        """
    }
    guard model.mayUndo else { return .empty }
    return """
      <form method="post" action="\(Address.planning(.programmePart(id, .undo)))">\(mark)\
      <p><button class="btn btn-outline-primary" type="submit">Annuler cet envoi</button> \
      Les marchés sur lesquels quelqu’un a travaillé depuis sont gardés.</p></form>

      """
  }

  private var removal: HTML {
    """
    <form method="post" action="\(Address.planning(.programmePart(id, .remove)))">\(mark)\
    <input type="hidden" name="version" value="\(model.version)">\
    <p><button class="btn btn-link" type="submit">Supprimer cet envoi</button> Aucun marché n’en est encore sorti.</p></form>

    """
  }

  // MARK: Columns

  private var columnFields: [Field] {
    let options =
      [Field.Option("", "absente du fichier")]
      + model.titles.enumerated().map { column, title in
        Field.Option(
          String(column),
          title.isEmpty ? "colonne \(Self.letters(column))" : "\(Self.letters(column))\u{202F}: \(title)")
      }
    return [titleField]
      + PlannedField.allCases.map { field in
        let place = model.places[field]
        let added = place.map { $0 >= model.titles.count ? [Field.Option(String($0), "saisie ici")] : [] } ?? []
        return Field(
          "colonne-\(field.rawValue)", field.label, .choice(options + added), value: place.map { String($0) },
          error: fault?.field == "colonne-\(field.rawValue)" ? fault?.description : nil)
      }
  }

  private var titleField: Field {
    Field(
      "titres", "Ligne des titres", .text(mode: "numeric"), value: typed["titres"] ?? String(model.titleRow),
      hint: "0 s’il n’y en a pas. Si vous la changez, les colonnes sont reconnues à nouveau.",
      error: fault?.field == "titres" ? fault?.description : nil)
  }

  /// What is wrong with a cell that was typed in a line.
  private var lineFault: Field? {
    guard let fault, let field = PlannedField.allCases.first(where: { fault.field.hasPrefix("\($0.rawValue)-") }) else {
      return nil
    }
    return Field(fault.field, field.name, value: nil, error: fault.description)
  }

  private var columns: HTML {
    let lacks = model.places[.object] == nil
    return """
      <details class="more"\(attribute("open", if: lacks || fault != nil))><summary>Colonnes reconnues\u{202F}: \
      \(French.integer(model.places.count)) sur \(French.integer(PlannedField.allCases.count))</summary>\
      <form class="narrow" method="post" action="\(Address.planning(.programmePart(id, .columns)))">\(mark)\
      <p>Votre choix est retenu pour les prochains fichiers de cet acheteur.</p>\(each(columnFields) { $0.html })\
      <button class="btn btn-outline-primary" type="submit">Lire avec ces colonnes</button></form></details>

      """
  }

  /// `A`, `B`, … `AA`.
  static func letters(_ column: Int) -> String {
    var (text, left) = ("", column + 1)
    while left > 0 {
      text = String(UnicodeScalar(UInt8(65 + (left - 1) % 26))) + text
      left = (left - 1) / 26
    }
    return text
  }

  // MARK: Lines

  private var shown: [ShowProgramme.Line] {
    switch query["voir"] {
    case "fautes": model.lines.filter { $0.effect == .faulty || !$0.remarks.isEmpty }
    default: model.lines
    }
  }

  private var lines: HTML {
    let all = shown
    // A line that is looked for is on some page.
    let asked = (query["ligne"] ?? query["vers"]).flatMap { Int($0) }
    let around = asked.flatMap { row in all.firstIndex { $0.row == row } }.map { $0 / Self.pageSize }
    let wanted = query["page"].flatMap { Int($0) } ?? around ?? 0
    let place = min(max(wanted, 0), max((all.count - 1) / Self.pageSize, 0))
    func address(_ query: Query) -> Address { .planning(.programme(id, query)) }
    let remarked = model.lines.count { !$0.remarks.isEmpty }
    guard !model.lines.isEmpty else {
      return Parts.empty(
        title: "Aucune ligne n’est lue",
        "<p>Dites plus haut quelle colonne contient l’objet des marchés, ou vérifiez la feuille du fichier.</p>")
    }
    let page = all.dropFirst(place * Self.pageSize).prefix(Self.pageSize)
    return """
      <section><h2>Lignes</h2><p class="results-head">\(French.count(all.count, "ligne")) \
      \(when(remarked > 0, query["voir"] == "fautes" ? "<a href=\"\(address(Query()))\">Toutes les lignes</a>" : "<a href=\"\(address(Query().setting("voir", "fautes")))\">Voir seulement \(French.count(remarked, "ligne")) avec une remarque</a>"))</p>\
      <ul class="advice">\(each(page) { item($0) })</ul>\
      \(Parts.pager(
        label: "Pages des lignes",
        previous: place > 0 ? address(query.removing("ligne", "vers").setting("page", place == 1 ? nil : String(place - 1))) : nil,
        next: (place + 1) * Self.pageSize < all.count ? address(query.removing("ligne", "vers").setting("page", String(place + 1))) : nil))</section>

      """
  }

  private func item(_ line: ShowProgramme.Line) -> HTML {
    let typed = line.typed
    let facts = PlannedField.allCases.filter { $0 != .object && $0 != .note }.compactMap { field -> HTML? in
      let value = line.contract?.shown(field) ?? typed[field]
      return value.map { "\(field.name)\u{202F}: \($0)\(when(field == .months && Int($0) != nil, " mois"))" }
    }
    let isAsked = query["ligne"] == String(line.row) || line.effect == .faulty
    return """
      <li id="ligne-\(line.row)"><h3>\(typed[.object] ?? "Sans objet")</h3>\
      <p>Ligne \(line.row)\(when(!facts.isEmpty, ". \(each(facts, separator: "\u{202F}; ") { $0 })"))</p>\(status(line.effect))\
      \(when(!line.remarks.isEmpty && !(model.isDraft && isAsked), remarks(line)))\
      \(when(model.isDraft, when(isAsked, correction(line), else: "<p><a href=\"\(Address.planning(.programme(id, query.setting("ligne", String(line.row)))))#ligne-\(line.row)\">Corriger<span class=\"visually-hidden\"> la ligne \(line.row)</span></a></p>")))</li>
      """
  }

  private func status(_ effect: ShowProgramme.Effect) -> HTML {
    switch effect {
    case .new: Parts.status(.good, "nouveau")
    case .changed(let fields):
      Parts.status(.warning, "modifié\u{202F}: \(fields.map { $0.name.lowercased() }.joined(separator: ", "))")
    case .same: Parts.status(.neutral, "déjà là, inchangé")
    case .faulty: Parts.status(.late, "à corriger")
    case .twice(let row): Parts.status(.warning, "le même marché est déjà à la ligne \(row)")
    case .leftOut: Parts.status(.neutral, "écarté")
    }
  }

  private func remarks(_ line: ShowProgramme.Line) -> HTML {
    """
    <ul>\(each(PlannedField.allCases.filter { line.remarks[$0] != nil }) { field in
      "<li>\(field.name)\u{202F}: \(line.remarks[field])</li>"
    })</ul>
    """
  }

  /// The cells of a line that can be mended in place: those with a remark, or all where the line was asked for.
  private func correction(_ line: ShowProgramme.Line) -> HTML {
    let row = line.row
    let isWhole = query["ligne"] == String(row)
    func error(_ field: PlannedField) -> String? {
      fault?.field == "\(field.rawValue)-\(row)" ? fault?.description : line.remarks[field]
    }
    func shown(_ field: PlannedField) -> String? {
      typed.fields.first { $0.name == "\(field.rawValue)-\(row)" }?.value ?? line.typed[field]
    }
    let fields = PlannedField.allCases.filter { isWhole || line.remarks[$0] != nil || $0 == .object }
    return """
      <form class="narrow" method="post" action="\(Address.planning(.programmePart(id, .line)))">\(mark)\
      <input type="hidden" name="ligne" value="\(row)">\
      \(each(fields) { field in
        Field(
          "\(field.rawValue)-\(row)", field.label, value: shown(field), error: error(field)
        ).html
      })\
      <p class="actions"><button class="btn btn-outline-primary" type="submit">Enregistrer la ligne \(row)</button> \
      \(when(line.effect == .leftOut, "<button class=\"btn btn-link\" type=\"submit\" name=\"reprendre\" value=\"oui\">Reprendre la ligne \(row)</button>", else: "<button class=\"btn btn-link\" type=\"submit\" name=\"ecarter\" value=\"oui\">Écarter la ligne \(row)</button>"))</p></form>
      """
  }
}
