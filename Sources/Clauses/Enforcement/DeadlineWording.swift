/// The sentence of a deadline.
struct DeadlineWording {
  let kind: Deadline.Kind
  let label: String
  let opens: Day
  let counted: Day
  let due: Day
  let moved: String?
  let state: Deadline.State
  let receivedOn: Day?
  let daysLate: Int
  let isSanctionable: Bool

  /// « Attestation d’heures, 1er trimestre 2027 : à remettre au plus tard le 15/04/2027, en retard de 3 jours. »
  var sentence: String {
    var text = "\(label)\(colon) "
    text += kind == .notice ? "délai jusqu’au \(due.french) inclus" : "à remettre au plus tard le \(due.french)"
    if let moved { text += " (le \(counted.french) est un jour de repos\(colon) \(moved))" }
    text += ", \(standing)."
    if !isSanctionable { text += " Demande de courtoisie\(colon) le contrat ne la sanctionne pas." }
    return text
  }

  private var standing: String {
    let late = French.count(daysLate, "jour")
    switch state {
    case .upcoming: return "à venir à partir du \(opens.french)"
    case .due: return kind == .notice ? "en cours depuis la réception du \(opens.french)" : "attendu"
    case .late: return kind == .notice ? "écoulé depuis \(late)" : "en retard de \(late)"
    case .received:
      let day = receivedOn.map { "reçu le \($0.french)" } ?? "reçu"
      return daysLate > 0 ? "\(day) avec \(late) de retard" : "\(day), dans les temps"
    }
  }
}

/// What is said of formal notices wherever they appear.
enum NoticeWording {
  /// The remark on a notice that comes when the performance is over.
  static func afterEnd(_ receivedOn: Day, performanceEnd: Day?, article: String?) -> Finding? {
    guard let performanceEnd, receivedOn > performanceEnd else { return nil }
    return Finding(
      .warning, "noticeAfterEnd",
      "La mise en demeure est reçue le \(receivedOn.french), après la fin de l’exécution (\(performanceEnd.french))"
        + "\(colon) l’entreprise ne peut plus faire d’heures pour y répondre.",
      mend: "Vérifiez avec le service juridique que la pénalité reste possible.", article: article)
  }
}
