import AsyncHTTPClient
import Clauses
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import Federation

@Suite(.serialized, .enabled(if: ProviderMock.isThere, "oidc-provider-mock absent: setup/install --test"))
struct MockProviderTests {
  private func settings(_ issuer: String) throws -> OpenIDSettings {
    // The mock knows neither the scopes nor the levels of ProConnect; what they ask for it gives to everyone.
    try OpenIDSettings(
      issuer: issuer, clientID: "marchepied", clientSecret: OpenIDSecret("s3cret très:long"),
      redirectAddress: "http://127.0.0.1:8080/connexion/retour", scopes: ["openid", "profile", "email"],
      timeout: .seconds(60))
  }

  /// What a browser comes back with.
  private func browse(_ address: String, _ form: String = "sub=agent-1") async throws -> String {
    let location = try await ProviderMock.browse(address, form: form)
    #expect(location.hasPrefix("http://127.0.0.1:8080/connexion/retour?"))
    return String(try #require(location.split(separator: "?").last))
  }

  @Test func `someone signs in, then out, and the code does not serve twice`() async throws {
    try await ProviderMock.serving { issuer in
      try await withClient(settings(issuer)) { client in
        let request = try await client.begin(at: Date())
        let query = try await browse(request.address)
        let identity = try await client.finish(OpenIDReturn(query: query), kept: request.kept, at: Date())
        #expect(identity.issuer == issuer && identity.subject == "agent-1")
        #expect(identity.email == "zoe.martin@ville.example" && identity.emailIsVerified == true)
        #expect(identity.givenName == "Zoé" && identity.usualName == "MARTIN")
        #expect(identity.siret?.digits == "21770288100012")

        let error = await #expect(throws: OpenIDError.self) {
          try await client.finish(OpenIDReturn(query: query), kept: request.kept, at: Date())
        }
        guard case .refused("invalid_grant", _) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        let address = try await client.logoutAddress(
          idToken: identity.idToken, state: "retour-1", returnTo: "http://127.0.0.1:8080/", at: Date())
        let page = try await HTTPClient.withHTTPClient { browser in
          let answer = try await browser.execute(HTTPClientRequest(url: try #require(address)), timeout: .seconds(60))
          return String(buffer: try await answer.body.collect(upTo: 1 << 20))
        }
        #expect(page.contains("state=retour-1") && page.contains(identity.idToken.revealed))
      }
    }
  }

  @Test func `a return with another state, or for another sign-in, is refused`() async throws {
    try await ProviderMock.serving { issuer in
      try await withClient(settings(issuer)) { client in
        let first = try await client.begin(at: Date())
        let second = try await client.begin(at: Date())
        let query = try await browse(first.address)
        await #expect(throws: OpenIDError.otherState) {
          try await client.finish(OpenIDReturn(query: query), kept: second.kept, at: Date())
        }
        // Somebody slips the code of one sign-in into another: the nonce tells.
        let code = try #require(Form.parameters(query)?["code"])
        await #expect(throws: OpenIDError.token(.idToken, .nonce)) {
          try await client.finish(code: code, state: second.kept.state.revealed, kept: second.kept, at: Date())
        }
      }
    }
  }

  @Test func `a person who declines is told so`() async throws {
    try await ProviderMock.serving { issuer in
      try await withClient(settings(issuer)) { client in
        let request = try await client.begin(at: Date())
        let query = try await browse(request.address, "action=deny")
        let back = try OpenIDReturn(query: query)
        #expect(back.error == "access_denied")
        // This provider forgets the state when it refuses: such a return is not to be believed.
        await #expect(throws: OpenIDError.otherState) {
          try await client.finish(back, kept: request.kept, at: Date())
        }
        let whole = try OpenIDReturn(query: query + "&state=" + request.kept.state.revealed)
        let error = await #expect(throws: OpenIDError.self) {
          try await client.finish(whole, kept: request.kept, at: Date())
        }
        guard case .refused("access_denied", _) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
      }
    }
  }
}
