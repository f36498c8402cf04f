import Casework
import Clauses

/// The requests to treat, by deadline.
struct RequestsView {
  let model: ListPersonalRequests.Model
  let list: ListPersonalRequests
  let query: Query

  var page: Page {
    Page(
      title: "Demandes sur les données", section: nil, crumbs: [.init("Données personnelles", .privacy(.register))],
      lead: "Ce que des personnes demandent sur leurs données, la réponse la plus pressée d’abord."
    ) {
      """
      \(late)<div class="with-filters"><div>\(filters)</div><div class="results">\(table)\(pager)</div></div>
      """
    }
  }

  private var late: HTML {
    guard model.late > 0 else { return .empty }
    return Parts.note(
      .late,
      """
      <p>\(French.count(model.late, "demande a dépassé son délai", "demandes ont dépassé leur délai")) légal\u{202F}: \
      répondez d’abord à \(when(model.late > 1, "celles-là", else: "celle-là")).</p>
      """)
  }

  private var filters: HTML {
    filterForm(
      action: .privacy(.requests(Query())), label: "Chercher une demande",
      reset: query.fields.isEmpty ? nil : .privacy(.requests(Query())),
      fields: """
        \(Field("etat", "État", .choice(ListPersonalRequests.Which.allCases.map { .init($0.rawValue, $0.label) }), value: list.which.rawValue).html)\
        \(Field("recherche", "Référence ou adresse électronique", .text(type: "search"), value: query["recherche"]).html)
        """)
  }

  private var table: HTML {
    guard !model.lines.isEmpty else {
      return Parts.empty(
        title: "Aucune demande ici",
        list.words.isEmpty
          ? "<p>Rien n’attend dans cet état.</p>" : "<p>Vérifiez la référence ou l’adresse, entière.</p>")
    }
    return Table(
      caption: "\(French.count(model.total, "demande")), par échéance",
      columns: [
        .text("Demande"), .text("De"), .text("Reçue le"), .text("Réponse due le"), .text("État"), .text("Suivie par"),
      ],
      rows: model.lines.map { line in
        [
          Self.link(line),
          "\(line.name)", "\(line.receivedOn.french)", "\(line.clock.due.french)", Self.status(line),
          "\(line.assignee ?? "personne")",
        ]
      }
    ).html
  }

  private static func link(_ line: ListPersonalRequests.Line) -> HTML {
    let address = Address.privacy(.request(line.id.description))
    return "<a href=\"\(address)\">\(Say.capitalised(line.kind.label)) \(line.reference)</a>"
  }

  private static func status(_ line: ListPersonalRequests.Line) -> HTML {
    guard line.state.isOpen else {
      return Parts.status(.neutral, line.outcome.map { "\(line.state.label), \($0.label)" } ?? line.state.label)
    }
    return "\(line.state.label) \(RequestView.status(line.clock.standing))"
  }

  private var pager: HTML {
    func address(_ page: Int) -> Address {
      .privacy(.requests(query.setting("page", page == 0 ? nil : String(page))))
    }
    let isLast = (list.page + 1) * ListPersonalRequests.pageSize >= model.total
    return Parts.pager(
      label: "Pages de la liste", previous: list.page > 0 ? address(list.page - 1) : nil,
      next: isLast ? nil : address(list.page + 1))
  }
}
