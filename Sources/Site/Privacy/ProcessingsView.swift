import Casework
import Clauses

/// The register of processings, for anyone: what is kept, why, who sees it, for how long, and what one may ask.
struct ProcessingsView {
  let model: ShowRegister.Model

  var page: Page {
    Page(
      title: "Données personnelles", section: nil,
      lead: """
        Ce que ce programme garde sur les personnes, pourquoi, qui le voit, combien de temps, et ce que vous pouvez demander.
        """
    ) { "\(who)\(rights)\(processings)\(RightsView.fields(leastShown: model.leastShown))\(sources)" }
  }

  private var who: HTML {
    let declaration = model.declaration
    return """
      <section><h2>Qui répond de ces données</h2>\
      \(when(!declaration.isWhole, Self.undeclared))\
      \(Parts.definitions([
        ("Responsable des traitements", value(declaration.controller, absent: "non déclaré par cette installation")),
        ("Protection des données, contact", contact),
      ]))</section>

      """
  }

  private func value(_ text: String?, absent: HTML) -> HTML {
    when(text == nil, "<span class=\"text-body-secondary\">\(absent)</span>", else: "\(text)")
  }

  private var contact: HTML {
    guard let text = model.declaration.contact else { return value(nil, absent: "non déclaré par cette installation") }
    return EmailAddress(text) == nil ? "\(text)" : "<a href=\"mailto:\(text)\">\(text)</a>"
  }

  private static let undeclared = Parts.note(
    .warning,
    """
    <p>Cette installation n’a pas encore dit qui répond des traitements, ou comment joindre la personne déléguée à la protection \
    des données. Le formulaire ci-dessous marche quand même.</p>
    """)

  private var rights: HTML {
    """
    <section><h2>Vos droits</h2>
    <dl class="definitions">\(each(model.rights) { right in
      """
      <dt>\(Say.capitalised(right.kind.label))</dt><dd>\(right.text.rule) \
      <span class="source">(\(Self.article(right.text)))</span></dd>
      """
    })</dl>
    <p>La réponse vient dans un délai de \(model.delays.answer), qui peut être prolongé de \(model.delays.more), une fois et avec un \
    motif. Votre identité est vérifiée avant de donner ou de changer quoi que ce soit\u{202F}; aucune copie de pièce n’est gardée.</p>
    <p><a class="btn btn-primary" href="\(Address.privacy(.ask))">Faire une demande</a></p>
    <p>Si la réponse ne vous convient pas, ou ne vient pas, vous pouvez adresser une réclamation à la CNIL\u{202F}: \
    <a href="https://www.cnil.fr/fr/adresser-une-plainte">www.cnil.fr</a>, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07.</p>
    </section>

    """
  }

  static func article(_ text: LegalText) -> String {
    "RGPD, article \(text.article.split(separator: "-").dropFirst().first.map(String.init) ?? text.article)"
  }

  private var processings: HTML {
    """
    <h2>Chaque traitement</h2>
    <p><a class="btn btn-outline-primary" href="\(Address.privacy(.file))" download>Télécharger le registre (CSV)</a></p>
    \(each(model.lines) { line($0) })
    """
  }

  private func line(_ line: ShowRegister.Line) -> HTML {
    let processing = line.processing
    return """
      <section><h3>\(line.label)</h3>\
      \(when(processing.state == .planned, "<p>\(Parts.status(.neutral, processing.state.label))</p>"))\
      \(Parts.definitions([
        ("Personnes", "\(processing.people)"), ("Pourquoi", "\(processing.purpose)"),
        ("Base légale", "\(processing.basis)"), ("Données", list(processing.data)),
        ("Qui y accède", sight(line)), ("Qui les reçoit", list(processing.recipients)),
        ("Combien de temps", list(line.keeping)), ("Sécurité", list(processing.measures)),
        (
          "Texte",
          "du \(line.reference.from?.french). \(line.reference.source) (statut\u{202F}: \(line.reference.status.french))."
        ),
      ]))</section>

      """
  }

  private func list(_ items: [String]) -> HTML {
    guard items.count > 1 else { return "\(items.first)" }
    return "<ul>\(each(items) { "<li>\($0)</li>" })</ul>"
  }

  private func sight(_ line: ShowRegister.Line) -> HTML {
    guard !line.sight.isEmpty else {
      return when(
        line.processing.state == .planned, "voir le tableau plus bas", else: "la personne qui exploite la machine")
    }
    return "<ul>\(each(line.sight) { "<li>\($0.right)\u{202F}: \($0.holders)</li>" })</ul>"
  }

  private var sources: HTML {
    """
    <details><summary>D’où viennent ces durées et ces textes\u{202F}?</summary>\
    \(Table(
      caption: "Chiffres et textes de référence de cette page",
      columns: [.text("Donnée"), .text("Valeur"), .text("Source"), .text("Statut")],
      rows: model.figures.map { figure in
        [
          "\(figure.label)", "\(figure.value)",
          "\(figure.source)\(when(figure.note) { "<br><span class=\"source\">\($0)</span>" })", "\(figure.status.french)",
        ]
      }).html)</details>

    """
  }
}
