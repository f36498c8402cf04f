import Casework
import Clauses

/// The form of a request about one's data, which needs no account.
struct RequestFormView {
  /// What was typed, or is known of whoever signed in.
  var draft: PersonalRequestDraft
  /// Each kind with what it allows.
  let rights: [ShowRegister.PersonRight]
  /// The départements that exist.
  let departements: [(code: String, name: String)]
  /// Within how long it is answered.
  let delay: String
  let mark: HTML
  var fault: FieldFault?

  var page: Page {
    Page(
      title: "Faire une demande sur mes données", section: nil,
      crumbs: [.init("Données personnelles", .privacy(.register))],
      lead: """
        Sans compte, sans justificatif à envoyer. Vous recevez un accusé de réception avec une référence, et une réponse \
        dans un délai de \(delay).
        """,
      hasForm: true
    ) {
      """
      \(errorSummary(fields))<form class="narrow" method="post" action="\(Address.privacy(.ask))">\(mark)\
      \(each(fields) { $0.html })\
      <button class="btn btn-primary" type="submit">Envoyer ma demande</button></form>
      <details><summary>Que veut dire chaque demande\u{202F}?</summary>
      <dl class="definitions">\(each(rights) { "<dt>\(Say.capitalised($0.kind.label))</dt><dd>\($0.text.rule)</dd>" })</dl></details>
      """
    }
  }

  private func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }

  private var fields: [Field] {
    [
      Field(
        "objet", "Ce que je demande",
        .choice([.init("", "Choisir")] + rights.map { .init($0.kind.rawValue, Say.capitalised($0.kind.label)) }),
        value: draft.kind, error: error("objet"), isRequired: true),
      Field(
        "nom", "Prénom et nom", .text(autocomplete: "name"), value: draft.name, error: error("nom"), isRequired: true),
      Field(
        "courriel", "Adresse électronique", .text(type: "email", autocomplete: "email"), value: draft.email,
        hint: "La réponse y sera envoyée.", error: error("courriel"), isRequired: true),
      Field(
        "departement", "Département de votre travail ou de votre accompagnement",
        .choice([.init("", "Je ne sais pas")] + departements.map { .init($0.code, "\($0.code) \($0.name)") }),
        value: draft.departement, hint: "Facultatif\u{202F}: la demande va plus vite à la bonne équipe.",
        error: error("departement")),
      Field(
        "texte", "Votre demande", .lines(6), value: draft.text,
        hint: "Dites ce qui aide à retrouver vos données. N’écrivez jamais votre numéro de sécurité sociale.",
        error: error("texte")),
    ]
  }
}

/// What the person keeps of a request.
struct RequestReceiptView {
  let receipt: FilePersonalRequest.Receipt

  var page: Page {
    Page(
      title: "Votre demande est reçue", section: nil, crumbs: [.init("Données personnelles", .privacy(.register))],
      lead: "Notez la référence\u{202F}: elle sert si vous nous écrivez. Un accusé de réception part à votre adresse."
    ) {
      """
      \(Parts.keyFigures([
        ("Référence", receipt.reference), ("Réponse au plus tard le", receipt.due.french),
      ]))\
      \(Parts.definitions([
        ("Demande", "\(Say.capitalised(receipt.kind.label))"), ("Reçue le", "\(receipt.receivedOn.french)"),
      ]))\
      <p>Nous vérifierons votre identité avant de répondre\u{202F}: ne nous envoyez pas de pièce d’identité sans que nous la demandions.</p>
      <p class="actions no-print"><button class="btn btn-outline-primary" type="button" data-print>Imprimer</button> \
      <a class="btn btn-link" href="\(Address.privacy(.register))">Revenir aux données personnelles</a></p>
      """
    }
  }
}
