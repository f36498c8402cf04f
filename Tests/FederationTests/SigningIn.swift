import Foundation
import Testing

@testable import Federation

/// Settings for a provider on this machine.
func settings(
  _ issuer: String, acrValues: [String] = ["eidas1"], claims: String? = nil, timeout: Duration = .seconds(60),
  mostBytes: Int = 65536
) throws -> OpenIDSettings {
  try OpenIDSettings(
    issuer: issuer, clientID: "marchepied", clientSecret: OpenIDSecret("s3cret très:long"),
    redirectAddress: "http://127.0.0.1:8080/connexion/retour?de=fournisseur", acrValues: acrValues, claims: claims,
    timeout: timeout, mostBytes: mostBytes)
}

/// Gives the test a client of the provider, and ends its connections.
@discardableResult
func withClient<T>(
  _ settings: OpenIDSettings, _ body: (OpenIDProvider) async throws -> T
) async throws -> T {
  let client = OpenIDProvider(settings)
  do {
    let result = try await body(client)
    await client.close()
    return result
  } catch {
    await client.close()
    throw error
  }
}

/// The parameters of an address.
func parameters(_ address: String) throws -> [String: String] {
  let query = try #require(address.split(separator: "?", maxSplits: 1).last)
  return try #require(Form.parameters(String(query)))
}

extension OpenIDProvider {
  /// A whole round with the invented provider, as a browser would make it.
  func round(_ provider: TestProvider, at moment: Date = noon) async throws -> OpenIDIdentity {
    let request = try await begin(at: moment)
    let sent = try parameters(request.address)
    provider.change { $0.nonce = sent["nonce"] ?? "" }
    return try await finish(code: "code-1", state: sent["state"] ?? "", kept: request.kept, at: moment)
  }
}

/// What a sign-in fails with, when the provider is as the change makes it.
func failure(
  keys: [TestKey]? = nil, at moment: Date = noon, timeout: Duration = .seconds(60),
  _ change: @escaping @Sendable (inout TestProvider.Script) throws -> Void
) async throws -> OpenIDError? {
  try await TestProvider.serving(keys: keys) { provider in
    var failed: (any Error)?
    provider.change { script in do { try change(&script) } catch { failed = error } }
    if let failed { throw failed }
    return try await withClient(settings(provider.now.issuer, timeout: timeout)) { client in
      do {
        let identity = try await client.round(provider, at: moment)
        Issue.record("signed in as \(identity)")
        return nil
      } catch let error as OpenIDError {
        isSafe(error)
        return error
      }
    }
  }
}

/// Neither in its French nor in its members does an error hold anything secret.
func isSafe(_ error: OpenIDError, _ place: SourceLocation = #_sourceLocation) {
  for shown in [error.description, String(reflecting: error)] {
    for secret in ["s3cret", "code-1", TestProvider.access, "eyJ"] {
      #expect(!shown.contains(secret), sourceLocation: place)
    }
  }
}
