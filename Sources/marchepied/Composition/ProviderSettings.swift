import Casework
import Federation

/// The provider of identities, as the settings tell; most installations have none.
struct ProviderSettings: Sendable {
  /// What may be set, with its meaning.
  static let known = [
    ("oidc.issuer", "adresse du fournisseur d’identité (OpenID Connect), telle qu’il la publie"),
    ("oidc.client", "identifiant de Marchepied chez ce fournisseur"),
    ("oidc.secret", "secret de Marchepied chez ce fournisseur (variable d’environnement ou fichier)"),
    ("oidc.name", "nom montré sur le bouton de connexion, comme ProConnect"),
    ("oidc.scopes", "données demandées, séparées par des espaces (openid given_name usual_name email siret)"),
    ("oidc.levels", "niveaux de garantie demandés, séparés par des espaces (eidas1)"),
    ("oidc.strong", "niveaux (acr) ou preuves (amr) qui valent double authentification, comme eidas2 ou mfa"),
  ]

  /// What was agreed upon.
  let openID: OpenIDSettings
  /// What the button says.
  let name: String
  /// Words of `acr` or `amr` that are taken for a second factor.
  let strong: Set<String>

  /// The longest name of a button.
  private static let longestName = 40
  /// Asks for the proofs that were given, which some providers tell only to whoever asks (ProConnect).
  private static let proofs = #"{"id_token":{"amr":{"essential":true}}}"#

  /// Reads the settings; nil where there is no provider. `site` is the public address of the installation.
  ///
  /// Throws ``Settings/Wrong`` where half of them is missing, or where people or secrets would go over an open line.
  init?(site: String, _ text: (String) -> String?) throws {
    guard let issuer = text("oidc.issuer") else {
      guard let orphan = Self.known.map({ $0.0 }).first(where: { text($0) != nil }) else { return nil }
      throw Settings.Wrong("\(orphan) est donné sans oidc.issuer, l’adresse du fournisseur d’identité.")
    }
    guard let client = text("oidc.client") else {
      throw Settings.Wrong("oidc.issuer est donné sans oidc.client, l’identifiant donné par le fournisseur.")
    }
    guard let secret = text("oidc.secret") else {
      throw Settings.Wrong("oidc.issuer est donné sans oidc.secret, le secret donné par le fournisseur.")
    }
    strong = Set(Self.words(text("oidc.strong")))
    do {
      openID = try OpenIDSettings(
        issuer: issuer, clientID: client, clientSecret: OpenIDSecret(secret),
        redirectAddress: "\(site)/\(AccessPath.providerReturn)",
        scopes: text("oidc.scopes").map { Self.words($0) } ?? OpenIDSettings.proConnectScopes,
        acrValues: text("oidc.levels").map { Self.words($0) } ?? ["eidas1"], claims: strong.isEmpty ? nil : Self.proofs)
    } catch OpenIDError.setting(.redirectAddress) {
      throw Settings.Wrong(
        "oidc.issuer demande une adresse publique en https\u{202F}: donnez site.address, comme https://clauses.exemple.fr."
      )
    } catch {
      throw Settings.Wrong("le fournisseur d’identité est mal réglé. \(error)")
    }
    name = try Self.name(text("oidc.name") ?? Self.host(issuer))
  }

  private static func words(_ text: String?) -> [String] {
    (text ?? "").split { $0.isWhitespace || $0 == "," }.map(String.init)
  }

  private static func host(_ address: String) -> String {
    let rest = address.split(separator: "/").dropFirst().first ?? ""
    return String(rest.prefix { $0 != ":" }.prefix(longestName))
  }

  private static func name(_ text: String) throws -> String {
    guard (1...longestName).contains(text.count),
      !text.unicodeScalars.contains(where: { [.control, .format].contains($0.properties.generalCategory) })
    else {
      throw Settings.Wrong("le réglage oidc.name doit tenir sur une ligne de \(longestName) caractères au plus.")
    }
    return text
  }
}
