import Casework
import Clauses

/// One request: who asks, until when, what was done, and what may be done now.
struct RequestView {
  let model: ShowPersonalRequest.Model
  let mark: HTML
  /// What was just done.
  var notice: String?
  /// What someone else did meanwhile.
  var warning: String?
  var fault: FieldFault?
  /// What was typed, where it was refused.
  var typed = Query()

  private var id: String { model.id.description }

  var page: Page {
    Page(
      title: "\(Say.capitalised(model.kind.label)) \(model.reference)", section: nil,
      crumbs: [
        .init("Données personnelles", .privacy(.register)), .init("Demandes", .privacy(.requests(Query()))),
      ], lead: lead
    ) {
      """
      \(when(notice) { Parts.note(.neutral, "<p role=\"status\">\($0)</p>") })\
      \(when(warning) { Parts.note(.warning, "<p role=\"alert\">\($0)</p>") })\
      \(errorSummary(allFields))\(facts)\(history)\(actions)\
      \(ReasoningView(derivation: model.clock.derivation).sources)
      """
    }
  }

  /// How far the last day is: a word, a shape.
  static func status(_ standing: PersonalRequestClock.Standing) -> HTML {
    let tone: Tone =
      switch standing {
      case .running: .neutral
      case .soon: .warning
      case .late: .late
      }
    return Parts.status(tone, standing.french)
  }

  private var lead: HTML {
    guard model.state.isOpen else {
      return "Demande \(model.state.label)\(when(model.outcome) { ", \($0.label)" })."
    }
    return "Réponse due le \(model.clock.due.french) \(Self.status(model.clock.standing))"
  }

  private var facts: HTML {
    Parts.definitions([
      ("De", "\(model.requester.name)"),
      ("Adresse", "<a href=\"mailto:\(model.requester.email.text)\">\(model.requester.email.text)</a>"),
      ("Compte", model.hasAccount ? "demande faite depuis un compte" : "sans compte"),
      ("Département", "\(model.departement?.code ?? "non précisé")"), ("Reçue le", "\(model.receivedOn.french)"),
      ("Délai", "\(when(model.isExtended, "prolongé une fois, "))jusqu’au \(model.clock.due.french)"),
      ("Identité", "\(model.identity?.label ?? "à vérifier")"), ("Suivie par", "\(model.assignee ?? "personne")"),
      ("Réponse", "\(model.outcome?.label ?? "pas encore")"),
      ("Effacement", when(model.erasedOn == nil, "après la clôture", else: "le \(model.erasedOn?.french)")),
      ("Ce qu’elle écrit", when(model.requester.text.isEmpty, "rien de plus", else: Self.lines(model.requester.text))),
    ])
  }

  private static func lines(_ text: String) -> HTML {
    each(text.split(separator: "\n", omittingEmptySubsequences: false), separator: "<br>") { "\($0)" }
  }

  private var history: HTML {
    """
    <section><h2>Ce qui a été fait</h2>\(Table(
      caption: "Étapes, de la plus ancienne à la plus récente",
      columns: [.text("Étape"), .text("Quand"), .text("Par"), .text("Note")],
      rows: model.steps.map { step in
        [
          "\(Say.capitalised(step.kind.label))", "\(ParisTime.french("\(step.at)"))",
          "\(step.who ?? "la personne qui demande")", when(step.note) { Self.lines($0) },
        ]
      }).html)</section>

    """
  }

  // MARK: Forms

  private func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }

  private var allFields: [Field] {
    identityFields + [assigneeField, noteField, reasonField] + answerFields
  }

  private var identityFields: [Field] {
    [
      Field(
        "identite", "Comment l’identité a été vérifiée",
        .choice(
          PersonalRequest.IdentityProof.allCases.filter { $0 != .account }.map {
            .init($0.rawValue, Say.capitalised($0.label))
          }), value: typed["identite"] ?? model.identity?.rawValue, error: error("identite")),
      Field(
        "note-identite", "Précision", value: typed["note-identite"],
        hint: "Facultatif. Jamais le numéro d’une pièce, jamais de copie.", error: error("note-identite")),
    ]
  }

  private var assigneeField: Field {
    Field(
      "membre", "Qui suit la demande",
      .choice([.init("", "Moi")] + model.colleagues.map { .init($0.membership.description, $0.name) }),
      value: typed["membre"], error: error("membre"))
  }

  private var noteField: Field {
    Field("note", "Note", .lines(3), value: typed["note"], hint: "La personne ne la lit pas.", error: error("note"))
  }

  private var reasonField: Field {
    Field(
      "motif-prolongation", "Motif", .lines(3), value: typed["motif-prolongation"],
      hint: "La personne le reçoit par courriel.", error: error("motif-prolongation"), isRequired: true)
  }

  private var answerFields: [Field] {
    [
      Field(
        "decision", "Décision",
        .choice(PersonalRequest.Outcome.allCases.map { .init($0.rawValue, Say.capitalised($0.label)) }),
        value: typed["decision"], error: error("decision")),
      Field(
        "reponse", "Réponse à la personne", .lines(6), value: typed["reponse"],
        hint: "Envoyée par courriel. Obligatoire pour un refus, même en partie\u{202F}: dites pourquoi.",
        error: error("reponse")),
    ]
  }

  private func form(_ step: Address.RequestStep, _ title: String, _ fields: [Field], _ button: String) -> HTML {
    """
    <details\(attribute("open", if: fields.contains { $0.error != nil }))><summary>\(title)</summary>
    <form class="narrow" method="post" action="\(Address.privacy(.step(id, step)))">\(mark)\
    <input type="hidden" name="version" value="\(model.version)">\(each(fields) { $0.html })\
    <button class="btn btn-primary" type="submit">\(button)</button></form></details>

    """
  }

  private var actions: HTML {
    guard model.state != .closed else { return .empty }
    let isOpen = model.state.isOpen
    return """
      <section><h2>Que faire maintenant</h2>\
      \(when(isOpen, form(.assign, "Attribuer la demande", [assigneeField], "Attribuer")))\
      \(when(isOpen, form(.verify, "Noter la vérification de l’identité", identityFields, "Enregistrer")))\
      \(form(.note, "Ajouter une note", [noteField], "Ajouter la note"))\
      \(when(model.mayExtend, form(.extend, "Prolonger le délai", [reasonField], "Prolonger et prévenir la personne")))\
      \(when(isOpen, form(.answer, "Répondre", answerFields, "Envoyer la réponse")))\
      \(when(model.state == .answered, closing))</section>

      """
  }

  private var closing: HTML {
    """
    <form method="post" action="\(Address.privacy(.step(id, .close)))">\(mark)\
    <input type="hidden" name="version" value="\(model.version)">\
    <button class="btn btn-outline-primary" type="submit">Clore la demande</button></form>
    """
  }
}
