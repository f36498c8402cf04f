import Casework
import Clauses
import Demonstration
import Storage
import TestSupport
import Testing

@Suite struct AuthorisationTests {
  @Test(arguments: Engine.allCases)
  func `a visitor can run none of what belongs to the operator, and leaves no trace`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load([AwardText("1")], in: world, place)
      try await loadStructures(StructureText.csv(2), in: world, place)
      try await world.database.write { try $0.execute("UPDATE spotting SET basis = 0") }
      let before = try await dump(world.database)
      let awards = try place.file("visitor.json", AwardText.file([AwardText("2")]))
      let structures = try place.file("visitor.csv", StructureText.csv(3, first: 50))
      let labels = try place.file("cpv.csv", "CODE;FR\n90910000-9;Services de nettoyage\n")
      let attempts: [(String, () async throws -> Void)] = [
        ("awards", { _ = try await ImportAwards(path: awards, name: "x").run(as: .visitor, in: world) }),
        ("dry run", { _ = try await ImportAwards(path: awards, name: "x", dryRun: true).run(as: .visitor, in: world) }),
        ("structures", { _ = try await ImportStructures(path: structures, name: "x").run(as: .visitor, in: world) }),
        ("labels", { _ = try await ImportCPVLabels(path: labels).run(as: .visitor, in: world) }),
        ("territories", { _ = try await ImportTerritories(path: awards).run(as: .visitor, in: world) }),
        ("buyer", { _ = try await StateBuyer(number: "213502388", type: .centralState).run(as: .visitor, in: world) }),
        ("recompute", { _ = try await RecomputeSpotting().run(as: .visitor, in: world) }),
        ("verify", { _ = try await VerifySpotting().run(as: .visitor, in: world) }),
        ("files", { _ = try await CheckFiles().run(as: .visitor, in: world) }),
        ("backup", { _ = try await BackUp(path: "\(place.folder)/v.tar", program: "x").run(as: .visitor, in: world) }),
        ("restore", { _ = try await RestoreArchive(path: awards).run(as: .visitor, in: world) }),
        ("check", { _ = try RestoreArchive.check(awards, as: .visitor) }),
        (
          "copy",
          {
            _ = try await CopyInstallation(from: world.database, files: nil, program: "x").run(as: .visitor, in: world)
          }
        ),
        ("demonstration", { _ = try await LoadDemonstration(onlyIfEmpty: false).run(as: .visitor, in: world) }),
      ]
      for (name, attempt) in attempts {
        await #expect(throws: Forbidden.self, "\(name)") { try await attempt() }
      }
      #expect(try await dump(world.database) == before)
      let counts = try await world.database.read { db in
        [
          try db.scalar(Int.self, "SELECT COUNT(*) FROM structure"),
          try db.scalar(Int.self, "SELECT COUNT(*) FROM cpv_label"),
          try db.scalar(Int.self, "SELECT COUNT(*) FROM award_file"),
        ]
      }
      #expect(counts == [2, 0, 1])
    }
  }
}
