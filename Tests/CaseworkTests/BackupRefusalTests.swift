import Casework
import Clauses
import Foundation
import Records
import Storage
import TestSupport
import Testing

@Suite struct BackupRefusalTests {
  /// A small archive and its bytes.
  private func withArchive(_ body: (World, TestPlace, String, Data) async throws -> Void) async throws {
    try await withWorld(.sqlite) { world, place in
      _ = try await load(AwardText.invented(12, seed: 3), in: world, place)
      let path = "\(place.folder)/petite.tar"
      try await backUp(world, to: path)
      try await body(world, place, path, try Data(contentsOf: URL(filePath: path)))
    }
  }

  private func fault(_ data: Data, _ place: TestPlace) throws -> ArchiveFault? {
    let path = try place.file("essai.tar", data)
    do {
      _ = try RestoreArchive.check(path, as: .machineOperator)
      return nil
    } catch let fault as ArchiveFault {
      return fault
    }
  }

  @Test func `one byte changed anywhere is found`() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = Dice(seed)
    try await withArchive { _, place, _, data in
      #expect(try fault(data, place) == nil)
      let text = data as NSData
      func places(_ words: String) throws -> Range<Int> {
        let range = text.range(of: Data(words.utf8), in: NSRange(location: 0, length: data.count))
        try #require(range.location != NSNotFound, "\(words)")
        return range.location..<(range.location + range.length)
      }
      // One of each kind: a header, the note, a row, the stored file, the manifest, its seal, the end.
      var offsets = [0, 100, 124, 148, 155, 257, 300, 511, data.count - 1, data.count - 1024]
      offsets += [
        try places("Sauvegarde de Marchepied").lowerBound, try places("Commune de Melun").lowerBound,
        try places("\"formatVersion\"").lowerBound, try places("  manifest.json\n").lowerBound - 1,
        try places("dateNotification").lowerBound,
      ]
      offsets += (0..<testCount(400)).map { _ in Int.random(in: 0..<data.count, using: &dice) }
      for offset in offsets {
        var altered = data
        altered[offset] ^= UInt8(1 << Int.random(in: 0..<8, using: &dice))
        #expect(try fault(altered, place) != nil, "byte \(offset) of \(data.count), seed \(seed)")
      }
    }
  }

  @Test func `an archive that is cut, lengthened or something else is refused before anything is touched`() async throws
  {
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = Dice(seed)
    try await withArchive { _, place, _, data in
      let lengths =
        [data.count - 1, data.count - 512, data.count - 1024, data.count - 1536, 600, 513, 512, 511, 1, 0]
        + (0..<40).map { _ in Int.random(in: 0..<data.count, using: &dice) }
      for length in lengths {
        let found = try fault(data.prefix(length), place)
        #expect(found == .truncated || (length < 2048 && found == .foreign), "\(length), seed \(seed): \(found as Any)")
      }
      #expect(try fault(data + [0], place) == .altered("fin de l’archive"))
      #expect(try fault(data + data, place) == .altered("fin de l’archive"))
      #expect(try fault(Data("{\"marches\": []}".utf8), place) == .foreign)
      #expect(try fault(Data(repeating: 0, count: 4096), place) == .foreign)
      let path = try place.file("coupee.tar", data.prefix(data.count / 2))
      try await withWorld(.sqlite) { target, _ in
        let before = try await target.database.read { try $0.tableNames() }
        await #expect(throws: ArchiveFault.truncated) { try await restore(path, into: target) }
        #expect(try await target.database.read { try $0.tableNames() } == before)
        #expect(try target.files.digests().isEmpty)
      }
    }
  }

  @Test func `an archive of a later form or of a later schema says so`() async throws {
    try await withArchive { _, place, _, data in
      let later = try resealed(data, "\"formatVersion\" : 1", "\"formatVersion\" : 7")
      #expect(try fault(later, place) == .unknownVersion(7))
      let other = try resealed(data, "\"marchepied-backup\"", "\"marchepied-bacqup\"")
      #expect(try fault(other, place) == .foreign)
      // The last migration of the archive bears a number that this program does not have.
      let last = "\"number\" : \(Schema.migrations.last?.number ?? 0)"
      let newer = try resealed(data, last, last.dropLast(2) + "99")
      let path = try place.file("nouvelle.tar", newer)
      try await withWorld(.sqlite) { target, _ in
        await #expect(throws: ArchiveFault.newerSchema("test")) { try await restore(path, into: target) }
        let mark = try await target.database.read { try UnfinishedRestore.find(in: $0) }
        #expect(mark == nil)
      }
    }
  }

  /// The archive with its manifest changed by as many bytes, and sealed again by the system’s own tool.
  private func resealed(_ data: Data, _ old: String, _ new: String) throws -> Data {
    try #require(old.utf8.count == new.utf8.count)
    var data = data
    let place = try #require(data.range(of: Data(old.utf8)))
    data.replaceSubrange(place, with: Data(new.utf8))
    let seal = try #require(data.range(of: Data("  manifest.json\n".utf8)))
    let start = try #require(data.range(of: Data("{\n  \"damagedFiles\"".utf8))).lowerBound
    let end = try #require(data.range(of: Data("\n}\n".utf8), in: start..<data.endIndex)).upperBound
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    input.fileHandleForWriting.write(data[start..<end])
    try input.fileHandleForWriting.close()
    let digest = output.fileHandleForReading.readDataToEndOfFile().prefix(64)
    process.waitUntilExit()
    data.replaceSubrange((seal.lowerBound - 64)..<seal.lowerBound, with: digest)
    return data
  }

  @Test(arguments: Engine.allCases)
  func `a base that holds anything is refused and left as it is`(engine: Engine) async throws {
    try await withArchive { source, _, path, _ in
      try await withWorld(engine) { target, _ in
        try await target.database.write { db in
          try db.execute("INSERT INTO region (code, name) VALUES ('11', 'Île-de-France')")
        }
        let before = try await fullDump(target.database)
        for again in [false, true] {
          await #expect(throws: RestoreRefusal.occupied(table: "region", rows: 1)) {
            try await restore(path, into: target, again: again)
          }
        }
        #expect(try await fullDump(target.database) == before)
      }
      try await withDatabase(engine) { database in
        try await database.write { try $0.script("CREATE TABLE buyer (name text)") }
        var target = source
        target.database = database
        let world = target
        await #expect(throws: RestoreRefusal.foreignTable("buyer")) { try await restore(path, into: world) }
        #expect(try await database.read { try $0.tableNames() } == ["buyer"])
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a base that was never migrated is prepared`(engine: Engine) async throws {
    try await withArchive { source, place, path, _ in
      try await withDatabase(engine) { database in
        var target = source
        target.database = database
        target.files = FolderStore(root: "\(place.folder)/other")
        let world = target
        try await restore(path, into: world)
        #expect(try await fullDump(database) == fullDump(source.database))
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a restoration that was stopped anywhere goes on, and until then the base says what it is`(engine: Engine)
    async throws
  {
    try await withWorld(.sqlite) { source, place in
      try await fillWithEverything(source, place, seed: 12)
      let (path, otherPath) = ("\(place.folder)/une.tar", "\(place.folder)/autre.tar")
      try await backUp(source, to: path)
      try await source.database.write { try $0.execute("DELETE FROM cpv_label") }
      try await backUp(source, to: otherPath)
      try await withWorld(engine) { target, _ in
        var (stops, resumed) = (0, 0)
        while true {
          let counter = Counter()
          let limit = 6 + stops * 4
          let task = Task {
            try await RestoreArchive(path: path).run(as: .machineOperator, in: target) { _ in
              if counter.next() == limit { withUnsafeCurrentTask { $0?.cancel() } }
            }
          }
          do {
            if try await task.value.wasResumed { resumed += 1 }
            break
          } catch is CancellationError {
            stops += 1
          }
          guard try await target.database.read({ try UnfinishedRestore.find(in: $0) }) != nil else { continue }
          await #expect(throws: BackupRefusal.unfinished) { try await backUp(target, to: "\(place.folder)/non.tar") }
          #expect(!FileManager.default.fileExists(atPath: "\(place.folder)/non.tar.part"))
          await #expect(throws: RestoreRefusal.halfOfAnother) { try await restore(otherPath, into: target) }
        }
        #expect(stops > 2 && resumed == 1, "\(stops) stops")
        let (before, after) = (try RestoreArchive.check(path, as: .machineOperator), "\(place.folder)/retour.tar")
        #expect(try await backUp(target, to: after).manifest.tables == before.tables)
        #expect(try await VerifySpotting().run(as: .machineOperator, in: target).wrong.isEmpty)
      }
      try await withWorld(engine) { target, _ in
        let counter = Counter()
        let task = Task {
          try await RestoreArchive(path: otherPath).run(as: .machineOperator, in: target) { _ in
            if counter.next() == 12 { withUnsafeCurrentTask { $0?.cancel() } }
          }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        let anew = try await restore(path, into: target, again: true)
        #expect(!anew.wasResumed)
        let labels = try await fullDump(target.database)["cpv_label"] ?? []
        #expect(!labels.isEmpty)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a row that someone adds meanwhile is seen at the end`(engine: Engine) async throws {
    try await withArchive { source, place, path, _ in
      try await withPlace(engine) { targetPlace in
        let (target, other) = (try targetPlace.world(), try targetPlace.world())
        let counter = Counter()
        let stopped = Task {
          try await RestoreArchive(path: path).run(as: .machineOperator, in: target) { progress in
            guard progress.words == "lignes restaurées", counter.next() == 1 else { return }
            withUnsafeCurrentTask { $0?.cancel() }
          }
        }
        await #expect(throws: CancellationError.self) { try await stopped.value }
        try await other.database.write {
          try $0.execute("INSERT INTO stated_buyer (number, type, stated_at) VALUES ('1', '', '')")
        }
        await #expect(throws: RestoreRefusal.differs(["stated_buyer"])) { try await restore(path, into: target) }
        let mark = try await target.database.read { try UnfinishedRestore.find(in: $0) }
        #expect(mark != nil)
        try await restore(path, into: target, again: true)
        #expect(try await fullDump(target.database) == fullDump(source.database))
        try await target.database.close()
        try await other.database.close()
      }
    }
  }

  @Test func `an archive takes the place of no file unless it is told to, and is for its owner alone`() async throws {
    try await withArchive { world, place, path, data in
      await #expect(throws: BackupRefusal.exists(path)) { try await backUp(world, to: path) }
      #expect(try Data(contentsOf: URL(filePath: path)) == data)
      // What a killed backup left is taken over.
      _ = try place.file("petite.tar.part", String(repeating: "reste", count: 100_000))
      try await backUp(world, to: path, replaces: true)
      #expect(try RestoreArchive.check(path, as: .machineOperator).rows > 0)
      #expect(!FileManager.default.fileExists(atPath: "\(path).part"))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      await #expect(throws: BackupRefusal.notAFile(place.folder)) {
        try await backUp(world, to: place.folder, replaces: true)
      }
      let stopped = Task {
        try await BackUp(path: "\(place.folder)/stop.tar", program: "test").run(as: .machineOperator, in: world) { _ in
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      await #expect(throws: CancellationError.self) {
        stopped.cancel()
        _ = try await stopped.value
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: place.folder).filter { $0.hasPrefix("stop") }
      #expect(left.isEmpty)
    }
  }

  @Test func `a stored file that is missing or altered is told and left out, the rest is saved`() async throws {
    try await withWorld(.sqlite) { world, place in
      _ = try await load([AwardText("1")], as: "a.json", in: world, place)
      _ = try await load([AwardText("2")], as: "b.json", in: world, place)
      let digests = try world.files.digests()
      let paths = try digests.map { try #require(world.files.path(of: $0)) }
      try FileManager.default.removeItem(atPath: paths[0])
      try Data("autre chose".utf8).write(to: URL(filePath: paths[1]))
      let report = try await backUp(world, to: "\(place.folder)/x.tar")
      #expect(!report.isWhole && report.manifest.missingFiles == [digests[0]])
      #expect(report.manifest.damagedFiles == [digests[1]] && report.manifest.files.isEmpty)
      #expect(try RestoreArchive.check("\(place.folder)/x.tar", as: .machineOperator) == report.manifest)
    }
  }
}
