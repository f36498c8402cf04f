import Casework
import Clauses
import Federation

/// What the doctor says of the provider of identities.
extension Doctor {
  /// Whether it answers, and describes itself as it should.
  func provider(_ settings: Settings) async -> Finding {
    guard let provider = settings.provider else {
      return Finding(
        point: "fournisseur d’identité", well: true, detail: "aucun\u{202F}; chacun entre par mot de passe ou par lien",
        remedy: "Pour en avoir un, comme ProConnect, donnez oidc.issuer, oidc.client et oidc.secret.", isAbsent: true)
    }
    let door = ProviderDoor(provider, site: settings.mail.site.text)
    let finding: Finding
    do {
      try await door.check(at: Moment(milliseconds: Clock.milliseconds()))
      finding = Finding(
        point: "fournisseur d’identité", well: true,
        detail: "\(door.name) répond\u{202F}; adresse de retour à lui déclarer\u{202F}: "
          + provider.openID.redirectAddress,
        remedy: "")
    } catch {
      finding = Finding(
        point: "fournisseur d’identité", well: false, detail: "\(error)",
        remedy: "Tant qu’il ne répond pas, chacun peut entrer par mot de passe ou par lien reçu par courriel.")
    }
    await door.close()
    return finding
  }
}
