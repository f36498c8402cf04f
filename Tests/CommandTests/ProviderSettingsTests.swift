import Casework
import Federation
import Testing

@testable import marchepied

@Suite struct ProviderSettingsTests {
  private static let whole = [
    "oidc.issuer": "https://auth.exemple.fr/api/v2", "oidc.client": "marchepied", "oidc.secret": "s3cret",
    "site.address": "https://clauses.exemple.fr/",
  ]

  private func provider(_ values: [String: String]) async throws -> ProviderSettings? {
    let environment = Dictionary(
      uniqueKeysWithValues: values.map { ("MARCHEPIED_" + $0.uppercased().replacing(".", with: "_"), $1) })
    return try await Settings(flags: [:], environment: environment, file: nil).provider
  }

  @Test func `without an issuer there is no provider`() async throws {
    #expect(try await provider([:]) == nil)
    #expect(try await provider(["site.address": "https://clauses.exemple.fr"]) == nil)
  }

  @Test func `a whole configuration says where browsers come back, what is asked and what counts as strong`()
    async throws
  {
    let usual = try #require(try await provider(Self.whole))
    #expect(usual.openID.redirectAddress == "https://clauses.exemple.fr/connexion/fournisseur/retour")
    #expect(usual.name == "auth.exemple.fr" && usual.strong.isEmpty && usual.openID.claims == nil)
    #expect(usual.openID.scopes == OpenIDSettings.proConnectScopes && usual.openID.acrValues == ["eidas1"])
    #expect(!"\(usual)".contains("s3cret") && !String(reflecting: usual).contains("s3cret"))
    let more = [
      "oidc.name": "ProConnect", "oidc.scopes": "openid  email", "oidc.levels": "eidas2, eidas1",
      "oidc.strong": "eidas2 mfa",
    ]
    let own = try #require(try await provider(Self.whole.merging(more) { $1 }))
    #expect(own.name == "ProConnect" && own.openID.scopes == ["openid", "email"])
    #expect(own.openID.acrValues == ["eidas2", "eidas1"] && own.strong == ["eidas2", "mfa"])
    #expect(own.openID.claims?.contains("amr") == true)
  }

  @Test(arguments: [
    (["oidc.issuer": ""], "oidc.client est donné sans oidc.issuer"), (["oidc.client": ""], "oidc.client"),
    (["oidc.secret": ""], "oidc.secret"), (["oidc.issuer": "http://auth.exemple.fr"], "https"),
    (["oidc.issuer": "auth.exemple.fr"], "https"), (["site.address": "http://clauses.exemple.fr"], "site.address"),
    (["oidc.scopes": "email"], "openid"), (["oidc.name": "deux\nlignes"], "oidc.name"),
    (["oidc.issuer": "", "oidc.client": "", "oidc.secret": "", "oidc.strong": "mfa"], "oidc.strong"),
  ])
  func `what does not hold together stops the start, with what to mend`(changes: [String: String], told: String)
    async throws
  {
    do {
      _ = try await provider(Self.whole.merging(changes) { $1 })
      Issue.record("taken")
    } catch let wrong as Settings.Wrong {
      #expect(wrong.problem.contains(told), "\(wrong.problem)")
      #expect(!wrong.description.contains("s3cret"))
    }
  }

  @Test func `what an error of the exchange means for people`() {
    let kinds: [(OpenIDError, ProviderFailure.Kind)] = [
      (.refused(code: "access_denied", words: nil), .declined), (.otherState, .late), (.tooLate, .late),
      (.refused(code: "invalid_grant", words: "x"), .late), (.slow(host: "a"), .unavailable),
      (.unreachable(host: "a", reason: "b"), .unavailable), (.status(.tokens, 500), .unavailable),
      (.refused(code: "invalid_client", words: nil), .untrusted), (.token(.idToken, .signature), .untrusted),
      (.otherPerson, .untrusted), (.otherReturn, .untrusted),
    ]
    for (error, kind) in kinds { #expect(ProviderFailure(error).kind == kind, "\(error)") }
  }
}
