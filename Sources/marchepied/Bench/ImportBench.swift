import Foundation
import Storage

/// An import into an empty base, then the same records once more.
struct ImportBench {
  let engine: BenchSession.Engine

  func run(_ path: String, again: String) async throws -> ImportFigures {
    let first = try timed(path)
    let second = try timed(again)
    let database = try engine.open()
    let size = try await database.bytesOnDisk()
    let commits = try await database.durability()
    try await database.close()
    return ImportFigures(
      first: first, again: second, databaseMegabytes: (Double(size) / 1e6).rounded(0), commits: commits)
  }

  private func timed(_ path: String) throws -> TimedImport {
    let text = try engine.command("bench", "import", path)
    return try JSONDecoder().decode(TimedImport.self, from: Data(text.utf8))
  }
}

/// DuckDB's load of the file into a table, the point of comparison.
struct DuckBench {
  let path: String

  /// The peer as a script, run from the checkout by `make bench`.
  private static let script = "bench/duckdb-load.py"

  func run() throws -> DuckFigures {
    let text = try BenchProcess.run(BenchProcess.python, [Self.script, path, "\(path).duckdb"])
    let found = try JSONDecoder().decode(Found.self, from: Data(text.utf8))
    return DuckFigures(version: found.version, seconds: found.seconds, rows: found.rows)
  }

  private struct Found: Decodable {
    let version: String
    let seconds: Double
    let rows: Int
  }
}
