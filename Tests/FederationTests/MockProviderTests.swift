import AsyncHTTPClient
import Clauses
import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Federation

/// oidc-provider-mock, a provider written by others: `MARCHEPIED_OIDC_MOCK`, else that of the private Python of the
/// set-up.
private enum Mock {
  static let root = String(#filePath.dropLast("Tests/FederationTests/MockProviderTests.swift".count))
  static let program =
    ProcessInfo.processInfo.environment["MARCHEPIED_OIDC_MOCK"] ?? root + ".venv/bin/oidc-provider-mock"
  static let isThere = FileManager.default.isExecutableFile(atPath: program)

  private static let person = """
    {"sub": "agent-1", "email": "zoe.martin@ville.example", "email_verified": true, "given_name": "Zoé", \
    "usual_name": "MARTIN", "siret": "21770288100012"}
    """

  /// Runs it on a free port of this machine, which it writes among its first lines.
  ///
  /// Nothing here blocks a thread: those of the tests are few.
  @discardableResult
  static func serving<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "federation-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let journal = folder.appending(path: "journal")
    try Data().write(to: journal)
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["--port", "0", "--require-nonce", "true", "--user-claims", person]
    process.environment = ProcessInfo.processInfo.environment.merging(["NO_COLOR": "1", "PYTHONUNBUFFERED": "1"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: journal)
    try process.run()
    defer { kill(process.processIdentifier, SIGKILL) }
    while true {
      let said = try String(contentsOf: journal, encoding: .utf8)
      if let found = said.firstMatch(of: /running on (http:\/\/127\.0\.0\.1:[0-9]+)/) {
        return try await body(String(found.1))
      }
      try #require(process.isRunning, "the provider stopped: \(said)")
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

@Suite(.serialized, .enabled(if: Mock.isThere, "oidc-provider-mock absent: setup/install --test"))
struct MockProviderTests {
  private func settings(_ issuer: String) throws -> OpenIDSettings {
    // The mock knows neither the scopes nor the levels of ProConnect; what they ask for it gives to everyone.
    try OpenIDSettings(
      issuer: issuer, clientID: "marchepied", clientSecret: OpenIDSecret("s3cret très:long"),
      redirectAddress: "http://127.0.0.1:8080/connexion/retour", scopes: ["openid", "profile", "email"],
      timeout: .seconds(60))
  }

  /// Opens the page, posts its form as a browser would, and gives what it comes back with.
  private func browse(_ address: String, _ form: [(String, String)] = [("sub", "agent-1")]) async throws -> String {
    try await HTTPClient.withHTTPClient(configuration: .init(redirectConfiguration: .disallow)) { browser in
      let page = try await browser.execute(HTTPClientRequest(url: address), timeout: .seconds(60))
      let html = String(buffer: try await page.body.collect(upTo: 1 << 20))
      #expect(page.status == .ok && html.contains("marchepied") && html.contains("agent-1"))
      var request = HTTPClientRequest(url: address)
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(ByteBuffer(string: Form.text(form)))
      let answer = try await browser.execute(request, timeout: .seconds(60))
      _ = try await answer.body.collect(upTo: 1 << 20)
      let location = try #require(answer.headers.first(name: "Location"))
      #expect(location.hasPrefix("http://127.0.0.1:8080/connexion/retour?"))
      return String(try #require(location.split(separator: "?").last))
    }
  }

  @Test func `someone signs in, then out, and the code does not serve twice`() async throws {
    try await Mock.serving { issuer in
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
    try await Mock.serving { issuer in
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
    try await Mock.serving { issuer in
      try await withClient(settings(issuer)) { client in
        let request = try await client.begin(at: Date())
        let query = try await browse(request.address, [("action", "deny")])
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
