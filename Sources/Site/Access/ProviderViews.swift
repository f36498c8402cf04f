import Casework
import Clauses

/// The way to the provider of identities, which the browser takes by itself.
struct LeavingView {
  enum Kind { case signIn, signOut }

  let kind: Kind
  let name: String
  let address: String

  init(_ kind: Kind, name: String, address: String) { (self.kind, self.name, self.address) = (kind, name, address) }

  var page: Page {
    Page(title: title, section: nil, lead: lead) {
      """
      <p role="status">Si rien ne se passe, appuyez sur le bouton.</p>
      <p><a class="btn btn-primary" href="\(address)">Continuer vers \(name)</a></p>
      """
    }
  }

  private var title: String {
    switch kind {
    case .signIn: "Vous allez chez \(name)"
    case .signOut: "Vous êtes déconnecté de Marchepied"
    }
  }

  private var lead: HTML {
    switch kind {
    case .signIn: "Connectez-vous là-bas\u{202F}: vous reviendrez ici tout de suite après."
    case .signOut: "Il reste à vous déconnecter de \(name), pour que personne n’entre après vous sur cet ordinateur."
    }
  }
}

/// The end: signed out here and there.
struct SignedOutView {
  let name: String

  var page: Page {
    Page(title: "Vous êtes déconnecté", section: nil, lead: "De Marchepied et de \(name).") {
      """
      <p><a class="btn btn-primary" href="\(Address.home)">Revenir à l’accueil</a> \
      <a class="btn btn-link" href="\(Address.access(.signIn(Query())))">Se connecter à nouveau</a></p>
      """
    }
  }
}

/// An identity that no account has, brought by someone who is not signed in: what to do.
struct UnknownIdentityView {
  let name: String
  /// What people read of the identity; may be empty.
  let shown: String
  /// For how many minutes it waits in this browser.
  let minutes: Int

  var page: Page {
    Page(title: "Cette identité n’ouvre encore aucun compte", section: nil, lead: lead) {
      """
      <ul class="advice"><li><h2>Vous avez déjà un compte</h2>
      <p>Connectez-vous comme d’habitude\u{202F}: nous vous proposerons de relier cette identité à votre compte, une fois pour \
      toutes.</p><p><a class="btn btn-primary" href="\(Address.access(.signIn(next)))">Me connecter et relier</a></p></li>
      <li><h2>Vous avez reçu une invitation</h2>
      <p>Ouvrez le lien de l’invitation dans ce navigateur\u{202F}: vous pourrez l’accepter avec cette identité.</p></li>
      <li><h2>Votre organisation n’est pas encore inscrite</h2>
      <p><a href="\(Address.access(.register))">Inscrivez-la</a>, ou demandez une invitation à la personne qui \
      l’administre.</p></li></ul>
      <p class="source">Cette identité vous attend dans ce navigateur pendant \(French.count(minutes, "minute")). Personne \
      d’autre ne peut la relier.</p>
      """
    }
  }

  private var lead: HTML {
    """
    \(name) vous a bien reconnu\(when(!shown.isEmpty, " (\(shown))")), mais aucun compte de Marchepied n’est relié à cette \
    identité.
    """
  }

  private var next: Query { Query().setting("suite", Address.access(.ownPart(.identityTie)).href) }
}

/// A sign-in through the provider that came to nothing: why, and what to do.
struct ProviderTroubleView {
  enum Trouble {
    case failed(ProviderFailure.Kind)
    /// Another account has the identity.
    case ofAnother
    /// The account is closed.
    case closed
  }

  let name: String
  let trouble: Trouble
  /// Whether whoever came back is signed in, by another way.
  let isSignedIn: Bool
  /// The number of the request, where the logs tell more.
  let request: String

  init(name: String, _ trouble: Trouble, for context: SiteContext) {
    (self.name, self.trouble) = (name, trouble)
    (isSignedIn, request) = (context.actor.person != nil, context.requestID)
  }

  var page: Page {
    Page(title: title, section: nil, lead: lead) {
      """
      <p>Rien n’a changé dans votre compte.\(when(isWayIn, " Vous pouvez aussi entrer par votre mot de passe, ou par un lien reçu par courriel."))</p>
      \(when(told) { "<p class=\"text-body-secondary\">demande \($0)</p>" })
      <p><a class="btn btn-primary" href="\(way)">\(label)</a></p>
      """
    }
  }

  private var title: String {
    switch trouble {
    case .failed: "La connexion par \(name) n’a pas abouti"
    case .ofAnother: "Cette identité ouvre déjà un autre compte"
    case .closed: "Ce compte est fermé"
    }
  }

  private var lead: HTML {
    switch trouble {
    case .failed(.declined):
      "Vous avez quitté \(name) avant la fin, ou l’accès vous y a été refusé. Recommencez quand vous voulez."
    case .failed(.late):
      "Ce retour a déjà servi, vient trop tard, ou la connexion a été commencée dans un autre navigateur. Recommencez\u{202F}: cela prend un instant."
    case .failed(.unavailable): "\(name) ne répond pas pour le moment. Réessayez dans quelques minutes."
    case .failed(.untrusted):
      "La réponse de \(name) n’a pas pu être vérifiée, et par prudence nous ne l’acceptons pas. Si cela continue, donnez le numéro ci-dessous à la personne qui administre Marchepied."
    case .ofAnother: "Connectez-vous à cet autre compte, détachez-y l’identité, puis revenez la relier ici."
    case .closed: "L’identité est reconnue, mais le compte qu’elle ouvre a été fermé. Demandez une nouvelle invitation."
    }
  }

  private var isWayIn: Bool { if case .failed = trouble { !isSignedIn } else { false } }

  private var told: String? { if case .failed(.untrusted) = trouble { request } else { nil } }

  private var way: Address { isSignedIn ? .access(.account) : .access(.signIn(Query())) }

  private var label: String { isSignedIn ? "Revenir à mon compte" : "Revenir à la connexion" }
}

/// An identity to tie to one's own account: which one, and the password again.
struct TieView {
  let name: String
  /// What people read of the identity; may be empty.
  let shown: String
  let hasPassword: Bool
  let mark: HTML
  var fault: FieldFault?

  var page: Page {
    Page(
      title: "Relier votre identité \(name)", section: nil, crumbs: [.init("Mon compte", .access(.account))],
      lead: "Elle ouvrira ce compte sans mot de passe à taper."
    ) {
      """
      \(errorSummary(fields))\(alone)\
      \(Parts.definitions([(term: "Identité \(name)", value: shown.isEmpty ? "sans nom ni adresse" : "\(shown)")]))\
      <form class="narrow" method="post" action="\(Address.access(.ownPart(.identityTie)))">\(mark)\
      \(each(fields) { $0.html })<button class="btn btn-primary" type="submit">Relier à mon compte</button> \
      <a class="btn btn-link" href="\(Address.access(.account))">Ne pas relier</a></form>
      <p class="source">Ne la reliez que si c’est bien la vôtre.</p>
      """
    }
  }

  /// A fault of an account without password has no field beside which to stand.
  private var alone: HTML {
    guard !hasPassword, let fault else { return .empty }
    return Parts.note(.warning, "<p role=\"alert\">\(fault.description)</p>")
  }

  private var fields: [Field] {
    guard hasPassword else { return [] }
    return [
      Field(
        TieIdentity.field, "Votre mot de passe Marchepied",
        .text(type: "password", autocomplete: "current-password"), value: nil,
        error: fault?.field == TieIdentity.field ? fault?.description : nil, isRequired: true)
    ]
  }
}

/// One's own identities, on the page of the account.
struct OwnIdentitiesView {
  let identities: OwnIdentities
  let mark: HTML
  /// The password asked again before an identity goes; empty for an account without one.
  let password: HTML
  /// What is wrong, where no field stands.
  let fault: String?

  var html: HTML {
    """
    <section><h2>Connexion par \(identities.provider)</h2>\
    \(when(fault) { Parts.note(.warning, "<p role=\"alert\">\($0)</p>") })\
    \(when(identities.waiting != nil, Parts.note(.neutral, waiting)))\
    \(when(identities.tied.isEmpty, nothing, else: tied))</section>

    """
  }

  private var waiting: HTML {
    """
    <p>Une identité attend d’être reliée\(when(identities.waiting?.isEmpty == false, "\u{202F}: \(identities.waiting ?? "")")).</p>\
    <p><a class="btn btn-primary" href="\(Address.access(.ownPart(.identityTie)))">La relier à mon compte</a></p>
    """
  }

  private var nothing: HTML {
    """
    <p>Reliez votre identité \(identities.provider)\u{202F}: vous entrerez ensuite sans mot de passe.</p>
    <form method="post" action="\(Address.access(.ownPart(.identityStart)))">\(mark)\
    <button class="btn btn-outline-primary" type="submit">Relier mon identité \(identities.provider)</button></form>
    """
  }

  private var tied: HTML {
    """
    <form class="narrow" method="post" action="\(Address.access(.ownPart(.identityEnd)))">\(mark)\
    <ul class="advice">\(each(identities.tied) { identity in
      """
      <li><h3>\(identity.shown.isEmpty ? "Identité \(identities.provider)" : identity.shown)</h3>\
      <p>Reliée le \(ParisTime.french("\(identity.createdAt)"))\
      \(when(identity.seenAt) { ", dernière connexion le \(ParisTime.french("\($0)"))" }).</p></li>
      """
    })</ul>\(password)\(each(identities.tied) { identity in
      """
      <p><button class="btn btn-outline-primary" type="submit" name="identite" value="\(identity.id.description)">\
      Détacher \(identity.shown.isEmpty ? "cette identité" : identity.shown)</button></p>
      """
    })</form>
    """
  }
}
