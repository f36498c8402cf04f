import Casework
import Clauses
import Foundation
import Records
import Storage
import TestSupport
import Testing

/// Where rows come from and where they go.
struct Direction: Sendable, CustomStringConvertible {
  let from, to: Engine
  var description: String { "\(from) to \(to)" }
  static let all = Engine.allCases.flatMap { from in Engine.allCases.map { Direction(from: from, to: $0) } }
}

@Suite struct BackupTests {
  @Test(arguments: Direction.all)
  func `what is restored is what was saved, on either engine`(direction: Direction) async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    try await withWorld(direction.from) { source, place in
      try await fillWithEverything(source, place, seed: seed)
      let archive = "\(place.folder)/sauvegarde.tar"
      let report = try await backUp(source, to: archive)
      #expect(report.isWhole && report.manifest.engine == direction.from.rawValue)
      #expect(report.manifest.tables.allSatisfy { $0.rows > 0 })
      #expect(try RestoreArchive.check(archive, as: .machineOperator) == report.manifest)
      try await withWorld(direction.to) { target, _ in
        let fresh = try await indexes(target)
        let restored = try await restore(archive, into: target)
        #expect(!restored.wasResumed)
        try await expectSame(source, target, indexes: fresh, seed)
        // Numbering goes on: what comes next finds its place.
        let more = try place.file("more.json", AwardText.file([AwardText("more"), AwardText("long")]))
        _ = try await importAwards(more, in: target)
        #expect(try await VerifySpotting().run(as: .machineOperator, in: target).wrong.isEmpty)
      }
    }
  }

  @Test(arguments: Direction.all)
  func `what is copied is what was there, without a file in between`(direction: Direction) async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    try await withWorld(direction.from) { source, place in
      try await fillWithEverything(source, place, seed: seed)
      try await withWorld(direction.to) { target, _ in
        let fresh = try await indexes(target)
        let manifest = try await CopyInstallation(from: source.database, files: source.files, program: "test")
          .run(as: .machineOperator, in: target)
        #expect(manifest.missingFiles.isEmpty && manifest.damagedFiles.isEmpty && manifest.rows > 1000)
        try await expectSame(source, target, indexes: fresh, seed)
        await #expect(throws: RestoreRefusal.self) {
          _ = try await CopyInstallation(from: source.database, files: nil, program: "test")
            .run(as: .machineOperator, in: target)
        }
      }
    }
  }

  private func expectSame(_ source: World, _ target: World, indexes fresh: [String], _ seed: UInt64) async throws {
    let (before, after) = (try await fullDump(source.database), try await fullDump(target.database))
    #expect(Set(before.keys) == Set(Schema.tables) && Set(after.keys) == Set(Schema.tables))
    for table in Schema.tables { #expect(before[table] == after[table], "\(table), seed \(seed)") }
    #expect(try fileContents(source) == fileContents(target))
    #expect(try await indexes(target) == fresh)
    #expect(try await VerifySpotting().run(as: .machineOperator, in: target).wrong.isEmpty)
    for words in ["nettoyage", "tres long", "ecole", "oeuvre", "guillemets", "introuvable"] {
      #expect(try await found(words, in: source) == found(words, in: target), "\(words)")
    }
    let mark = try await target.database.read { try UnfinishedRestore.find(in: $0) }
    #expect(mark == nil)
    let pending = try await Migrator(Schema.migrations).status(on: target.database).filter { $0.appliedAt == nil }
    #expect(pending.isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `every table of the schema is saved or is known to be worked out again`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let names = try await world.database.read { try $0.tableNames() }
      let known = Set(Schema.tables + Schema.recomputed + [Migrator.table])
      let others = names.filter { name in
        !known.contains(name) && !Schema.recomputed.contains { name.hasPrefix("\($0)_") }
      }
      #expect(others.isEmpty, "Schema.tables does not list \(others)")
      let shapes = try await world.database.read { try Schema.shapes(in: $0) }
      #expect(shapes.map(\.name) == Schema.tables && shapes.allSatisfy { !$0.key.isEmpty })
    }
  }

  @Test(arguments: Engine.allCases)
  func `a backup taken while others write is of one moment, with every file that its rows need`(engine: Engine)
    async throws
  {
    try await withPlace(engine) { place in
      let (world, other) = (try place.world(), try place.world())
      _ = try await load(AwardText.invented(1500, seed: 5), in: world, place)
      // Each transaction adds to the first table that is read and to the last one.
      let writing = Task {
        var turn = 0
        while !Task.isCancelled {
          turn += 1
          let number = turn
          try await other.database.write { db in
            try db.execute("INSERT INTO region (code, name) VALUES (\("r\(number)"), '')")
            try db.execute("INSERT INTO stated_buyer (number, type, stated_at) VALUES (\("b\(number)"), '', '')")
          }
        }
      }
      let importing = Task {
        for turn in 0..<6 {
          let text = AwardText.file(AwardText.invented(150, seed: UInt64(turn), prefix: "I\(turn)-"))
          _ = try await importAwards(try place.file("import\(turn).json", text), in: other)
        }
      }
      var archives: [String] = []
      for turn in 0..<3 {
        let path = "\(place.folder)/live\(turn).tar"
        #expect(try await backUp(world, to: path).isWhole)
        archives.append(path)
      }
      writing.cancel()
      _ = await writing.result
      _ = await importing.result
      var counts: [Int] = []
      for path in archives {
        try await withWorld(.sqlite) { target, _ in
          try await restore(path, into: target)
          let dump = try await fullDump(target.database)
          #expect(dump["region"]?.count == dump["stated_buyer"]?.count)
          #expect(dump["award"]?.count == dump["spotting"]?.count)
          counts.append(dump["region"]?.count ?? 0)
          let needed = try await target.database.read { try ReferredFiles.digests(in: $0) }
          #expect(try Set(needed).isSubset(of: target.files.digests()))
          #expect(try await VerifySpotting().run(as: .machineOperator, in: target).wrong.isEmpty)
        }
      }
      #expect(counts == counts.sorted() && Set(counts).count > 1, "nobody wrote meanwhile: \(counts)")
      try await world.database.close()
      try await other.database.close()
    }
  }

  @Test func `a base of an earlier schema is brought to that of today after its rows are back`() async throws {
    for engine in Engine.allCases {
      try await withTestBase(engine, migrations: Array(Schema.migrations.prefix(7))) { base in
        try await withWorld(.sqlite) { model, place in
          _ = try await load(AwardText.invented(50, seed: 8), in: model, place)
          // Seven migrations in, the tables that they share have the same columns.
          let old = try base.open()
          let shared = Array(Schema.tables.prefix { $0 != "stated_buyer" })
          for table in shared {
            let rows = try await model.database.read { db -> [[SQLValue]] in
              var rows: [[SQLValue]] = []
              let shape = try #require(try db.shape(of: table))
              try db.forEachRow(of: shape) { row in rows.append(try (0..<row.count).map { try row.value(at: $0) }) }
              return rows
            }
            try await old.write { db in try db.load(try #require(try db.shape(of: table)), rows: rows) }
          }
          var past = model
          past.database = old
          let path = "\(place.folder)/old.tar"
          let report = try await backUp(past, to: path)
          try await old.close()
          #expect(report.manifest.migrations.count == 7 && report.manifest.tables.count == shared.count)
          for other in Engine.allCases {
            try await withWorld(other) { target, _ in
              let fresh = try await indexes(target)
              try await restore(path, into: target)
              try await expectSame(model, target, indexes: fresh, 0)
            }
          }
        }
      }
    }
  }
}
