import Casework
import Clauses
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct ImportAwardsTests {
  @Test(arguments: Engine.allCases)
  func `every record has one of five outcomes`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      let first = try await load([AwardText("1"), AwardText("2"), AwardText("3")], as: "a.json", in: world, place)
      #expect(first.outcomes == [3, 0, 0, 0, 0])
      #expect(first.read == 3 && first.whole && !first.alreadyImported && first.fault == nil)
      let second = try await load(
        [
          AwardText("1"),
          AwardText("2") {
            $0.euros = "300000"
            $0.published = "2025-06-01"
          },
          AwardText("3") {
            $0.euros = "1"
            $0.published = "2024-06-01"
          }, AwardText("4"), AwardText("5") { $0.buyer = "12" }, AwardText("5") { $0.buyer = "" },
        ], as: "b.json", in: world, place)
      #expect(second.outcomes == [1, 1, 1, 1, 2])
      #expect(second.read == second.outcomes.reduce(0, +))
      #expect(second.refusals.values.reduce(0) { $0 + $1.count } == 2)
      #expect(try await items(in: world).count == 4)
      #expect(try await item("2", in: world).amount == Euros(300_000))
      #expect(try await item("3", in: world).amount == Euros(250_000))
    }
  }

  @Test(arguments: Engine.allCases)
  func `the later publication wins and ties go to the order of the file`(engine: Engine) async throws {
    func award(_ object: String, _ published: String?) -> AwardText {
      AwardText("1") {
        $0.object = object
        $0.published = published
      }
    }
    try await withWorld(engine) { world, place in
      let report = try await load(
        [
          award("sans date", nil), award("janvier", "2025-01-10"), award("mars", "2025-03-10"),
          award("février", "2025-02-10"), award("encore sans date", nil), award("mars, bis", "2025-03-10"),
        ], in: world, place)
      #expect(report.outcomes == [1, 3, 0, 2, 0])
      let found = try await items(in: world)
      #expect(found.map(\.object) == ["mars, bis"])
      let sheet = try #require(try await ShowContract(id: found[0].id).run(as: .visitor, in: world))
      #expect(
        sheet.changes.map { $0.sentences.first { $0.hasPrefix("Objet") } } == [
          "Objet\u{202F}: «\u{202F}mars\u{202F}» devient «\u{202F}mars, bis\u{202F}».",
          "Objet\u{202F}: «\u{202F}janvier\u{202F}» devient «\u{202F}mars\u{202F}».",
          "Objet\u{202F}: «\u{202F}sans date\u{202F}» devient «\u{202F}janvier\u{202F}».",
        ])
      for (word, count) in [("janvier", 0), ("sans", 0), ("mars", 1), ("bis", 1)] {
        var filter = SpottingFilter()
        filter.text = word
        #expect(try await items(filter, in: world).count == count, "\(word)")
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `the same file is never read twice, whatever its name`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load([AwardText("1")], as: "a.json", in: world, place)
      let before = try await dump(world.database)
      let again = try await load([AwardText("1")], as: "b.json", in: world, place)
      #expect(again.alreadyImported && again.read == 1)
      #expect(try await dump(world.database) == before)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a dry run writes nothing and counts what the import then does`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      let first = AwardText.invented(300, seed: 5)
      _ = try await load(first, as: "a.json", in: world, place)
      let before = try await dump(world.database)
      let second = try place.file(
        "b.json",
        AwardText.file(AwardText.invented(300, seed: 6) + [AwardText("x") { $0.buyer = "?" }] + first.prefix(40)))
      var told = try await importAwards(second, in: world, dryRun: true)
      #expect(try await dump(world.database) == before)
      #expect(told.dryRun && told.whole)
      let done = try await importAwards(second, in: world)
      #expect(done.changed > 5 && done.outdated > 5 && done.unchanged >= 30)
      #expect(told.outcomes == done.outcomes && told.read == done.read && told.repaired == done.repaired)
      told.dryRun = false
      told.changes = done.changes
      #expect(told == done)
    }
  }

  @Test(arguments: Engine.allCases)
  func `one bad record never costs another`(engine: Engine) async throws {
    let good = (0..<6).map { AwardText("bon-\($0)") }
    let long = AwardText("long") { $0.object = String(repeating: "mot ", count: 600_000) }
    let word = AwardText("mot") { $0.object = String(repeating: "a", count: 9000) }
    let many = AwardText("divers") { $0.object = (0..<300_000).map { "mot\($0)" }.joined(separator: " ") }
    let key = AwardText(String(repeating: "é9", count: 4000))
    let zero = AwardText("nul") { $0.more = "\"source\":\"a\\u0000b\"" }
    let zeroObject = AwardText("nul2") { $0.object = "OBJET" }
    let text = AwardText.file([
      good[0], long, good[1], word, good[2], many, good[3], key, good[4], zero, zeroObject, good[5],
    ])
    .replacing("\"OBJET\"", with: "\"a\\u0000b\"")
    try await withWorld(engine) { world, place in
      let report = try await importAwards(try place.file("a.json", text), in: world)
      #expect(report.read == 12 && report.whole)
      let numbers = Set(try await items(in: world).map(\.number))
      #expect(numbers.isSuperset(of: good.map(\.number)))
      #expect(numbers.count == report.new)
    }
  }

  @Test(arguments: Engine.allCases)
  func `the raw record of a contract is what the publisher wrote, byte for byte`(engine: Engine) async throws {
    let awards = [
      AwardText("1") { $0.object = "École \"œuvre\" ★" }, AwardText("2"),
      AwardText("3") { $0.more = "\"autre\" :  [ 1 ]" },
    ]
    try await withWorld(engine) { world, place in
      let plain = try place.file("plain.json", AwardText.file(awards))
      let twin = awards.map { award in AwardText("z" + award.number) { $0.object = award.object } }
      let other = try place.file("packed.json", AwardText.file(twin))
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["gzip", "-k", other]
      try process.run()
      process.waitUntilExit()
      _ = try await importAwards(plain, in: world)
      _ = try await importAwards(other + ".gz", in: world)
      for award in awards + twin {
        let id = try await item(award.number, in: world).id
        let sheet = try #require(try await ShowContract(id: id).run(as: .visitor, in: world))
        #expect(sheet.raw.text == award.json)
        #expect(
          !sheet.raw.isCut && sheet.raw.fileName == (award.number.hasPrefix("z") ? "packed.json.gz" : "plain.json"))
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a damaged file says what is wrong and keeps what could be read`(engine: Engine) async throws {
    let whole = AwardText.file([AwardText("1"), AwardText("2"), AwardText("3")])
    try await withWorld(engine) { world, place in
      let cut = String(whole.prefix(while: { _ in true }).dropLast(120))
      let report = try await importAwards(try place.file("cut.json", cut), in: world)
      #expect(report.new >= 2 && report.new + report.refused == report.read)
      #expect(report.fault != nil)
      await #expect(throws: (any Error).self) {
        try await importAwards(try place.file("text.json", "bonjour"), in: world)
      }
      #expect(try await items(in: world).count == report.new)
    }
  }
}

@Suite struct ImportReportTests {
  @Test(arguments: Engine.allCases)
  func `mended records and doubtful ones are counted apart, and a file of refusals keeps nothing`(
    engine: Engine
  ) async throws {
    try await withWorld(engine) { world, place in
      let report = try await load(
        [
          AwardText("1") { $0.notified = "2025-03-01T00:00:00Z" }, AwardText("2") { $0.months = 0 },
          AwardText("3") { $0.notified = "0204-03-01" },
          AwardText("4") {
            $0.notified = "2025-03-01T00:00:00Z"
            $0.months = 0
          }, AwardText("5"),
        ], in: world, place)
      #expect(report.new == 5 && report.repaired == 2 && report.doubtful == 3 && !report.keptNothing)
      #expect(report.repairs.mapValues(\.count) == ["timeZone": 2])
      #expect(report.doubts.mapValues(\.count) == ["zeroDuration": 2, "impossibleYear": 1])
      let nothing = try await load([AwardText("9") { $0.buyer = "?" }], as: "b.json", in: world, place)
      #expect(nothing.keptNothing && nothing.whole)
    }
  }

  @Test func `a report stored before doubts were counted apart is still read`() throws {
    let old = """
      {"alreadyImported":false,"changed":1,"changes":{"count":1,"examples":[]},"dryRun":false,"file":"a.json",\
      "new":2,"outdated":0,"read":4,"refusals":{},"refused":1,"repaired":2,"repairs":{},"unchanged":0,"whole":true}
      """
    let report = try JSONDecoder().decode(ImportReport.self, from: Data(old.utf8))
    #expect(report.new == 2 && report.repaired == 2 && report.doubtful == 0 && report.doubts.isEmpty && report.whole)
  }
}
