import HTTPTypes

/// What the interface for programs holds, for the people who write them.
struct APIGuideView {
  let operations: [APIOperation]

  var page: Page {
    Page(
      title: "Interface pour les logiciels", section: nil,
      lead: "Ce que d’autres logiciels peuvent lire ici, sans passer par les pages."
    ) { "\(start)\(keys)\(list)" }
  }

  private var start: HTML {
    """
    <p>Les réponses sont en JSON. La description complète, au format OpenAPI 3.1, se lit à l’adresse \
    <a href="\(Address.programs(.description))"><code>\(Address.programs(.description).href)</code></a>\u{202F}: \
    la plupart des outils en tirent un client prêt à l’emploi.</p>
    <p>Les montants sont en centimes d’euro, les jours s’écrivent AAAA-MM-JJ, un champ absent n’est pas connu. Une \
    demande mal écrite reçoit un message en français qui dit quoi, où et comment corriger.</p>

    """
  }

  private var keys: HTML {
    """
    <h2>Clés d’accès</h2>
    <p>Les données publiques se lisent sans clé. Le reste demande une clé, que la personne qui administre une organisation \
    crée sur la fiche de celle-ci. Une clé ne fait que lire, expire, se révoque, et ne donne jamais plus que le rôle de la \
    personne qui l’a créée.</p>
    <p><code>curl --header "Authorization: Bearer marchepied_…" …\(Address.programs(.key).href)</code></p>

    """
  }

  private var list: HTML {
    let rows = operations.map { operation -> [HTML] in
      [
        "<code>\(operation.method.rawValue) \(operation.address.template)</code>", "\(operation.summary)",
        "\(operation.needsKey ? "oui" : "non")",
        when(
          operation.parameters.isEmpty, "aucun",
          else: each(operation.parameters, separator: ", ") { "<code>\($0.name)</code>" }),
      ]
    }
    return """
      <h2>Ce qui se lit</h2><div class="table-scroll" tabindex="0" role="region" aria-label="Adresses de l’interface">\
      \(Table(
        caption: "Adresses de l’interface",
        columns: [.text("Adresse"), .text("Ce qu’elle donne"), .text("Clé demandée"), .text("Filtres")], rows: rows
      ).html)</div>

      """
  }
}
