import Casework
import Clauses
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TestWorld.data != nil, "MARCHEPIED_DATA names no folder of real data."))
struct RealDataTests {
  private func path(_ name: String) -> String { "\(TestWorld.data ?? "")/\(name)" }

  private func real(_ engine: Engine, _ file: String, _ body: (World, ImportReport) async throws -> Void) async throws {
    try await withWorld(engine) { world, _ in
      _ = try await ImportStructures(path: path("structures/siae_lemarche_3853.csv"), name: "SIAE")
        .run(as: .machineOperator, in: world)
      try await body(world, try await importAwards(path(file), in: world))
    }
  }

  private func summary(_ world: World) async throws -> [Int] {
    var filter = SpottingFilter()
    filter.kind = .contract
    let sum = try await SummariseSpotting(filter: filter).run(as: .visitor, in: world)
    return [sum.considered, sum.duration, sum.amount, sum.nature, sum.people, sum.all, sum.aboveThreshold]
  }

  @Test(arguments: Engine.allCases)
  func `the counts of the PES file are those of the independent recount`(engine: Engine) async throws {
    try await real(engine, "decp/2019/data.gouv.fr_pes.json") { world, report in
      let found = try await summary(world)
      #expect(found == [1140, 1119, 635, 596, 1003, 303, 200])
      #expect(report.outcomes.reduce(0, +) == report.read && report.fault == nil)
      #expect(try await VerifySpotting().run(as: .machineOperator, in: world).wrong.isEmpty)
    }
  }

  /// One record has no buyer, five codes got their lost zero back, three amounts were raised by an amendment.
  @Test(arguments: Engine.allCases)
  func `the counts of the AIFE file differ from the independent recount by nine records, each explained`(
    engine: Engine
  ) async throws {
    try await real(engine, "decp/2019/data.gouv.fr_aife.json") { world, report in
      let recount = [4260, 4145, 1635, 2249, 3946, 913, 526]
      // The record without buyer lasts four months and is worth 432 104 €: it counted for all, duration, amount, threshold.
      let withoutBuyer = [1, 1, 1, 0, 0, 0, 1]
      #expect(report.refusals["noBuyer"]?.count == 1, "\(report.refusals)")

      let all = try await items(in: world)
      let zeros = [
        ("25930032500018", "2018QmYn6_CSMK00"), ("25930032500018", "2018XlrO4dVYAh00"),
        ("20003994900017", "2018lzYqSmvscc00"),
        ("21610169100014", "20188toniNUO1y00"), ("22360001600016", "2018x8KxsBvipm00"),
      ]
      // Read as 90 and 92 they were of low technicity; restored, 09 is energy.
      var restored = [0, 0, 0, 0, 0, 0, 0]
      for (buyer, number) in zeros {
        let item = try #require(all.first { $0.buyer.digits == buyer && $0.number == number })
        #expect(item.cpv?.digits.hasPrefix("09") == true && !item.cell.nature.meets)
        restored[3] += 1
        if item.cell.duration.meets, item.cell.amount.meets, item.cell.people.meets { restored[5] += 1 }
      }
      #expect(restored == [0, 0, 0, 5, 0, 2, 0])

      // An amendment raised the amount over the threshold.
      var raised = [0, 0, 0, 0, 0, 0, 0]
      for item in all where item.cell.isAboveThreshold {
        let notice = try #require(try await ShowContract(id: item.id).run(as: .visitor, in: world)).notice
        guard let first = notice.amount, let now = item.amount, first < now else { continue }
        var before = notice
        before.amendments = []
        let cell = try world.rules().judge(before, departement: item.departement, structures: nil)
        if !cell.isAboveThreshold { raised[6] += 1 }
      }
      #expect(raised[6] == 3)
      let expected = zip(zip(recount, withoutBuyer), zip(restored, raised)).map { $0.0 - $0.1 - $1.0 + $1.1 }
      #expect(try await summary(world) == expected)
      #expect(expected == [4259, 4144, 1634, 2244, 3946, 911, 528])
    }
  }

  @Test(arguments: Engine.allCases)
  func `every odd file gives a clear report and costs nothing else`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let names = try FileManager.default.contentsOfDirectory(atPath: path("decp/odd")).sorted()
      #expect(names.count >= 11)
      var stored = 0
      for name in names {
        let report = try await importAwards(path("decp/odd/\(name)"), in: world)
        #expect(report.whole && report.read > 0, "\(name)")
        #expect(report.outcomes.reduce(0, +) == report.read, "\(name)")
        for reason in report.refusals.values {
          #expect(
            !reason.examples.isEmpty && reason.examples.allSatisfy { $0.sentence.count > 20 && $0.line > 0 }, "\(name)")
        }
        stored += report.new
      }
      #expect(try await items(in: world).count == stored)
      #expect(stored >= 11)
      #expect(try await VerifySpotting().run(as: .machineOperator, in: world).wrong.isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func `all real files load together, in any engine alike`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      let root = path("decp")
      let names = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).sorted()
      var (read, stored, refused) = (0, 0, 0)
      for name in names where name.hasSuffix(".json") || name.hasSuffix(".xml") || name.hasSuffix(".csv") {
        let report = try await importAwards("\(root)/\(name)", in: world)
        #expect(report.whole && report.outcomes.reduce(0, +) == report.read, "\(name)")
        read += report.read
        stored += report.new
        refused += report.refused
      }
      #expect(read > 10_000 && stored > 9_000 && refused < 100)
      let verified = try await VerifySpotting().run(as: .machineOperator, in: world)
      #expect(verified.checked == stored && verified.wrong.isEmpty)
      // The last file of each (buyer, number) is searchable by its own words.
      for item in try await items(in: world).prefix(200) {
        guard let word = item.object.folded.split(separator: " ").first(where: { $0.count > 4 }) else { continue }
        var filter = SpottingFilter()
        filter.buyer = item.buyer.digits
        filter.text = String(word)
        #expect(try await items(filter, in: world).contains { $0.id == item.id }, "\(word)")
      }
    }
  }
}
