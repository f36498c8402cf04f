import Casework
import Clauses

/// What the doctor says of personal data.
extension Doctor {
  /// Whether the installation said who answers for the processings.
  func privacy(_ settings: Settings) -> Finding {
    let missing = [
      settings.privacy.controller == nil ? "privacy.controller (qui en répond)" : nil,
      settings.privacy.contact == nil ? "privacy.contact (personne déléguée à la protection des données)" : nil,
    ].compactMap(\.self)
    guard !missing.isEmpty else {
      return Finding(
        point: "registre des traitements", well: true, detail: "responsable et contact déclarés", remedy: "")
    }
    return Finding(
      point: "registre des traitements", well: true,
      detail: "la page /donnees-personnelles dit que l’installation n’a rien déclaré",
      remedy: "Donnez \(French.list(missing)), par exemple\u{202F}: "
        + "MARCHEPIED_PRIVACY_CONTACT=dpo@exemple.fr", isAbsent: true)
  }

  /// How many requests of people wait, and how many past their legal deadline.
  func requests(_ world: World) async -> Finding? {
    guard let (open, late) = try? await CountLateRequests().run(as: .machineOperator, in: world) else { return nil }
    var detail = "\(French.count(open, "demande")) à traiter"
    if late > 0 { detail += ", dont \(French.count(late, "en retard", "en retard")) sur le délai légal" }
    return Finding(
      point: "demandes sur les données", well: true, detail: detail,
      remedy: "Prévenez la personne déléguée à la protection des données\u{202F}: "
        + "la liste est à la page /donnees-personnelles/demandes.", isAbsent: late > 0)
  }
}
