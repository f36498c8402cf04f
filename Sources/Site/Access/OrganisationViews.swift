import Casework
import Clauses

/// The list of organisations.
struct OrganisationsView {
  let model: ListOrganisations.Model
  let query: Query
  let page: Int

  var body: Page {
    Page(
      title: "Organisations", section: .organisations,
      lead: "Qui porte, achète, exécute, accompagne et coordonne les clauses."
    ) {
      """
      \(when(model.waiting > 0, waiting))<div class="with-filters"><div>\(filters)</div><div class="results">\
      <p class="results-head" role="status">\(French.count(model.total, "organisation"))</p>\(list)\(pager)</div></div>
      """
    }
  }

  private var waiting: HTML {
    Parts.note(
      .warning,
      """
      <p><a href="\(Address.access(.organisations(Query().setting("etat", OrganisationState.waiting.rawValue))))">\
      \(French.count(model.waiting, "organisation attend", "organisations attendent")) une décision sur votre territoire</a></p>
      """)
  }

  private var filters: HTML {
    filterForm(
      action: .access(.organisations(Query())), label: "Chercher une organisation",
      reset: query.fields.isEmpty ? nil : .access(.organisations(Query())),
      fields: """
        \(Field("nom", "Nom", .text(type: "search"), value: query["nom"]).html)\
        \(Field("sorte", "Rôle", .choice([.init("", "Tous")] + OrganisationKind.all.map { .init($0.code, Say.capitalised($0.label)) }), value: query["sorte"]).html)\
        \(Field("etat", "État", .choice([.init("", "Tous")] + OrganisationState.allCases.map { .init($0.rawValue, Say.capitalised($0.label)) }), value: query["etat"]).html)
        """)
  }

  private var list: HTML {
    guard !model.lines.isEmpty else {
      return Parts.empty(
        title: "Aucune organisation ne répond", "<p>Élargissez la recherche, ou invitez-la à s’inscrire.</p>")
    }
    return """
      <ul class="advice">\(each(model.lines) { line in
        """
        <li><h2><a href="\(Address.access(.organisation(line.id.description)))">\(line.name)</a></h2>\
        <p>\(Say.capitalised(line.kind.label))\(when(line.departement) { ", \($0.code)" })\
        \(when(line.siret) { ", SIRET \($0.digits)" })</p>\(OrganisationView.status(line.state))</li>
        """
      })</ul>
      """
  }

  private var pager: HTML {
    let isLast = (page + 1) * ListOrganisations.pageSize >= model.total
    func address(_ page: Int) -> Address {
      .access(.organisations(query.setting("page", page == 0 ? nil : String(page))))
    }
    return Parts.pager(
      label: "Pages de la liste", previous: page > 0 ? address(page - 1) : nil, next: isLast ? nil : address(page + 1))
  }
}

/// One organisation: what it is, where it works, what may be done with it.
struct OrganisationView {
  let model: ShowOrganisation.Model
  let mark: HTML
  let today: Day
  var notice: String?
  var fault: FieldFault?
  /// What was typed, where it was refused.
  var typed = Query()

  private var organisation: Organisation { model.organisation }
  private var id: String { organisation.id.description }

  var page: Page {
    Page(
      title: organisation.name, section: .organisations,
      crumbs: [.init("Organisations", .access(.organisations(Query())))],
      lead: "\(Say.capitalised(organisation.kind.label)) \(Self.status(organisation.state))"
    ) {
      """
      \(when(notice) { Parts.note(.neutral, "<p role=\"status\">\($0)</p>") })\
      \(errorSummary(territoryFields + [reasonField]))\
      \(when(organisation.reason) { Parts.note(.warning, "<p>Motif\u{202F}: \($0)</p>") })\
      \(when(model.mergedInto) { "<p>Cette fiche a été reprise par <a href=\"\(Address.access(.organisation($0.id.description)))\">\($0.name)</a>.</p>" })\
      \(facts)\(links)\(territories)\(decision)\(mergers)
      """
    }
  }

  static func status(_ state: OrganisationState) -> HTML {
    let tone: Tone =
      switch state {
      case .active: .good
      case .waiting: .warning
      case .refused, .suspended: .late
      case .merged: .neutral
      }
    return Parts.status(tone, state.label)
  }

  private var facts: HTML {
    let place = [
      organisation.address, [organisation.postcode, model.commune].compactMap(\.self).joined(separator: " "),
    ]
    .compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ", ")
    return Parts.definitions([
      ("SIRET", siret), ("Adresse", "\(place)"), ("Département", "\(organisation.departement?.code)"),
      ("Code NAF", "\(organisation.naf)"), ("Inscrite le", "\(ParisTime.french("\(organisation.createdAt)"))"),
      ("Dernière décision", "\(organisation.decidedAt.map { ParisTime.french("\($0)") })"),
    ])
  }

  private var siret: HTML {
    guard let siret = organisation.siret else { return .empty }
    return "\(siret.digits)\(when(!siret.hasValidKey, " \(Parts.status(.warning, "clef inhabituelle, à vérifier"))"))"
  }

  private var links: HTML {
    func part(_ part: Address.OrganisationPart) -> Address { .access(.part(id, part)) }
    return """
      <p class="actions">\(when(model.mayChange, "<a class=\"btn btn-outline-primary\" href=\"\(part(.edit))\">Modifier la fiche</a> "))\
      \(when(model.mayReadMembers, "<a class=\"btn btn-outline-primary\" href=\"\(part(.members))\">Membres</a> "))\
      \(when(model.mayManageKeys, "<a class=\"btn btn-outline-primary\" href=\"\(part(.keys))\">Clés des logiciels</a> "))\
      \(when(model.mayReadTrail, "<a class=\"btn btn-outline-primary\" href=\"\(Address.access(.organisationTrail(id, Query())))\">Journal</a> "))\
      \(when(model.mayMerge && organisation.state != .merged, "<a class=\"btn btn-outline-primary\" href=\"\(part(.merge))\">Fusionner avec une autre fiche</a>"))</p>

      """
  }

  private var territories: HTML {
    guard [.facilitationBody, .coordination].contains(organisation.kind) else { return .empty }
    return """
      <section><h2>Territoire</h2>\(when(model.territories.isEmpty, "<p>Aucun territoire n’est fixé.</p>", else: """
        <ul>\(each(model.territories) { territory in
          """
          <li>\(Say.capitalised(territory.kind.label)) \(territory.code), depuis le \(territory.first.french)\
          \(when(territory.last) { " jusqu’au \($0.french)" })\
          \(when(model.maySetTerritory && territory.last == nil, end(territory)))</li>
          """
        })</ul>
        """))\(when(model.maySetTerritory, """
        <form class="narrow" method="post" action="\(Address.access(.part(id, .territory)))">\(mark)\
        \(each(territoryFields) { $0.html })\
        <button class="btn btn-outline-primary" type="submit">Ajouter ce territoire</button></form>
        """))</section>

      """
  }

  private func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }

  private var territoryFields: [Field] {
    let kinds = OrganisationTerritory.Kind.allCases.map { Field.Option($0.rawValue, Say.capitalised($0.label)) }
    return [
      Field("genre", "Genre", .choice(kinds), value: typed["genre"] ?? OrganisationTerritory.Kind.departement.rawValue),
      Field(
        "code", "Code", value: typed["code"],
        hint: "INSEE d’une commune, SIREN d’une intercommunalité, ou numéro du département.", error: error("code"),
        isRequired: true),
      Field("debut", "Depuis le", value: typed["debut"] ?? today.french, error: error("debut"), isRequired: true),
    ]
  }

  private var reasonField: Field {
    Field(
      "motif", "Motif", value: typed["motif"],
      hint: "Demandé pour un refus ou une suspension\u{202F}; l’organisation le lira.", error: error("motif"))
  }

  private func end(_ territory: OrganisationTerritory) -> HTML {
    """
    <form class="inline" method="post" action="\(Address.access(.part(id, .territoryEnd)))">\(mark)\
    <input type="hidden" name="genre" value="\(territory.kind.rawValue)"><input type="hidden" name="code" value="\(territory.code)">\
    <button class="btn btn-link" type="submit">Retirer \(territory.code) dès aujourd’hui</button></form>
    """
  }

  private var decision: HTML {
    guard model.mayDecide, organisation.state != .merged else { return .empty }
    func button(_ decision: DecideOrganisation.Decision, _ label: String) -> HTML {
      "<button class=\"btn btn-outline-primary\" type=\"submit\" name=\"decision\" value=\"\(decision.rawValue)\">\(label)</button> "
    }
    return """
      <section><h2>Décision</h2><form class="narrow" method="post" action="\(Address.access(.part(id, .decision)))">\(mark)\
      \(reasonField.html)\
      \(when(organisation.state != .active, button(.validate, "Valider")))\
      \(when(organisation.state == .waiting, button(.refuse, "Refuser")))\
      \(when(organisation.state == .active, button(.suspend, "Suspendre")))</form></section>

      """
  }

  private var mergers: HTML {
    guard model.mayMerge, !model.mergers.isEmpty else { return .empty }
    return """
      <section><h2>Fiches reprises</h2><form method="post" action="\(Address.access(.part(id, .undo)))">\(mark)<ul>\
      \(each(model.mergers) { line in
        """
        <li>\(line.taken), le \(ParisTime.french("\(line.merger.mergedAt)")) \
        <button class="btn btn-link" type="submit" name="fusion" value="\(line.merger.id.description)">Annuler la reprise de \(line.taken)</button></li>
        """
      })</ul></form></section>
      """
  }
}

/// The form of an organisation's page.
struct OrganisationFormView {
  let id: String
  let name: String
  let version: Int
  var fields: AccessFields
  var notice: String?
  let mark: HTML

  var page: Page {
    Page(
      title: "Modifier la fiche", section: .organisations,
      crumbs: [
        .init("Organisations", .access(.organisations(Query()))), .init(name, .access(.organisation(id))),
      ]
    ) {
      let shown = fields.organisationFields(kinds: nil)
      return """
        \(when(notice) { Parts.note(.warning, "<p role=\"alert\">\($0)</p>") })\(errorSummary(shown))\
        <form class="narrow" method="post" action="\(Address.access(.part(id, .edit)))">\(mark)\
        <input type="hidden" name="version" value="\(version)">\(each(shown) { $0.html })\
        <button class="btn btn-primary" type="submit">Enregistrer</button></form>
        """
    }
  }
}

/// A merger before it is done.
struct MergeView {
  let organisation: Organisation
  var other: String
  var preview: MergeOrganisations.Preview?
  var error: String?
  let mark: HTML

  var page: Page {
    let id = organisation.id.description
    return Page(
      title: "Fusionner deux fiches", section: .organisations,
      crumbs: [
        .init("Organisations", .access(.organisations(Query()))),
        .init(organisation.name, .access(.organisation(id))),
      ],
      lead:
        "La fiche de \(organisation.name) reste\u{202F}; l’autre est reprise, avec ses membres. Cela peut être annulé."
    ) {
      let field = Field(
        "autre", "Adresse ou identifiant de l’autre fiche", value: other, hint: "Copiez-la de la barre d’adresse.",
        error: error ?? preview?.obstacle, isRequired: true)
      return """
        \(errorSummary([field]))<form class="narrow" method="get" action="\(Address.access(.part(id, .merge)))">\(field.html)\
        <button class="btn btn-outline-primary" type="submit">Voir ce que cela ferait</button></form>\(when(preview) { shown($0) })
        """
    }
  }

  private func shown(_ preview: MergeOrganisations.Preview) -> HTML {
    guard preview.obstacle == nil else { return .empty }
    return """
      <section><h2>Ce que cela ferait</h2>\(Table(
        caption: "Les deux fiches", columns: [.text("Donnée"), .text("Reste"), .text("Reprise")],
        rows: [
          ["Nom", "\(preview.kept.name)", "\(preview.taken.name)"],
          ["SIRET", "\(preview.kept.siret?.digits)", "\(preview.taken.siret?.digits)"],
          ["Code postal", "\(preview.kept.postcode)", "\(preview.taken.postcode)"],
        ]).html)\
      <p>\(French.count(preview.moving, "membre passe", "membres passent")) dans la fiche qui reste\
      \(when(preview.inBoth > 0, "\u{202F}; \(French.count(preview.inBoth, "autre y est déjà", "autres y sont déjà"))")).</p>
      <form method="post" action="\(Address.access(.part(preview.kept.id.description, .merge)))">\(mark)\
      <input type="hidden" name="autre" value="\(preview.taken.id.description)">\
      <button class="btn btn-primary" type="submit">Fusionner</button></form></section>
      """
  }
}
