import ArgumentParser
import Casework
import Clauses
import Foundation

/// Messages: a trial of the settings, and the queue.
struct MailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Essaie l’envoi des courriels, ou montre ceux qui attendent.",
    discussion: "Exemple\u{202F}: marchepied mail test marie@exemple.fr", subcommands: [Test.self, List.self])

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Envoie un courriel d’essai, tout de suite, et dit ce que le serveur a répondu.",
      discussion: """
        Exemple\u{202F}: marchepied mail test marie@exemple.fr

        Le serveur, le compte et l’adresse d’expédition viennent des réglages mail.server, mail.user, mail.password et \
        mail.from.
        """)

    @OptionGroup var common: Common
    @Argument(help: ArgumentHelp("Adresse qui recevra l’essai.", valueName: "adresse")) var address: String

    func run() async throws {
      let command = self
      try await Terminal.run { try await command.work() }
    }

    private func work() async throws {
      let mail = try await common.settings().mail
      guard mail.mode == .smtp else { throw NothingLeaves() }
      guard let server = mail.server, let from = mail.from else { throw NoServer() }
      let recipient = try Mailbox(address)
      let letter = try Letter(
        to: recipient, subject: "Essai d’envoi de Marchepied", kind: .test, key: "test",
        [
          .paragraph("Bonjour,"),
          .paragraph(
            "Ce message d’essai montre que les courriels de Marchepied arrivent jusqu’à vous. "
              + "Vous n’avez rien à faire."),
          .action(label: "Ouvrir Marchepied", link: mail.site),
        ])
      let message = Installation.letterhead(mail, from: from)
        .message(letter, id: Outbox.identifier(), date: Clock.milliseconds())
      let answer = try await MSMTPMailer(server: server).send(message, to: recipient)
      Terminal.give("Le serveur \(server.name) a accepté le message d’essai\u{202F}: «\u{A0}\(answer)\u{A0}».")
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Montre les courriels en attente, envoyés ou abandonnés, sans leur contenu ni leur destinataire.",
      discussion: "Exemple\u{202F}: marchepied mail list --limit 20")

    @OptionGroup var common: Common
    @Option(help: ArgumentHelp("Nombre de courriels, les derniers d’abord.", valueName: "nombre")) var limit = 50
    @Flag(help: "Donne le résultat en JSON.") var json = false

    func validate() throws {
      guard (1...10_000).contains(limit) else { throw ValidationError("--limit va de 1 à 10\u{202F}000.") }
    }

    func run() async throws {
      let command = self
      try await Terminal.run { try await command.work() }
    }

    private struct Line: Encodable {
      let id, kind, state, created: String
      let tries: Int
      let next, sent, error: String?
    }

    private func work() async throws {
      let installation = try await Installation(try await common.settings())
      let queue = try await ListMail(limit: limit).run(as: .machineOperator, in: installation.world)
      try await installation.close()
      if json {
        let lines = queue.items.map {
          Line(
            id: $0.id, kind: $0.kind, state: $0.state, created: MailDate.text($0.createdAt), tries: $0.tries,
            next: $0.nextAt.map(MailDate.text), sent: $0.sentAt.map(MailDate.text), error: $0.error)
        }
        return Terminal.give(try JSON.text(lines))
      }
      Terminal.say(MailCommand.summary(queue))
      for item in queue.items { Terminal.give(Self.line(item)) }
    }

    private static func line(_ item: MailQueue.Item) -> String {
      let words = [item.stateInFrench, item.kind, French.count(item.tries, "essai")]
      var line = "\(MailDate.text(item.createdAt))  \(words.joined(separator: ", "))"
      if let next = item.nextAt { line += ", prochain essai \(MailDate.text(next))" }
      if let error = item.error { line += "\n    \(error)" }
      return line
    }
  }

  /// `2 en attente, 14 envoyés, 1 abandonné, 0 périmé`.
  static func summary(_ queue: MailQueue) -> String {
    "\(French.integer(queue.waiting)) en attente, \(French.count(queue.sent, "envoyé")), "
      + "\(French.count(queue.failed, "abandonné")), \(French.count(queue.expired, "périmé"))"
  }

  private struct NoServer: Error, CustomStringConvertible {
    let description =
      "Aucun serveur d’envoi n’est réglé. Indiquez-le par MARCHEPIED_MAIL_SERVER et MARCHEPIED_MAIL_FROM, "
      + "ou par mail.server et mail.from dans le fichier de réglages."
  }

  private struct NothingLeaves: Error, CustomStringConvertible {
    let description =
      "Le réglage mail.mode vaut page\u{202F}: les courriels sont montrés, rien n’est envoyé. "
      + "Retirez-le pour essayer l’envoi."
  }
}
