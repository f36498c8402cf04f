import ArgumentParser
import Clauses
import Exchange
import Foundation

/// The reading of a large workbook, row by row, beside another reader of the same file.
struct WorkbookBench {
  /// Rows of the workbook, each with a cell for every column of a purchase programme.
  private static let rows = 100_000
  private static let turns = 5
  /// The peer as a script, run from the checkout by `make bench`.
  private static let script = "bench/workbook-peer.py"

  let folder: String

  /// What was found.
  struct Figures: Encodable, Sendable {
    let rows: Int
    let cells: Int
    let bytes: Int
    let seconds: Spread
    let cpuSeconds: Spread
    let peakMegabytes: Double
    let peer: Peer?
    /// Our time by the peer's; nil where it is not installed.
    let timesPeer: Double?
  }

  /// Another reader of the same file.
  struct Peer: Codable, Sendable {
    let name: String
    let version: String
    let seconds: Double
    let cells: Int
    let peakMegabytes: Double
  }

  func run() throws -> Figures {
    let path = "\(folder)/classeur.xlsx"
    try Self.write(path)
    // Each reading in a process of its own, so that its memory is its own.
    let turns = try (0..<Self.turns).map { _ in
      try JSONDecoder().decode(
        TimedReading.self, from: Data(try BenchProcess.run(BenchProcess.own, ["bench", "workbook", path]).utf8))
    }
    guard let first = turns.first else { throw ReadingFailure(.empty, path: path) }
    let peer = try? JSONDecoder().decode(
      Peer.self, from: Data(try BenchProcess.run(BenchProcess.python, [Self.script, path]).utf8))
    let seconds = Spread(turns.map(\.seconds), places: 3)
    let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    return Figures(
      rows: first.rows, cells: first.cells, bytes: bytes ?? 0, seconds: seconds,
      cpuSeconds: Spread(turns.map(\.cpuSeconds), places: 3), peakMegabytes: turns.map(\.peakMegabytes).max() ?? 0,
      peer: peer, timesPeer: peer.map { (seconds.median / $0.seconds).rounded(2) })
  }

  /// A workbook as a buyer's tool would write it: words, amounts, days, figures, empty cells.
  private static func write(_ path: String) throws {
    let writer = try XLSXWriter(
      path: path, name: "Programmation", columns: PlannedField.allCases.map { SpreadsheetColumn($0.label, width: 20) },
      title: "Programmation", day: Day(number: 20_000))
    let objects = [
      "Entretien des espaces verts", "Nettoyage des écoles", "Réfection de la toiture", "Repas en liaison froide",
    ]
    for row in 0..<rows {
      try writer.add([
        .text("M-\(row)"), .text("\(objects[row % objects.count]), tranche \(row)"), .text("services"),
        .integer(90_911_200), .money(Euros(cents: Int64(row) * 1234 + 99)), .integer(12 + row % 36),
        .text("Melun (77)"),
        .day(Day(number: Int32(20_000 + row % 900))),
        row % 3 == 0 ? .empty : .day(Day(number: Int32(20_100 + row % 900))),
        .integer(1 + row % 5), .text(row % 2 == 0 ? "oui" : "non"),
        row % 4 == 0 ? .text("À préciser avec le service") : .empty,
      ])
    }
    try writer.finish(about: [])
  }
}

/// One reading of a workbook, timed.
struct TimedReading: Codable, Sendable {
  let rows: Int
  let cells: Int
  let seconds: Double
  let cpuSeconds: Double
  let peakMegabytes: Double
}

/// Reads a workbook in a process of its own.
struct BenchWorkbook: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "workbook", shouldDisplay: false)

  @Argument var path: String

  func run() async throws {
    let path = path
    try await Terminal.run {
      let start = ContinuousClock.now
      let reader = try WorkbookReader(path: path, name: "classeur.xlsx", limits: WorkbookLimits())
      guard let sheet = reader.sheets.first else { throw ReadingFailure(.empty, path: path) }
      var (rows, cells) = (0, 0)
      _ = try reader.rows(of: sheet) { row in
        rows += 1
        cells += row.cells.count { !$0.isBlank }
        return true
      }
      let seconds = (ContinuousClock.now - start).seconds
      let process = ProcessFigures(of: getpid())
      Terminal.give(
        try JSON.text(
          TimedReading(
            rows: rows, cells: cells, seconds: seconds.rounded(3), cpuSeconds: process.cpuSeconds,
            peakMegabytes: process.peakMegabytes)))
    }
  }
}
