import Casework
import Clauses
import Vault

/// One's own account: who one is, where one acts, how one signs in.
struct AccountView {
  let model: ShowOwnAccount.Model
  /// Which passwords are taken.
  let hint: String
  let mark: HTML
  /// What was just done, or is wrong.
  var notice: String?
  var fault: FieldFault?
  /// The name as typed, where it was refused.
  var typed: (givenName: String, surname: String)?

  var page: Page {
    Page(title: "Mon compte", section: nil) {
      """
      \(when(notice) { Parts.note(.neutral, "<p role=\"status\">\($0)</p>") })\
      \(when(model.needsSecondFactor && !model.hasSecondFactor, Self.needsFactor))\
      \(errorSummary(identityFields + passwordFields))\
      \(places)\(identity)\(password)\(provider)\(secondFactor)\(sessions)\(data)
      """
    }
  }

  private func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }

  private static let needsFactor = Parts.note(
    .warning,
    """
    <p>Votre rôle donne accès à des données sur les personnes\u{202F}: activez la double authentification pour les voir.</p>
    """)

  private var places: HTML {
    guard !model.places.isEmpty else {
      return Parts.note(
        .neutral,
        "<p>Vous n’appartenez à aucune organisation\u{202F}: <a href=\"\(Address.access(.register))\">inscrivez la vôtre</a>, ou demandez une invitation.</p>"
      )
    }
    return """
      <section><h2>Pour qui j’agis</h2>\(form(.acting, isNeeded: model.places.contains { !$0.isCurrent }, """
      <ul class="advice">\(each(model.places) { place in
        """
        <li><h3><a href="\(Address.access(.organisation(place.organisation.description)))">\(place.name)</a></h3>\
        <p>\(Say.capitalised(place.role.label))\(when(place.isAdministrator, ", administre l’organisation"))\
        \(when(place.state != .active, ". Organisation \(place.state.label)."))</p>\
        \(when(place.isCurrent, Parts.status(.good, "organisation en cours"), else:
          "<button class=\"btn btn-outline-primary\" type=\"submit\" name=\"membre\" value=\"\(place.membership.description)\">Agir pour \(place.name)</button>"))</li>
        """
      })</ul>
      """))</section>

      """
  }

  private var identityFields: [Field] {
    [
      Field(
        "prenom", "Prénom", .text(autocomplete: "given-name"), value: typed?.givenName ?? model.identity.givenName,
        error: error("prenom"), isRequired: true),
      Field(
        "nom", "Nom", .text(autocomplete: "family-name"), value: typed?.surname ?? model.identity.surname,
        error: error("nom"), isRequired: true),
    ]
  }

  private var identity: HTML {
    """
    <section><h2>Qui je suis</h2><p>Adresse électronique\u{202F}: \(model.identity.email.text)</p>
    <form class="narrow" method="post" action="\(Address.access(.ownPart(.identity)))">\(mark)\
    \(each(identityFields) { $0.html })<button class="btn btn-outline-primary" type="submit">Enregistrer</button></form></section>

    """
  }

  private var passwordFields: [Field] {
    var fields: [Field] = []
    if model.hasPassword {
      fields.append(
        Field(
          "actuel", "Mot de passe actuel", .text(type: "password", autocomplete: "current-password"), value: nil,
          error: error("actuel"), isRequired: true))
    }
    return fields + [AccessFields.newPassword(hint: hint, error: error("nouveau"))]
  }

  private var password: HTML {
    """
    <section><h2>Mot de passe</h2>
    <form class="narrow" method="post" action="\(Address.access(.ownPart(.password)))">\(mark)\
    \(each(passwordFields) { $0.html })<button class="btn btn-outline-primary" type="submit">Changer le mot de passe</button>
    <p class="form-text">Vos autres sessions seront fermées.</p></form></section>

    """
  }

  private var provider: HTML {
    guard let identities = model.identities else { return .empty }
    return OwnIdentitiesView(
      identities: identities, mark: mark, password: again(UntieIdentity.field),
      fault: model.hasPassword ? nil : error(UntieIdentity.field)
    ).html
  }

  private var secondFactor: HTML {
    """
    <section><h2>Double authentification</h2>\
    \(when(model.hasSecondFactor, withFactor, else: """
      <p>Un code de votre téléphone, en plus du mot de passe\u{202F}: personne n’entre avec votre seul mot de passe.</p>\
      <p><a class="btn btn-primary" href="\(Address.access(.ownPart(.secondFactor)))">Activer</a></p>
      """))</section>

    """
  }

  private var withFactor: HTML {
    """
    <p>\(Parts.status(.good, "active")) Il vous reste \(French.count(model.recoveryCodes, "code")) de secours.</p>
    <form class="narrow" method="post" action="\(Address.access(.ownPart(.codes)))">\(mark)\
    \(again("motdepasse-codes"))<button class="btn btn-outline-primary" type="submit">Créer de nouveaux codes de secours</button></form>
    <form class="narrow" method="post" action="\(Address.access(.ownPart(.noSecondFactor)))">\(mark)\
    \(again("motdepasse-fin"))<button class="btn btn-outline-primary" type="submit">Retirer la double authentification</button></form>
    """
  }

  fileprivate func again(_ name: String) -> HTML {
    guard model.hasPassword else { return .empty }
    return Field(
      name, "Votre mot de passe", .text(type: "password", autocomplete: "current-password"), value: nil,
      error: error(name), isRequired: true
    ).html
  }

  /// A form around what holds its buttons; without any, what it holds.
  private func form(_ part: Address.OwnPart, isNeeded: Bool, _ inside: HTML) -> HTML {
    guard isNeeded else { return inside }
    return "<form method=\"post\" action=\"\(Address.access(.ownPart(part)))\">\(mark)\(inside)</form>"
  }

  private var sessions: HTML {
    """
    <section><h2>Sessions ouvertes</h2>
    \(form(.sessions, isNeeded: model.sessions.count > 1, """
    \(Table(
      caption: "Navigateurs où votre compte est ouvert",
      columns: [.text("Navigateur"), .text("Ouverte le"), .text("Dernière activité"), .text("Par"), .text("Action")],
      rows: model.sessions.map { session in
        [
          "\(session.device)", "\(ParisTime.french("\(session.createdAt)"))", "\(ParisTime.french("\(session.seenAt)"))",
          "\(session.method.label)",
          when(session.isThis, "cette session", else:
            "<button class=\"btn btn-link\" type=\"submit\" name=\"session\" value=\"\(session.id.description)\">Fermer cette session</button>"),
        ]
      }).html)\
    \(when(model.sessions.count > 1, "<button class=\"btn btn-outline-primary\" type=\"submit\" name=\"session\" value=\"autres\">Fermer toutes les autres</button>"))
    """))</section>
    """
  }
}

extension AccountView {
  /// What is kept, and how to have it back or erased.
  fileprivate var data: HTML {
    """
    <section><h2>Mes données</h2>
    <p>Nous gardons vos nom, prénom, adresse électronique, rôles\(when(model.identities != nil, ", identités reliées")), sessions \
    ouvertes et ce que vous avez fait. Ils servent à vous \
    donner accès et à tenir le journal\u{202F}; les noms sont chiffrés.</p>
    <p class="actions"><a class="btn btn-outline-primary" href="\(Address.access(.ownPart(.data)))" download>Télécharger mes données</a> \
    <a class="btn btn-outline-primary" href="\(Address.privacy(.ask))">Faire une demande sur mes données</a></p>
    \(when(!model.requests.isEmpty, requests))\
    <p><a href="\(Address.privacy(.register))">Ce que le programme garde, pourquoi et combien de temps</a></p>
    <details><summary>Effacer mon compte</summary>
    <p>Votre accès s’arrête tout de suite. Votre nom et votre adresse disparaissent partout, journal compris\u{202F}; ce que vous \
    avez fait reste, sans votre nom. Cela ne peut pas être annulé.</p>
    <form class="narrow" method="post" action="\(Address.access(.ownPart(.erasure)))">\(mark)\(again("motdepasse-effacer"))\
    <button class="btn btn-outline-primary" type="submit">Effacer mon compte</button></form></details></section>
    """
  }
}

extension AccountView {
  /// The requests made about one's own data.
  fileprivate var requests: HTML {
    Table(
      caption: "Mes demandes",
      columns: [
        .text("Référence"), .text("Objet"), .text("Reçue le"), .text("État"), .text("Réponse due le"),
      ],
      rows: model.requests.map { request in
        [
          "\(request.reference)", "\(Say.capitalised(request.kind.label))", "\(request.receivedOn.french)",
          "\(request.state.label)", "\(request.due.french)",
        ]
      }
    ).html
  }
}

/// A second factor to add: the drawing, the secret in words, the first code.
struct SecondFactorView {
  let factor: TOTP
  let code: QRCode
  let hasPassword: Bool
  let mark: HTML
  var fault: FieldFault?

  var page: Page {
    Page(
      title: "Activer la double authentification", section: nil, crumbs: [.init("Mon compte", .access(.account))],
      lead: "Scannez ce dessin avec une application d’authentification, puis tapez le code qu’elle affiche."
    ) {
      """
      \(errorSummary(fields))<div class="qr"><svg viewBox="0 0 \(code.side) \(code.side)" width="220" height="220" role="img" \
      aria-label="Code QR de la double authentification"><rect width="\(code.side)" height="\(code.side)" class="qr-paper"/>\
      <path d="\(code.path)" class="qr-ink"/></svg></div>
      <p>Ou tapez cette clef dans l’application\u{202F}: <code class="secret">\(grouped)</code></p>
      <form class="narrow" method="post" action="\(Address.access(.ownPart(.secondFactor)))">\(mark)\
      <input type="hidden" name="clef" value="\(factor.base32)">\(each(fields) { $0.html })\
      <button class="btn btn-primary" type="submit">Activer</button></form>
      """
    }
  }

  private var fields: [Field] {
    func error(_ name: String) -> String? { fault?.field == name ? fault?.description : nil }
    let code = Field(
      "code", "Code à six chiffres", .text(mode: "numeric", autocomplete: "one-time-code"), value: nil,
      error: error("code"), isRequired: true)
    guard hasPassword else { return [code] }
    return [
      code,
      Field(
        "motdepasse", "Votre mot de passe", .text(type: "password", autocomplete: "current-password"), value: nil,
        error: error("motdepasse"), isRequired: true),
    ]
  }

  private var grouped: String {
    var text = ""
    for (place, sign) in factor.base32.enumerated() {
      if place > 0, place % 4 == 0 { text.append(" ") }
      text.append(sign)
    }
    return text
  }
}

/// Recovery codes, shown once.
struct RecoveryCodesView {
  let codes: [RecoveryCode]

  var page: Page {
    Page(
      title: "Vos codes de secours", section: nil, crumbs: [.init("Mon compte", .access(.account))],
      lead:
        "Notez-les maintenant et gardez-les hors de votre ordinateur\u{202F}: ils ne seront plus montrés. Chacun remplace une fois le code de votre téléphone."
    ) {
      """
      <ul class="codes">\(each(codes) { "<li><code>\($0.text)</code></li>" })</ul>
      <p><button class="btn btn-outline-primary no-print" type="button" data-print>Imprimer</button> \
      <a class="btn btn-primary" href="\(Address.access(.account))">J’ai noté mes codes</a></p>
      """
    }
  }
}
