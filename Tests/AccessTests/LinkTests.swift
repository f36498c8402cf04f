import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

@Suite struct LinkTests {
  /// The address in the only message that waits.
  private func sentLink(_ house: House) async throws -> String? {
    let keys = house.world.access.keys
    return try await house.world.database.read { db in
      var texts: [String] = []
      try db.forEach("SELECT id, letter FROM mail WHERE letter IS NOT NULL ORDER BY created_at, id") { row in
        let id: String = try row.value(0)
        texts.append(try keys.openText(try Sealed(text: try row.value(1)), at: Outbox.place(id)))
      }
      return texts.last.flatMap { text in
        text.firstMatch(of: /8080[a-z\/\\]+\/([A-Za-z0-9_-]{43})/).map { String($0.1) }
      }
    }
  }

  private func count(_ house: House) async throws -> Int {
    try await house.world.database.read { try $0.scalar(Int.self, "SELECT COUNT(*) FROM mail") ?? 0 }
  }

  @Test(arguments: Engine.allCases)
  func `a link signs in once, within its minutes, and only the last one sent does`(engine: Engine) async throws {
    try await withHouse(engine) { house in
      func ask(_ email: String) async throws {
        try await RequestSignInLink(email: email).run(as: .visitor, in: house.world)
      }
      func follow(_ text: String?) async throws -> Actor {
        let secret = try #require(text.flatMap { Secret($0) })
        let link = FollowSignInLink(secret, device: "Firefox sur Linux")
        guard case .opened(let session) = try await link.run(as: .visitor, in: house.world) else { return .visitor }
        return try await house.actor(session)
      }
      try await ask("personne@exemple.fr")
      #expect(try await count(house) == 0)
      await #expect(throws: FieldFault.self) { try await ask("claire@") }
      try await ask(House.email)
      let first = try await sentLink(house)
      house.clock.move(seconds: 1)
      try await ask(House.email.uppercased())
      let second = try await sentLink(house)
      #expect(first != second)
      #expect(try await follow(first) == .visitor)
      let open = try await FollowSignInLink(try #require(second.flatMap { Secret($0) }), device: "x")
        .isOpen(as: .visitor, in: house.world)
      #expect(open)
      let actor = try await follow(second)
      #expect(actor.person?.account == house.administrator.person?.account)
      #expect(try await follow(second) == .visitor)
      house.clock.move(seconds: 1)
      try await ask(House.email)
      let late = try await sentLink(house)
      house.clock.move(minutes: try house.world.accessTerms().linkMinutes + 1)
      #expect(try await follow(late) == .visitor)
    }
  }

  @Test(arguments: Engine.allCases)
  func `whoever made an account for another's address loses it when the owner comes by a link`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let victim = "maire@exemple.fr"
      let draft = OrganisationDraft(kind: "company", siret: "39911111100014", name: "Leurre", postcode: "77000")
      let person = PersonDraft(givenName: "Faux", surname: "Nom", email: victim, password: House.password)
      let registration = RegisterOrganisation(organisation: draft, person: person, device: "x")
      guard case .registered(_, let stolen?) = try await registration.run(as: .visitor, in: house.world) else {
        Issue.record("not registered")
        return
      }
      let facilitator = try await house.enter(.facilitator, in: house.body, administers: true)
      let secret = try #require(
        try await InviteMember(house.body, email: victim, role: "facilitator", isAdministrator: false)
          .run(as: facilitator, in: house.world))
      let acceptance = AcceptInvitation(
        secret: secret, givenName: "", surname: "", password: Password(""), device: "x")
      guard case .proveFirst = try await acceptance.run(as: try await house.actor(stolen), in: house.world) else {
        Issue.record("an unproved account took an invitation")
        return
      }
      house.clock.move(seconds: 1)
      try await RequestSignInLink(email: victim).run(as: .visitor, in: house.world)
      let link = FollowSignInLink(try #require(try await sentLink(house).flatMap { Secret($0) }), device: "x")
      guard case .opened(let owner) = try await link.run(as: .visitor, in: house.world) else {
        Issue.record("the owner could not enter")
        return
      }
      #expect(try await house.actor(stolen) == .visitor)
      guard
        case .refused = try await SignIn(email: victim, password: House.password, device: "x")
          .run(as: .visitor, in: house.world)
      else {
        Issue.record("the password of whoever made the account still serves")
        return
      }
      guard case .joined = try await acceptance.run(as: try await house.actor(owner), in: house.world) else {
        Issue.record("the owner could not accept")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `an invitation is sent to its address, and a link does without the second factor no more than a password`(
    engine: Engine
  ) async throws {
    try await withHouse(engine) { house in
      let facilitator = try await house.enter(.facilitator, in: house.body, administers: true)
      let invitation = InviteMember(
        house.body, email: "thomas@exemple.fr", role: "facilitator", isAdministrator: false)
      let secret = try #require(try await invitation.run(as: facilitator, in: house.world))
      #expect(try await sentLink(house) == secret.text)

      let proposal = try await ProposeSecondFactor().run(as: house.administrator, in: house.world)
      _ = try await AddSecondFactor(
        secret: proposal.factor.base32, code: proposal.factor.code(at: house.clock.now.seconds),
        password: House.password
      ).run(as: house.administrator, in: house.world)
      house.clock.move(seconds: 1)
      try await RequestSignInLink(email: House.email).run(as: .visitor, in: house.world)
      let link = FollowSignInLink(try #require(try await sentLink(house).flatMap { Secret($0) }), device: "x")
      guard case .needsCode(let waiting) = try await link.run(as: .visitor, in: house.world) else {
        Issue.record("a link did without the second factor")
        return
      }
      #expect(try await house.actor(waiting) == .visitor)
    }
  }
}
