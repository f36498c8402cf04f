import ArgumentParser
import Casework
import Clauses
import Exchange
import Foundation

/// Reads award data: files, folders, compressed or not, or standard input.
struct ImportAwardsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "awards",
    abstract: "Importe des données essentielles (DECP)\u{202F}: JSON, XML ou CSV, compressés ou non.",
    discussion: """
      Exemple\u{202F}: marchepied import awards decp/ --report rapport.json

      Un fichier déjà importé n’est pas relu\u{202F}; un import interrompu reprend où il s’était arrêté. \
      Code de sortie 2 quand des fiches ont été refusées\u{202F}; le rapport dit lesquelles et pourquoi.
      """)

  @OptionGroup var common: Common
  @Argument(help: ArgumentHelp("Fichiers ou dossiers\u{202F}; - pour l’entrée standard.", valueName: "chemin"))
  var paths: [String]
  @Flag(name: .customLong("dry-run"), help: "Dit ce qui serait fait, sans rien écrire.") var dryRun = false
  @Option(help: ArgumentHelp("Écrit le rapport détaillé dans ce fichier JSON.", valueName: "fichier"))
  var report: String?
  @Flag(help: "Donne le rapport en JSON.") var json = false

  func run() async throws {
    let command = self
    try await Terminal.run { try await command.work() }
  }

  private func work() async throws {
    let installation = try await Installation(try await common.settings())
    let files = try AwardPaths.expand(paths, in: installation.world.files)
    defer { files.removeSpooled() }
    var reports: [ImportReport] = []
    for file in files.all {
      reports.append(try await one(file, installation))
    }
    if !dryRun, reports.contains(where: { $0.read > 0 && !$0.alreadyImported }) {
      try await ImportAwards.refreshStatistics(as: .machineOperator, in: installation.world)
    }
    try await installation.close()
    if let report { try Data(JSON.text(Reports(files: reports)).utf8).write(to: URL(filePath: report)) }
    if json { Terminal.give(try JSON.text(Reports(files: reports))) }
    if reports.contains(where: { $0.refused > 0 || $0.fault != nil }) { throw Exit.refusals }
  }

  private func one(_ file: AwardPaths.File, _ installation: Installation) async throws -> ImportReport {
    let line = ProgressLine()
    var work = ImportAwards(
      path: file.path, name: file.name, dryRun: dryRun, limit: installation.settings.importLimit << 20)
    // Once at the end of the command is enough.
    work.refreshesStatistics = false
    do {
      let report = try await work.run(as: .machineOperator, in: installation.world) { progress in
        if let indexes = progress.indexes {
          line.draw(indexes.done, of: indexes.total, "index de recherche")
        } else {
          line.draw(progress.position, of: progress.total, French.count(progress.report.read, "fiche"))
        }
      }
      line.clear()
      if !json { Terminal.give(report.sentences.joined(separator: "\n")) }
      return report
    } catch let error where !(error is CancellationError) && files(error) {
      line.clear()
      var report = ImportReport(file: file.name)
      // The program reads its own copy; the user knows the file by its name.
      let fault = (error as? ReadingFailure).map { "\(ReadingFailure($0.kind, path: file.name, detail: $0.detail))" }
      report.fault = fault ?? "\(error)"
      Terminal.say("\(file.name)\u{202F}: \(fault ?? "\(error)")")
      return report
    }
  }

  /// Whether an error concerns one file only, so that the others can still be read.
  private func files(_ error: any Error) -> Bool { error is any FileProblem }

  private struct Reports: Encodable {
    let files: [ImportReport]
  }
}

extension ImportReport {
  /// What came out, for a terminal.
  var sentences: [String] {
    var lines: [String] = []
    if alreadyImported {
      return ["\(file)\u{202F}: déjà importé, rien à faire (\(French.count(read, "fiche")))."]
    }
    let start = dryRun ? "\(file) (essai, rien n’est écrit)" : file
    lines.append(
      "\(start)\u{202F}: \(French.count(read, "fiche lue", "fiches lues")), \(French.count(new, "nouvelle")), "
        + "\(French.count(changed, "modifiée")), \(French.count(unchanged, "inchangée")), "
        + "\(French.count(outdated, "plus ancienne", "plus anciennes")), \(French.count(repaired, "réparée")), "
        + "\(French.count(doubtful, "à vérifier", "à vérifier")), "
        + "\(French.count(refused, "refusée")).")
    for (_, reason) in refusals.sorted(by: { $0.key < $1.key }) {
      for example in reason.examples {
        lines.append(
          "  refusée, ligne \(French.integer(example.line)), "
            + "fiche \(French.integer(example.record))\u{202F}: \(example.sentence)"
        )
      }
      if reason.count > reason.examples.count {
        lines.append("  … et \(French.count(reason.count - reason.examples.count, "autre")) pour la même raison.")
      }
    }
    for (_, reason) in repairs.sorted(by: { $0.value.count > $1.value.count }).prefix(8) {
      guard let example = reason.examples.first else { continue }
      lines.append(
        "  réparée \(French.integer(reason.count)) fois, "
          + "par exemple fiche \(French.integer(example.record))\u{202F}: \(example.sentence)"
      )
    }
    for (_, reason) in doubts.sorted(by: { $0.value.count > $1.value.count }).prefix(8) {
      guard let example = reason.examples.first else { continue }
      lines.append(
        "  à vérifier \(French.integer(reason.count)) fois, "
          + "par exemple fiche \(French.integer(example.record))\u{202F}: \(example.sentence)"
      )
    }
    if keptNothing { lines.append("  rien d’importé\u{202F}: toutes les fiches ont été refusées.") }
    if let fault { lines.append("  \(fault)") }
    return lines
  }
}
