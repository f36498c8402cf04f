import Foundation
import Testing

@testable import Federation

/// What comes back with the browser is whatever somebody has written there.
@Suite struct ReturnTests {
  /// Begins a sign-in, changes what comes back, and gives the error; the provider must not have been asked anything.
  private func refused(
    at moment: Date = noon, script: @escaping @Sendable (inout TestProvider.Script) -> Void = { _ in },
    _ query: @escaping @Sendable (_ state: String, _ issuer: String) -> String
  ) async throws -> OpenIDError? {
    try await TestProvider.serving { provider in
      provider.change(script)
      return try await withClient(settings(provider.now.issuer)) { client in
        let kept = try await client.begin(at: noon).kept
        let error = await #expect(throws: OpenIDError.self) {
          let text = query(kept.state.revealed, Form.encoded(provider.now.issuer))
          return try await client.finish(OpenIDReturn(query: text), kept: kept, at: moment)
        }
        #expect(provider.asked.count["/token"] == nil)
        if let error { isSafe(error) }
        return error
      }
    }
  }

  @Test func `another state, or none, is refused before the provider is asked`() async throws {
    for state in ["", "state=", "state=autre", "state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
      #expect(try await refused { _, _ in "code=code-1&\(state)" } == .otherState)
      #expect(try await refused { _, _ in "error=access_denied&\(state)" } == .otherState)
    }
    #expect(try await refused { state, _ in "code=code-1&state=\(state.dropLast())" } == .otherState)
  }

  @Test func `a parameter that comes twice, a bad encoding or too long a query is refused`() async throws {
    let long = String(repeating: "x", count: 8192)
    for end in ["&code=code-2", "&state=x", "&x=%E9", "&x=%", "&x=" + long] {
      #expect(try await refused { state, _ in "code=code-1&state=\(state)\(end)" } == .notUnderstood(.returned))
    }
    #expect(try await refused { state, _ in "state=\(state)" } == .notUnderstood(.returned))
    #expect(try await refused { state, _ in "code=&state=\(state)" } == .notUnderstood(.returned))
  }

  @Test func `a return after the time allowed is refused`() async throws {
    let limit = 15.0 * 60
    #expect(try await refused(at: noon + limit + 1) { state, _ in "code=code-1&state=\(state)" } == .tooLate)
    #expect(try await refused(at: noon - limit - 1) { state, _ in "code=code-1&state=\(state)" } == .tooLate)
  }

  @Test func `a return that names another provider is refused`() async throws {
    let other = "iss=https%3A%2F%2Fautre.example"
    #expect(try await refused { state, _ in "code=code-1&state=\(state)&\(other)" } == .otherReturn)
    #expect(try await refused { state, _ in "error=access_denied&state=\(state)&\(other)" } == .otherReturn)
    let error = try await refused(script: { $0.discovery["authorization_response_iss_parameter_supported"] = true }) {
      state, _ in "code=code-1&state=\(state)"
    }
    #expect(error == .otherReturn)
  }

  @Test func `a return that names its provider is taken`() async throws {
    try await TestProvider.serving { provider in
      provider.change { $0.discovery["authorization_response_iss_parameter_supported"] = true }
      try await withClient(settings(provider.now.issuer)) { client in
        let request = try await client.begin(at: noon)
        provider.change {
          $0.nonce = request.kept.nonce.revealed
          $0.claims = ["exp": noon.timeIntervalSince1970 + 960, "iat": noon.timeIntervalSince1970 + 900]
        }
        let issuer = Form.encoded(provider.now.issuer)
        let query = "code=code-1&state=\(request.kept.state.revealed)&iss=\(issuer)&session_state=x%20y+z"
        let identity = try await client.finish(OpenIDReturn(query: query), kept: request.kept, at: noon + 900)
        #expect(identity.subject == "f3b2-7")
      }
    }
  }

  @Test func `the provider’s refusal is reported without control characters nor what is ours`() async throws {
    let error = try await refused { state, _ in
      "error=access_denied%3Cb%3E&error_description=Refus%C3%A9%0A%1B%5B31m+par+%E2%80%AEvous,+\(state)&state=\(state)"
    }
    #expect(error == .refused(code: "access_deniedb", words: "Refusé [31m par vous, …"))
    let plain = try await refused { state, _ in "error=access_denied&state=\(state)" }
    #expect(plain == .refused(code: "access_denied", words: nil))
    #expect(plain?.description.contains("refusée ou abandonnée") == true)
  }
}
