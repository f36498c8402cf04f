import Clauses
import Records
import Storage
import TestSupport
import Testing
import Vault

@testable import Casework

/// Signing in through a provider of identities: who enters, by what, and who does not.
@Suite struct ProviderTests {
  private func withProvider(_ engine: Engine, _ body: (House, FakeProvider) async throws -> Void) async throws {
    try await withHouse(engine) { house in
      let provider = FakeProvider()
      try await body(house.with(provider), provider)
    }
  }

  /// The failure of a return; nil where it ends well.
  private func failure(_ work: () async throws -> ReturnFromProvider.Outcome) async throws -> ProviderFailure.Kind? {
    do {
      _ = try await work()
      return nil
    } catch let failure as ProviderFailure {
      return failure.kind
    }
  }

  @Test(arguments: Engine.allCases)
  func `an identity is tied by its owner, then opens their account and leads where they were going`(
    engine: Engine
  ) async throws {
    try await withProvider(engine) { house, _ in
      let browser = Secret()
      let query = try await house.leave(browser, .tie, as: house.administrator)
      guard case .toConfirm = try await house.comeBack(query, browser, as: house.administrator) else {
        Issue.record("nothing to confirm")
        return
      }
      #expect(try await house.tied(house.administrator).isEmpty)
      let model = try await ShowOwnAccount(browser: browser).run(as: house.administrator, in: house.world)
      #expect(model.identities?.waiting == "zoe.martin@ville.example")
      await #expect(throws: FieldFault.self) {
        try await TieIdentity(browser: browser, password: Password("faux")).run(
          as: house.administrator, in: house.world)
      }
      let tie = TieIdentity(browser: browser, password: House.password)
      #expect(try await tie.run(as: house.administrator, in: house.world))
      // It waits no more.
      #expect(try await !tie.run(as: house.administrator, in: house.world))
      #expect(try await house.tied(house.administrator).map(\.shown) == ["zoe.martin@ville.example"])
      #expect(try await house.letters().contains { $0.contains("ouvre votre compte Marchepied") })

      let other = Secret()
      let back = try await house.leave(other, next: "/organisations")
      guard case .opened(let session, "/organisations") = try await house.comeBack(back, other) else {
        Issue.record("not opened")
        return
      }
      let actor = try await house.actor(session)
      #expect(actor.person?.account == house.administrator.person?.account && actor.person?.isStrong == false)
      #expect(try await house.tied(actor).first?.seenAt != nil)
      let actions = try await house.actions()
      // Once by the set-up, once by the identity.
      #expect(actions.contains("identity-tied") && actions.filter { $0 == "signed-in" }.count == 2)
    }
  }

  @Test(arguments: Engine.allCases)
  func `the same e-mail opens nothing: an unknown identity waits for its owner in that browser only`(
    engine: Engine
  ) async throws {
    try await withProvider(engine) { house, provider in
      provider.change { $0.shown = House.email }
      let browser = Secret()
      let query = try await house.leave(browser)
      guard case .unknown(House.email, let minutes) = try await house.comeBack(query, browser) else {
        Issue.record("somebody entered")
        return
      }
      #expect(try Int64(minutes) == house.world.accessTerms().providerMinutes)
      let actions = try await house.actions()
      #expect(actions.filter { $0 == "sign-in-refused" }.count == 1)
      // Signed in by their usual means, in the same browser, its owner ties it; elsewhere nothing waits.
      let elsewhere = TieIdentity(browser: Secret(), password: House.password)
      #expect(try await !elsewhere.run(as: house.administrator, in: house.world))
      #expect(
        try await TieIdentity(browser: browser, password: House.password).run(as: house.administrator, in: house.world))
      guard case .opened = try await house.comeBack(try await house.leave(browser), browser) else {
        Issue.record("tied, and it does not open")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `a return with another state, from another browser, too late or twice opens nothing`(
    engine: Engine
  ) async throws {
    try await withProvider(engine) { house, provider in
      try await house.tie(as: house.administrator)
      provider.change { $0.finished = 0 }
      let browser = Secret()
      let query = try await house.leave(browser)
      for wrong in ["", "state=x", "state=\(Secret().text)", "error=access_denied", "%FF"] {
        #expect(try await failure { try await house.comeBack(wrong, browser) } == .late, "\(wrong)")
      }
      #expect(try await failure { try await house.comeBack(query, Secret()) } == .late)
      #expect(try await failure { try await house.comeBack(query, nil) } == .late)
      // Nobody asked the provider anything, and the browser that left still comes back.
      #expect(provider.now.finished == 0)
      guard case .opened = try await house.comeBack(query, browser) else {
        Issue.record("not opened")
        return
      }
      #expect(try await failure { try await house.comeBack(query, browser) } == .late)
      #expect(provider.now.finished == 1)
      let slow = try await house.leave(browser)
      house.clock.move(minutes: try house.world.accessTerms().providerMinutes + 1)
      #expect(try await failure { try await house.comeBack(slow, browser) } == .late)
      #expect(provider.now.finished == 1)
      #expect(try await SweepAccess().run(as: .machineOperator, in: house.world) > 0)
      let left = try await house.world.database.read {
        try $0.scalar(Int.self, "SELECT COUNT(*) FROM provider_departure") ?? 0
      }
      #expect(left == 0)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a provider that fails opens nothing, and its departure does not serve again`(engine: Engine) async throws {
    try await withProvider(engine) { house, provider in
      try await house.tie(as: house.administrator)
      let browser = Secret()
      for kind in [ProviderFailure.Kind.declined, .late, .unavailable, .untrusted] {
        let query = try await house.leave(browser)
        provider.change { $0.failure = ProviderFailure(kind, "essai") }
        #expect(try await failure { try await house.comeBack(query, browser) } == kind)
        await #expect(throws: ProviderFailure.self) { try await house.leave(browser) }
        provider.change { $0.failure = nil }
        #expect(try await failure { try await house.comeBack(query, browser) } == .late)
      }
      // Without a provider nothing begins, and what is tied waits.
      var world = house.world
      world.access.provider = nil
      let nowhere = try await LeaveForProvider(.signIn, next: "/", browser: browser).run(as: .visitor, in: world)
      #expect(nowhere == nil)
      #expect(try await ShowOwnAccount().run(as: house.administrator, in: world).identities == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `an identity opens one account: another is refused it, and only its owner's password takes it away`(
    engine: Engine
  ) async throws {
    try await withProvider(engine) { house, _ in
      try await house.tie(as: house.administrator)
      let other = try await house.enter(.facilitator, in: house.body, name: "Awa Sow")
      let browser = Secret()
      guard
        case .ofAnother = try await house.comeBack(try await house.leave(browser, .tie, as: other), browser, as: other)
      else {
        Issue.record("taken from its owner")
        return
      }
      #expect(try await !TieIdentity(browser: browser, password: Password("")).run(as: other, in: house.world))
      let mine = try #require(try await house.tied(house.administrator).first)
      #expect(try await !UntieIdentity(mine.id, password: Password("")).run(as: other, in: house.world))
      await #expect(throws: FieldFault.self) {
        try await UntieIdentity(mine.id, password: Password("faux")).run(as: house.administrator, in: house.world)
      }
      guard
        case .tied = try await house.comeBack(
          try await house.leave(browser, .tie, as: house.administrator), browser, as: house.administrator)
      else {
        Issue.record("tied twice")
        return
      }
      #expect(
        try await UntieIdentity(mine.id, password: House.password).run(as: house.administrator, in: house.world))
      #expect(try await house.actions().contains("identity-untied"))
      guard case .unknown = try await house.comeBack(try await house.leave(browser), browser) else {
        Issue.record("an identity that was taken away opens")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `two who tie one identity at the same time: the second is told so`(engine: Engine) async throws {
    try await withProvider(engine) { house, _ in
      let other = try await house.enter(.facilitator, in: house.body, name: "Awa Sow")
      let (first, second) = (Secret(), Secret())
      _ = try await house.comeBack(
        try await house.leave(first, .tie, as: house.administrator), first, as: house.administrator)
      _ = try await house.comeBack(try await house.leave(second, .tie, as: other), second, as: other)
      // What waits for one account is not another's, even in the same browser.
      #expect(try await !TieIdentity(browser: first, password: Password("")).run(as: other, in: house.world))
      #expect(try await TieIdentity(browser: second, password: Password("")).run(as: other, in: house.world))
      let fault = await #expect(throws: FieldFault.self) {
        try await TieIdentity(browser: first, password: House.password).run(as: house.administrator, in: house.world)
      }
      #expect(fault?.description.contains("autre compte") == true)
    }
  }

  @Test(arguments: Engine.allCases)
  func `the last means of entering stays`(engine: Engine) async throws {
    try await withProvider(engine) { house, provider in
      // Made by an invitation or a link, without a password.
      let actor = try await house.enter(.facilitator, in: house.body, name: "Awa Sow")
      try await house.tie(as: actor, password: Password(""))
      let only = try #require(try await house.tied(actor).first)
      let end = UntieIdentity(only.id, password: Password(""))
      let fault = await #expect(throws: FieldFault.self) { try await end.run(as: actor, in: house.world) }
      #expect(fault?.description.contains("mot de passe") == true)
      house.clock.move(seconds: 1)
      provider.change { $0.subject = "agent-2" }
      try await house.tie(as: actor, password: Password(""))
      #expect(try await end.run(as: actor, in: house.world))
      #expect(try await house.tied(actor).count == 1)
    }
  }

  @Test(arguments: Engine.allCases)
  func `a second factor is asked for unless the provider says that one was given`(engine: Engine) async throws {
    try await withProvider(engine) { house, provider in
      try await house.tie(as: house.administrator)
      let proposal = try await ProposeSecondFactor().run(as: house.administrator, in: house.world)
      func code() -> String { proposal.factor.code(at: house.clock.now.seconds) }
      _ = try await AddSecondFactor(secret: proposal.factor.base32, code: code(), password: House.password)
        .run(as: house.administrator, in: house.world)
      house.clock.move(minutes: 2)
      let browser = Secret()
      guard case .needsCode(let waiting, _) = try await house.comeBack(try await house.leave(browser), browser) else {
        Issue.record("no code asked for")
        return
      }
      #expect(try await house.actor(waiting) == .visitor)
      guard
        case .opened(let whole, _) = try await ConfirmSignIn(secret: waiting, code: code())
          .run(as: .visitor, in: house.world)
      else {
        Issue.record("the right code was refused")
        return
      }
      // What the provider wants back has followed the session.
      let address = try await SignOut().run(as: try await house.actor(whole), in: house.world)
      #expect(address == "https://fournisseur.example/end?id_token_hint=jeton-de-agent-1")
      provider.change { $0.isStrong = true }
      guard case .opened(let strong, _) = try await house.comeBack(try await house.leave(browser), browser) else {
        Issue.record("a code was asked for")
        return
      }
      #expect(try await house.actor(strong).person?.isStrong == true)
    }
  }

  @Test(arguments: Engine.allCases)
  func `signing out leads to the provider's page, and a provider that is down keeps nobody in`(
    engine: Engine
  ) async throws {
    try await withProvider(engine) { house, provider in
      try await house.tie(as: house.administrator)
      let browser = Secret()
      for isDown in [false, true] {
        guard case .opened(let secret, _) = try await house.comeBack(try await house.leave(browser), browser) else {
          Issue.record("not opened")
          return
        }
        let actor = try await house.actor(secret)
        provider.change { $0.failure = isDown ? ProviderFailure(.unavailable, "essai") : nil }
        let address = try await SignOut().run(as: actor, in: house.world)
        #expect((address == nil) == isDown)
        #expect(try await house.actor(secret) == .visitor)
      }
      let plain = try await SignOut().run(as: house.administrator, in: house.world)
      #expect(plain == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `an account that was closed, or erased, opens no more`(engine: Engine) async throws {
    try await withProvider(engine) { house, _ in
      _ = try await house.enter(.facilitator, in: house.body, administers: true, name: "Inès Colin")
      try await house.tie(as: house.administrator)
      let browser = Secret()
      func setState(_ state: AccountState) async throws {
        let id = try #require(house.administrator.person?.account)
        try await house.world.database.write { db in
          guard var account = try Accounts.find(id, in: db) else { return }
          account.state = state
          _ = try Accounts.update(account, in: db)
        }
      }
      try await setState(.deactivated)
      guard case .refused = try await house.comeBack(try await house.leave(browser), browser) else {
        Issue.record("a closed account opens")
        return
      }
      try await setState(.active)
      #expect(try await ExportOwnData().run(as: house.administrator, in: house.world).contains("zoe.martin"))
      try await ForgetOwnAccount(password: House.password).run(as: house.administrator, in: house.world)
      guard case .unknown = try await house.comeBack(try await house.leave(browser), browser) else {
        Issue.record("an erased account opens")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `whoever made an account for another's address loses the identity that they tied to it`(
    engine: Engine
  ) async throws {
    try await withProvider(engine) { house, _ in
      let victim = "maire@exemple.fr"
      let draft = OrganisationDraft(kind: "company", siret: "39911111100014", name: "Leurre", postcode: "77000")
      let person = PersonDraft(givenName: "Faux", surname: "Nom", email: victim, password: House.password)
      let registration = RegisterOrganisation(organisation: draft, person: person, device: "x")
      guard case .registered(_, let stolen?) = try await registration.run(as: .visitor, in: house.world) else {
        Issue.record("not registered")
        return
      }
      try await house.tie(as: try await house.actor(stolen))
      house.clock.move(seconds: 1)
      try await RequestSignInLink(email: victim).run(as: .visitor, in: house.world)
      let text = try #require(try await house.letters().last?.firstMatch(of: /lien[\\\/]+([A-Za-z0-9_-]{43})/))
      let link = FollowSignInLink(try #require(Secret(String(text.1))), device: "x")
      guard case .opened = try await link.run(as: .visitor, in: house.world) else {
        Issue.record("the owner could not enter")
        return
      }
      let browser = Secret()
      guard case .unknown = try await house.comeBack(try await house.leave(browser), browser) else {
        Issue.record("the identity of whoever made the account still opens it")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `an invitation is accepted with an identity in place of a password, by whoever brought it`(
    engine: Engine
  ) async throws {
    try await withProvider(engine) { house, _ in
      let facilitator = try await house.enter(.facilitator, in: house.body, administers: true)
      let invitation = InviteMember(
        house.body, email: "zoe@exemple.fr", role: "facilitator", isAdministrator: false)
      let link = try #require(try await invitation.run(as: facilitator, in: house.world))
      let browser = Secret()
      let query = try await house.leave(browser, next: "/invitation/\(link.text)")
      guard case .invited(let next) = try await house.comeBack(query, browser), next.hasSuffix(link.text) else {
        Issue.record("not sent back to the invitation")
        return
      }
      let browsers: [(Secret?, String?)] = [(browser, "zoe.martin@ville.example"), (Secret(), nil), (nil, nil)]
      for (one, shown) in browsers {
        let model = try await ReadInvitation(link, browser: one).run(as: .visitor, in: house.world)
        #expect(model != nil && model?.identity == shown)
      }
      func accept(_ browser: Secret) async throws -> AcceptInvitation.Outcome {
        try await AcceptInvitation(
          secret: link, givenName: "Zoé", surname: "Martin", password: Password(""), device: "x", browser: browser
        ).run(as: .visitor, in: house.world)
      }
      // Another browser has no identity, and no password either: the invitation still serves.
      await #expect(throws: FieldFault.self) { try await accept(Secret()) }
      guard case .joined(let session?) = try await accept(browser) else {
        Issue.record("not joined")
        return
      }
      let member = try await house.actor(session)
      #expect(member.acting?.organisation == house.body)
      #expect(try await house.tied(member).count == 1)
      let model = try await ShowOwnAccount().run(as: member, in: house.world)
      #expect(!model.hasPassword && model.identity.email.text == "zoe@exemple.fr")
      guard case .opened = try await house.comeBack(try await house.leave(browser), browser) else {
        Issue.record("the identity does not open the account that it made")
        return
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `an invented person keeps no one's identity`(engine: Engine) async throws {
    try await withProvider(engine) { house, _ in
      let id = try #require(house.administrator.person?.account)
      try await house.world.database.write { db in
        _ = try db.execute("UPDATE account SET invented = \(true) WHERE id = \(id)")
      }
      await #expect(throws: FieldFault.self) { try await house.tie(as: house.administrator) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `nothing of it stands in clear, and a rotation of keys leaves it whole`(engine: Engine) async throws {
    try await withProvider(engine) { house, provider in
      try await house.tie(as: house.administrator)
      let browser = Secret()
      let query = try await house.leave(browser, next: "/invitation/secret-du-chemin")
      guard case .opened = try await house.comeBack(query, browser) else { return }
      _ = try await house.leave(browser, next: "/invitation/secret-du-chemin")
      provider.change { $0.subject = "agent-2" }
      _ = try await house.comeBack(try await house.leave(browser), browser)
      let text = try await house.world.database.read { db -> String in
        var text = ""
        for table in ["provider_departure", "provider_arrival", "provider_identity", "session"] {
          var rows = 0
          try db.forEach(SQL(unsafeText: "SELECT * FROM \(table)")) { row in
            rows += 1
            for column in 0..<row.count { text += "\(try row.value(at: column)) " }
          }
          #expect(rows > 0, "\(table)")
        }
        return text
      }
      for word in ["zoe.martin", "agent-", "jeton-de", "secret-du-chemin", browser.text] {
        #expect(!text.contains(word), "\(word)")
      }
      var world = house.world
      world.access.keys = try #require(world.access.keys.adding(on: world.today()))
      let report = try await RotateSealedColumns().run(as: .machineOperator, in: world)
      #expect(report.identities == 1)
      #expect(try await RotateSealedColumns().run(as: .machineOperator, in: world).identities == 0)
      provider.change { $0.subject = "agent-1" }
      let rotated = House(world: world, clock: house.clock, body: house.body, administrator: house.administrator)
      #expect(try await rotated.tied(house.administrator).map(\.shown) == ["zoe.martin@ville.example"])
      guard case .opened = try await rotated.comeBack(try await rotated.leave(browser), browser) else {
        Issue.record("the identity is lost with the rotation")
        return
      }
    }
  }
}
