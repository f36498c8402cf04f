import Clauses
import Crypto
import Foundation
import Testing

@testable import Federation

@Suite struct SignInTests {
  @Test(arguments: ["RS256", "ES256"])
  func `a code becomes an identity`(algorithm: String) async throws {
    try await TestProvider.serving { provider in
      provider.change { if algorithm == "ES256" { $0.signer = Keys.ec } }
      let identity = try await withClient(settings(provider.now.issuer)) { try await $0.round(provider) }
      #expect(identity.issuer == provider.now.issuer && identity.subject == "f3b2-7")
      #expect(identity.email == "zoe.martin@ville.example" && identity.emailIsVerified == nil)
      #expect(identity.givenName == "Zoé" && identity.usualName == "MARTIN")
      #expect(identity.siret == (try SIRET("21770288100012")))
      #expect(identity.acr == "eidas1" && identity.amr == ["pwd", "otp"])
      #expect(!"\(identity)".contains("eyJ") && identity.idToken.revealed.hasPrefix("eyJ"))
    }
  }

  @Test func `the browser leaves with all that the provider asks for`() async throws {
    try await TestProvider.serving { provider in
      let claims = #"{"id_token":{"amr":{"essential":true}}}"#
      try await withClient(settings(provider.now.issuer, claims: claims)) { client in
        let request = try await client.begin(at: noon)
        #expect(request.address.hasPrefix(provider.now.issuer + "/authorize?"))
        var sent = try parameters(request.address)
        let challenge = Base64URL.text(Array(SHA256.hash(data: Data(request.kept.verifier.revealed.utf8))))
        #expect(sent.removeValue(forKey: "code_challenge") == challenge)
        let (state, nonce) = (sent.removeValue(forKey: "state"), sent.removeValue(forKey: "nonce"))
        #expect(state == request.kept.state.revealed && nonce == request.kept.nonce.revealed)
        #expect(
          sent == [
            "response_type": "code", "client_id": "marchepied", "scope": "openid given_name usual_name email siret",
            "redirect_uri": "http://127.0.0.1:8080/connexion/retour?de=fournisseur", "acr_values": "eidas1",
            "code_challenge_method": "S256", "claims": claims,
          ])
      }
      try await withClient(settings(provider.now.issuer, acrValues: [])) { client in
        let sent = try parameters(try await client.begin(at: noon).address)
        #expect(sent["acr_values"] == nil && sent["claims"] == nil)
      }
    }
  }

  @Test func `each sign-in has random texts of its own, of 256 bits`() async throws {
    try await TestProvider.serving { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        var texts: Set<String> = []
        for _ in 0..<20 {
          let kept = try await client.begin(at: noon).kept
          for text in [kept.state, kept.nonce, kept.verifier] {
            #expect(Base64URL.bytes(text.revealed)?.count == 32)
            texts.insert(text.revealed)
          }
        }
        #expect(texts.count == 60)
        #expect(provider.asked.count == ["/.well-known/openid-configuration": 1])
      }
    }
  }

  @Test func `the code is exchanged with the verifier, and the secret goes where the provider wants it`() async throws {
    try await TestProvider.serving { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        _ = try await client.round(provider)
        var form = provider.asked.form
        #expect(form.removeValue(forKey: "code_verifier")?.count == 43)
        #expect(
          form == [
            "grant_type": "authorization_code", "code": "code-1",
            "redirect_uri": "http://127.0.0.1:8080/connexion/retour?de=fournisseur",
          ])
        let pair = Data("marchepied:s3cret%20tr%C3%A8s%3Along".utf8).base64EncodedString()
        #expect(provider.asked.authorization["/token"] == "Basic " + pair)
        #expect(provider.asked.authorization["/userinfo"] == "Bearer " + TestProvider.access)
      }
      provider.change {
        $0.discovery["token_endpoint_auth_methods_supported"] = ["private_key_jwt", "client_secret_post"]
      }
      try await withClient(settings(provider.now.issuer)) { client in
        _ = try await client.round(provider)
        #expect(provider.asked.authorization["/token"] == nil)
        let form = provider.asked.form
        #expect(form["client_id"] == "marchepied" && form["client_secret"] == "s3cret très:long")
      }
    }
  }

  @Test func `signed information about the person is taken when its signature holds`() async throws {
    try await TestProvider.serving { provider in
      provider.change { script in
        script.personSigner = Keys.ec
        script.person.merge(["iss": script.issuer, "aud": "marchepied", "exp": noon.timeIntervalSince1970 + 60]) { $1 }
      }
      let identity = try await withClient(settings(provider.now.issuer)) { try await $0.round(provider) }
      #expect(identity.usualName == "MARTIN")
    }
  }

  @Test func `a provider without information about people gives what its signed identity says`() async throws {
    try await TestProvider.serving { provider in
      provider.change {
        $0.discovery["userinfo_endpoint"] = nil
        $0.claims = ["email": "a@b.example", "email_verified": "true", "family_name": "Œuvrard", "siret": 7]
      }
      let identity = try await withClient(settings(provider.now.issuer)) { try await $0.round(provider) }
      #expect(identity.email == "a@b.example" && identity.emailIsVerified == true)
      #expect(identity.usualName == "Œuvrard" && identity.givenName == nil && identity.siret == nil)
      #expect(provider.asked.count["/userinfo"] == nil)
    }
  }

  @Test func `what is said of a person is made fit for one line, or left out`() async throws {
    try await TestProvider.serving { provider in
      provider.change { script in
        script.person["given_name"] = "Zo\u{202E}é\n\u{7}  Anne"
        script.person["usual_name"] = String(repeating: "é", count: 300)
        script.person["email"] = "zoe martin@ville.example"
        script.person["email_verified"] = true
        script.person["siret"] = "1234"
      }
      let identity = try await withClient(settings(provider.now.issuer)) { try await $0.round(provider) }
      #expect(identity.givenName == "Zo é Anne")
      #expect(identity.usualName == String(repeating: "é", count: 199) + "…")
      #expect(identity.email == nil && identity.emailIsVerified == nil && identity.siret == nil)
    }
  }

  @Test func `signing out goes through the provider’s page, with what it gave`() async throws {
    try await TestProvider.serving { provider in
      try await withClient(settings(provider.now.issuer)) { client in
        let token = OpenIDSecret("a.b.c")
        let back = "https://clauses.example/au-revoir"
        let address = try await client.logoutAddress(idToken: token, state: "é", returnTo: back, at: noon)
        #expect(try #require(address).hasPrefix(provider.now.issuer + "/end?realm=agents&"))
        #expect(
          try parameters(try #require(address)) == [
            "realm": "agents", "id_token_hint": "a.b.c", "state": "é", "post_logout_redirect_uri": back,
          ])
        await #expect(throws: OpenIDError.setting(.returnTo)) {
          try await client.logoutAddress(idToken: token, state: "", returnTo: "http://ailleurs.example", at: noon)
        }
      }
      provider.change { $0.discovery["end_session_endpoint"] = nil }
      try await withClient(settings(provider.now.issuer)) { client in
        let address = try await client.logoutAddress(
          idToken: OpenIDSecret("a"), state: "", returnTo: "https://clauses.example/", at: noon)
        #expect(address == nil)
      }
    }
  }
}
