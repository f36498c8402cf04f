import Casework
import Clauses

/// The door: e-mail and password, and in a demonstration the invented people.
struct SignInView {
  /// What was typed, and what is wrong with it.
  var email = ""
  var error: String?
  /// Where to go next.
  let next: String
  let mark: HTML
  /// The invented people of a demonstration.
  var invented: [ListDemonstrationAccounts.Line] = []
  /// The name of the provider of identities; nil where there is none.
  var provider: String?

  var page: Page {
    Page(
      title: "Se connecter", section: nil,
      lead: "Pour les facilitateurs, les donneurs d’ordre, les entreprises et les structures.",
      hasForm: true
    ) { "\(door)\(through)\(form)" }
  }

  /// The way through the provider of identities.
  private var through: HTML {
    guard let provider else { return .empty }
    return """
      <form class="narrow" method="post" action="\(Address.access(.provider))">\(mark)\
      <input type="hidden" name="suite" value="\(next)">\
      <button class="btn btn-primary" type="submit">Se connecter avec \(provider)</button></form>
      <p>Ou avec votre adresse et votre mot de passe\u{202F}:</p>

      """
  }

  private var form: HTML {
    let field = Field(
      "courriel", "Adresse électronique", .text(type: "email", autocomplete: "username"), value: email, error: error,
      isRequired: true)
    return """
      \(errorSummary([field]))<form class="narrow" method="post" action="\(Address.access(.signIn(Query())))">\(mark)\
      <input type="hidden" name="suite" value="\(next)">\(field.html)\
      \(Field("motdepasse", "Mot de passe", .text(type: "password", autocomplete: "current-password"), value: nil, isRequired: true).html)\
      <button class="btn btn-primary" type="submit">Se connecter</button></form>
      <p><a href="\(Address.access(.passwordRequest))">Mot de passe oublié\u{202F}?</a></p>
      <p><a href="\(Address.access(.linkRequest))">Recevoir un lien de connexion par courriel</a>, sans mot de passe.</p>
      <p>Pas encore de compte\u{202F}? <a href="\(Address.access(.register))">Inscrire mon organisation</a>, ou demandez une \
      invitation à la personne qui l’administre.</p>

      """
  }

  /// The door of a demonstration.
  private var door: HTML {
    guard !invented.isEmpty else { return .empty }
    return """
      <section class="demonstration-door"><h2>Entrer comme…</h2>
      <p>Choisissez une personne inventée\u{202F}: chacune voit ce que son rôle lui permet.</p>
      <form method="post" action="\(Address.access(.demonstration))">\(mark)\
      <input type="hidden" name="suite" value="\(next)">
      <ul class="choices">\(each(invented) { line in
        """
        <li><button class="btn btn-outline-primary" type="submit" name="membre" value="\(line.membership.description)">\
        \(line.name)<span>\(line.role.label)\(when(line.isAdministrator, ", administre"))<br>\(line.organisation)\
        \(when(line.state != .active, " (\(line.state.label))"))</span></button></li>
        """
      })</ul></form></section>
      <h2>Avec un compte</h2>

      """
  }
}

/// A link to sign in that was opened: a button, which alone uses it up.
struct LinkView {
  let secret: String
  let mark: HTML

  var page: Page {
    Page(title: "Se connecter", section: nil, lead: "Ce lien ne sert qu’une fois.", hasForm: true) {
      """
      <form class="narrow" method="post" action="\(Address.access(.link(secret)))">\(mark)\
      <button class="btn btn-primary" type="submit">Me connecter</button></form>
      """
    }
  }
}

/// The code of the second factor.
struct CodeView {
  var error: String?
  let next: String
  let mark: HTML

  var page: Page {
    Page(
      title: "Code de vérification", section: nil,
      lead: "Ouvrez votre application d’authentification et tapez le code à six chiffres."
    ) {
      let field = Field(
        "code", "Code à six chiffres, ou code de secours", .text(mode: "numeric", autocomplete: "one-time-code"),
        value: nil, error: error, isRequired: true)
      return """
        \(errorSummary([field]))<form class="narrow" method="post" action="\(Address.access(.code))">\(mark)\
        <input type="hidden" name="suite" value="\(next)">\(field.html)\
        <button class="btn btn-primary" type="submit">Continuer</button></form>
        <p>Téléphone perdu\u{202F}? Tapez l’un de vos codes de secours\u{202F}: il ne servira qu’une fois.</p>
        """
    }
  }
}

/// The fields of an organisation and of a person, shared by the pages that make them.
struct AccessFields {
  var organisation = OrganisationDraft()
  var givenName = ""
  var surname = ""
  var email = ""
  var fault: FieldFault?
  /// Which passwords are taken.
  let hint: String

  /// Reads what a form sent.
  init(_ form: Form, hint: String) {
    self.hint = hint
    organisation = OrganisationDraft(
      kind: form["sorte"], siret: form["siret"], name: form["nomorganisation"], address: form["adresse"],
      postcode: form["codepostal"], commune: form["commune"], naf: form["naf"])
    (givenName, surname, email) = (form["prenom"], form["nom"], form["courriel"])
  }

  /// Empty fields.
  init(hint: String) { self.hint = hint }

  private func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }

  /// The organisation's fields; `kinds` where its kind is still to be chosen.
  func organisationFields(kinds: [OrganisationKind]?) -> [Field] {
    var fields: [Field] = []
    if let kinds {
      fields.append(
        Field(
          "sorte", "Ce que fait votre organisation",
          .choice([.init("", "Choisissez")] + kinds.map { .init($0.code, Say.capitalised($0.label)) }),
          value: organisation.kind, error: error("sorte"), isRequired: true))
    }
    return fields + [
      Field(
        "nomorganisation", "Nom de l’organisation", .text(autocomplete: "organization"), value: organisation.name,
        error: error("nomorganisation"), isRequired: true),
      Field(
        "siret", "SIRET", .text(mode: "numeric"), value: organisation.siret, hint: "Quatorze chiffres.",
        error: error("siret"), isRequired: organisation.kind != OrganisationKind.coordination.code),
      Field(
        "adresse", "Numéro et rue", .text(autocomplete: "address-line1"), value: organisation.address,
        error: error("adresse")),
      Field(
        "codepostal", "Code postal", .text(mode: "numeric", autocomplete: "postal-code"),
        value: organisation.postcode, error: error("codepostal")),
      Field(
        "commune", "Commune", .text(autocomplete: "address-level2"), value: organisation.commune,
        error: error("commune")),
      Field("naf", "Code NAF", value: organisation.naf, hint: "Par exemple 4120A.", error: error("naf")),
    ]
  }

  /// The fields of a person with a password to choose; `knowsEmail` where the invitation says it, without
  /// `needsPassword` where an identity opens the account.
  func personFields(knowsEmail: Bool, needsPassword: Bool = true) -> [Field] {
    var fields = [
      Field(
        "prenom", "Prénom", .text(autocomplete: "given-name"), value: givenName, error: error("prenom"),
        isRequired: true),
      Field("nom", "Nom", .text(autocomplete: "family-name"), value: surname, error: error("nom"), isRequired: true),
    ]
    if !knowsEmail {
      fields.append(
        Field(
          "courriel", "Adresse électronique professionnelle", .text(type: "email", autocomplete: "username"),
          value: email, error: error("courriel"), isRequired: true))
    }
    return needsPassword ? fields + [AccessFields.newPassword(hint: hint, error: error("nouveau"))] : fields
  }

  /// A password to choose.
  static func newPassword(hint: String, error: String?) -> Field {
    Field(
      "nouveau", "Mot de passe à choisir", .text(type: "password", autocomplete: "new-password"), value: nil,
      hint: hint, error: error, isRequired: true)
  }
}

/// Registering an organisation and its administrator, or joining one that invited.
struct RegisterView {
  var fields: AccessFields
  /// The name of an organisation that is there already.
  var known: String?
  /// Whether someone is signed in already.
  let isSignedIn: Bool
  let mark: HTML

  var page: Page {
    Page(
      title: "Inscrire une organisation", section: nil,
      lead:
        "Votre fiche pourra être préparée tout de suite\u{202F}; le reste s’ouvrira quand la structure qui suit les clauses de votre territoire l’aura validée.",
      hasForm: true
    ) {
      let organisation = fields.organisationFields(kinds: OrganisationKind.all)
      let person = isSignedIn ? [] : fields.personFields(knowsEmail: false)
      return """
        \(when(known) { Parts.note(.warning, "<p><strong>\($0)</strong> est déjà inscrite. Demandez une invitation à la personne qui administre cette organisation.</p>") })\
        \(errorSummary(organisation + person))\
        <form class="narrow" method="post" action="\(Address.access(.register))">\(mark)\
        <h2>L’organisation</h2>\(each(organisation) { $0.html })\
        \(when(!isSignedIn, "<h2>Vous, qui l’administrerez</h2>"))\(each(person) { $0.html })\
        <button class="btn btn-primary" type="submit">Inscrire</button></form>
        \(information)
        """
    }
  }

  /// What is said when data about someone are asked for (RGPD, article 13).
  private var information: HTML {
    """
    <p class="source">Vos nom et adresse électronique servent à vous donner accès et à tenir le journal de ce qui est fait. \
    Ils sont chiffrés, visibles des personnes qui administrent votre organisation et de la structure qui la valide, et \
    effacés quand le compte est anonymisé. Vous pouvez les consulter, les corriger ou en demander l’effacement dans \
    «\u{A0}Mon compte\u{A0}».</p>
    """
  }
}

/// An invitation, or the first set-up: what is joined, and who joins.
struct JoinView {
  enum Kind {
    case invitation(ReadInvitation.Model)
    case setUp
  }

  /// What the field `par` says: the new account is opened by the identity that waits.
  static let byIdentity = "identite"
  /// The new account is opened by a password, whatever waits.
  static let byPassword = "motdepasse"

  let kind: Kind
  let secret: String
  var fields: AccessFields
  var error: String?
  let isSignedIn: Bool
  let mark: HTML

  var page: Page {
    Page(title: title, section: nil, lead: lead, hasForm: true) {
      """
      \(when(error) { Parts.note(.warning, "<p>\($0)</p>") })\(errorSummary(shown))\(identity)\
      <form class="narrow" method="post" action="\(action)">\(mark)\
      \(when(newcomer?.identity != nil, "<input type=\"hidden\" name=\"par\" value=\"\(Self.byIdentity)\">"))\
      \(each(shown) { $0.html })<button class="btn btn-primary" type="submit">\(button)</button></form>
      \(through)
      """
    }
  }

  /// The invitation of someone who makes an account by it.
  private var newcomer: ReadInvitation.Model? {
    guard case .invitation(let invitation) = kind, !isSignedIn, !invitation.hasAccount else { return nil }
    return invitation
  }

  /// The identity that waits to open the new account, in place of a password.
  private var identity: HTML {
    guard let newcomer, let provider = newcomer.provider, let shown = newcomer.identity else { return .empty }
    return Parts.note(
      .neutral,
      """
      <p>Votre identité \(provider)\(when(!shown.isEmpty, " (\(shown))")) ouvrira votre compte, sans mot de passe. \
      <a href="\(action)?par=\(Self.byPassword)">Choisir plutôt un mot de passe</a></p>
      """)
  }

  /// The way through the provider of identities.
  private var through: HTML {
    guard let newcomer, let provider = newcomer.provider, newcomer.identity == nil else { return .empty }
    return """
      <form class="narrow" method="post" action="\(Address.access(.provider))">\(mark)\
      <input type="hidden" name="suite" value="\(action)"><p>Ou sans mot de passe\u{202F}:</p>\
      <button class="btn btn-outline-primary" type="submit">Rejoindre avec \(provider)</button></form>
      """
  }

  private var shown: [Field] {
    switch kind {
    case .setUp: fields.organisationFields(kinds: nil) + fields.personFields(knowsEmail: false)
    case .invitation(let invitation):
      isSignedIn || invitation.hasAccount
        ? [] : fields.personFields(knowsEmail: true, needsPassword: invitation.identity == nil)
    }
  }

  private var title: String {
    switch kind {
    case .setUp: "Mettre Marchepied en service"
    case .invitation(let invitation): "Rejoindre \(invitation.organisation)"
    }
  }

  private var lead: HTML {
    switch kind {
    case .setUp:
      "Créez la première structure porteuse et son administratrice ou administrateur. Ce lien ne sert qu’une fois."
    case .invitation(let invitation):
      """
      Une place vous attend (\(invitation.role.label)), à l’adresse \(invitation.email.text).\
      \(when(invitation.hasAccount && !isSignedIn, " Cette adresse a déjà un compte\u{202F}: connectez-vous, puis rouvrez ce lien."))
      """
    }
  }

  private var action: Address {
    switch kind {
    case .setUp: .access(.setUp(secret))
    case .invitation: .access(.invitation(secret))
    }
  }

  private var button: String {
    switch kind {
    case .setUp: "Mettre en service"
    case .invitation: "Rejoindre"
    }
  }
}
