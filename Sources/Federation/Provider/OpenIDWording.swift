import Clauses

extension OpenIDError: CustomStringConvertible {
  /// What is wrong and what to do, in French.
  public var description: String {
    switch self {
    case .setting(let setting): setting.words
    case .unreachable(let host, let reason):
      "Le fournisseur d’identité \(host) ne peut pas être joint (\(reason)). Réessayez dans quelques minutes\(thin); "
        + "si cela persiste, vérifiez l’adresse du fournisseur et l’accès de ce serveur au réseau."
    case .slow(let host):
      "Le fournisseur d’identité \(host) met trop de temps à répondre. Réessayez dans quelques minutes."
    case .interrupted: "La connexion a été interrompue avant la réponse du fournisseur d’identité. Recommencez."
    case .tooLarge(let host, let most):
      "La réponse du fournisseur d’identité \(host) dépasse \(most) octets et n’a pas été lue. "
        + "Vérifiez l’adresse du fournisseur dans les réglages."
    case .redirected(let host):
      "Le fournisseur d’identité \(host) renvoie vers une autre adresse, ce qui n’est pas suivi. "
        + "Inscrivez dans les réglages l’adresse exacte que le fournisseur publie."
    case .status(let document, let status):
      "Le fournisseur d’identité a répondu par l’erreur \(status) au lieu de donner \(document.words). "
        + "Réessayez dans quelques minutes\(thin); si cela persiste, signalez-le au fournisseur."
    case .refused(let code, let words): OpenIDError.refusal(code, words)
    case .notUnderstood(.returned): "Le retour du fournisseur d’identité n’est pas compris. \(again)"
    case .notUnderstood(let document):
      "Le fournisseur d’identité ne donne pas \(document.words) sous la forme attendue. "
        + "Vérifiez son adresse dans les réglages, puis signalez-le-lui."
    case .otherIssuer(let found):
      "À l’adresse du fournisseur d’identité répond un autre fournisseur, \(quoted(found)). "
        + "Inscrivez dans les réglages le nom exact du fournisseur, barre oblique finale comprise."
    case .openAddress(let endpoint):
      "Le fournisseur d’identité annonce une adresse sans chiffrement, ou mal écrite (\(endpoint.rawValue)). "
        + "Elle n’est pas utilisée\(thin): il doit publier une adresse en https."
    case .noCommonAuthentication:
      "Le fournisseur d’identité n’accepte ni client_secret_basic ni client_secret_post. "
        + "Demandez-lui d’autoriser l’un des deux pour ce service."
    case .otherState: "Cette connexion n’a pas été commencée dans ce navigateur, ou a déjà servi. \(again)"
    case .otherReturn: "Ce retour vient d’un autre fournisseur d’identité que celui qui a été demandé. \(again)"
    case .tooLate: "La connexion a été commencée il y a trop longtemps. \(again)"
    case .token(let document, let fault): fault.words(of: document)
    case .otherPerson:
      "Les renseignements donnés par le fournisseur d’identité concernent une autre personne que celle qui s’est "
        + "connectée. Recommencez\(thin); si cela persiste, signalez-le au fournisseur."
    }
  }

  private static func refusal(_ code: String, _ words: String?) -> String {
    let said = words.map { "\(thin): \(quoted($0))" } ?? ""
    return switch code {
    case "access_denied": "La connexion a été refusée ou abandonnée chez le fournisseur d’identité\(said). \(again)"
    case "invalid_grant":
      "Le fournisseur d’identité refuse ce retour de connexion, déjà utilisé ou trop ancien\(said). \(again)"
    case "invalid_client", "unauthorized_client":
      "Le fournisseur d’identité ne reconnaît pas ce service (\(code))\(said). "
        + "Vérifiez dans les réglages l’identifiant et le secret qu’il a donnés."
    case "temporarily_unavailable", "server_error":
      "Le fournisseur d’identité rencontre une difficulté (\(code))\(said). Réessayez dans quelques minutes."
    default:
      "Le fournisseur d’identité refuse la connexion (\(code))\(said). "
        + "Réessayez\(thin); si cela persiste, vérifiez les réglages avec lui."
    }
  }
}

private let thin = French.thin
private func quoted(_ text: String) -> String { "«\(French.noBreak)\(text)\(French.noBreak)»" }
private let again = "Revenez à la page de connexion et recommencez."

extension OpenIDError.Setting {
  fileprivate var words: String {
    switch self {
    case .issuer:
      "L’adresse du fournisseur d’identité n’est pas bonne\(thin): il faut une adresse en https, sans paramètres "
        + "(http n’est accepté que sur 127.0.0.1, ::1 ou localhost)."
    case .redirectAddress, .returnTo:
      "L’adresse de retour vers ce service n’est pas bonne\(thin): il faut une adresse en https, telle que déclarée au "
        + "fournisseur d’identité (http n’est accepté que sur 127.0.0.1, ::1 ou localhost)."
    case .clientID:
      "L’identifiant de ce service chez le fournisseur d’identité manque. Il figure dans son espace partenaires."
    case .clientSecret:
      "Le secret de ce service chez le fournisseur d’identité manque. Il figure dans son espace partenaires."
    case .scopes:
      "Les données demandées au fournisseur d’identité sont mal écrites\(thin): des mots sans espace, dont \(quoted("openid"))."
    case .limits:
      "Les limites de durée et de taille pour le fournisseur d’identité doivent être supérieures à zéro. Corrigez-les dans les réglages."
    }
  }
}

extension OpenIDError.Document {
  fileprivate var words: String {
    switch self {
    case .discovery: "sa description"
    case .keys: "ses clefs publiques"
    case .returned: "le retour de connexion"
    case .tokens: "le jeton de connexion"
    case .idToken: "l’identité signée"
    case .userInfo: "les renseignements sur la personne"
    }
  }
}

extension OpenIDError.Fault {
  fileprivate func words(of document: OpenIDError.Document) -> String {
    let given =
      "Le fournisseur d’identité a donné "
      + (document == .userInfo
        ? "des renseignements signés qui ne peuvent pas être acceptés"
        : "une identité signée qui ne peut pas être acceptée") + thin
    let warn = "Recommencez\(thin); si cela persiste, signalez-le au fournisseur."
    return switch self {
    case .form: "\(given): la forme n’est pas la bonne, ou un élément manque. \(warn)"
    case .algorithm(let name):
      "\(given): la signature \(quoted(name)) n’est pas admise. "
        + "Demandez au fournisseur de signer en RS256 ou en ES256 pour ce service."
    case .unknownKey: "\(given): la clef de signature n’est pas l’une de celles que le fournisseur publie. \(warn)"
    case .signature: "\(given): la signature n’est pas la bonne. \(warn)"
    case .issuer: "\(given): un autre fournisseur a signé. \(warn)"
    case .audience: "\(given): un autre service en est le destinataire. \(warn)"
    case .expired: "\(given): la date de validité est passée. Vérifiez l’heure de ce serveur, puis recommencez."
    case .notYet: "\(given): la date est à venir. Vérifiez l’heure de ce serveur, puis recommencez."
    case .nonce: "\(given): la réponse est celle d’une autre connexion. \(warn)"
    case .accessToken: "\(given): le jeton d’accès joint n’est pas le bon. \(warn)"
    }
  }
}
