import Casework
import Clauses

/// Who may do what, and see which data: the very table that the program asks.
struct RightsView {
  /// Who reads it, to say what they may do.
  let actor: Actor
  /// From how many people on a number is shown.
  let leastShown: Int?

  var page: Page {
    Page(
      title: "Qui peut faire quoi", section: nil,
      lead: "Ce tableau est celui que le programme applique à chaque page et à chaque demande."
    ) { "\(mine)\(actions)\(fields)" }
  }

  private var mine: HTML {
    guard actor.person != nil else { return .empty }
    let allowed = Right.allCases.filter { actor.may($0) }
    return """
      <section><h2>Ce que vous pouvez faire maintenant</h2><ul>\
      \(each(allowed) { "<li>\($0.label)\(when(limit(actor.scope(of: $0))) { " (\($0))" })</li>" })</ul></section>

      """
  }

  private func limit(_ scope: Scope) -> String? { scope == .everything ? nil : scope.label }

  private var actions: HTML {
    let roles = Role.allCases
    return """
      <h2>Les actions</h2><div class="table-scroll" tabindex="0" role="region" aria-label="Actions par rôle">\
      \(Table(
        caption: "Actions permises, par rôle\u{202F}; «\u{A0}administre\u{A0}» précise ce que l’administration d’une organisation ajoute",
        columns: [.text("Action"), .text("Sans compte")] + roles.map { .text(Say.capitalised($0.label)) },
        rows: Right.allCases.filter { $0 != .operate }.map { right in
          ["\(right.label)", "\(Rights.scope(of: right, for: .visitor).label)"] + roles.map { cell(right, $0) }
        }).html)</div>

      """
  }

  private func cell(_ right: Right, _ role: Role) -> HTML {
    let plain = Rights.scope(of: right, as: role, administers: false)
    let more = Rights.scope(of: right, as: role, administers: true)
    return more > plain
      ? "\(plain.label)\(when(more != plain, "\u{202F}; administre\u{202F}: \(more.label)"))" : "\(plain.label)"
  }

  private var fields: HTML { Self.fields(leastShown: leastShown) }

  /// Which role sees what of a person, from the very table that the program applies.
  static func fields(leastShown: Int?) -> HTML {
    """
    <h2>Les données sur une personne en insertion</h2>\
    <p>Aucun numéro de sécurité sociale n’est jamais enregistré. \(when(leastShown) { "Un total de moins de \($0)\u{A0}personnes est masqué." })</p>\
    <div class="table-scroll" tabindex="0" role="region" aria-label="Données visibles par rôle">\
    \(Table(
      caption: "Données visibles, par rôle",
      columns: [.text("Donnée")] + Role.allCases.map { .text(Say.capitalised($0.label)) },
      rows: Rights.Field.allCases.map { field in
        ["\(field.label)"] + Role.allCases.map { "\(Rights.sight(of: field, for: $0).label)" }
      }).html)</div>
    """
  }
}

/// The accessibility statement.
struct AccessibilityView {
  var page: Page {
    Page(
      title: "Accessibilité", section: nil,
      lead:
        "Marchepied doit servir à tout le monde\u{202F}: au clavier, avec un lecteur d’écran, agrandi, sur un téléphone, imprimé."
    ) {
      """
      <h2>Où nous en sommes</h2>
      <p>Chaque page est contrôlée automatiquement (règles WCAG 2.1, niveaux A et AA) à deux largeurs, 1280 et 375 pixels, et sa \
      conformité au langage HTML est vérifiée. Aucun audit complet selon le RGAA 4.1 n’a été mené par un tiers\u{202F}: l’accessibilité \
      est donc déclarée <strong>non conforme</strong> au sens du référentiel, faute d’audit, et non faute de soin.</p>
      <h2>Ce qui est prévu</h2>
      <ul><li>toutes les pages fonctionnent sans JavaScript, au clavier, et jusqu’à 320 pixels de large\u{202F};</li>
      <li>chaque graphique est doublé d’un tableau\u{202F};</li>
      <li>aucune information n’est portée par la couleur seule\u{202F};</li>
      <li>les erreurs d’un formulaire sont résumées en tête et répétées à côté de chaque champ.</li></ul>
      <h2>Signaler une difficulté</h2>
      <p>Dites-la à la personne qui administre Marchepied chez vous. Sans réponse, vous pouvez saisir le Défenseur des droits\u{202F}: \
      <a href="https://www.defenseurdesdroits.fr/">www.defenseurdesdroits.fr</a>.</p>
      """
    }
  }
}
