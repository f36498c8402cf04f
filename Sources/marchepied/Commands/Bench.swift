import ArgumentParser
import Casework
import Clauses
import Foundation

/// Measures the program on this machine.
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Mesure le programme sur cette machine : lecture, import, pages, démarrage, globalisation, classeur.",
    discussion: """
      Exemple : marchepied bench --json --records 100000 --only parse,import

      Les fiches mesurées répètent, sous de nouveaux numéros, celles du dossier MARCHEPIED_DATA, \
      ou celles de la démonstration. PostgreSQL est mesuré quand MARCHEPIED_TEST_POSTGRES en donne l’adresse.
      """,
    subcommands: [Measure.self, BenchImport.self, BenchWorkbook.self], defaultSubcommand: Measure.self)

  /// What can be measured apart.
  enum Part: String, CaseIterable, Sendable { case parse, `import`, pages, start, pooling, workbook }

  struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure", shouldDisplay: false)

    @Option(help: ArgumentHelp("Nombre de fiches importées.", valueName: "nombre")) var records = 700_000
    @Option(help: ArgumentHelp("Mesures voulues : parse, import, pages, start, pooling, workbook.", valueName: "liste"))
    var only: String?
    @Flag(help: "Donne le résultat en JSON, sans phrases.") var json = false

    func validate() throws {
      guard records > 0 else { throw ValidationError("--records \(records) : il faut un nombre positif.") }
      _ = try parts()
    }

    func run() async throws {
      let (count, json, parts) = (records, json, try parts())
      try await Terminal.run {
        let report = try await BenchSession(count: count, parts: parts).run()
        Terminal.give(try JSON.text(report))
        if !json { report.sentences.forEach(Terminal.say) }
      }
    }

    private func parts() throws -> Set<Part> {
      guard let only else { return Set(Part.allCases) }
      return Set(
        try only.split(separator: ",").map { word in
          guard let part = Part(rawValue: word.trimmingCharacters(in: .whitespaces)) else {
            let known = Part.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--only \(word) : choisissez parmi \(known).")
          }
          return part
        })
    }
  }
}

/// One timed import, in a process of its own so that its memory is its own.
struct BenchImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "import", shouldDisplay: false)

  @OptionGroup var common: Common
  @Argument var path: String

  func run() async throws {
    let (common, path) = (common, path)
    try await Terminal.run {
      let installation = try await Installation(try await common.settings())
      var work = ImportAwards(path: path, name: "bench")
      let stopwatch = Stopwatch()
      work.stopwatch = stopwatch
      let start = ContinuousClock.now
      let report = try await work.run(as: .machineOperator, in: installation.world)
      let seconds = (ContinuousClock.now - start).seconds
      try await installation.close()
      let parts = Dictionary(
        uniqueKeysWithValues: stopwatch.parts.map { ($0.key.rawValue, $0.value.seconds.rounded(3)) })
      let process = ProcessFigures(of: getpid())
      Terminal.give(
        try JSON.text(
          TimedImport(
            seconds: seconds.rounded(3), records: report.read, new: report.new, changed: report.changed,
            unchanged: report.unchanged, refused: report.refused,
            recordsPerSecond: (Double(report.read) / seconds).rounded(), secondsByPart: parts,
            longestTransactionMilliseconds: (stopwatch.longestTransaction.seconds * 1000).rounded(1),
            cpuSeconds: process.cpuSeconds, peakMegabytes: process.peakMegabytes)))
    }
  }
}
