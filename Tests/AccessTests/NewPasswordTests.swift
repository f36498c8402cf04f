import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

/// A new password by a link, for whoever forgot theirs.
@Suite struct NewPasswordTests {
  private static let new = Password("Sept mots bien rangés sur la table")

  private func ask(_ house: House, _ email: String) async throws {
    try await RequestNewPassword(email: email).run(as: .visitor, in: house.world)
  }

  /// The secret in the last message that waits.
  private func sent(_ house: House) async throws -> Secret {
    let found = try await house.letters().last { $0.contains("nouveau-mot-de-passe") }
    let text = try #require(found?.firstMatch(of: /passe[\\\/]+([A-Za-z0-9_-]{43})/))
    return try #require(Secret(String(text.1)))
  }

  private func choose(
    _ house: House, _ secret: Secret, _ password: Password = NewPasswordTests.new, code: String = "",
    as actor: Actor = .visitor
  ) async throws -> SignIn.Outcome {
    let typed = ChooseNewPassword.Typed(password: password, code: code, device: "Firefox sur Linux")
    return try await ChooseNewPassword(secret).run(typed, as: actor, in: house.world)
  }

  private func signsIn(_ house: House, _ password: Password) async throws -> Bool {
    let outcome = try await SignIn(email: House.email, password: password, device: "x").run(
      as: .visitor, in: house.world)
    if case .refused = outcome { return false }
    return true
  }

  @Test(arguments: Engine.allCases)
  func `a link changes the password once, within its minutes; reading its page and a weak password use nothing up`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      try await ask(house, "personne@exemple.fr")
      #expect(try await house.letters().isEmpty)
      await #expect(throws: FieldFault.self) { try await ask(house, "claire@") }
      try await ask(house, House.email)
      let first = try await sent(house)
      house.clock.move(seconds: 1)
      try await ask(house, " \(House.email.uppercased()) ")
      let second = try await sent(house)
      // Only the last message serves.
      #expect(try await ChooseNewPassword(first).read(as: .visitor, in: house.world) == nil)
      for _ in 0..<2 {
        #expect(try await ChooseNewPassword(second).read(as: .visitor, in: house.world)?.needsCode == false)
      }
      for weak in ["court1!A", "claire.moreau@exemple.fr", "MoreauMoreau12!"] {
        await #expect(throws: FieldFault.self, "\(weak)") { try await choose(house, second, Password(weak)) }
      }
      #expect(try await signsIn(house, House.password))
      guard case .opened(let session) = try await choose(house, second) else {
        Issue.record("not opened")
        return
      }
      #expect(try await house.actor(session).person?.account == house.administrator.person?.account)
      #expect(try await !signsIn(house, House.password))
      #expect(try await signsIn(house, Self.new))
      guard case .refused = try await choose(house, second, Password("Un autre mot de passe 12!")) else {
        Issue.record("the link served twice")
        return
      }
      let actions = try await house.actions()
      #expect(actions.filter { $0 == "password-changed" }.count == 1)
      #expect(try await house.letters().contains { $0.contains("mot de passe Marchepied a changé") })
      house.clock.move(seconds: 1)
      try await ask(house, House.email)
      let late = try await sent(house)
      house.clock.move(minutes: try house.world.accessTerms().linkMinutes + 1)
      #expect(try await ChooseNewPassword(late).read(as: .visitor, in: house.world) == nil)
      guard case .refused = try await choose(house, late) else {
        Issue.record("the link came too late, and served")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `every other session ends, links that wait serve no more, and a link of another kind changes nothing`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      guard
        case .opened(let open) = try await SignIn(email: House.email, password: House.password, device: "x")
          .run(as: .visitor, in: house.world)
      else { return }
      try await RequestSignInLink(email: House.email).run(as: .visitor, in: house.world)
      let found = try #require(try await house.letters().last?.firstMatch(of: /lien[\\\/]+([A-Za-z0-9_-]{43})/))
      let signIn = try #require(Secret(String(found.1)))
      guard case .refused = try await choose(house, signIn) else {
        Issue.record("a link to sign in changed the password")
        return
      }
      house.clock.move(seconds: 1)
      try await ask(house, House.email)
      let secret = try await sent(house)
      guard case .refused = try await FollowSignInLink(secret, device: "x").run(as: .visitor, in: house.world) else {
        Issue.record("a link to choose a password signed in")
        return
      }
      #expect(try await house.actor(open) != .visitor)
      guard case .opened = try await choose(house, secret) else {
        Issue.record("not opened")
        return
      }
      #expect(try await house.actor(open) == .visitor)
      #expect(try await !FollowSignInLink(signIn, device: "x").isOpen(as: .visitor, in: house.world))
    }
  }

  @Test(arguments: Engine.allCases)
  func `a second factor goes with the new password, and a wrong code leaves everything as it was`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let proposal = try await ProposeSecondFactor().run(as: house.administrator, in: house.world)
      func code() -> String { proposal.factor.code(at: house.clock.now.seconds) }
      let codes = try await AddSecondFactor(
        secret: proposal.factor.base32, code: code(), password: House.password
      ).run(as: house.administrator, in: house.world)
      house.clock.move(minutes: 2)
      try await ask(house, House.email)
      let secret = try await sent(house)
      #expect(try await ChooseNewPassword(secret).read(as: .visitor, in: house.world)?.needsCode == true)
      for wrong in ["", code() == "000000" ? "111111" : "000000", RecoveryCode.list()[0].text] {
        let fault = await #expect(throws: FieldFault.self) { try await choose(house, secret, code: wrong) }
        #expect(fault?.field == "code")
      }
      #expect(try await house.actions().filter { $0 == "sign-in-refused" }.count == 3)
      #expect(try await signsIn(house, House.password))
      guard case .opened(let session) = try await choose(house, secret, code: code()) else {
        Issue.record("the right code was refused")
        return
      }
      #expect(try await house.actor(session).person?.isStrong == true)
      house.clock.move(seconds: 1)
      try await ask(house, House.email)
      guard case .opened(let last) = try await choose(house, try await sent(house), code: codes[0].text) else {
        Issue.record("a recovery code was refused")
        return
      }
      #expect(try await house.actions().contains("recovery-code-used"))
      let left = try await ShowOwnAccount().run(as: try await house.actor(last), in: house.world)
      #expect(left.recoveryCodes == 9)
    }
  }

  @Test(arguments: Engine.allCases)
  func `whoever made an account for another's address loses all that they set when its owner chooses a password`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let provider = FakeProvider()
      let house = house.with(provider)
      let victim = "maire@exemple.fr"
      let draft = OrganisationDraft(kind: "company", siret: "39911111100014", name: "Leurre", postcode: "77000")
      let person = PersonDraft(givenName: "Faux", surname: "Nom", email: victim, password: House.password)
      guard
        case .registered(_, let stolen?) = try await RegisterOrganisation(
          organisation: draft, person: person, device: "x"
        ).run(as: .visitor, in: house.world)
      else {
        Issue.record("not registered")
        return
      }
      let thief = try await house.actor(stolen)
      try await house.tie(as: thief)
      let proposal = try await ProposeSecondFactor().run(as: thief, in: house.world)
      _ = try await AddSecondFactor(
        secret: proposal.factor.base32, code: proposal.factor.code(at: house.clock.now.seconds),
        password: House.password
      ).run(as: thief, in: house.world)
      house.clock.move(seconds: 1)
      try await ask(house, victim)
      guard case .opened(let owner) = try await choose(house, try await sent(house)) else {
        Issue.record("the owner is asked for a code that someone else set")
        return
      }
      #expect(try await house.actor(stolen) == .visitor)
      #expect(try await house.tied(try await house.actor(owner)).isEmpty)
      let model = try await ShowOwnAccount().run(as: try await house.actor(owner), in: house.world)
      #expect(!model.hasSecondFactor && model.hasPassword)
    }
  }
}
