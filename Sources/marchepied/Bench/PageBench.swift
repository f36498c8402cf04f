import Casework
import Clauses
import Foundation
import Records
import Storage
import Vault

/// A server of ours, started for a measure.
struct ServedProgram {
  let process: Process
  let port: Int
  /// From the start of the process to the first good answer.
  let readyMilliseconds: Double

  /// Starts a server on a free port and waits until it answers.
  init(_ engine: BenchSession.Engine) throws {
    port = LoopbackHTTP.freePort()
    let start = ContinuousClock.now
    process = try BenchProcess.start(
      BenchProcess.own, ["serve", "--port", "\(port)"] + engine.arguments, environment: engine.environment)
    while LoopbackHTTP.get("/healthz", port: port)?.status != 200 {
      guard process.isRunning, .now - start < .seconds(20) else {
        if process.isRunning { BenchProcess.stop(process) }
        throw BenchProcess.Failure(program: "marchepied serve", output: "aucune réponse de /healthz en vingt secondes.")
      }
      usleep(500)
    }
    readyMilliseconds = (.now - start).seconds * 1000
  }

  func stop() { BenchProcess.stop(process) }
}

/// From the start of the server to its first answer, and its memory when nothing happens.
struct StartBench {
  let engine: BenchSession.Engine

  func run() throws -> StartFigures {
    var times: [Double] = []
    for _ in 0..<10 {
      let server = try ServedProgram(engine)
      times.append(server.readyMilliseconds)
      server.stop()
    }
    let server = try ServedProgram(engine)
    defer { server.stop() }
    sleep(2)
    let idle = ProcessFigures(of: server.process.processIdentifier).residentMegabytes
    for _ in 0..<100 { _ = LoopbackHTTP.get("/reperage", port: server.port) }
    sleep(2)
    let used = ProcessFigures(of: server.process.processIdentifier).residentMegabytes
    return StartFigures(readyMilliseconds: Spread(times), idleMegabytes: idle, after100RequestsMegabytes: used)
  }
}

/// The list of spotting under the load of wrk.
struct PageBench {
  static let (connections, seconds) = (8, 15)

  let engine: BenchSession.Engine
  let folder: String

  func run() async throws -> PageFigures {
    let database = try engine.open()
    let departements = try await database.read { db in
      let counts = try SpottingLists.departements(in: db).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return counts.prefix(12).map(\.key.code)
    }
    let backend = try await database.serverProcess()
    let postmaster = backend.flatMap { ProcessFigures.parent(of: Int32($0)) }
    let statements = try await statements(on: database)
    try await database.close()
    let addresses = BenchAddresses.all(departements: departements.isEmpty ? ["75"] : departements)
    let server = try ServedProgram(engine)
    defer { server.stop() }
    let sizes = addresses.compactMap { LoopbackHTTP.get($0, port: server.port) }.filter { $0.status == 200 }
    guard sizes.count == addresses.count else {
      throw BenchProcess.Failure(program: "marchepied serve", output: "une page filtrée ne répond pas 200.")
    }
    return try load(server, addresses, postmaster, Spread(sizes.map { Double($0.body.count) }, places: 0), statements)
  }

  /// The statements that one filtered page sends.
  private func statements(on database: any Database) async throws -> Int {
    let share = try ShareFolder.find(ProcessInfo.processInfo.environment["MARCHEPIED_SHARE"])
    let world = try Installation.world(
      database: database, files: engine.files, share: share, keys: KeyRing(on: Clock.today()))
    var filter = SpottingFilter()
    filter.cpv = "45"
    filter.text = "travaux"
    let page = ListSpotting(filter: filter)
    return try await StatementLog.collect { try await page.run(as: .machineOperator, in: world) }.1.count
  }

  private func load(
    _ server: ServedProgram, _ addresses: [String], _ postmaster: Int32?, _ html: Spread, _ statements: Int
  ) throws -> PageFigures {
    let lua = "\(folder)/addresses.lua"
    let list = addresses.map { "\"\($0)\"" }.joined(separator: ",\n")
    let script = """
      local list = {\(list)}
      local next = 0
      request = function()
        next = next % #list + 1
        return wrk.format("GET", list[next])
      end
      """
    try Data(script.utf8).write(to: URL(filePath: lua))
    let pid = server.process.processIdentifier
    func ticks() -> (server: Int, base: Int, load: Double, busy: Int, total: Int) {
      let machine = ProcessFigures.machineTicks()
      return (
        ProcessFigures.ticks(of: pid, reaped: false), postmaster.map(ProcessFigures.treeTicks) ?? 0,
        ProcessFigures.reapedSeconds(), machine.busy, machine.total
      )
    }
    func wrk(_ seconds: Int) throws -> String {
      try BenchProcess.run(
        "wrk",
        [
          "-t1", "-c\(Self.connections)", "-d\(seconds)s", "--latency", "-s", lua, "http://127.0.0.1:\(server.port)",
        ])
    }
    _ = try wrk(3)
    let before = ticks()
    let output = try wrk(Self.seconds)
    let after = ticks()
    let figures = WrkOutput(output)
    let perTick = 1000 / ProcessFigures.ticksPerSecond / Double(max(figures.requests, 1))
    let mine =
      Double(after.server - before.server + after.base - before.base)
      + (after.load - before.load) * ProcessFigures.ticksPerSecond
    return PageFigures(
      connections: Self.connections, addresses: addresses.count, seconds: Self.seconds, requests: figures.requests,
      failures: figures.failures, requestsPerSecond: figures.requestsPerSecond, p50Milliseconds: figures.p50,
      p99Milliseconds: figures.p99,
      serverCPUMillisecondsPerRequest: (Double(after.server - before.server) * perTick).rounded(3),
      databaseCPUMillisecondsPerRequest: postmaster == nil
        ? nil : (Double(after.base - before.base) * perTick).rounded(3),
      foreignShare: max(0, (Double(after.busy - before.busy) - mine) / Double(max(after.total - before.total, 1)))
        .rounded(3),
      htmlBytes: html, statementsPerPage: statements, memoryMegabytes: ProcessFigures(of: pid).residentMegabytes)
  }
}

/// What wrk says of a load.
struct WrkOutput {
  let requests, failures: Int
  let requestsPerSecond, p50, p99: Double

  init(_ text: String) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    requests = lines.first { $0.count > 2 && $0[1] == "requests" }.flatMap { Int($0[0]) } ?? 0
    requestsPerSecond = lines.first { $0.first == "Requests/sec:" }.flatMap { Double($0[1]) } ?? 0
    failures = lines.first { $0.first == "Non-2xx" }.flatMap { Int($0.last ?? "") } ?? 0
    p50 = lines.first { $0.first == "50%" }.map { WrkOutput.milliseconds($0[1]) } ?? 0
    p99 = lines.first { $0.first == "99%" }.map { WrkOutput.milliseconds($0[1]) } ?? 0
  }

  /// wrk writes `850.00us`, `4.25ms` or `1.20s`.
  private static func milliseconds(_ text: String) -> Double {
    let units: [(String, Double)] = [("us", 0.001), ("ms", 1), ("s", 1000), ("m", 60_000)]
    for (unit, factor) in units where text.hasSuffix(unit) {
      if let number = Double(text.dropLast(unit.count)) { return (number * factor).rounded(2) }
    }
    return 0
  }
}
