import Casework
import Foundation
import TestSupport
import Testing

@Suite struct CheckFilesTests {
  @Test(arguments: Engine.allCases)
  func `a stored file that is gone or has changed is found, and the same import brings it back`(
    engine: Engine
  ) async throws {
    try await withWorld(engine) { world, place in
      func check(_ reads: Bool) async throws -> [Int] {
        let report = try await CheckFiles(readsContent: reads).run(as: .machineOperator, in: world)
        #expect(report.isWhole == (report.missing.isEmpty && report.damaged.isEmpty))
        return [report.referred, report.missing.count, report.damaged.count]
      }
      #expect(try await check(true) == [0, 0, 0])
      _ = try await load([AwardText("1")], as: "a.json", in: world, place)
      _ = try await load([AwardText("2")], as: "b.json", in: world, place)
      try await loadStructures(StructureText.csv(2), in: world, place)
      #expect(try await check(true) == [3, 0, 0])
      let kept = try world.files.digests()
      let (first, second) = (try #require(kept.first), try #require(kept.last))
      let path = try #require(world.files.path(of: first))
      try FileManager.default.removeItem(atPath: path)
      try Data("autre".utf8).write(to: URL(filePath: try #require(world.files.path(of: second))))
      #expect(try await check(false) == [3, 1, 0])
      #expect(try await check(true) == [3, 1, 1])
      try FileManager.default.removeItem(atPath: try #require(world.files.path(of: second)))
      _ = try await load([AwardText("1")], as: "a.json", in: world, place)
      _ = try await load([AwardText("2")], as: "b.json", in: world, place)
      try await loadStructures(StructureText.csv(2), in: world, place)
      #expect(try await check(true) == [3, 0, 0])
    }
  }
}
