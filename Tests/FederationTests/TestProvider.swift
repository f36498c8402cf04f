import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

@testable import Federation

/// A provider of identities invented for one test: it answers what its script says, and notes what it was asked.
final class TestProvider: Sendable {
  /// What it answers; each member may be changed by the test.
  struct Script: Sendable {
    var issuer = ""
    var discovery: Object = [:]
    var keys: [TestKey] = []
    /// The nonce of the sign-in under way.
    var nonce = ""
    /// Changes to the signed identity; a nil takes the claim away.
    var claims: [String: (any Sendable)?] = [:]
    var header: Object = [:]
    /// What signs the identity; nil: the first key.
    var signer: TestKey?
    /// The identity itself, in place of all that.
    var idToken: String?
    var person: Object = TestProvider.person
    /// What signs what is said of the person; nil: plain JSON.
    var personSigner: TestKey?
    /// Other answers than the usual ones, by path.
    var answers: [String: Answer] = [:]
  }

  enum Answer: Sendable {
    case text(Int, type: String, String)
    case redirect(String)
    /// Nothing, for a long time.
    case silence
    /// A byte from time to time.
    case drops
    /// So many bytes, their number told first or not.
    case bytes(Int, told: Bool)
  }

  /// What it was asked, by path, and the last form of it.
  struct Asked: Sendable {
    var count: [String: Int] = [:]
    var form: [String: String] = [:]
    var authorization: [String: String] = [:]
  }

  static let person: Object = [
    "sub": "f3b2-7", "email": "zoe.martin@ville.example", "given_name": "Zoé", "usual_name": "MARTIN",
    "siret": "21770288100012",
  ]
  static let access = "jeton-d-acces-tres-secret"

  private let script: Mutex<Script>
  private let notes = Mutex(Asked())

  init(_ script: Script) { self.script = Mutex(script) }

  func change(_ body: (inout Script) -> Void) { script.withLock { body(&$0) } }
  var now: Script { script.withLock { $0 } }
  var asked: Asked { notes.withLock { $0 } }

  /// Serves on a free port of this machine while the body runs.
  @discardableResult
  static func serving<T: Sendable>(
    keys: [TestKey]? = nil, _ body: @escaping @Sendable (TestProvider) async throws -> T
  ) async throws -> T {
    var script = Script()
    script.keys = try keys ?? [Keys.rsa.get(), Keys.ec]
    let provider = TestProvider(script)
    let (ports, opened) = AsyncStream<Int>.makeStream()
    var logger = Logger(label: "provider")
    logger.logLevel = .critical
    let app = Application(
      router: provider.router(), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { opened.yield($0.localAddress?.port ?? 0) }, logger: logger)
    return try await withThrowingTaskGroup(of: T?.self) { group in
      group.addTask {
        try await app.run()
        return nil
      }
      defer { group.cancelAll() }
      var iterator = ports.makeAsyncIterator()
      guard let port = await iterator.next() else { throw CancellationError() }
      provider.change { script in
        script.issuer = "http://127.0.0.1:\(port)"
        script.discovery = TestProvider.discovery(script.issuer)
      }
      return try await body(provider)
    }
  }

  static func discovery(_ issuer: String) -> Object {
    [
      "issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token",
      "userinfo_endpoint": issuer + "/userinfo", "jwks_uri": issuer + "/jwks",
      "end_session_endpoint": issuer + "/end?realm=agents",
    ]
  }

  private func router() -> Router<BasicRequestContext> {
    let router = Router()
    router.get("/.well-known/openid-configuration") { request, _ in
      try await self.answer(request) { try .init(json: json($0.discovery)) }
    }
    router.get("/jwks") { request, _ in
      try await self.answer(request) { try .init(json: json(["keys": $0.keys.map(\.published)])) }
    }
    router.post("/token") { request, _ in
      try await self.answer(request) { try .init(json: json(self.tokens($0))) }
    }
    router.get("/userinfo") { request, _ in
      try await self.answer(request) { script in
        guard let signer = script.personSigner else { return try .init(json: json(script.person)) }
        return .init(text: try signer.token(script.person), type: "application/jwt")
      }
    }
    return router
  }

  private func tokens(_ script: Script) throws -> Object {
    var claims: Object = [
      "iss": script.issuer, "sub": "f3b2-7", "aud": "marchepied", "nonce": script.nonce,
      "exp": noon.timeIntervalSince1970 + 60, "iat": noon.timeIntervalSince1970, "acr": "eidas1",
      "amr": ["pwd", "otp"],
    ]
    for (name, value) in script.claims { claims[name] = value }
    let signer = try script.signer ?? Keys.rsa.get()
    return [
      "access_token": TestProvider.access, "token_type": "Bearer", "expires_in": 60,
      "id_token": try script.idToken ?? signer.token(claims, header: script.header),
    ]
  }

  private func answer(_ request: Request, _ usual: (Script) throws -> Response) async throws -> Response {
    let path = request.uri.path
    let body = try await request.body.collect(upTo: 65536)
    notes.withLock {
      $0.count[path, default: 0] += 1
      $0.authorization[path] = request.headers[.authorization]
      if request.method == .post { $0.form = Form.parameters(String(buffer: body)) ?? [:] }
    }
    let script = now
    guard let other = script.answers[path] else { return try usual(script) }
    switch other {
    case .text(let status, let type, let text): return .init(text: text, type: type, status: .init(code: status))
    case .redirect(let address): return Response(status: .found, headers: [.location: address])
    case .silence:
      try await Task.sleep(for: .seconds(600))
      return Response(status: .ok)
    case .drops:
      return Response(
        status: .ok,
        body: .init { writer in
          for _ in 0..<6000 {
            try await writer.write(ByteBuffer(string: " "))
            try await Task.sleep(for: .milliseconds(20))
          }
          try await writer.finish(nil)
        })
    case .bytes(let count, let told):
      let bytes = ByteBuffer(repeating: 0x20, count: count)
      guard !told else { return Response(status: .ok, body: .init(byteBuffer: bytes)) }
      return Response(
        status: .ok,
        body: .init { writer in
          try await writer.write(bytes)
          try await writer.finish(nil)
        })
    }
  }
}

extension Response {
  fileprivate init(json: [UInt8]) { self.init(text: String(decoding: json, as: UTF8.self), type: "application/json") }

  fileprivate init(text: String, type: String, status: HTTPResponse.Status = .ok) {
    self.init(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
