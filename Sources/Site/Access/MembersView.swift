import Casework
import Clauses
import Vault

/// The people of an organisation.
struct MembersView {
  let model: ListMembers.Model
  let mark: HTML
  var notice: String?
  /// The link of an invitation that was just made, to hand over.
  var link: String?
  var fault: FieldFault?
  var typedEmail = ""

  private var id: String { model.organisation.id.description }

  var page: Page {
    Page(
      title: "Membres", section: .organisations,
      crumbs: [
        .init("Organisations", .access(.organisations(Query()))),
        .init(model.organisation.name, .access(.organisation(id))),
      ]
    ) {
      """
      \(when(notice) { Parts.note(.neutral, "<p role=\"status\">\($0)</p>") })\(when(link) { made($0) })\
      \(list(model.present, "Membres présents"))\(when(model.mayManage, invitations))\
      \(when(!model.past.isEmpty, "<section><h2>Anciens membres</h2>\(past)</section>"))
      """
    }
  }

  private func made(_ link: String) -> HTML {
    Parts.note(
      .neutral,
      """
      <p><strong>Invitation prête.</strong> Elle part par courriel\u{202F}; vous pouvez aussi transmettre ce lien vous-même\u{202F}: il ne sert qu’une fois et n’est montré qu’ici.</p>\
      <p><code class="secret">\(link)</code></p>
      """)
  }

  private func list(_ lines: [ListMembers.Line], _ caption: String) -> HTML {
    guard !lines.isEmpty else {
      return Parts.empty(title: "Personne", "<p>Invitez la première personne.</p>")
    }
    return Table(
      caption: caption,
      columns: [.text("Nom"), .text("Rôle"), .text("Double authentification"), .text("Dernière venue")],
      rows: lines.map { line in
        [
          when(
            model.mayManage,
            "<a href=\"\(Address.access(.member(line.membership.id.description)))\">\(line.identity.name)</a>",
            else: "\(line.identity.name)"),
          "\(Say.capitalised(line.membership.role.label))\(when(line.membership.isAdministrator, ", administre"))",
          when(
            line.hasSecondFactor, "active",
            else: when(
              line.membership.role.needsSecondFactor, Parts.status(.warning, "à activer"), else: "non demandée")),
          "\(line.seenAt.map { ParisTime.french("\($0)") } ?? "jamais")",
        ]
      }
    ).html
  }

  private var past: HTML {
    """
    <ul>\(each(model.past) { line in
      "<li>\(line.identity.name), jusqu’au \(line.membership.endedAt.map { ParisTime.french("\($0)") })</li>"
    })</ul>
    """
  }

  private var invitations: HTML {
    func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }
    let fields = [
      Field(
        "courriel", "Adresse électronique", .text(type: "email"), value: typedEmail, error: error("courriel"),
        isRequired: true),
      Field(
        "role", "Rôle",
        .choice(model.organisation.kind.roles.map { .init($0.rawValue, Say.capitalised($0.label)) }), value: nil,
        error: error("role")),
    ]
    return """
      <section><h2>Inviter</h2>\(errorSummary(fields))\
      <form class="narrow" method="post" action="\(Address.access(.part(id, .invite)))">\(mark)\(each(fields) { $0.html })\
      \(checkboxes("Responsabilité", name: "administre", options: [.init("oui", "Administre l’organisation")], chosen: []))\
      <button class="btn btn-primary" type="submit">Préparer l’invitation</button></form>\
      \(when(!model.invitations.isEmpty, """
        <h3>En attente</h3><form method="post" action="\(Address.access(.part(id, .withdraw)))">\(mark)<ul>\
        \(each(model.invitations) { invitation in
          """
          <li>\(invitation.email.text), \(invitation.role.label), jusqu’au \(ParisTime.french("\(invitation.endsAt)")) \
          <button class="btn btn-link" type="submit" name="invitation" value="\(invitation.id.description)">Retirer l’invitation de \(invitation.email.text)</button></li>
          """
        })</ul></form>
        """))</section>

      """
  }
}

/// One member, for whoever manages the organisation.
struct MemberView {
  let model: ListMembers.Model
  let line: ListMembers.Line
  let mark: HTML
  var fault: FieldFault?

  private var id: String { line.membership.id.description }

  var page: Page {
    Page(
      title: line.identity.name, section: .organisations,
      crumbs: [
        .init(model.organisation.name, .access(.organisation(model.organisation.id.description))),
        .init("Membres", .access(.part(model.organisation.id.description, .members))),
      ],
      lead:
        "\(Say.capitalised(line.membership.role.label)) depuis le \(ParisTime.french("\(line.membership.startedAt)"))"
    ) { "\(errorSummary(fields))\(change)\(end)" }
  }

  private func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }

  private var fields: [Field] {
    let membership = line.membership
    var fields = [
      Field(
        "role", "Rôle",
        .choice(model.organisation.kind.roles.map { .init($0.rawValue, Say.capitalised($0.label)) }),
        value: membership.role.rawValue, error: error("role")),
      Field(
        "administration", "Administre l’organisation", .choice([.init("non", "Non"), .init("oui", "Oui")]),
        value: membership.isAdministrator ? "oui" : "non", error: error("administration")),
    ]
    guard membership.role == .facilitator else { return fields }
    fields += [
      Field("missions", "Missions", value: membership.missions, error: error("missions")),
      Field(
        "quotite", "Part d’un temps plein (%)", .text(mode: "numeric"), value: membership.timeShare.map(String.init),
        error: error("quotite")),
      Field("competences", "Compétences", value: membership.skills, error: error("competences")),
      Field(
        "employeur", "Employeur, si ce n’est pas la structure porteuse", value: membership.employer,
        error: error("employeur")),
    ]
    return fields
  }

  private var change: HTML {
    """
    <form class="narrow" method="post" action="\(Address.access(.member(id)))">\(mark)\(each(fields) { $0.html })\
    <button class="btn btn-primary" type="submit">Enregistrer</button></form>

    """
  }

  private var end: HTML {
    let others = model.present.filter { $0.membership.id != line.membership.id }
    return """
      <section><h2>Mettre fin à l’accès</h2>
      <p>Son accès s’arrête tout de suite, ses sessions sont fermées\u{202F}; ce que cette personne a fait reste au journal.</p>
      <form class="narrow" method="post" action="\(Address.access(.memberEnd(id)))">\(mark)\
      \(Field("suite", "Qui reprend ce que cette personne suivait", .choice([.init("", "Personne")] + others.map { .init($0.membership.id.description, $0.identity.name) }), value: nil, error: error("suite")).html)\
      <button class="btn btn-outline-primary" type="submit">Mettre fin à l’accès</button></form></section>
      """
  }
}

/// Who did what.
struct TrailView {
  let model: ReadTrail.Model

  var page: Page {
    Page(
      title: model.organisation.map { "Journal de \($0.name)" } ?? "Mon journal", section: nil,
      crumbs: model.organisation.map { [.init($0.name, .access(.organisation($0.id.description)))] } ?? [
        .init("Mon compte", .access(.account))
      ],
      lead: "Qui a fait quoi, pour qui et quand. Rien ne s’y efface ni ne s’y change."
    ) {
      guard !model.lines.isEmpty else {
        return Parts.empty(title: "Rien encore", "<p>Les actions s’inscriront ici.</p>")
      }
      return "\(table)\(pager)"
    }
  }

  private var table: HTML {
    Table(
      caption: "Lignes du journal, la plus récente d’abord",
      columns: [.text("Quand"), .text("Action"), .text("Par"), .text("Concerne"), .text("Détail")],
      rows: model.lines.map { line in
        [
          "\(ParisTime.french("\(line.at)"))", "\(Say.capitalised(line.action))",
          "\(line.who ?? "la machine ou une personne non connectée")\(when(line.organisation) { " (\($0))" })",
          "\(line.subject)", detail(line),
        ]
      }
    ).html
  }

  private func detail(_ line: ReadTrail.Line) -> HTML {
    guard let changes = line.changes else {
      return "<span class=\"text-body-secondary\">effacé à la demande de la personne</span>"
    }
    let reason: HTML = when(line.reason) { "Motif\u{202F}: \($0). " }
    guard !changes.isEmpty else { return reason.isEmpty ? "aucun" : reason }
    return """
      \(reason)\(each(changes, separator: "\u{202F}; ") { change in
        switch (change.before, change.after) {
        case (let before?, let after?): "\(change.field)\u{202F}: \(before) → \(after)"
        case (nil, let after?): "\(change.field)\u{202F}: \(after)"
        case (let before?, nil): "\(change.field)\u{202F}: \(before) retiré"
        case (nil, nil): "\(change.field)"
        }
      })
      """
  }

  private var pager: HTML {
    guard let next = model.next else { return .empty }
    let query = Query().setting("avant", next.description)
    let address: Address =
      model.organisation.map { .access(.organisationTrail($0.id.description, query)) } ?? .access(.trail(query))
    return Parts.pager(label: "Pages du journal", previous: nil, next: address)
  }
}
