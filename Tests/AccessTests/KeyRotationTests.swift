import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

@Suite struct KeyRotationTests {
  @Test(arguments: Engine.allCases)
  func `a rotation interrupted at any batch loses nothing, and what is left is done the next time`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      for rank in 0..<12 { _ = try await house.enter(.facilitator, in: house.body, name: "Nadia Benali\(rank)") }
      _ = try await InviteMember(house.body, email: "t@exemple.fr", role: "facilitator", isAdministrator: false)
        .run(as: try await house.enter(.facilitator, in: house.body, administers: true), in: house.world)
      try await ChangeIdentity(givenName: "Claire", surname: "Petit").run(as: house.administrator, in: house.world)
      _ = try await FilePersonalRequest(.init(kind: "access", name: "Mariam Keïta", email: "m@exemple.fr"))
        .run(as: .visitor, in: house.world)
      var world = house.world
      world.access.keys = try #require(world.access.keys.adding(on: world.today()))
      // One batch of the work, as an interruption leaves it.
      let keys = world.access.keys
      try await world.database.write { db in
        guard var account = try Accounts.sealed(byOtherThan: 2, limit: 1, in: db).first else { return }
        account.seal(try account.identity(keys), keys: keys)
        _ = try Accounts.update(account, in: db)
      }
      func signsIn(_ world: World) async throws -> Bool {
        let outcome = try await SignIn(email: House.email, password: House.password, device: "x")
          .run(as: .visitor, in: world)
        if case .opened = outcome { return true }
        return false
      }
      #expect(try await signsIn(world))
      let report = try await RotateSealedColumns().run(as: .machineOperator, in: world)
      #expect(report.accounts == 13 && report.persons == 1 && report.invitations == 1 && report.requests == 2)
      #expect(try await RotateSealedColumns().run(as: .machineOperator, in: world) == .init())
      #expect(try await signsIn(world))
      let left = try await world.database.read { try Accounts.sealed(byOtherThan: 2, limit: 99, in: $0).count }
      #expect(left == 0)
      let trail = try await ReadTrail(.mine).run(as: house.administrator, in: world)
      #expect(trail?.lines.contains { $0.changes?.contains { $0.after == "Claire Petit" } ?? false } == true)
      #expect(try await VerifyTrail().run(as: .machineOperator, in: world).isSound)
    }
  }
}
