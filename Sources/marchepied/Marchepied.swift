import ArgumentParser
import Foundation

/// The command line: one program for a laptop and for a region.
@main
struct Marchepied: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "marchepied",
    abstract: "Repérer, calibrer et suivre les clauses sociales d’insertion.",
    discussion: """
      Exemple\u{202F}: marchepied spot --departement 77 --from 2026-12 --to 2027-12

      Codes de sortie\u{202F}: 0 tout va bien\u{202F}; 1 échec, expliqué\u{202F}; \
      2 travail fait, avec des éléments refusés, ou sauvegarde refusée\u{202F}; \
      3 contrôle défavorable (doctor, copy)\u{202F}; \
      64 commande mal écrite\u{202F}; 130 interrompu, à relancer pour reprendre.
      """,
    version: Version.current,
    subcommands: [
      Serve.self, Migrate.self, Import.self, Spot.self, BuyerCommand.self, RuleCommand.self, MailCommand.self,
      Doctor.self, Demo.self, BackupCommand.self, RestoreCommand.self, CopyCommand.self, AuditCommand.self,
      KeysCommand.self, Bench.self,
    ])

  /// Runs the command that is named; what the argument parser says of a wrong one, it says in French.
  static func main() async {
    if let message = UnknownCommand.message(Array(CommandLine.arguments.dropFirst()), under: Marchepied.self) {
      Terminal.say(message)
      Foundation.exit(ExitCode.validationFailure.rawValue)
    }
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let code = exitCode(for: error).rawValue
      let message = FrenchUsage.translated(fullMessage(for: error))
      if !message.isEmpty {
        if code == 0 { Terminal.give(message) } else { Terminal.say(message) }
      }
      Foundation.exit(code)
    }
  }
}

/// The version of the program.
enum Version {
  static let current = "0.1.0"
}
