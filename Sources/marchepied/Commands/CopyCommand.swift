import ArgumentParser
import Casework
import Clauses
import Foundation
import Storage

/// Moves an installation from one base into another.
struct CopyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Copie une installation d’une base dans une autre, de SQLite à PostgreSQL ou l’inverse.",
    discussion: """
      Exemple\u{202F}: marchepied copy --from sqlite:var/marchepied.sqlite --to postgres://region@serveur/marchepied

      La base de départ n’est pas modifiée et peut continuer à servir\u{202F}; la base d’arrivée doit être vide. À la fin, \
      chaque table est comparée ligne à ligne. Sans dossiers de fichiers, ceux-ci restent où ils sont. Un mot de passe se \
      met dans PGPASSWORD ou ~/.pgpass plutôt que dans l’adresse. Code de sortie 3 quand les données diffèrent.
      """)

  @Option(name: .customLong("config"), help: ArgumentHelp("Fichier de réglages YAML.", valueName: "fichier"))
  var config: String?
  @Option(help: ArgumentHelp("Base de départ\u{202F}: sqlite:fichier ou postgres://…", valueName: "base")) var from:
    String
  @Option(help: ArgumentHelp("Base d’arrivée, vide.", valueName: "base")) var to: String
  @Option(
    name: .customLong("from-files"),
    help: ArgumentHelp("Dossier des fichiers importés, au départ.", valueName: "dossier")
  ) var fromFiles: String?
  @Option(
    name: .customLong("to-files"),
    help: ArgumentHelp("Dossier des fichiers importés, à l’arrivée.", valueName: "dossier")
  ) var toFiles: String?
  @Flag(help: "Efface ce qu’une copie interrompue a laissé, et recommence.") var again = false
  @Flag(help: "Donne le résultat en JSON.") var json = false

  func validate() throws {
    guard (fromFiles == nil) == (toFiles == nil) else {
      throw ValidationError("Donnez --from-files et --to-files ensemble, ou aucun des deux.")
    }
  }

  func run() async throws {
    let command = self
    try await Terminal.run {
      do {
        try await command.work()
      } catch let refusal as RestoreRefusal {
        throw refusal.exit()
      } catch is CancellationError {
        ProgressLine().clear()
        Terminal.say(
          "Copie interrompue\u{202F}: la base d’arrivée est incomplète. Relancez avec --again pour recommencer.")
        throw Exit.interrupted
      }
    }
  }

  private func settings(_ base: String, _ files: String?) async throws -> Settings {
    var flags = ["database.url": base]
    flags["files"] = files
    return try await Settings(flags: flags, environment: ProcessInfo.processInfo.environment, file: config)
  }

  private func work() async throws {
    let start = try await settings(from, fromFiles)
    if let path = Installation.missingFile(start.database) {
      Terminal.say("La base de départ «\u{202F}\(path)\u{202F}» n’existe pas. Vérifiez son chemin.")
      throw Exit.failed
    }
    let source = try Installation.open(start, isPatient: true)
    try await Installation.check(source)
    let installation = try await Installation(
      try await settings(to, toFiles), checkingSchema: false, isPatient: true)
    let line = ProgressLine()
    let manifest = try await CopyInstallation(
      from: source, files: fromFiles.map { FolderStore(root: $0) }, again: again, program: Version.current
    ).run(as: .machineOperator, in: installation.world) { line.draw($0.done, of: $0.total, $0.words) }
    line.clear()
    try await source.close()
    try await installation.close()
    if json {
      Terminal.give(try JSON.text(manifest))
    } else {
      Terminal.give(manifest.lines.joined(separator: "\n"))
      Terminal.give("Copie terminée, tables comparées\u{202F}: aucune différence. \(manifest.sentence)")
      if fromFiles == nil {
        Terminal.give(
          "Les fichiers importés restent où ils sont\u{202F}: pour les copier aussi, ajoutez --from-files et --to-files."
        )
      }
    }
    for digest in manifest.missingFiles + manifest.damagedFiles {
      Terminal.say("Fichier importé absent ou altéré au départ\u{202F}: \(digest)")
    }
    if !(manifest.missingFiles + manifest.damagedFiles).isEmpty { throw Exit.refusals }
  }
}
