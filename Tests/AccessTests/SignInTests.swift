import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

@Suite struct SignInTests {
  private func signIn(_ house: House, _ email: String, _ password: Password) async throws -> SignIn.Outcome {
    try await SignIn(email: email, password: password, device: "Firefox sur Linux").run(as: .visitor, in: house.world)
  }

  @Test(arguments: Engine.allCases)
  func `the right password opens a session, whatever the case of the address, and nothing else does`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      guard case .opened(let secret) = try await signIn(house, " Claire.MOREAU@exemple.fr ", House.password) else {
        Issue.record("refused")
        return
      }
      let answer = try #require(try await RecogniseSession(secret).run(in: house.world))
      #expect(answer.name == "Claire Moreau" && answer.organisation == "Maison de l’emploi")
      for (email, password) in [
        (House.email, Password("Trois chevaux, deux ânes et 2 mulets")), ("nobody@exemple.fr", House.password),
        ("", House.password), (House.email, Password("")),
      ] {
        guard case .refused = try await signIn(house, email, password) else {
          Issue.record("taken: \(email)")
          continue
        }
      }
      let actions = try await house.actions()
      #expect(actions.filter { $0 == "sign-in-refused" }.count == 2)
      #expect(try await RecogniseSession(Secret()).run(in: house.world) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a session ends when it is left alone, when its day is over, and when its owner signs out`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let terms = try house.world.accessTerms()
      func open() async throws -> Secret {
        guard case .opened(let secret) = try await signIn(house, House.email, House.password) else {
          throw FieldFault("", "refused")
        }
        return secret
      }
      let idle = try await open()
      house.clock.move(minutes: terms.idleMinutes - 1)
      #expect(try await house.actor(idle) != .visitor)
      // Being used has put its end off.
      house.clock.move(minutes: terms.idleMinutes - 1)
      #expect(try await house.actor(idle) != .visitor)
      house.clock.move(minutes: terms.idleMinutes + 1)
      #expect(try await house.actor(idle) == .visitor)
      let long = try await open()
      var minutes: Int64 = 0
      while minutes + 60 < terms.longestMinutes {
        house.clock.move(minutes: 60)
        minutes += 60
        #expect(try await house.actor(long) != .visitor)
      }
      house.clock.move(minutes: terms.longestMinutes - minutes)
      #expect(try await house.actor(long) == .visitor)
      let left = try await open()
      try await SignOut().run(as: try await house.actor(left), in: house.world)
      #expect(try await house.actor(left) == .visitor)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a second factor is asked for once it is added; a code serves once, a recovery code too`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let proposal = try await ProposeSecondFactor().run(as: house.administrator, in: house.world)
      func code() -> String { proposal.factor.code(at: house.clock.now.seconds) }
      func add(_ code: String, _ password: Password) async throws -> [RecoveryCode] {
        try await AddSecondFactor(secret: proposal.factor.base32, code: code, password: password)
          .run(as: house.administrator, in: house.world)
      }
      let wrong = code() == "000000" ? "111111" : "000000"
      await #expect(throws: FieldFault.self) { try await add(wrong, House.password) }
      await #expect(throws: FieldFault.self) { try await add(code(), Password("un autre mot de passe 1!")) }
      let codes = try await add(code(), House.password)
      #expect(codes.count == 10)

      house.clock.move(minutes: 2)
      guard case .needsCode(let waiting) = try await signIn(house, House.email, House.password) else {
        Issue.record("no code asked")
        return
      }
      #expect(try await house.actor(waiting) == .visitor)
      func confirm(_ text: String) async throws -> ConfirmSignIn.Outcome {
        try await ConfirmSignIn(secret: waiting, code: text).run(as: .visitor, in: house.world)
      }
      guard case .refused = try await confirm("000000" == code() ? "111111" : "000000") else {
        Issue.record("a wrong code was taken")
        return
      }
      let used = code()
      guard case .opened(let open, nil) = try await confirm(used) else {
        Issue.record("the right code was refused")
        return
      }
      #expect(open.text != waiting.text)
      #expect(try await house.actor(open).person?.isStrong == true)
      // The session that waited is gone, and so is its secret.
      guard case .late = try await confirm(used) else {
        Issue.record("the waiting session served twice")
        return
      }
      for (place, left) in [(0, 9), (0, nil), (1, 8)] as [(Int, Int?)] {
        guard case .needsCode(let waiting) = try await signIn(house, House.email, House.password) else { return }
        let again = try await ConfirmSignIn(secret: waiting, code: used).run(as: .visitor, in: house.world)
        guard case .refused = again else {
          Issue.record("a code served twice")
          return
        }
        let outcome = try await ConfirmSignIn(secret: waiting, code: codes[place].text)
          .run(as: .visitor, in: house.world)
        switch (outcome, left) {
        case (.opened(_, let found), .some(let left)): #expect(found == left)
        case (.refused, nil): break
        default: Issue.record("recovery code \(place): \(outcome)")
        }
      }
      guard case .needsCode(let slow) = try await signIn(house, House.email, House.password) else { return }
      house.clock.move(minutes: try house.world.accessTerms().codeMinutes + 1)
      let late = try await ConfirmSignIn(secret: slow, code: code()).run(as: .visitor, in: house.world)
      guard case .late = late else {
        Issue.record("a session waited too long")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a new password is refused when it is weak, and ends every other session`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      guard case .opened(let other) = try await signIn(house, House.email, House.password) else { return }
      func change(_ current: Password, _ new: String) async throws {
        try await ChangePassword(current: current, new: Password(new)).run(as: house.administrator, in: house.world)
      }
      for weak in ["court1!A", "claire.moreau@exemple.fr", "aaaaaaaaaaaaaaaa", "MoreauMoreau12!"] {
        await #expect(throws: FieldFault.self, "\(weak)") { try await change(House.password, weak) }
      }
      await #expect(throws: FieldFault.self) {
        try await change(Password("faux"), "Sept mots bien rangés sur la table")
      }
      #expect(try await house.actor(other) != .visitor)
      try await change(House.password, "Sept mots bien rangés sur la table")
      #expect(try await house.actor(other) == .visitor)
      guard case .refused = try await signIn(house, House.email, House.password) else {
        Issue.record("the old password still serves")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `nothing of who people are stands in clear in the base`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      _ = try await signIn(house, House.email, House.password)
      let text = try await house.world.database.read { db -> String in
        var text = ""
        for table in ["account", "trail_entry", "trail_payload", "session", "access_link", "subject_key"] {
          try db.forEach(SQL(unsafeText: "SELECT * FROM \(table)")) { row in
            for column in 0..<row.count { text += "\(try row.value(at: column)) " }
          }
        }
        return text.lowercased()
      }
      for word in ["moreau", "claire", "exemple.fr", "chevaux"] { #expect(!text.contains(word), "\(word)") }
      #expect(text.contains("argon2id"))
    }
  }

  @Test(arguments: Engine.allCases)
  func `the set-up link serves once, and there is none once someone has an account`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      let link = try await PrepareSetUp().run(as: .machineOperator, in: house.world)
      #expect(link == nil)
      let again = SetUpInstallation(
        secret: Secret(), organisation: OrganisationDraft(siret: "21770288100012", name: "Autre"),
        person: PersonDraft(givenName: "A", surname: "B", email: "a@exemple.fr", password: House.password), device: "")
      let session = try await again.run(as: .visitor, in: house.world)
      #expect(session == nil)
      await #expect(throws: Forbidden.self) { try await PrepareSetUp().run(as: .visitor, in: house.world) }
    }
  }
}
