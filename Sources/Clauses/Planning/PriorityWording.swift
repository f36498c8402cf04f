extension SpottingRules {
  /// The stored rank and the sentence that explains it.
  func priority(of notice: AwardNotice, _ cell: SpottingCell) -> Priority {
    priority(of: cell, social: notice.social)
  }

  /// The same for a line of a list, of which only the stored part is at hand.
  public func priority(of cell: SpottingCell, social: AwardNotice.SocialConsiderations) -> Priority {
    var parts: [String] = []
    switch cell.criteriaMet {
    case 4: parts.append("les quatre critères sont réunis")
    case 0: parts.append("aucun des quatre critères n’est établi")
    case 1: parts.append("un critère sur quatre est réuni")
    case let met: parts.append("\(met == 2 ? "deux" : "trois") critères sur quatre sont réunis")
    }
    if PriorityWeights.weighs(cell) {
      parts.append(cell.duty == .likely ? "obligation légale probable" : "montant au niveau des seuils")
    }
    if social.isPositive { parts.append("considération sociale déjà présente") }
    if let usual = cell.hoursUsual { parts.append("environ \(Hours(Int(usual)).french) d’insertion possibles") }
    if let end = cell.end { parts.append("fin attendue le \(end.french)") } else { parts.append("fin inconnue") }
    var sentence =
      "Priorité \(French.integer(cell.rank)) sur \(French.integer(PriorityWeights.top))\(colon) \(French.list(parts))"
    if cell.recurrence == .oneOff {
      sentence += "\(semicolon) opération ponctuelle, classée en dernier, à garder comme raison d’appeler l’acheteur"
    }
    return Priority(rank: Int(cell.rank), sentence: sentence + ".")
  }
}
