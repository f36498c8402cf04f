import Foundation
import JWTKit

/// The public keys that a provider signs with (JWK Set, RFC 7517): those of the two kinds that are taken; others are
/// left out without a word.
struct ProviderKeys: Sendable {
  private let keys: [Key]

  private struct Key: Sendable {
    let id: String?
    let algorithm: SignedToken.Algorithm
    let verifier: any JWTAlgorithm
  }

  /// One of a list that may hold anything.
  private struct Published: Decodable {
    let kty: String?
    let kid: String?
    let alg: String?
    let use: String?
    let key_ops: [String]?
    let crv: String?
    let n: String?
    let e: String?
    let x: String?
    let y: String?
  }
  private struct Lenient: Decodable {
    let key: Published?
    init(from decoder: any Decoder) throws { key = try? Published(from: decoder) }
  }
  private struct List: Decodable { let keys: [Lenient] }

  /// Reads the list; at most a hundred keys of it.
  init(_ answer: ProviderClient.Answer) async throws(OpenIDError) {
    guard answer.status == 200 else { throw .status(.keys, answer.status) }
    guard let list = answer.json(List.self) else { throw .notUnderstood(.keys) }
    var keys: [Key] = []
    for published in list.keys.prefix(100).compactMap(\.key) {
      if let key = await ProviderKeys.key(published) { keys.append(key) }
    }
    self.keys = keys
  }

  /// Whether one of the keys has made the signature; nil when none answers to the name.
  ///
  /// A token without a name is only taken when a single key of its kind is published (OpenID Connect Core, section
  /// 10.1).
  func verify(_ token: SignedToken) -> Bool? {
    var fitting = keys.filter { $0.algorithm == token.algorithm }
    if let id = token.keyID { fitting.removeAll { $0.id != id } } else if fitting.count > 1 { return nil }
    guard !fitting.isEmpty else { return nil }
    return fitting.contains { key in (try? key.verifier.verify(token.signature, signs: token.signed)) ?? false }
  }

  /// The algorithm is the key’s own, never the token’s: neither can be used for the other. RSA keys under 2048 bits
  /// are left out.
  private static func key(_ published: Published) async -> Key? {
    guard published.use ?? "sig" == "sig", published.key_ops?.contains("verify") ?? true else { return nil }
    let name = JWKIdentifier(string: "key")
    let algorithm: SignedToken.Algorithm
    let jwk: JWK
    switch (published.kty, published.crv) {
    case ("RSA", _):
      algorithm = .rs256
      jwk = .rsa(.rs256, identifier: name, modulus: published.n, exponent: published.e)
    case ("EC", "P-256"):
      algorithm = .es256
      jwk = .ecdsa(.es256, identifier: name, x: published.x, y: published.y, curve: .p256)
    default: return nil
    }
    guard published.alg ?? algorithm.rawValue == algorithm.rawValue,
      let verifier = try? await JWTKeyCollection().add(jwk: jwk).getKey(for: name)
    else { return nil }
    return Key(id: published.kid, algorithm: algorithm, verifier: verifier)
  }
}
