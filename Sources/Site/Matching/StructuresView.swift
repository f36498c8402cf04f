import Casework
import Clauses

/// What the address of the list of structures asks for.
struct StructureForm: Sendable {
  let query: Query
  private(set) var filter = StructureFilter()
  private(set) var page = 0
  /// Errors by field.
  private(set) var errors: [String: String] = [:]

  init(_ query: Query) {
    self.query = query
    filter.text = query["texte"]
    filter.near = query["pres_de"]
    filter.family = query["famille"]
    if let text = query["type"] {
      filter.kind = StructureKind(rawValue: text)
      if filter.kind == nil {
        errors["type"] = "«\u{A0}\(text)\u{A0}» n’est pas un type de structure\u{202F}: prenez-le dans la liste."
      }
    }
    if let text = query["departement"] {
      filter.departement = DepartementCode(text)
      if filter.departement == nil {
        errors["departement"] = "«\u{A0}\(text)\u{A0}» n’est pas un département\u{202F}: choisissez-le dans la liste."
      }
    }
    if let text = query["km"] {
      if let distance = Int(text), (1...200).contains(distance) {
        filter.kilometres = distance
      } else {
        errors["km"] = "La distance va de 1 à 200 km\u{202F}: «\u{A0}\(text)\u{A0}» n’y est pas."
      }
    }
    page = query["page"].flatMap { Int($0) }.map { max(1, $0) - 1 } ?? 0
  }
}

extension Query {
  /// The fields that ask for a filter of structures; ``StructureForm`` reads them back.
  init(_ filter: StructureFilter) {
    self.init()
    add("texte", filter.text)
    add("type", filter.kind?.rawValue)
    add("famille", filter.family)
    add("departement", filter.departement?.code)
    add("pres_de", filter.near)
    if filter.near != nil { add("km", String(filter.kilometres)) }
  }
}

/// Inclusion structures by kind, activity and place.
struct StructuresView {
  let model: StructureList
  let form: StructureForm

  var page: Page {
    Page(
      title: "Structures", section: .structures,
      lead: "Qui peut réaliser une prestation, ou mettre des personnes à disposition, et où\u{202F}?"
    ) {
      """
      \(when(!form.errors.isEmpty, errorSummary(fields)))<div class="with-filters">\(filters)<section class="results" aria-label="Structures trouvées">
      \(results)</section></div>
      """
    }
  }

  private var results: HTML {
    if !form.errors.isEmpty {
      return Parts.note(.warning, "<p>Corrigez les champs signalés pour voir la liste.</p>")
    }
    if model.placeIsUnknown { return placeNote }
    guard !model.items.isEmpty else { return "\(placeNote)\(emptyState)" }
    return """
      \(placeNote)<p><strong>\(French.count(model.count, "structure"))</strong></p>
      <ol class="advice">
      \(each(model.items) { row($0) })</ol>
      \(Parts.pager(
        label: "Pages de la liste", previous: model.page > 0 ? address(model.page) : nil,
        next: model.hasNext ? address(model.page + 2) : nil))
      """
  }

  private func address(_ number: Int) -> Address {
    .matching(.structures(form.query.setting("page", number > 1 ? String(number) : nil)))
  }

  private var placeNote: HTML {
    if model.placeIsUnknown {
      return Parts.note(
        .warning,
        "<p>La commune «\u{A0}\(model.filter.near)\u{A0}» n’est pas connue, ou sa position manque\u{202F}: essayez un code postal.</p>"
      )
    }
    guard let place = model.place else { return .empty }
    let links = each(model.otherPlaces, separator: ", ") { other in
      let address = Address.matching(.structures(form.query.removing("page").setting("pres_de", other.code)))
      return "<a href=\"\(address)\">\(Say.name(other.name)) (\(other.departement))</a>"
    }
    let others = when(!links.isEmpty, " Vous pensiez à une autre commune\u{202F}? \(links)")
    return """
      <p>Distances à vol d’oiseau depuis \(Say.name(place)), jusqu’à \(model.filter.kilometres)\u{A0}km.\(others)</p>

      """
  }

  private func row(_ item: StructureItem) -> HTML {
    """
    <li><h2><a href="\(Address.matching(.structure(String(item.id))))">\(item.name)</a></h2>\
    <p class="advice-facts"><span>\(Say.capitalised(item.kind.label))</span>\
    \(when(item.communeName) { "<span>\(item.postcode) \($0)</span>" })\
    \(when(item.metres) { "<b>à \(Say.distance(metres: $0))</b>" })\
    <span>\(item.kind.contributionLabel)</span></p>\
    \(when(item.activity) { "<p class=\"why\">\($0)</p>" })

    """
  }

  private var emptyState: HTML {
    if model.baseIsEmpty {
      return Parts.empty(
        title: "Aucune structure dans la base",
        """
        <p>Chargez une liste de SIAE, GEIQ, EA ou ESAT au format CSV\u{202F}:</p>
        <pre class="raw">marchepied import structures liste.csv</pre>
        """)
    }
    return Parts.empty(
      title: "Aucune structure ne répond à ces filtres",
      """
      <p>Élargissez la distance, ou retirez le type ou la famille.</p>
      <p><a href="\(Address.matching(.structures(Query())))">Voir toutes les structures</a></p>
      """)
  }

  private var filters: HTML {
    filterForm(
      action: .matching(.structures(Query())), label: "Filtrer les structures",
      reset: form.query.fields.isEmpty ? nil : .matching(.structures(Query())), fields: each(fields) { $0.html })
  }

  private var fields: [Field] {
    [
      field("texte", "Nom de la structure", .text(type: "search")),
      field(
        "type", "Type",
        .choice([.init("", "Tous")] + StructureKind.allCases.map { .init($0.rawValue, Say.capitalised($0.label)) })),
      field(
        "famille", "Peut réaliser",
        .choice([.init("", "Toutes les familles")] + model.families.map { .init($0.id, $0.label) })),
      field(
        "departement", "Département",
        .choice(
          [.init("", "Tous")] + model.departements.map { .init($0.code.code, "\($0.code.code) \(Say.name($0.name))") })),
      field("pres_de", "Près de", .text(autocomplete: "off"), hint: "Commune ou code postal"),
      field("km", "Distance en km", .text(mode: "numeric"), value: String(model.filter.kilometres)),
    ]
  }

  private func field(
    _ name: String, _ label: String, _ control: Field.Control, value: String? = nil, hint: String? = nil
  ) -> Field {
    Field(name, label, control, value: form.query[name] ?? value, hint: hint, error: form.errors[name])
  }
}

/// One inclusion structure.
struct StructureView {
  let sheet: StructureSheet

  var page: Page {
    let item = sheet.structure
    return Page(
      title: item.name, section: .structures, crumbs: [.init("Structures", .matching(.structures(Query())))],
      lead: "\(Say.capitalised(item.kind.label)) (\(item.kind.rawValue)), \(item.kind.contributionLabel)"
    ) {
      """
      \(when(item.description) { "<p class=\"prose\">\($0)</p>\n" })\(Parts.definitions(facts))
      """
    }
  }

  private var facts: [(term: String, value: HTML)] {
    let item = sheet.structure
    return [
      ("Raison sociale", "\(item.legalName ?? item.name)"),
      (
        "SIRET",
        "\(item.siret.french)\(when(!item.siret.hasValidKey, ", <span class=\"status is-warning\">clé incorrecte</span>"))"
      ),
      ("Activité principale", "\(item.activity)\(when(sheet.naf) { " (NAF \($0))" })"),
      ("Familles d’achats", families),
      ("Commune", "\([item.postcode, item.communeName].compactMap(\.self).joined(separator: " "))"),
      (
        "Département",
        when(item.departement) { "<a href=\"\(Address.planning(.territory($0.code)))\">\($0.code)</a>" }
      ),
      (
        "Aussi connue comme",
        each(sheet.otherKinds, separator: ", ") {
          "<a href=\"\(Address.matching(.structure(String($0.id))))\">\($0.kind.label)</a>"
        }
      ),
      ("Liste d’origine", "\(item.list)"),
    ].filter { !($0.0 == "Aussi connue comme" && $0.1.isEmpty) }
  }

  private var families: HTML {
    let item = sheet.structure
    if item.kind.lendsPeople { return "toutes, par mise à disposition de personnes" }
    return "\(French.list(item.families))"
  }
}
