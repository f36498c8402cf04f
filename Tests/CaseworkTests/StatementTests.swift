import Casework
import Clauses
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct StatementTests {
  /// A page, how many statements it may send, and its use case.
  private struct Page {
    let name: String
    let most: Int
    let run: @Sendable (World) async throws -> Void
  }

  private func pages(_ contract: Int64, _ structure: Int64) throws -> [Page] {
    let seineEtMarne = try #require(DepartementCode("77"))
    return [
      Page(name: "accueil", most: 6) { _ = try await ShowWelcome().run(as: .visitor, in: $0) },
      Page(name: "reperage", most: 5) {
        _ = try await ListSpotting(filter: SpottingFilter()).run(as: .visitor, in: $0)
      },
      Page(name: "reperage-filtre", most: 5) {
        var filter = SpottingFilter()
        filter.kind = .contract
        filter.departement = seineEtMarne
        filter.buyer = "commune"
        filter.cpv = "90"
        filter.amountFrom = Euros(1)
        filter.amountTo = Euros(9_000_000)
        filter.from = Month("2024-01")
        filter.to = Month("2029-12")
        filter.consideration = .declared
        filter.criteria = [.duration, .nature]
        filter.text = "nettoyage école"
        let place = SpottingPlace("apres.20000.3")
        _ = try await ListSpotting(filter: filter, order: .end, place: place).run(as: .visitor, in: $0)
      },
      Page(name: "marche", most: 7) { _ = try await ShowContract(id: contract).run(as: .visitor, in: $0) },
      Page(name: "territoires", most: 4) { _ = try await ListTerritories().run(as: .visitor, in: $0) },
      Page(name: "territoire", most: 9) {
        _ = try await ShowTerritory(departement: seineEtMarne).run(as: .visitor, in: $0)
      },
      Page(name: "structures", most: 5) {
        _ = try await ListStructures(filter: StructureFilter()).run(as: .visitor, in: $0)
      },
      Page(name: "structure", most: 2) { _ = try await ShowStructure(id: structure).run(as: .visitor, in: $0) },
      Page(name: "imports", most: 3) { _ = try await ListImports().run(as: .visitor, in: $0) },
    ]
  }

  /// With `MARCHEPIED_TEST_SNAPSHOTS=write` the files are written anew; read the difference before committing it.
  @Test(arguments: Engine.allCases)
  func `each page sends the statements of its snapshot`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load(AwardText.invented(30, seed: 51), in: world, place)
      try await loadStructures(StructureText.csv(3), in: world, place)
      let contract = try await item("M1", in: world).id
      let structures = try await ListStructures(filter: StructureFilter()).run(as: .visitor, in: world)
      for page in try pages(contract, try #require(structures.items.first).id) {
        let (_, statements) = try await StatementLog.collect { try await page.run(world) }
        #expect(statements.count <= page.most, "\(page.name)")
        // Search is the one place where the two engines are asked in different words.
        let isSearch = statements.contains { $0.contains("award_search") }
        let file =
          "\(#filePath.dropLast("StatementTests.swift".count))Snapshots/\(page.name)\(isSearch ? ".\(engine.rawValue)" : "").sql"
        let text = statements.map { $0 + ";\n" }.joined(separator: "\n")
        if ProcessInfo.processInfo.environment["MARCHEPIED_TEST_SNAPSHOTS"] == "write" {
          try Data(text.utf8).write(to: URL(filePath: file))
        }
        let expected = try? String(contentsOfFile: file, encoding: .utf8)
        #expect(text == expected, "\(page.name) differs from \(file)")
      }
    }
  }
}
