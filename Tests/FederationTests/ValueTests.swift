import Clauses
import Foundation
import Testing

@testable import Federation

@Suite struct ValueTests {
  private func refusal(
    issuer: String = "https://fournisseur.example/api/v2", clientID: String = "a", secret: String = "b",
    back: String = "https://clauses.example/retour", scopes: [String] = ["openid"], acr: [String] = [],
    timeout: Duration = .seconds(1), bytes: Int = 1, patience: Duration = .seconds(1)
  ) -> OpenIDError? {
    do throws(OpenIDError) {
      _ = try OpenIDSettings(
        issuer: issuer, clientID: clientID, clientSecret: OpenIDSecret(secret), redirectAddress: back, scopes: scopes,
        acrValues: acr, timeout: timeout, mostBytes: bytes, patience: patience)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "https://fournisseur.example", "https://fournisseur.example:8443/api/v2/", "http://127.0.0.1:9400",
    "http://localhost:9400", "http://[::1]:9400", "HTTPS://fournisseur.example", "https://10.0.0.1",
  ]) func `an issuer over https, or on this machine, is taken`(issuer: String) {
    #expect(refusal(issuer: issuer) == nil)
    #expect(refusal(back: issuer) == nil)
  }

  @Test(arguments: [
    "http://fournisseur.example", "http://127.0.0.2", "http://0.0.0.0", "http://localhost.example",
    "http://127.0.0.1.example", "http://127.0.0.1@example", "http://a:b@127.0.0.1", "https://u@fournisseur.example", "",
    "fournisseur.example", "https://", "https://fournisseur.example#x", "https://fournisseur .example",
    "https://fournisseur.example\n", "file:///etc/passwd", "http://[::2]", "https://fournisseur.example\\@autre",
  ]) func `an issuer over an open line, or badly written, is refused`(issuer: String) {
    #expect(refusal(issuer: issuer) == .setting(.issuer))
    #expect(refusal(back: issuer) == .setting(.redirectAddress))
  }

  @Test func `other settings are checked too`() {
    #expect(refusal() == nil)
    #expect(refusal(issuer: "https://fournisseur.example/?a=b") == .setting(.issuer))
    #expect(refusal(clientID: "") == .setting(.clientID) && refusal(secret: "") == .setting(.clientSecret))
    #expect(refusal(scopes: []) == .setting(.scopes) && refusal(scopes: ["email"]) == .setting(.scopes))
    #expect(refusal(scopes: ["openid", "a b"]) == .setting(.scopes) && refusal(acr: [""]) == .setting(.scopes))
    #expect(refusal(timeout: .zero) == .setting(.limits) && refusal(bytes: 0) == .setting(.limits))
    #expect(refusal(patience: .seconds(-1)) == .setting(.limits))
  }

  @Test func `the description of an issuer is found without its last bar`() throws {
    for issuer in ["https://a.example/api", "https://a.example/api/"] {
      #expect(
        try Discovery.address(of: settings(issuer)).text == "https://a.example/api/.well-known/openid-configuration")
    }
  }

  @Test func `what is secret shows nowhere`() throws {
    let kept = OpenIDKept(at: noon)
    let settings = try settings("https://a.example")
    var dumped = ""
    dump(kept, to: &dumped)
    dump(settings, to: &dumped)
    dump(OpenIDReturn(code: "code-1", state: kept.state.revealed), to: &dumped)
    for shown in [
      dumped, "\(kept)", String(reflecting: kept), "\(settings)", String(reflecting: settings.clientSecret),
    ] {
      #expect(shown.contains("secret") || shown.contains("OpenIDKept"))
      for secret in ["s3cret", "code-1", kept.state.revealed, kept.nonce.revealed, kept.verifier.revealed] {
        #expect(!shown.contains(secret))
      }
    }
    #expect(OpenIDSecret("a") == OpenIDSecret("a") && OpenIDSecret("a") != OpenIDSecret("b"))
  }

  @Test func `what is kept is read back from its line, and nothing else is`() throws {
    let kept = OpenIDKept(at: noon.addingTimeInterval(0.75))
    #expect(OpenIDKept(kept.text) == kept && kept.begun == noon)
    let parts = kept.text.split(separator: ".")
    for bad in ["", "...", parts.dropLast().joined(separator: "."), kept.text + ".", kept.text + "x", "x" + kept.text] {
      #expect(OpenIDKept(bad) == nil)
    }
  }

  @Test func `the verifier is sent as the standard’s own example asks`() {
    // RFC 7636, appendix B.
    let verifier = OpenIDSecret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    #expect(verifier.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
  }

  @Test func `base 64 of addresses goes and comes back, one text for one value`() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 97 + count * 31) }
      #expect(Base64URL.bytes(Base64URL.text(bytes)) == bytes)
    }
    for bad in ["a", "AB", "AA=", "AA==", "A+A", "A/A", "A A", "é", "AA\n", "AAAAA"] {
      #expect(Base64URL.bytes(bad) == nil)
    }
  }

  @Test func `forms carry any text`() {
    let parameters = [("a b", "é&=+%/?#"), ("vide", "")]
    #expect(Form.text(parameters) == "a%20b=%C3%A9%26%3D%2B%25%2F%3F%23&vide=")
    #expect(Form.parameters(Form.text(parameters)) == ["a b": "é&=+%/?#", "vide": ""])
    #expect(Form.parameters("a=1+2&&b") == ["a": "1 2", "b": ""])
    #expect(Form.parameters("a=1&a=2") == nil && Form.parameters("a=%zz") == nil)
  }

  @Test func `each error says what is wrong and what to do, in French`() {
    var errors: [OpenIDError] = [
      .unreachable(host: "h", reason: "r"), .slow(host: "h"), .interrupted, .tooLarge(host: "h", most: 7),
      .redirected(host: "h"), .refused(code: "invalid_scope", words: "non"), .otherIssuer("https://a.example"),
      .openAddress(.token), .noCommonAuthentication, .otherState, .otherReturn, .tooLate, .otherPerson,
    ]
    let settings: [OpenIDError.Setting] = [
      .issuer, .redirectAddress, .clientID, .clientSecret, .scopes, .limits, .returnTo,
    ]
    errors += settings.map { .setting($0) }
    let documents: [OpenIDError.Document] = [.discovery, .keys, .returned, .tokens, .idToken, .userInfo]
    errors += documents.flatMap { [.status($0, 500), .notUnderstood($0)] }
    let faults: [OpenIDError.Fault] = [
      .form, .algorithm("none"), .unknownKey, .signature, .issuer, .audience, .expired, .notYet, .nonce, .accessToken,
    ]
    errors += faults.flatMap { [.token(.idToken, $0), .token(.userInfo, $0)] }
    errors += ["access_denied", "invalid_grant", "invalid_client", "server_error"].map {
      .refused(code: $0, words: nil)
    }
    #expect(Set(errors.map(\.description)).count == errors.count - 1, "only the two return addresses share their words")
    for text in errors.map({ $0.description.replacing("::1", with: "ici") }) {
      #expect(
        text.hasSuffix(".") && text.first?.isUppercase == true && text.contains(". ") || text.contains(French.thin),
        "\(text)")
      #expect(!text.contains("'") && !text.contains(" :") && !text.contains(" ;") && !text.contains("  "), "\(text)")
      #expect(!text.contains("« ") && !text.contains(" »"), "\(text)")
    }
  }
}
