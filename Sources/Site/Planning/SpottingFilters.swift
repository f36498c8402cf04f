import Casework
import Clauses

extension SpottingView {
  /// The fields in the order of the form, each with what was typed and its error.
  var fields: [Field] { [text, departement, buyer, family] + amounts + window + [consideration, kind, order] }

  /// The form, kept in the address.
  var filters: HTML {
    filterForm(
      action: .planning(.spotting(Query())), label: "Filtrer les marchés",
      reset: form.queryFromStart.fields.isEmpty ? nil : .planning(.spotting(Query())),
      fields: """
        \(text.html)\(departement.html)\(buyer.html)\(family.html)\
        \(group("Fin prévue du marché", window))\(criteria)\(group("Montant HT", amounts))\
        \(consideration.html)\(kind.html)\(order.html)
        """)
  }

  private func group(_ legend: String, _ fields: [Field]) -> HTML {
    "<fieldset class=\"pair\"><legend>\(legend)</legend>\(each(fields) { $0.html })</fieldset>\n"
  }

  private func field(_ name: String, _ label: String, _ control: Field.Control, hint: String? = nil) -> Field {
    Field(name, label, control, value: form.query[name], hint: hint, error: form.errors[name])
  }

  private var text: Field { field("texte", "Mots de l’objet", .text(type: "search")) }

  private var buyer: Field { field("acheteur", "Acheteur (nom, SIREN ou SIRET)", .text()) }

  private var departement: Field {
    let options = model.departements.map { Field.Option($0.code.code, "\($0.code.code) \(Say.name($0.name))") }
    return field("departement", "Département", .choice([.init("", "Tous")] + options))
  }

  private var family: Field {
    var options = [Field.Option("", "Toutes")] + model.families.map { Field.Option($0.code, $0.label) }
    // A code that is no family of ours came from a link: it stays chosen.
    if let code = form.filter.cpv, !options.contains(where: { $0.value == code }) {
      options.append(Field.Option(code, "CPV \(code)"))
    }
    return field("famille", "Famille d’achats", .choice(options))
  }

  private var amounts: [Field] {
    [
      field("montant_min", "Au moins", .text(mode: "decimal")), field("montant_max", "Au plus", .text(mode: "decimal")),
    ]
  }

  private var window: [Field] {
    [month("de", "De (mm/aaaa)", form.filter.from), month("a", "À (mm/aaaa)", form.filter.to)]
  }

  /// A line of text rather than the browser's own control, which forgets what was typed wrongly.
  private func month(_ name: String, _ label: String, _ month: Month?) -> Field {
    let typed = month.map { "\($0.description.suffix(2))/\($0.description.prefix(4))" } ?? form.query[name]
    return Field(name, label, .text(mode: "numeric"), value: typed, error: form.errors[name])
  }

  private var criteria: HTML {
    let options = SpottingForm.criteria.map { Field.Option($0.text, $0.criterion.french) }
    return checkboxes("Critères réunis", name: "critere", options: options, chosen: Set(form.query.all("critere")))
  }

  private var consideration: Field {
    field(
      "consideration", "Considération sociale",
      .choice([
        .init("", "Toutes"), .init("declaree", "Déjà présente"), .init("aucune", "Absente"),
        .init("inconnue", "Non renseignée"),
      ]))
  }

  private var kind: Field {
    field(
      "type", "Contrats", .choice([.init("", "Tous"), .init("marche", "Marchés"), .init("concession", "Concessions")]))
  }

  private var order: Field {
    field(
      "tri", "Trier par",
      .choice([.init("", "Priorité"), .init("fin", "Fin la plus proche"), .init("montant", "Montant le plus élevé")]))
  }
}
