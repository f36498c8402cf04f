import Foundation
import Testing

@testable import Federation

@Suite struct NetworkAttackTests {
  private static let paths = ["/.well-known/openid-configuration", "/jwks", "/token", "/userinfo"]

  @Test(arguments: paths) func `a redirect is not followed, wherever it comes from`(path: String) async throws {
    try await TestProvider.serving { provider in
      try await TestProvider.serving { elsewhere in
        provider.change { $0.answers[path] = .redirect(elsewhere.now.issuer + path) }
        try await withClient(settings(provider.now.issuer)) { client in
          await #expect(throws: OpenIDError.redirected(host: "127.0.0.1")) { try await client.round(provider) }
        }
        #expect(elsewhere.asked.count.isEmpty)
      }
    }
  }

  @Test(arguments: paths, [true, false])
  func `too large an answer is not read`(path: String, told: Bool) async throws {
    let error = try await failure { $0.answers[path] = .bytes(65537, told: told) }
    #expect(error == .tooLarge(host: "127.0.0.1", most: 65536))
  }

  @Test(arguments: paths) func `a provider that says nothing is not waited for`(path: String) async throws {
    let error = try await failure(timeout: .milliseconds(500)) { $0.answers[path] = .silence }
    #expect(error == .slow(host: "127.0.0.1"))
  }

  @Test(arguments: paths) func `a provider that speaks drop by drop is not waited for either`(path: String) async throws
  {
    let error = try await failure(timeout: .milliseconds(500)) { $0.answers[path] = .drops }
    #expect(error == .slow(host: "127.0.0.1"))
  }

  @Test func `a provider that is not there is said to be so`() async throws {
    // Nobody listens on the port of a provider that has just ended.
    let issuer = try await TestProvider.serving { $0.now.issuer }
    try await withClient(settings(issuer)) { client in
      let error = await #expect(throws: OpenIDError.self) { try await client.begin(at: noon) }
      guard case .unreachable("127.0.0.1", let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(!reason.isEmpty && reason.count <= 160)
    }
  }

  @Test func `who stops waiting is told so`() async throws {
    try await TestProvider.serving { provider in
      provider.change { $0.answers["/token"] = .silence }
      try await withClient(settings(provider.now.issuer)) { client in
        try await client.check(at: noon)
        let task = Task { try await client.round(provider) }
        while provider.asked.count["/token"] == nil { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: OpenIDError.interrupted) { try await task.value }
      }
    }
  }

  @Test func `addresses without encryption in the description are refused`() async throws {
    let names = ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint"]
    let addresses = [
      "http://autre.example/x", "http://127.0.0.1.autre.example/x", "http://127.0.0.1@autre.example/",
      "//autre.example",
      "ftp://127.0.0.1/", "javascript:alert(1)", "", "https://", "https:///x", "https://a.example/#x", "/token",
      "https://a.example/\u{7F}", "http://localhost.autre.example", "http:\\\\127.0.0.1\\x", "https://a b.example/",
    ]
    for (name, address) in zip(names + names + names, addresses) {
      let error = try await failure { $0.discovery[name] = address }
      #expect(error == .openAddress(try #require(OpenIDError.Endpoint(rawValue: name))), "\(address)")
    }
  }

  @Test func `a provider elsewhere cannot name an address of this machine`() throws {
    let far = try settings("https://fournisseur.example/api/v2")
    let near = try #require(WebAddress("http://127.0.0.1/token"))
    #expect(!far.accepts(near))
    #expect(far.accepts(try #require(WebAddress("https://autre.example/token"))))
    #expect(try settings("http://localhost:1").accepts(near))
  }

  @Test func `a description of another provider, or of none, is refused`() async throws {
    let other = try await failure { $0.discovery["issuer"] = "https://autre.example" }
    #expect(other == .otherIssuer("https://autre.example"))
    let slash = try await failure { $0.discovery["issuer"] = $0.issuer + "/" }
    #expect(slash?.description.contains("barre oblique") == true)
    for text in ["", "null", "[]", "{}", "<p>", "\u{FEFF}", String(repeating: "[", count: 60000)] {
      let error = try await failure {
        $0.answers["/.well-known/openid-configuration"] = .text(200, type: "application/json", text)
      }
      #expect(error == .notUnderstood(.discovery))
    }
    let methods = try await failure { $0.discovery["token_endpoint_auth_methods_supported"] = ["private_key_jwt"] }
    #expect(methods == .noCommonAuthentication)
  }

  @Test func `keys, tokens and information that are not understood are refused`() async throws {
    let cases: [(String, String, OpenIDError)] = [
      ("/jwks", "{}", .notUnderstood(.keys)), ("/jwks", #"{"keys":[]}"#, .token(.idToken, .unknownKey)),
      ("/token", "{}", .notUnderstood(.tokens)),
      ("/token", #"{"access_token":"a","id_token":"b","token_type":"mac"}"#, .notUnderstood(.tokens)),
      ("/token", #"{"access_token":"a\r\nX: y","id_token":"b","token_type":"Bearer"}"#, .notUnderstood(.tokens)),
      ("/userinfo", "[]", .notUnderstood(.userInfo)),
    ]
    for (path, text, expected) in cases {
      let error = try await failure { $0.answers[path] = .text(200, type: "application/json", text) }
      #expect(error == expected)
    }
    let page = try await failure {
      $0.answers["/userinfo"] = .text(200, type: "text/html", #"{"sub":"f3b2-7"}"#)
    }
    #expect(page == .notUnderstood(.userInfo))
    let broken = try await failure { $0.answers["/token"] = .text(502, type: "text/html", "eyJ code-1") }
    #expect(broken == .status(.tokens, 502))
    let denied = try await failure { $0.answers["/userinfo"] = .text(401, type: "text/html", "") }
    #expect(denied == .status(.userInfo, 401))
  }

  @Test func `the provider’s refusal is told in its words, without what is ours`() async throws {
    let words = "le code code-1\n\u{1B}[31m de s3cret très:long " + String(repeating: "x", count: 400)
    let said = String(decoding: try json(["error": "invalid_grant", "error_description": words]), as: UTF8.self)
    let error = try await failure { $0.answers["/token"] = .text(400, type: "application/json", said) }
    guard case .refused("invalid_grant", let shown?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(shown.hasPrefix("le code … [31m de … xxx") && shown.hasSuffix("x…") && shown.count == 200)
  }
}
