import Casework
import Clauses
import Exchange
import Foundation
import Logging
import Storage

/// One session of measures, in a folder of its own that is gone afterwards.
struct BenchSession: Sendable {
  let count: Int
  let parts: Set<Bench.Part>
  let folder: String
  /// The server to measure on, nil: SQLite only.
  let server: String?
  private let data: String?

  /// A session of so many records.
  init(count: Int, parts: Set<Bench.Part>) {
    self.count = count
    self.parts = parts
    let environment = ProcessInfo.processInfo.environment
    server = environment["MARCHEPIED_TEST_POSTGRES"].flatMap { $0.isEmpty ? nil : $0 }
    data = environment["MARCHEPIED_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    folder = FileManager.default.temporaryDirectory.appending(path: "marchepied-bench-\(UUID().uuidString)").path
  }

  /// One engine under measure.
  struct Engine: Sendable {
    let name: String
    let address: String
    /// The folder of imported files.
    let files: String

    var arguments: [String] { ["--database", address] }
    var environment: [String: String] {
      ["MARCHEPIED_FILES": files, "MARCHEPIED_LOG_LEVEL": "warning", "MARCHEPIED_HTTP_RATE": "0"]
    }

    /// Runs a command of this program on the base.
    @discardableResult
    func command(_ words: String...) throws -> String {
      try BenchProcess.run(BenchProcess.own, words + arguments, environment: environment)
    }

    /// Opens the base in this process.
    func open() throws -> any Database {
      guard Installation.isPostgres(address) else { return try SQLiteDatabase(path: address, readers: 2) }
      return PostgresDatabase(PostgresSettings(address), logger: Logger(label: "bench"))
    }
  }

  /// Takes every measure that was asked for.
  func run() async throws -> BenchReport {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var engines = [Engine(name: "sqlite", address: "\(folder)/base.sqlite", files: "\(folder)/files-sqlite")]
    let base = "marchepied_bench_\(getpid())"
    if let server {
      try await command("CREATE DATABASE \(base)", on: server)
      engines.append(
        Engine(
          name: "postgresql", address: BenchSession.address(server, base: base), files: "\(folder)/files-postgresql"))
    }
    let result: Result<BenchReport, any Error>
    do { result = .success(try await measure(engines)) } catch { result = .failure(error) }
    if let server { try await command("DROP DATABASE \(base) WITH (FORCE)", on: server) }
    return try result.get()
  }

  private func measure(_ engines: [Engine]) async throws -> BenchReport {
    let path = "\(folder)/awards.json"
    say("Préparation de \(French.integer(count)) fiches…")
    let records = try RepeatedRecords(data: data, in: folder)
    let bytes = try records.write(count, to: path)
    for engine in engines {
      try engine.command("migrate")
      if let wheel = Downloads.wheel() { try engine.command("import", "territories", wheel) }
      if let data { try structures(data + "/structures", into: engine) }
    }
    let bases = try engines.map { try $0.open() }
    let machine = try await MachineFacts(folder: folder, sqlite: bases[0], postgres: bases.count > 1 ? bases[1] : nil)
    for base in bases { try await base.close() }
    let revision = try? BenchProcess.run("git", ["describe", "--always", "--dirty=+"])
    var report = BenchReport(
      machine: machine, revision: revision?.trimmingCharacters(in: .whitespacesAndNewlines),
      file: .init(records: count, distinctSources: records.count, bytes: bytes, source: records.source))
    if parts.contains(.parse) {
      say("Lecture…")
      report.parse = try ParseBench(path: path).run()
    }
    if parts.contains(.import) || parts.contains(.pages) {
      report.imports = try await imports(engines, path)
      if parts.contains(.import) { compare(&report, path) }
    }
    if parts.contains(.pages) {
      var pages: [String: PageFigures] = [:]
      for engine in engines {
        say("Pages, \(engine.name)…")
        pages[engine.name] = try await PageBench(engine: engine, folder: folder).run()
      }
      report.pages = pages
    }
    if parts.contains(.start) {
      say("Démarrage…")
      report.start = try StartBench(engine: engines[0]).run()
    }
    if parts.contains(.pooling) {
      say("Globalisation…")
      report.pooling = try PoolingBench.all(in: folder, say: say)
    }
    if parts.contains(.workbook) {
      say("Classeur…")
      report.workbook = try WorkbookBench(folder: folder).run()
    }
    return report
  }

  /// Real structures, so that the criterion of people is met somewhere; a list that cannot be read is left out.
  private func structures(_ folder: String, into engine: Engine) throws {
    for name in ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    where name.hasPrefix("siae") && name.hasSuffix(".csv") {
      _ = try? engine.command("import", "structures", "\(folder)/\(name)")
    }
  }

  private func imports(_ engines: [Engine], _ path: String) async throws -> [String: ImportFigures] {
    var imports: [String: ImportFigures] = [:]
    let again = "\(folder)/again.json"
    try FileManager.default.copyItem(atPath: path, toPath: again)
    let handle = try FileHandle(forWritingTo: URL(filePath: again))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([0x0A]))
    try handle.close()
    for engine in engines {
      say("Import, \(engine.name)…")
      imports[engine.name] = try await ImportBench(engine: engine).run(path, again: again)
    }
    return imports
  }

  private func compare(_ report: inout BenchReport, _ path: String) {
    say("DuckDB…")
    do {
      let duck = try DuckBench(path: path).run()
      report.duckdb = duck
      for name in (report.imports ?? [:]).keys {
        let seconds = report.imports?[name]?.first.seconds ?? 0
        report.imports?[name]?.timesDuckDB = (seconds / duck.seconds).rounded(1)
      }
    } catch {
      say("\(error)")
    }
  }

  private func say(_ text: String) { Terminal.say(text) }

  private func command(_ sql: String, on server: String) async throws {
    _ = try BenchProcess.run(
      "psql", ["--quiet", "--no-psqlrc", "--dbname", BenchSession.address(server, base: "postgres"), "--command", sql])
  }

  /// The address of a base on a server, in either of libpq's two forms.
  private static func address(_ server: String, base: String) -> String {
    guard server.hasPrefix("postgres://") || server.hasPrefix("postgresql://") else {
      return "\(server) dbname=\(base)"
    }
    var parts = URLComponents(string: server)
    parts?.path = "/\(base)"
    return parts?.string ?? server
  }
}
