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
    var whole = Duration.zero
    let expected = try await withPlace(engine) { place in
      let clean = try Program(database: place.base.address)
      defer { clean.remove() }
      let path = try clean.file("marches.json", text)
      let began = ContinuousClock.now
      #expect(try clean.run(["import", "awards", path]).code == 0)
      whole = .now - began
      return try await content(place)
    }
    #expect(expected.count > 8000)
    var dice = Dice(UInt64(ProcessInfo.processInfo.processIdentifier))
    var (turns, misses) = (0, 0)
    while turns < testCount(1), misses < 20 {
      try await withPlace(engine) { place in
        let program = try Program(database: place.base.address)
        defer { program.remove() }
        let path = try program.file("marches.json", text)
        var kills = 0
        for _ in 0..<3 {
          let process = try program.start(["import", "awards", path])
          Self.pause(whole * Double.random(in: 0.05...0.7, using: &dice))
          if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            kills += 1
          }
          process.waitUntilExit()
        }
        // A machine that was busy and then was not may end the import before its hour: that turn proves nothing.
        if kills > 0 { turns += 1 } else { misses += 1 }
        let last = try program.run(["import", "awards", path])
        #expect(last.code == 0, "\(last.errors)")
        let found = try await content(place)
        let apart = Set(found).symmetricDifference(expected).sorted().prefix(8).map { String($0.prefix(300)) }
        #expect(found == expected, "\(found.count) lines of \(expected.count): \(apart)")
        #expect(try program.run(["doctor", "--verify"]).code == 0)
      }
    }
    #expect(turns == testCount(1))
  }

  /// Blocks this thread: a task that sleeps wakes late where hundreds of tests share the threads.
  private static func pause(_ time: Duration) {
    usleep(useconds_t(time / .microseconds(1)))
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
