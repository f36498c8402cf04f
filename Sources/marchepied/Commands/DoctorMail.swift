import Casework
import Clauses

/// What the doctor says of mail.
extension Doctor {
  /// Whether messages can leave, and how many wait.
  func mail(_ settings: Settings) -> Finding {
    let mail = settings.mail
    if mail.mode == .page {
      return Finding(
        point: "courriels", well: true, detail: "montrés à la page /courriels, rien n’est envoyé (essai)",
        remedy: "Pour envoyer, retirez mail.mode et donnez mail.server et mail.from.", isAbsent: true)
    }
    guard let server = mail.server else {
      return Finding(
        point: "courriels", well: true, detail: "aucun serveur d’envoi réglé\u{202F}: les courriels attendent",
        remedy: "Donnez mail.server et mail.from, puis\u{202F}: marchepied mail test ADRESSE", isAbsent: true)
    }
    return Finding(
      point: "courriels", well: true, detail: "envoyés par \(server.name) (\(server.security.rawValue))", remedy: "")
  }

  /// How many messages wait or were given up.
  func queue(_ world: World) async -> Finding? {
    guard let queue = try? await ListMail(limit: 1).run(as: .machineOperator, in: world) else { return nil }
    return Finding(
      point: "file des courriels", well: true, detail: MailCommand.summary(queue),
      remedy: "Regardez pourquoi\u{202F}: marchepied mail list", isAbsent: queue.failed > 0)
  }
}
