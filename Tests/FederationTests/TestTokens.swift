import Crypto
import CryptoExtras
import Foundation

@testable import Federation

/// A JSON object as tests write it.
typealias Object = [String: any Sendable]

/// A moment for tests that do not ask the time.
let noon = Date(timeIntervalSince1970: 1_795_000_000)

/// A key of the invented provider. It signs with Crypto itself, not with what the room verifies by.
struct TestKey: Sendable {
  let id: String?
  let algorithm: String
  /// What is published of it.
  let published: Object
  let sign: @Sendable ([UInt8]) throws -> [UInt8]

  static func rsa(_ id: String?) throws -> TestKey {
    let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    let parts = try key.publicKey.getKeyPrimitives()
    var published: Object = [
      "kty": "RSA", "use": "sig", "alg": "RS256", "n": Base64URL.text(Array(parts.modulus)),
      "e": Base64URL.text(Array(parts.publicExponent)),
    ]
    published["kid"] = id
    return TestKey(id: id, algorithm: "RS256", published: published) {
      Array(try key.signature(for: SHA256.hash(data: $0), padding: .insecurePKCS1v1_5).rawRepresentation)
    }
  }

  static func ec(_ id: String?) -> TestKey {
    let key = P256.Signing.PrivateKey()
    let point = Array(key.publicKey.rawRepresentation)
    var published: Object = [
      "kty": "EC", "crv": "P-256", "use": "sig", "x": Base64URL.text(Array(point[..<32])),
      "y": Base64URL.text(Array(point[32...])),
    ]
    published["kid"] = id
    return TestKey(id: id, algorithm: "ES256", published: published) {
      Array(try key.signature(for: Data($0)).rawRepresentation)
    }
  }

  /// A shared secret: what no provider of ours may sign with.
  static func shared(_ secret: [UInt8], id: String?) -> TestKey {
    TestKey(id: id, algorithm: "HS256", published: ["kty": "oct", "k": Base64URL.text(secret)]) {
      Array(HMAC<SHA256>.authenticationCode(for: $0, using: SymmetricKey(data: secret)))
    }
  }

  /// No signature at all.
  static func none(id: String?) -> TestKey { TestKey(id: id, algorithm: "none", published: [:]) { _ in [] } }

  /// The same key under another name, or signing otherwise.
  func with(id: String? = nil, algorithm: String? = nil, sign: (@Sendable ([UInt8]) throws -> [UInt8])? = nil)
    -> TestKey
  {
    TestKey(
      id: id ?? self.id, algorithm: algorithm ?? self.algorithm, published: published, sign: sign ?? self.sign)
  }

  /// A signed text.
  func token(_ claims: Object, header more: Object = [:]) throws -> String {
    var header: Object = ["typ": "JWT", "alg": algorithm]
    header["kid"] = id
    header.merge(more) { $1 }
    let signed = Base64URL.text(try json(header)) + "." + Base64URL.text(try json(claims))
    return signed + "." + Base64URL.text(try sign(Array(signed.utf8)))
  }
}

func json(_ object: Object) throws -> [UInt8] {
  Array(try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]))
}

/// Keys that every test may use: making an RSA key takes its time.
enum Keys {
  static let rsa = Result { try TestKey.rsa("clef-1") }
  static let other = Result { try TestKey.rsa("clef-1") }
  static let ec = TestKey.ec("clef-ec")
}
