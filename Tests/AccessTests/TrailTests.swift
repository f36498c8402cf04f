import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

@Suite struct TrailTests {
  private func verify(_ house: House, _ anchor: VerifyTrail.Anchor? = nil) async throws -> VerifyTrail.Report {
    try await VerifyTrail(anchor: anchor).run(as: .machineOperator, in: house.world)
  }

  private func seal(_ house: House) async throws -> Int {
    try await SealTrail().run(as: .machineOperator, in: house.world)
  }

  /// Some lines, of one person who is later forgotten among them.
  private func fill(_ house: House) async throws {
    for name in ["Moreau-Petit", "Moreau"] {
      try await ChangeIdentity(givenName: "Claire", surname: name).run(as: house.administrator, in: house.world)
    }
  }

  @Test(arguments: Engine.allCases)
  func `lines are sealed in order, once, and the chain says how many wait`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      try await fill(house)
      let before = try await verify(house)
      #expect(before.sealed == 0 && before.tail == 5 && before.isSound)
      #expect(try await seal(house) == 5)
      #expect(try await seal(house) == 0)
      let report = try await verify(house)
      #expect(report.sealed == 5 && report.tail == 0 && report.erased == 0 && report.isSound)
      try await fill(house)
      #expect(try await seal(house) == 2)
      #expect(try await verify(house, report.head).isSound)
      let other = VerifyTrail.Anchor(position: 2, seal: String(repeating: "0", count: 64))
      #expect(try await verify(house, other).faults == [.anchor(position: 2)])
      let beyond = VerifyTrail.Anchor(position: 99, seal: "x")
      #expect(try await verify(house, beyond).faults == [.anchor(position: 99)])
    }
  }

  @Test(arguments: Engine.allCases)
  func `lines and seals can be neither changed nor taken away through the base`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      try await fill(house)
      _ = try await seal(house)
      let attempts: [SQL] = [
        "UPDATE trail_entry SET action = 'x'", "DELETE FROM trail_entry", "UPDATE trail_seal SET seal = 'x'",
        "DELETE FROM trail_seal",
      ]
      for attempt in attempts {
        await #expect(throws: (any Error).self, "\(attempt.text)") {
          try await house.world.database.write { try $0.execute(attempt) }
        }
      }
      #expect(try await verify(house).isSound)
    }
  }

  @Test(arguments: Engine.allCases)
  func `whoever gets past that is found: a changed line, a lost one, a lost seal, another payload`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await fill(house)
      _ = try await seal(house)
      let drops: [SQL] =
        engine == .sqlite
        ? [
          "DROP TRIGGER trail_entry_unchanged", "DROP TRIGGER trail_entry_kept", "DROP TRIGGER trail_seal_unchanged",
          "DROP TRIGGER trail_seal_kept",
        ]
        : ["DROP TRIGGER trail_entry_kept ON trail_entry", "DROP TRIGGER trail_seal_kept ON trail_seal"]
      try await house.world.database.write { db in for drop in drops { try db.execute(drop) } }
      func with(_ change: SQL) async throws -> [VerifyTrail.Fault] {
        try await house.world.database.write { try $0.execute(change) }
        return try await verify(house).faults
      }
      let second: SQL = "(SELECT entry FROM trail_seal WHERE position = 2)"
      #expect(
        try await with(
          "UPDATE trail_entry SET subject = 'x' WHERE id = \(second)") == [.altered(position: 2)])
      #expect(
        try await with("UPDATE trail_payload SET salt = 'x' WHERE entry = \(second)")
          == [.altered(position: 2), .payload(position: 2)])
      #expect(
        try await with("DELETE FROM trail_entry WHERE id = (SELECT entry FROM trail_seal WHERE position = 3)")
          .contains(.missing(position: 3)))
      #expect(try await with("DELETE FROM trail_seal WHERE position = 1").contains(.gap(position: 1)))
    }
  }

  @Test(arguments: Engine.allCases)
  func `what the trail told of someone goes with their key, and the chain still stands`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      try await fill(house)
      _ = try await seal(house)
      let account = try #require(house.administrator.person?.account)
      func told() async throws -> String {
        let page = try #require(try await ReadTrail(.mine).run(as: house.administrator, in: house.world))
        return page.lines.map { line in
          (line.changes ?? []).map { "\($0.before ?? "")>\($0.after ?? "")" }.joined()
            + (line.changes == nil ? "-" : "")
        }.joined(separator: "|")
      }
      #expect(try await told().contains("Claire Moreau-Petit"))
      // Without the key alone, nothing can be read any more.
      let key = try await house.world.database.read { try SubjectKeys.find(account.description, in: $0) }
      try await house.world.database.write {
        try $0.execute("DELETE FROM subject_key WHERE subject = \(account)")
      }
      #expect(try await !told().contains("Moreau"))
      try await house.world.database.write { try SubjectKeys.save(account.description, key ?? "", in: $0) }
      try await house.world.database.write { try TrailEntries.forget(person: account.description, in: $0) }
      #expect(try await !told().contains("Moreau"))
      let report = try await verify(house)
      #expect(report.isSound && report.sealed == 5 && report.erased > 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `many writers and two sealers at once lose no line and make one chain`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for rank in 0..<8 {
          group.addTask {
            for turn in 0..<4 {
              let email = "p\(rank)-\(turn)@exemple.fr"
              _ = try await SignIn(email: House.email, password: Password(email), device: "x")
                .run(as: .visitor, in: house.world)
            }
          }
        }
        for _ in 0..<2 {
          group.addTask { for _ in 0..<6 { _ = try? await SealTrail().run(as: .machineOperator, in: house.world) } }
        }
        try await group.waitForAll()
      }
      _ = try await seal(house)
      let report = try await verify(house)
      #expect(report.isSound && report.tail == 0)
      #expect(try await house.actions().filter { $0 == "sign-in-refused" }.count == 32)
    }
  }
}
