import Clauses
import Demonstration
import Records
import Storage
import TestSupport
import Testing

@testable import Casework

@Suite struct DemonstrationDoorTests {
  @Test(arguments: Engine.allCases)
  func `a demonstration lets anyone in under every role, and nothing else lets anyone in`(engine: Engine) async throws {
    try await withWorld(engine) { world, _ in
      #expect(try await LoadDemonstration(onlyIfEmpty: true).run(as: .machineOperator, in: world))
      let closed = try await ListDemonstrationAccounts().run(as: .visitor, in: world)
      #expect(closed.isEmpty)
      var open = world
      open.access.isDemonstration = true
      let doors = try await ListDemonstrationAccounts().run(as: .visitor, in: open)
      #expect(Set(doors.map(\.role)) == Set(Role.allCases))
      #expect(doors.contains { $0.state == .waiting } && doors.contains { $0.state == .suspended })
      for door in doors {
        let refused = try await EnterDemonstration(door.membership, device: "x").run(as: .visitor, in: world)
        #expect(refused == nil)
        let secret = try #require(
          try await EnterDemonstration(door.membership, device: "x").run(as: .visitor, in: open))
        let answer = try #require(try await RecogniseSession(secret).run(in: open))
        #expect(answer.name == door.name && answer.role == door.role)
      }
      // Nobody of the directory but those of the door: the identifier of another membership opens nothing.
      let other = try await open.database.read { db in
        try db.scalars(ID<Membership>.self, "SELECT id FROM membership ORDER BY id")
      }.first { id in !doors.contains { $0.membership == id } }
      let stranger = try await EnterDemonstration(try #require(other), device: "x").run(as: .visitor, in: open)
      #expect(stranger == nil)
      // A real account in the base has no door, whatever its role and state.
      let now = world.moment
      let keys = world.access.keys
      try await world.database.write { db in
        guard let email = EmailAddress("vrai@exemple.fr") else { return }
        let account = try StoredAccount(
          id: ID(at: now), Identity(givenName: "Vrai", surname: "Nom", email: email), password: nil, at: now, keys: keys
        )
        try Accounts.insert(account, in: db)
        let place = Organisation(
          id: ID(at: now), kind: .buyer, siret: nil, name: "Vraie", state: .waiting, createdAt: now)
        try Organisations.insert(place, in: db)
        try Memberships.insert(
          Membership(
            id: ID(at: now), account: account.id, organisation: place.id, role: .buyer, isAdministrator: true,
            startedAt: now), in: db)
      }
      let names = try await ListDemonstrationAccounts().run(as: .visitor, in: open).map(\.name)
      #expect(!names.contains("Vrai Nom"))
      // A second loading leaves what is there.
      let count = try await world.database.read { try Accounts.count(in: $0) }
      #expect(try await !LoadDemonstration(onlyIfEmpty: true).run(as: .machineOperator, in: world))
      #expect(try await world.database.read { try Accounts.count(in: $0) } == count)
      #expect(try await VerifyTrail().run(as: .machineOperator, in: world).isSound)
    }
  }
}
