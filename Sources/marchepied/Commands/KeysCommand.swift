import ArgumentParser
import Casework
import Clauses
import Vault

/// The keys that seal what tells who people are.
struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Montre et renouvelle les clefs de chiffrement.",
    discussion: "Exemple\u{202F}: marchepied keys show", subcommands: [Show.self, Rotate.self])

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Dit où est le fichier de clefs et l’empreinte de chacune, sans rien montrer d’elles.",
      discussion: "Exemple\u{202F}: marchepied keys show")

    @OptionGroup var common: Common

    func run() async throws {
      let command = self
      try await Terminal.run {
        let settings = try await command.common.settings()
        let ring = try KeyRing(contentsOf: settings.keys)
        Terminal.give("Fichier de clefs\u{202F}: \(settings.keys)")
        for key in ring.keys {
          let mark = key.id == ring.active.id ? ", en usage" : ""
          Terminal.give("Clef nº\u{A0}\(key.id) du \(key.created.french)\u{202F}: empreinte \(key.fingerprint)\(mark)")
        }
        Terminal.give("Sauvegardez ce fichier hors de la base\u{202F}: sans lui, les données chiffrées sont perdues.")
      }
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ajoute une clef et chiffre à nouveau avec elle tout ce que les précédentes avaient chiffré.",
      discussion: """
        Arrêtez le serveur avant, et sauvegardez le nouveau fichier de clefs après. Interrompu, relancez avec --resume\u{202F}: \
        rien n’est perdu, les deux clefs ouvrent les données.

        Exemple\u{202F}: marchepied keys rotate
        """)

    @OptionGroup var common: Common
    @Flag(help: "Termine un renouvellement interrompu, sans ajouter de clef.") var resume = false

    func run() async throws {
      let command = self
      try await Terminal.run {
        let settings = try await command.common.settings()
        // The base is opened with the present keys first: a wrong file must not be rotated.
        let before = try await Installation(settings)
        try await before.close()
        if !command.resume { _ = try KeyRing.rotate(at: settings.keys, on: Clock.today()) }
        let installation = try await Installation(settings)
        let line = ProgressLine()
        let report = try await RotateSealedColumns().run(as: .machineOperator, in: installation.world) {
          line.draw(0, of: 0, French.count($0.accounts + $0.persons + $0.requests + $0.senders, "donnée"))
        }
        line.clear()
        try await installation.close()
        Terminal.give(
          "\(French.count(report.accounts, "compte")), \(French.count(report.persons, "clef personnelle", "clefs personnelles")), "
            + "\(French.count(report.requests + report.senders, "demande ou envoi", "demandes et envois")) et "
            + "\(French.count(report.invitations + report.identities, "invitation ou identité", "invitations et identités")) chiffrés à nouveau. Sauvegardez maintenant \(settings.keys)."
        )
      }
    }
  }
}
