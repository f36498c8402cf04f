import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

@Suite struct OwnDataTests {
  @Test(arguments: Engine.allCases)
  func `someone takes away all that is kept about them, and it is noted`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let text = try await ExportOwnData().run(as: house.administrator, in: house.world)
      for word in [
        "Claire", "Moreau", "claire.moreau@exemple.fr", "Maison de l’emploi", "Firefox sur Linux", "connexion",
      ] {
        #expect(text.contains(word), "\(word)")
      }
      #expect(!text.contains("argon2id") && !text.contains("digest"))
      #expect(try await house.actions().contains("exported"))
      await #expect(throws: Forbidden.self) { _ = try await ExportOwnData().run(as: .visitor, in: house.world) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `an erased account leaves no name anywhere, frees its address, and the trail still stands`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      _ = try await house.enter(.facilitator, in: house.body, name: "Awa Sow")
      try await ChangeIdentity(givenName: "Claire", surname: "Petit").run(as: house.administrator, in: house.world)
      _ = try await SealTrail().run(as: .machineOperator, in: house.world)
      func forget(_ password: Password) async throws {
        try await ForgetOwnAccount(password: password).run(as: house.administrator, in: house.world)
      }
      await #expect(throws: FieldFault.self) { try await forget(Password("faux")) }
      // Someone else is left, who may not look after the organisation.
      let last = await #expect(throws: FieldFault.self) { try await forget(House.password) }
      #expect(last?.description.contains("administrer") == true)
      let heir = try await house.enter(.facilitator, in: house.body, administers: true, name: "Inès Colin")
      try await forget(House.password)
      guard
        case .refused = try await SignIn(email: House.email, password: House.password, device: "x")
          .run(as: .visitor, in: house.world)
      else {
        Issue.record("an erased account still opens")
        return
      }
      let page = try #require(try await ReadTrail(.organisation(house.body)).run(as: heir, in: house.world))
      let told = page.lines.map { "\($0.who ?? "") \($0.subject) \($0.changes ?? [])" }.joined()
      #expect(!told.contains("Claire") && !told.contains("Petit") && told.contains("Compte anonymisé"))
      let report = try await VerifyTrail().run(as: .machineOperator, in: house.world)
      #expect(report.isSound && report.erased > 0)
      let members = try #require(try await ListMembers(house.body).run(as: heir, in: house.world))
      #expect(members.past.map(\.identity.name) == ["Compte anonymisé"])
    }
  }
}
