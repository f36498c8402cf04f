/// What a session of measures gives, as one JSON document.
struct BenchReport: Encodable, Sendable {
  var machine: MachineFacts
  /// What was measured: the commit, with `+` where files had changed; nil outside a checkout.
  var revision: String?
  var file: FileFacts
  var parse: ParseFigures?
  var imports: [String: ImportFigures]?
  var duckdb: DuckFigures?
  var pages: [String: PageFigures]?
  var start: StartFigures?
  /// The best allocation of pooled hours, by shape.
  var pooling: [String: PoolingBench.Figures]?
  /// The reading of a large workbook.
  var workbook: WorkbookBench.Figures?

  /// The file that is read and imported.
  struct FileFacts: Encodable, Sendable {
    let records: Int
    let distinctSources: Int
    let bytes: Int
    let source: String
  }

  /// The chief figures, for a terminal.
  var sentences: [String] {
    var lines: [String] = []
    if let parse {
      lines.append(
        "Lecture : \(parse.scanMegabytesPerCPUSecond.median) Mo/s, \(parse.readRecordsPerSecond.median) fiches/s.")
    }
    for (engine, figures) in (imports ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append("Import \(engine) : \(figures.first.recordsPerSecond) fiches/s, \(figures.first.peakMegabytes) Mo.")
    }
    for (engine, figures) in (pages ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append(
        "Pages \(engine) : \(figures.requestsPerSecond) par seconde, p50 \(figures.p50Milliseconds) ms, "
          + "p99 \(figures.p99Milliseconds) ms.")
    }
    if let start {
      lines.append("Démarrage : \(start.readyMilliseconds.median) ms, \(start.idleMegabytes) Mo au repos.")
    }
    for (shape, figures) in (pooling ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append(
        "Globalisation, \(shape)\u{202F}: \(figures.solveMilliseconds) ms, contrôle \(figures.verifyMilliseconds) ms.")
    }
    if let workbook {
      lines.append(
        "Classeur de \(workbook.rows) lignes\u{202F}: \(workbook.seconds.median) s, \(workbook.peakMegabytes) Mo.")
    }
    return lines
  }
}

/// The middle and the ends of a few runs.
struct Spread: Encodable, Sendable {
  let median: Double
  let least: Double
  let greatest: Double
  let runs: Int

  /// The spread of at least one value.
  init(_ values: [Double], places: Int = 1) {
    let sorted = values.sorted()
    runs = sorted.count
    least = (sorted.first ?? 0).rounded(places)
    greatest = (sorted.last ?? 0).rounded(places)
    median = (sorted.isEmpty ? 0 : (sorted[(runs - 1) / 2] + sorted[runs / 2]) / 2).rounded(places)
  }
}

/// Reading alone, without a base; per second of CPU, which other work on the machine does not change.
struct ParseFigures: Encodable, Sendable {
  let scanMegabytesPerCPUSecond: Spread
  let readRecordsPerSecond: Spread
  let readMegabytesPerCPUSecond: Spread
}

/// One import, as the process that ran it saw it.
struct TimedImport: Codable, Sendable {
  let seconds: Double
  let records, new, changed, unchanged, refused: Int
  let recordsPerSecond: Double
  let secondsByPart: [String: Double]
  /// How long the writer was held at a stretch for records.
  let longestTransactionMilliseconds: Double
  let cpuSeconds: Double
  let peakMegabytes: Double
}

/// The imports of a file into one engine.
struct ImportFigures: Encodable, Sendable {
  let first: TimedImport
  /// The same records again, in a file that differs by one byte: everything is compared, nothing is written.
  let again: TimedImport
  let databaseMegabytes: Double
  /// What PostgreSQL does at a commit; SQLite waits for the disk at every one.
  let commits: String
  /// Seconds of this import for one second of DuckDB's load of the same file.
  var timesDuckDB: Double?
}

/// DuckDB's load of the same file into a table, without index or search.
struct DuckFigures: Encodable, Sendable {
  let version: String
  let seconds: Double
  let rows: Int
}

/// The list of spotting under load.
struct PageFigures: Encodable, Sendable {
  let connections, addresses, seconds, requests, failures: Int
  let requestsPerSecond: Double
  let p50Milliseconds, p99Milliseconds: Double
  let serverCPUMillisecondsPerRequest: Double
  let databaseCPUMillisecondsPerRequest: Double?
  /// The share of the machine's time that went to others than server, database and load: latencies are to be trusted where it is small.
  let foreignShare: Double
  let htmlBytes: Spread
  let statementsPerPage: Int
  let memoryMegabytes: Double
}

/// From the start of the process to the first answer, and what it then holds.
struct StartFigures: Encodable, Sendable {
  let readyMilliseconds: Spread
  let idleMegabytes: Double
  let after100RequestsMegabytes: Double
}

extension Double {
  /// The number with so many decimal places.
  func rounded(_ places: Int) -> Double {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}

extension Duration {
  /// The duration in seconds, fractions included.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
