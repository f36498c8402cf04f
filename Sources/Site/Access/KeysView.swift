import Casework
import Clauses

/// The keys of an organisation's programs.
struct KeysView {
  let model: ListKeys.Model
  let mark: HTML
  /// The text of a key that was just made: shown this once.
  var text: String?
  var notice: String?
  var fault: FieldFault?
  var typed = Query()

  private var id: String { model.organisation.id.description }

  var page: Page {
    Page(
      title: "Clés d’accès des logiciels", section: .organisations,
      crumbs: [
        .init("Organisations", .access(.organisations(Query()))),
        .init(model.organisation.name, .access(.organisation(id))),
      ],
      lead: "Une clé laisse un logiciel de votre organisation lire ses données ici, sans mot de passe."
    ) {
      """
      \(errorSummary(fields))\(when(notice) { Parts.note(.neutral, "<p role=\"status\">\($0)</p>") })\
      \(when(text) { made($0) })\(list)\(form)
      """
    }
  }

  private func made(_ text: String) -> HTML {
    Parts.note(
      .neutral,
      """
      <p role="status"><strong>Clé créée.</strong> Copiez-la maintenant dans votre logiciel\u{202F}: elle n’est montrée qu’ici, \
      et nous n’en gardons qu’une empreinte. Ne l’envoyez pas par courriel.</p><p><code class="secret">\(text)</code></p>
      """)
  }

  private var list: HTML {
    guard !model.lines.isEmpty else {
      return Parts.empty(
        title: "Aucune clé",
        "<p>Créez-en une par logiciel\u{202F}: vous pourrez révoquer l’une sans toucher aux autres. <a href=\"\(Address.programs(.guide))\">Ce qu’une clé permet de lire</a>.</p>"
      )
    }
    return """
      <form method="post" action="\(Address.access(.part(id, .keyEnd)))">\(mark)\
      <div class="table-scroll" tabindex="0" role="region" aria-label="Clés de l’organisation">\
      \(Table(
        caption: "Clés, la plus récente d’abord",
        columns: [
          .text("Sert à"), .text("Finit par"), .text("Ouvre"), .text("Créée par"), .text("Dernier usage"), .text("État"),
        ], rows: model.lines.map { row($0) }
      ).html)</div></form>

      """
  }

  private func row(_ line: ListKeys.Line) -> [HTML] {
    let key = line.key
    let opens = key.permissions.sorted().map(\.label)
    return [
      "\(key.name)", "<code>…\(key.hint)</code>",
      "Données publiques\(when(!opens.isEmpty, " ; \(opens.joined(separator: " ; "))"))",
      "\(line.maker ?? "compte effacé"), le \(ParisTime.french("\(key.createdAt)"))",
      "\(key.usedAt.map { ParisTime.french("\($0)") } ?? "jamais")",
      when(
        line.serves,
        """
        \(Parts.status(.good, "jusqu’au \(key.endsAt.universalDay.french)")) \
        <button class="btn btn-link" type="submit" name="cle" value="\(key.id.description)">Révoquer\
        <span class="visually-hidden"> la clé \(key.name)</span></button>
        """,
        else: Parts.status(.neutral, key.revokedAt == nil ? "expirée" : "révoquée")),
    ]
  }

  private func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }

  private var fields: [Field] {
    [
      Field(
        "nom", "À quoi sert cette clé", value: typed["nom"],
        hint: "Par exemple\u{202F}: tableau de bord de la métropole.",
        error: error("nom"), isRequired: true),
      Field(
        "duree", "Durée", .choice(model.days.map { .init(String($0), French.count($0, "jour")) }),
        value: typed["duree"] ?? model.days.dropFirst().first.map(String.init), hint: "Ensuite, créez-en une autre.",
        error: error("duree")),
    ]
  }

  private var form: HTML {
    """
    <section><h2>Créer une clé</h2>
    <form class="narrow" method="post" action="\(Address.access(.part(id, .keys)))">\(mark)\(each(fields) { $0.html })\
    \(when(!model.permissions.isEmpty, checkboxes(
      "Elle ouvre, outre les données publiques", name: "permission",
      options: model.permissions.map { .init($0.rawValue, $0.label) }, chosen: Set(typed.all("permission")))))\
    \(when(error("permission")) { "<p class=\"field-error\">\($0)</p>" })\
    <button class="btn btn-primary" type="submit">Créer la clé</button></form></section>

    """
  }
}
