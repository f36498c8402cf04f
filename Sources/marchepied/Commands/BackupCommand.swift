import ArgumentParser
import Casework
import Clauses
import Foundation

/// Saves everything into one file.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Enregistre la base et les fichiers importés dans une seule archive.",
    discussion: """
      Exemple\u{202F}: marchepied backup sauvegarde-2026-11-21.tar

      Le programme peut continuer à servir et à importer pendant ce temps\u{202F}: la sauvegarde est celle d’un seul instant. \
      Elle se restaure dans SQLite comme dans PostgreSQL. Elle contient toutes les données\u{202F}: gardez-la en lieu sûr. \
      Code de sortie 2 quand un fichier importé manque ou s’est altéré\u{202F}; la sauvegarde est faite sans lui.
      """)

  @OptionGroup var common: Common
  @Argument(help: ArgumentHelp("L’archive à écrire.", valueName: "fichier")) var file: String
  @Flag(help: "Remplace le fichier s’il existe.") var replace = false
  @Flag(help: "Donne le résultat en JSON.") var json = false

  func run() async throws {
    let command = self
    try await Terminal.run { try await command.work() }
  }

  private func work() async throws {
    let installation = try await Installation(try await common.settings(), isPatient: true)
    let line = ProgressLine()
    let report: BackUp.Report
    do {
      report = try await BackUp(path: file, replaces: replace, program: Version.current)
        .run(as: .machineOperator, in: installation.world) { line.draw($0.done, of: $0.total, $0.words) }
    } catch is CancellationError {
      line.clear()
      Terminal.say("Interrompu. Aucune sauvegarde n’a été écrite\u{202F}; relancez la même commande.")
      throw Exit.interrupted
    }
    line.clear()
    try await installation.close()
    let manifest = report.manifest
    if json {
      Terminal.give(try JSON.text(report))
    } else {
      Terminal.give("Sauvegarde écrite\u{202F}: \(file) (\(ByteCount.french(report.bytes))).")
      Terminal.give(manifest.sentence)
      Terminal.give(
        "Les clefs n’y sont pas\u{202F}: sauvegardez à part \(installation.settings.keys), sans quoi les noms et adresses "
          + "resteront fermés.")
    }
    for digest in manifest.missingFiles {
      Terminal.say("Fichier importé absent du dossier\u{202F}: \(digest)")
    }
    for digest in manifest.damagedFiles {
      Terminal.say("Fichier importé altéré, laissé de côté\u{202F}: \(digest)")
    }
    if !report.isWhole { throw Exit.refusals }
  }
}

/// Sizes in French.
enum ByteCount {
  /// `12,5 Mio`, `812 octets`.
  static func french(_ bytes: Int) -> String {
    for (size, unit) in [(1 << 30, "Gio"), (1 << 20, "Mio"), (1 << 10, "Kio")] where bytes >= size {
      return "\(French.hundredths(Int64(Double(bytes) / Double(size) * 10) * 10, places: 1))\u{A0}\(unit)"
    }
    return French.count(bytes, "octet")
  }
}

extension Manifest {
  /// What it holds, in a sentence.
  var sentence: String {
    "\(French.count(tables.count, "table")), \(French.count(rows, "ligne")), "
      + "\(French.count(files.count, "fichier importé", "fichiers importés"))."
  }

  /// Rows by table, one table a line, for a terminal.
  var lines: [String] {
    let width = tables.map(\.name.count).max() ?? 0
    let numbers = tables.map { French.integer($0.rows) }
    let most = numbers.map(\.count).max() ?? 0
    return zip(tables, numbers).map { table, rows in
      let gap = String(repeating: " ", count: width - table.name.count + 2 + most - rows.count)
      return "\(table.name)\(gap)\(rows)"
    }
  }
}
