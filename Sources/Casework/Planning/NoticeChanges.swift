public import Clauses

extension AwardNotice {
  /// What a later publication changes, a French sentence each; never empty for two notices that differ.
  func changes(to new: AwardNotice) -> [String] {
    var list: [String] = []
    func compare<T: Equatable>(_ name: String, _ old: T, _ new: T, _ text: (T) -> String) {
      guard old != new else { return }
      list.append("\(name)\u{202F}: «\u{202F}\(text(old))\u{202F}» devient «\u{202F}\(text(new))\u{202F}».")
    }
    func words(_ text: String?) -> String { text ?? "non renseigné" }
    compare("Objet", object, new.object) { $0 }
    compare("Acheteur", buyerName, new.buyerName, words)
    compare("Nature", nature, new.nature) { $0?.rawValue ?? "non renseignée" }
    compare("Code CPV", cpv, new.cpv) { $0?.digits ?? "non renseigné" }
    compare("Procédure", procedure, new.procedure, words)
    compare("Lieu d’exécution", place?.code, new.place?.code, words)
    compare("Nom du lieu", place?.name, new.place?.name, words)
    compare("Durée", durationMonths, new.durationMonths) { $0.map { "\($0) mois" } ?? "non renseignée" }
    compare("Notification", notified, new.notified) { $0?.french ?? "non renseignée" }
    compare("Publication", published, new.published) { $0?.french ?? "non renseignée" }
    compare("Montant", amount, new.amount) { $0?.french ?? "non renseigné" }
    compare("Titulaires", holders, new.holders) { $0.map { $0.name ?? $0.identifier }.joined(separator: ", ") }
    compare("Modifications", amendments.count, new.amendments.count) { French.count($0, "modification") }
    compare("Sous-traitance", subcontracts.count, new.subcontracts.count) { French.count($0, "acte") }
    compare("Considérations sociales", social, new.social) { $0.french }
    if list.isEmpty { list.append("D’autres champs de la fiche ont changé.") }
    return list
  }
}

extension AwardNotice.SocialConsiderations {
  /// What is declared, in words.
  public var french: String {
    if self == .unstated { return "non renseignées" }
    var words: [String] = []
    if contains(.clause) { words.append("clause sociale") }
    if contains(.criterion) { words.append("critère social") }
    if contains(.reserved) { words.append("marché réservé") }
    return words.isEmpty ? "aucune" : French.list(words)
  }
}
