import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// oidc-provider-mock, a provider of identities written by others: `MARCHEPIED_OIDC_MOCK`, else that of the private Python
/// of the set-up.
public enum ProviderMock {
  static let program =
    ProcessInfo.processInfo.environment["MARCHEPIED_OIDC_MOCK"] ?? TestWorld.root + ".venv/bin/oidc-provider-mock"
  /// Whether it is there.
  public static let isThere = FileManager.default.isExecutableFile(atPath: program)

  private static let person = """
    {"sub": "agent-1", "email": "zoe.martin@ville.example", "email_verified": true, "given_name": "Zoé", \
    "usual_name": "MARTIN", "siret": "21770288100012"}
    """

  /// It stopped, or sent the browser nowhere.
  public struct Failed: Error, CustomStringConvertible {
    /// What it said.
    public let description: String
  }

  /// Runs it on a free port of this machine, which it writes among its first lines.
  ///
  /// Nothing here blocks a thread: those of the tests are few.
  @discardableResult
  public static func serving<T>(
    isolation: isolated (any _Concurrency.Actor)? = #isolation, _ body: (String) async throws -> T
  ) async throws -> T {
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
      guard process.isRunning else { throw Failed(description: "the provider stopped: \(said)") }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Opens the provider's page, posts its form as a browser would, and gives the address that it sends back to.
  public static func browse(_ address: String, form: String = "sub=agent-1") async throws -> String {
    try await HTTPClient.withHTTPClient(configuration: .init(redirectConfiguration: .disallow)) { browser in
      let page = try await browser.execute(HTTPClientRequest(url: address), timeout: .seconds(60))
      let html = String(buffer: try await page.body.collect(upTo: 1 << 20))
      guard page.status == .ok, html.contains("marchepied"), html.contains("agent-1") else {
        throw Failed(description: "\(page.status): \(html)")
      }
      var request = HTTPClientRequest(url: address)
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(ByteBuffer(string: form))
      let answer = try await browser.execute(request, timeout: .seconds(60))
      _ = try await answer.body.collect(upTo: 1 << 20)
      guard let location = answer.headers.first(name: "Location") else {
        throw Failed(description: "\(answer.status) without an address")
      }
      return location
    }
  }
}
