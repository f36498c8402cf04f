import Foundation
import Storage
import TestSupport
import Testing

@Suite(.serialized) struct BackupCommandTests {
  @Test(arguments: Engine.allCases)
  func `backup, check, restore and copy keep what their help says`(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let program = try Program(database: place.base.address)
      defer { program.remove() }
      let awards = try program.file("m.json", AwardText.file(AwardText.invented(120, seed: 4)))
      #expect(try program.run(["import", "awards", awards]).code == 0)
      let tar = "\(program.folder)/s.tar"
      let made = try program.run(["backup", tar])
      #expect(made.code == 0 && made.output.plain.contains("Sauvegarde écrite"), "\(made.errors)")
      #expect(try program.run(["backup", tar]).errors.plain.contains("existe déjà"))
      #expect(try program.run(["backup", tar]).code == 1)
      #expect(try program.run(["backup", tar, "--replace", "--json"]).code == 0)
      let checked = try program.run(["restore", "--check", tar])
      #expect(checked.code == 0 && checked.output.plain.contains("Sauvegarde intacte"), "\(checked.errors)")
      // The usual tools read it.
      let unpacked = try Self.shell(
        """
        mkdir u && tar -xf s.tar -C u && cd u && sha256sum -c --quiet manifest.sha256 && wc -l < tables/award.jsonl
        """, in: program.folder)
      #expect(unpacked.trimmingCharacters(in: .whitespacesAndNewlines) == "120", "\(unpacked)")
      let full = try program.run(["restore", tar])
      #expect(full.code == 1 && full.errors.plain.contains("contient déjà des données"))
      let back = [
        "MARCHEPIED_DATABASE_URL": "\(program.folder)/retour.sqlite", "MARCHEPIED_FILES": "\(program.folder)/rf",
      ]
      let restored = try program.run(["restore", tar, "--json"], back)
      #expect(restored.code == 0, "\(restored.errors)")
      #expect(try JSONSerialization.jsonObject(with: Data(restored.output.utf8)) is [String: Any])
      #expect(try program.run(["doctor", "--verify"], back).code == 0)
      let copied = try program.run([
        "copy", "--from", "sqlite:\(program.folder)/retour.sqlite", "--to", "sqlite:\(program.folder)/copie.sqlite",
        "--from-files", "\(program.folder)/rf", "--to-files", "\(program.folder)/cf",
      ])
      #expect(copied.code == 0 && copied.output.plain.contains("aucune différence"), "\(copied.errors)")
      #expect(copied.output.plain.contains(/\naward +120\n/), "\(copied.output)")
      let third = [
        "MARCHEPIED_DATABASE_URL": "\(program.folder)/copie.sqlite", "MARCHEPIED_FILES": "\(program.folder)/cf",
      ]
      #expect(try program.run(["doctor", "--verify"], third).code == 0)
      let missing = try program.run([
        "copy", "--from", "sqlite:\(program.folder)/rien.sqlite", "--to", "sqlite:x.sqlite",
      ])
      #expect(missing.code == 1 && missing.errors.plain.contains("n’existe pas"))
      #expect(!FileManager.default.fileExists(atPath: "\(program.folder)/rien.sqlite"))
      #expect(try program.run(["copy", "--from", "sqlite:a", "--to", "sqlite:b", "--to-files", "c"]).code == 64)
      var bytes = try Data(contentsOf: URL(filePath: tar))
      bytes[bytes.count / 2] ^= 4
      try bytes.write(to: URL(filePath: tar))
      for arguments in [
        ["restore", "--check", tar], ["restore", tar, "--database", "\(program.folder)/neuve.sqlite"],
      ] {
        let altered = try program.run(arguments)
        #expect(altered.code == 2 && altered.errors.plain.contains("altérée"), "\(altered.errors)")
      }
      #expect(try program.run(["restore", "--check", "\(program.folder)/absent.tar"]).code == 1)
    }
  }

  /// `MARCHEPIED_TEST_COUNT` rounds an engine, three kills each.
  @Test(arguments: Engine.allCases)
  func `a restoration that is killed never looks whole, and goes on`(engine: Engine) async throws {
    let maker = try Program()
    defer { maker.remove() }
    #expect(try maker.run(["migrate"]).code == 0)
    let awards = try maker.file("m.json", AwardText.file(AwardText.invented(4000, seed: 7)))
    #expect(try maker.run(["import", "awards", awards]).code == 0)
    let tar = "\(maker.folder)/s.tar"
    #expect(try maker.run(["backup", tar]).code == 0)
    let source = try TestBase(engine: .sqlite, address: maker.database).open()
    let expected = try await fullDump(source)
    try await source.close()
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = Dice(seed)
    var kills = 0
    for round in 0..<testCount(2) {
      try await withTestBase(engine) { base in
        let program = try Program(database: base.address)
        defer { program.remove() }
        let began = ContinuousClock.now
        for _ in 0..<3 {
          let process = try program.start(["restore", tar])
          usleep(useconds_t.random(in: 50_000...1_500_000, using: &dice))
          if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            kills += 1
          }
          process.waitUntilExit()
          let database = try base.open(connections: 1)
          let isMarked = try await database.read { try $0.hasTable("unfinished_restore") }
          let isMigrated = try await database.read { try $0.hasTable("schema_migration") }
          try await database.close()
          guard isMarked else {
            // Killed before it touched the base, or done.
            guard isMigrated else { continue }
            break
          }
          let spot = try program.run(["spot"])
          #expect(spot.code == 1 && spot.errors.plain.contains("partie"), "seed \(seed): \(spot.errors)")
          #expect(try program.run(["migrate"]).code == 1)
          #expect(try program.run(["doctor"]).code == 3)
        }
        let last = try program.run(["restore", tar])
        let isWhole = last.code == 0 || (last.code == 1 && last.errors.plain.contains("contient déjà"))
        #expect(isWhole, "seed \(seed), round \(round), \(began.duration(to: .now)): \(last.errors)")
        // Restored without its keys, the base is whole and its sealed columns are closed: doctor tells.
        let alone = try program.run(["doctor", "--verify"])
        #expect(alone.code == 3 && alone.output.plain.contains("clefs"))
        let keys = ["MARCHEPIED_KEYS": "\(maker.folder)/marchepied.keys"]
        #expect(try program.run(["doctor", "--verify"], keys).code == 0)
        let database = try base.open(connections: 1)
        #expect(try await fullDump(database) == expected, "seed \(seed), round \(round)")
        try await database.close()
      }
    }
    #expect(kills > 0)
  }

  @Test func `a backup that is killed leaves no archive of that name, and the next one takes over`() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["migrate"]).code == 0)
    let awards = try program.file("m.json", AwardText.file(AwardText.invented(3000, seed: 9)))
    #expect(try program.run(["import", "awards", awards]).code == 0)
    let tar = "\(program.folder)/s.tar"
    for _ in 0..<testCount(3) {
      let process = try program.start(["backup", tar, "--replace"])
      usleep(useconds_t.random(in: 20_000...400_000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if FileManager.default.fileExists(atPath: tar) {
        #expect(try program.run(["restore", "--check", tar]).code == 0)
      }
    }
    #expect(try program.run(["backup", tar, "--replace"]).code == 0)
    #expect(try program.run(["restore", "--check", tar]).code == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(tar).part"))
  }

  private static func shell(_ text: String, in folder: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", text]
    process.currentDirectoryURL = URL(filePath: folder)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}
