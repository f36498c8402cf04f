import ArgumentParser
import Casework
import Clauses
import Foundation

/// Puts an archive back.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Remet une sauvegarde dans une base vide, ou vérifie une sauvegarde.",
    discussion: """
      Exemple\u{202F}: marchepied restore sauvegarde-2026-11-21.tar --database var/retour.sqlite

      L’archive est vérifiée en entier avant que rien ne soit modifié. La base d’arrivée doit être vide\u{202F}; elle est \
      préparée au besoin. Interrompue, la restauration reprend quand vous relancez la même commande\u{202F}; d’ici là, les \
      autres commandes refusent cette base. Code de sortie 2 quand l’archive est incomplète, altérée ou trop récente, \
      3 quand les données d’arrivée diffèrent.
      """)

  @OptionGroup var common: Common
  @Argument(help: ArgumentHelp("L’archive à lire.", valueName: "fichier")) var file: String
  @Flag(help: "Vérifie l’archive sans rien restaurer.") var check = false
  @Flag(help: "Efface ce qu’une restauration interrompue a laissé, et recommence.") var again = false
  @Flag(help: "Donne le résultat en JSON.") var json = false

  func run() async throws {
    let command = self
    try await Terminal.run {
      do {
        try await command.work()
      } catch let fault as ArchiveFault {
        ProgressLine().clear()
        Terminal.say("\(command.file)\u{202F}: \(fault)")
        throw Exit.refusals
      } catch let refusal as RestoreRefusal {
        throw refusal.exit()
      }
    }
  }

  private func work() async throws {
    let line = ProgressLine()
    if check {
      let manifest = try RestoreArchive.check(file, as: .machineOperator) { line.draw($0.done, of: $0.total, $0.words) }
      line.clear()
      if json { return Terminal.give(try JSON.text(manifest)) }
      Terminal.give(
        "Sauvegarde intacte, faite le \(manifest.frenchDay) par la version \(manifest.program) (\(manifest.engine)).")
      return Terminal.give(manifest.sentence)
    }
    let settings = try await common.settings()
    if !FileManager.default.fileExists(atPath: settings.keys) {
      Terminal.say(
        "Le fichier de clefs «\u{A0}\(settings.keys)\u{A0}» n’est pas là\u{202F}: la base sera restaurée, mais les noms et "
          + "adresses resteront fermés tant qu’il n’y sera pas remis.")
    }
    let installation = try await Installation(settings, checkingSchema: false, isPatient: true)
    let report = try await RestoreArchive(path: file, again: again)
      .run(as: .machineOperator, in: installation.world) { line.draw($0.done, of: $0.total, $0.words) }
    line.clear()
    try await installation.close()
    if json {
      Terminal.give(try JSON.text(report))
    } else {
      Terminal.give(report.wasResumed ? "Restauration reprise et terminée." : "Restauration terminée.")
      Terminal.give("Base et sauvegarde comparées table par table\u{202F}: aucune différence.")
      Terminal.give(report.manifest.sentence)
    }
    for digest in report.manifest.missingFiles + report.manifest.damagedFiles {
      Terminal.say("Fichier importé qui manquait déjà à la sauvegarde\u{202F}: \(digest)")
    }
  }
}

extension RestoreRefusal {
  /// Says the refusal, and gives its exit code.
  func exit() -> ExitCode {
    ProgressLine().clear()
    Terminal.say("\(self)")
    if case .differs = self { return Exit.unwell }
    return Exit.failed
  }
}

extension Manifest {
  /// The day on which it was made, as it is written in French.
  var frenchDay: String { Day(String(madeAt.prefix(10)))?.french ?? madeAt }
}
