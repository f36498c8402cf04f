import Casework
import Clauses

/// The fields of a planned contract, wherever one is typed.
enum PlannedFields {
  /// Each field with what was typed, else what is known.
  static func all(
    typed: Query, known: PlannedContract?, required: Bool = true, _ error: (String) -> String?
  ) -> [Field] {
    PlannedField.allCases.map { field in
      Field(
        field.rawValue, field.label, .text(mode: field == .amount || field == .lots ? "numeric" : nil),
        value: typed.fields.first { $0.name == field.rawValue }?.value ?? known?.shown(field), hint: hint(field),
        error: error(field.rawValue), isRequired: required && field == .object)
    }
  }

  /// What a form sent of them.
  static func typed(_ value: (String) -> String) -> [PlannedField: String] {
    Dictionary(uniqueKeysWithValues: PlannedField.allCases.map { ($0, value($0.rawValue)) })
  }

  private static func hint(_ field: PlannedField) -> String? {
    switch field {
    case .cpv: "Huit chiffres, ou les premiers\u{202F}: 90911200, 9091."
    case .place: "Une commune avec son code postal, ou un département."
    case .launch, .start: "Par exemple 03/2027."
    case .months: "Reconductions comprises."
    default: nil
    }
  }
}

/// The form of one planned contract.
struct NewPlannedView {
  let model: PreparePlanned.Model
  let mark: HTML
  var faults: [FieldFault] = []
  var typed = Query()

  private func error(_ name: String) -> String? { faults.first { $0.field == name }?.description }

  private func value(_ name: String) -> String? { typed.fields.first { $0.name == name }?.value }

  var page: Page {
    Page(
      title: model.renewed == nil ? "Prévoir un marché" : "Suivre un renouvellement", section: .planned,
      crumbs: [.init("Programmation", .planning(.plannedList(Query())))],
      lead: model.renewed == nil
        ? "L’objet suffit pour commencer\u{202F}; un premier avis s’affiche aussitôt."
        : "Ce qui est publié du marché en cours remplit le formulaire\u{202F}: corrigez-le avec l’acheteur.",
      hasForm: true
    ) {
      guard model.buyer == nil || !model.bodies.isEmpty else { return ProgrammesView.nobody }
      return """
        \(errorSummary(parties + contract))\(when(model.renewed) { renewed($0) })\
        <form class="narrow" method="post" action="\(Address.planning(.newPlanned(Query())))">\(mark)\
        \(when(model.renewed) { "<input type=\"hidden\" name=\"depuis\" value=\"\($0.award)\">" })\
        \(each(parties + contract) { $0.html })\
        <button class="btn btn-primary" type="submit">Ajouter à la programmation</button></form>
        """
    }
  }

  private func renewed(_ renewed: PreparePlanned.Renewed) -> HTML {
    let address = Address.planning(.contract(String(renewed.award)))
    return
      "<p>Marché en cours\u{202F}: <a href=\"\(address)\">nº\u{A0}\(renewed.number), publié par l’acheteur</a>.</p>\n"
  }

  private var parties: [Field] {
    guard model.buyer == nil else {
      guard model.bodies.count > 1 else { return [] }
      return [ProgrammesView.bodyField(model.bodies, typed: value("structure"), error: error("structure"))]
    }
    return [
      Field(
        "acheteur", "SIRET de l’acheteur", .text(mode: "numeric"),
        value: value("acheteur") ?? model.renewed?.buyer.digits,
        error: error("acheteur"), isRequired: true),
      Field(
        "nom", "Nom de l’acheteur", value: value("nom") ?? model.renewed?.buyerName,
        hint: "Inutile s’il est déjà connu ici.", error: error("nom")),
    ]
  }

  private var contract: [Field] {
    PlannedFields.all(typed: typed, known: model.renewed?.proposed, error)
  }
}

/// The form by which a buyer without an account sends a programme.
struct PublicProgrammeView {
  /// Who answers for what is sent.
  let declaration: PrivacyDeclaration
  /// For how long the sender is known.
  let kept: String
  let mark: HTML
  var typed = Query()
  var faults: [FieldFault] = []
  /// Whether a file was sent with what is to be corrected: browsers forget it.
  var hadFile = false
  /// The bodies to choose among, where several cover the place.
  var bodies: [(id: ID<Organisation>, name: String)] = []

  private func error(_ name: String) -> String? { faults.first { $0.field == name }?.description }

  private func value(_ name: String) -> String? { typed.fields.first { $0.name == name }?.value }

  var page: Page {
    Page(
      title: "Envoyer une programmation d’achats", section: nil,
      lead: """
        Vous achetez pour une collectivité, un hôpital, un bailleur\u{202F}? Envoyez vos marchés à venir\u{202F}: vous lirez aussitôt un \
        premier avis sur chacun, et une personne vous répondra. Sans compte.
        """,
      hasForm: true
    ) {
      """
      \(errorSummary(people + buyer + [file] + contract))\
      \(when(hadFile, Parts.note(.neutral, "<p>Choisissez votre fichier à nouveau\u{202F}: le navigateur ne le garde pas.</p>")))\
      <form class="narrow" method="post" enctype="multipart/form-data" action="\(Address.planning(.publicProgramme))">\(mark)\
      <fieldset><legend>Vous</legend>\(each(people) { $0.html })</fieldset>\
      <fieldset><legend>L’acheteur</legend>\(each(buyer) { $0.html })</fieldset>\
      <fieldset><legend>Vos marchés</legend>\(file.html)\
      <p class="form-text"><a href="\(Address.planning(.programmeTemplate))">Modèle à remplir (XLSX)</a></p>\
      <details class="more"\(attribute("open", if: contract.contains { $0.error != nil || $0.value?.isEmpty == false }))><summary>Ou décrire un seul marché ici</summary>\
      \(each(contract) { $0.html })</details></fieldset>\
      \(notice)<button class="btn btn-primary" type="submit">Envoyer</button></form>
      """
    }
  }

  private var people: [Field] {
    [
      Field(
        "prenom-nom", "Prénom et nom", .text(autocomplete: "name"), value: value("prenom-nom"),
        error: error("prenom-nom"), isRequired: true),
      Field(
        "courriel", "Adresse électronique professionnelle", .text(type: "email", autocomplete: "email"),
        value: value("courriel"), hint: "La réponse y sera envoyée.", error: error("courriel"), isRequired: true),
      Field(
        "telephone", "Téléphone", .text(type: "tel", autocomplete: "tel"), value: value("telephone"),
        hint: "Facultatif.", error: error("telephone")),
    ]
  }

  private var buyer: [Field] {
    var fields = [
      Field(
        "acheteur", "SIRET", .text(mode: "numeric"), value: value("acheteur"), error: error("acheteur"),
        isRequired: true),
      Field("nom", "Nom", value: value("nom"), hint: "Inutile s’il est déjà connu ici.", error: error("nom")),
      Field(
        "code-postal", "Code postal", .text(mode: "numeric", autocomplete: "postal-code"), value: value("code-postal"),
        hint: "Il désigne la structure qui étudiera vos marchés.", error: error("code-postal"), isRequired: true),
    ]
    if !bodies.isEmpty {
      fields.append(
        Field(
          "structure", "Structure qui étudiera vos marchés",
          .choice(bodies.map { .init($0.id.description, $0.name) }), value: value("structure"),
          error: error("structure")))
    }
    return fields
  }

  private var file: Field {
    Field(
      "fichier", "Fichier", .file(accept: ".xlsx,.ods,.csv,.json"), value: nil,
      hint: "XLSX, ODS, CSV, ou l’export JSON d’APProch\u{202F}; 20 Mo au plus.", error: error("fichier"))
  }

  private var contract: [Field] { PlannedFields.all(typed: typed, known: nil, required: false, error) }

  /// What the person must know when data are collected from them (RGPD, article 13).
  private var notice: HTML {
    """
    <details class="more"><summary>Vos données</summary>
    <p>Votre nom, votre adresse et votre téléphone servent à vous répondre, et à rien d’autre. La structure qui étudie vos marchés \
    les voit, et elle seule\u{202F}; ils sont chiffrés, et effacés après \(kept). Ce traitement repose sur sa mission d’intérêt public\u{202F}: \
    votre accord n’est pas demandé, mais vous pouvez vous opposer.</p>
    <p>Responsable\u{202F}: \(declaration.controller ?? "non déclaré par cette installation"). Protection des données\u{202F}: \
    \(declaration.contact ?? "non déclaré par cette installation"). <a href="\(Address.privacy(.ask))">Accéder à vos données, les corriger, \
    les faire effacer</a>\u{202F}; <a href="\(Address.privacy(.register))">en savoir plus</a>\u{202F}; réclamation possible à la CNIL.</p>
    <p>N’envoyez aucune donnée sur des personnes en insertion.</p></details>

    """
  }
}

/// What a sender without an account keeps, with the first opinion on each contract.
struct SubmittedView {
  let receipt: SubmitProgramme.Receipt

  var page: Page {
    Page(
      title: "Votre programmation est reçue", section: nil,
      lead: "Notez la référence. Un accusé de réception part à votre adresse."
    ) {
      """
      \(Parts.keyFigures([
        ("Référence", receipt.reference), ("Réponse au plus tard le", receipt.due.french),
        ("Marchés lus", French.integer(receipt.understood)),
      ]))\
      <p>\(receipt.body) étudiera vos marchés et vous répondra.\
      \(when(receipt.faulty > 0, " \(French.count(receipt.faulty, "ligne")) \(receipt.faulty == 1 ? "sera revue" : "seront revues") avec vous."))</p>\
      \(opinions)<p class="actions no-print"><button class="btn btn-outline-primary" type="button" data-print>Imprimer</button> \
      <a class="btn btn-link" href="\(Address.planning(.publicProgramme))">Faire un autre envoi</a></p>
      """
    }
  }

  private var opinions: HTML {
    guard !receipt.opinions.isEmpty else {
      return Parts.note(
        .neutral,
        "<p>Le programme n’a pas reconnu les colonnes de votre fichier\u{202F}: la structure le lira elle-même.</p>")
    }
    let more = receipt.understood - receipt.opinions.count
    return """
      <section><h2>Premier avis du programme</h2>
      <p>Il se fonde sur ce que vous avez envoyé et sur des chiffres de référence\u{202F}: il conseille, il ne décide rien.</p>
      <ul class="advice">\(each(receipt.opinions) { line in
        "<li><h3>\(Say.short(line.object, limit: 160))</h3><p>\(line.opinion.sentence)</p></li>"
      })</ul>\(when(more > 0, "<p>Et \(French.count(more, "autre marché", "autres marchés")).</p>"))</section>

      """
  }
}
