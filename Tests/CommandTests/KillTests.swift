import Foundation
import Storage
import TestSupport
import Testing

@Suite(.serialized) struct KillTests {
  /// `MARCHEPIED_TEST_COUNT` kills an engine, each at another moment.
  @Test(arguments: Engine.allCases)
  func `an import that is killed goes on where it stopped and loses nothing`(engine: Engine) async throws {
    // Blanks make it a first load, which takes the indexes away.
    let text = AwardText.file(AwardText.invented(4000, seed: 61) + AwardText.invented(2000, seed: 62), blanks: 1400)
    let expected = try await withPlace(engine) { place in
      let clean = try Program(database: place.base.address)
      defer { clean.remove() }
      #expect(try clean.run(["import", "awards", try clean.file("marches.json", text)]).code == 0)
      return try await content(place)
    }
    #expect(expected.count > 8000)
    var dice = Dice(UInt64(ProcessInfo.processInfo.processIdentifier))
    for _ in 0..<testCount(1) {
      try await withPlace(engine) { place in
        let program = try Program(database: place.base.address)
        defer { program.remove() }
        let path = try program.file("marches.json", text)
        var kills = 0
        for _ in 0..<3 {
          let process = try program.start(["import", "awards", path])
          try await Task.sleep(for: .milliseconds(Int.random(in: 150...1500, using: &dice)))
          if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            kills += 1
          }
          process.waitUntilExit()
        }
        #expect(kills > 0)
        let last = try program.run(["import", "awards", path])
        #expect(last.code == 0, "\(last.errors)")
        #expect(try await content(place) == expected)
        #expect(try program.run(["doctor", "--verify"]).code == 0)
      }
    }
  }

  /// Everything but the times and the time-dependent texts, and the indexes.
  private func content(_ place: TestPlace) async throws -> [String] {
    let database = try place.base.open()
    let rows = try await dump(database).map { $0.replacing(/\|[^|]*\d{4}-\d{2}-\d{2}T[0-9:.]+Z[^|]*\|/, with: "|") }
    let indexes = try await database.read { db in
      switch db.dialect {
      case .sqlite:
        try db.scalars(String.self, "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name")
      case .postgres:
        try db.scalars(String.self, "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname")
      }
    }
    try await database.close()
    return rows + indexes
  }
}
