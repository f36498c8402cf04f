import Foundation
import Storage

/// An import into an empty base, then the same records once more.
struct ImportBench {
  let engine: BenchSession.Engine

  func run(_ path: String, again: String) async throws -> ImportFigures {
    let first = try timed(path)
    let second = try timed(again)
    let isPostgres = Installation.isPostgres(engine.address)
    let database = try engine.open()
    let size = try await database.read { db in
      isPostgres
        ? try db.scalar(Int.self, "SELECT pg_database_size(current_database())")
        : try db.scalar(Int.self, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
    }
    let commits =
      isPostgres
      ? try await database.read { db in
        let fsync = try db.scalar(String.self, "SELECT current_setting('fsync')") ?? "?"
        let commit = try db.scalar(String.self, "SELECT current_setting('synchronous_commit')") ?? "?"
        return "fsync=\(fsync), synchronous_commit=\(commit)"
      } : "synchronous=FULL, WAL"
    try await database.close()
    return ImportFigures(
      first: first, again: second, databaseMegabytes: (Double(size ?? 0) / 1e6).rounded(0), commits: commits)
  }

  private func timed(_ path: String) throws -> TimedImport {
    let text = try engine.command("bench", "import", path)
    return try JSONDecoder().decode(TimedImport.self, from: Data(text.utf8))
  }
}

/// DuckDB's load of the file into a table, the point of comparison.
struct DuckBench {
  let path: String

  private static let script = """
    import json, sys, time, duckdb
    columns = {name: "JSON" for name in ("acheteur", "titulaires", "lieuExecution", "modifications", "techniques",
      "modalitesExecution", "considerationsSociales", "considerationsEnvironnementales", "actesSousTraitance",
      "typesPrix")}
    columns |= {name: "VARCHAR" for name in ("id", "objet", "nature", "codeCPV", "procedure", "dureeMois",
      "dateNotification", "datePublicationDonnees", "montant", "formePrix", "offresRecues", "ccag",
      "typeGroupementOperateurs", "source", "idAccordCadre")}
    base = duckdb.connect(sys.argv[2])
    start = time.perf_counter()
    base.execute("CREATE TABLE award AS SELECT * FROM read_json(?, format='array', columns=" + repr(columns) + ")",
      [sys.argv[1]])
    base.execute("CHECKPOINT")
    seconds = time.perf_counter() - start
    rows = base.execute("SELECT count(*) FROM award").fetchone()[0]
    print(json.dumps({"version": duckdb.__version__, "seconds": round(seconds, 3), "rows": rows}))
    """

  func run() throws -> DuckFigures {
    let python = [".venv/bin/python", ".venv-test/bin/python"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    let text = try BenchProcess.run(python ?? "python3", ["-c", Self.script, path, "\(path).duckdb"])
    let found = try JSONDecoder().decode(Found.self, from: Data(text.utf8))
    return DuckFigures(version: found.version, seconds: found.seconds, rows: found.rows)
  }

  private struct Found: Decodable {
    let version: String
    let seconds: Double
    let rows: Int
  }
}
