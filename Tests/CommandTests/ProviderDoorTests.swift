import Casework
import Clauses
import Federation
import TestSupport
import Testing
import Vault

@testable import marchepied

/// The whole road with a provider written by others: tying an identity, entering by it, leaving.
@Suite(.serialized, .enabled(if: ProviderMock.isThere, "oidc-provider-mock absent: setup/install --test"))
struct ProviderDoorTests {
  private static let password = Password("Trois chevaux, deux ânes et 1 mulet")

  /// A world whose clock is the machine's, as the provider's is, with its administrator.
  private func withDoor(_ engine: Engine, _ body: (World, Casework.Actor) async throws -> Void) async throws {
    try await ProviderMock.serving { issuer in
      let settings = try await Settings(
        flags: [:],
        environment: [
          "MARCHEPIED_OIDC_ISSUER": issuer, "MARCHEPIED_OIDC_CLIENT": "marchepied",
          "MARCHEPIED_OIDC_SECRET": "s3cret très:long", "MARCHEPIED_OIDC_NAME": "ProConnect d’essai",
          "MARCHEPIED_OIDC_SCOPES": "openid profile email",
        ], file: nil)
      let door = ProviderDoor(try #require(settings.provider), site: settings.mail.site.text)
      do {
        try await withWorld(engine) { world, _ in
          var world = world
          world.now = Clock.now
          world.access.provider = door
          try await body(world, try await administrator(world))
        }
      } catch {
        await door.close()
        throw error
      }
      await door.close()
    }
  }

  private func administrator(_ world: World) async throws -> Casework.Actor {
    let secret = try #require(try await PrepareSetUp().run(as: .machineOperator, in: world))
    let opened = try await SetUpInstallation(
      secret: secret,
      organisation: OrganisationDraft(siret: "21770288100012", name: "Maison de l’emploi", postcode: "77000"),
      person: PersonDraft(
        givenName: "Claire", surname: "Moreau", email: "claire.moreau@exemple.fr", password: Self.password),
      device: "essai"
    ).run(as: .visitor, in: world)
    return try await actor(try #require(opened), world)
  }

  private func actor(_ secret: Secret, _ world: World) async throws -> Casework.Actor {
    Casework.Actor(try #require(try await RecogniseSession(secret).run(in: world)).identity)
  }

  /// Goes to the provider and comes back.
  private func round(
    _ purpose: LeaveForProvider.Purpose, as actor: Casework.Actor, _ browser: Secret, in world: World,
    form: String = "sub=agent-1"
  ) async throws -> ReturnFromProvider.Outcome {
    let leave = LeaveForProvider(purpose, next: "/organisations", browser: browser)
    let back = try await ProviderMock.browse(try #require(try await leave.run(as: actor, in: world)), form: form)
    #expect(back.hasPrefix("http://127.0.0.1:8080/connexion/fournisseur/retour?"))
    let query = String(try #require(back.split(separator: "?").last))
    return try await ReturnFromProvider(query: query, browser: browser, device: "essai").run(as: actor, in: world)
  }

  @Test(arguments: Engine.allCases)
  func `someone ties their identity, enters by it, and is led to the provider's sign-out`(engine: Engine) async throws {
    try await withDoor(engine) { world, administrator in
      let browser = Secret()
      guard case .unknown("zoe.martin@ville.example", _) = try await round(.signIn, as: .visitor, browser, in: world)
      else {
        Issue.record("an identity that nobody tied opens")
        return
      }
      guard case .toConfirm = try await round(.tie, as: administrator, browser, in: world) else {
        Issue.record("nothing to confirm")
        return
      }
      #expect(try await TieIdentity(browser: browser, password: Self.password).run(as: administrator, in: world))
      guard case .opened(let secret, "/organisations") = try await round(.signIn, as: .visitor, browser, in: world)
      else {
        Issue.record("not opened")
        return
      }
      let person = try await actor(secret, world)
      #expect(person.person?.account == administrator.person?.account && person.person?.isStrong == false)
      let address = try #require(try await SignOut().run(as: person, in: world))
      #expect(address.contains("id_token_hint=eyJ"))
      #expect(
        address.contains("post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fconnexion%2Ffournisseur%2Ffin"))
    }
  }

  @Test func `someone who declines is not signed in`() async throws {
    try await withDoor(.sqlite) { world, _ in
      await #expect(throws: ProviderFailure.self) {
        try await round(.signIn, as: .visitor, Secret(), in: world, form: "action=deny")
      }
    }
  }

  @Test func `a provider that is not there is unavailable, and the door still closes`() async throws {
    let settings = try await Settings(
      flags: [:],
      environment: [
        "MARCHEPIED_OIDC_ISSUER": "http://127.0.0.1:9", "MARCHEPIED_OIDC_CLIENT": "a", "MARCHEPIED_OIDC_SECRET": "b",
      ], file: nil)
    let door = ProviderDoor(try #require(settings.provider), site: settings.mail.site.text)
    let failure = await #expect(throws: ProviderFailure.self) { try await door.begin(at: Moment(milliseconds: 0)) }
    #expect(failure?.kind == .unavailable)
    await door.close()
  }
}
