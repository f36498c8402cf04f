import Crypto
import Foundation

/// What the signed identity says, once everything in it has been checked (OpenID Connect Core, section 3.1.3.7).
struct TokenClaims: Sendable {
  let subject: String
  let acr: String?
  let amr: [String]?
  let person: PersonClaims

  /// What the text is checked against.
  struct Expected {
    let nonce: OpenIDSecret
    let accessToken: OpenIDSecret
    let moment: Date
  }

  private struct Body: Decodable {
    let nonce: String?
    let acr: String?
    let amr: [String]?
    let at_hash: String?
  }

  /// Believes a text whose signature is right, or says the first thing wrong with it.
  init(_ payload: [UInt8], for settings: OpenIDSettings, expecting: Expected) throws(OpenIDError) {
    guard let envelope = Claims.read(Envelope.self, payload), let body = Claims.read(Body.self, payload),
      let person = Claims.read(PersonClaims.self, payload), let subject = person.sub, TokenClaims.isSubject(subject),
      envelope.iss != nil, envelope.aud != nil, envelope.exp != nil, envelope.iat != nil
    else { throw .token(.idToken, .form) }
    if let fault = envelope.fault(for: settings, at: expecting.moment) { throw .token(.idToken, fault) }
    guard let nonce = body.nonce, OpenIDSecret(nonce) == expecting.nonce else { throw .token(.idToken, .nonce) }
    if let hash = body.at_hash, hash != TokenClaims.hash(of: expecting.accessToken) {
      throw .token(.idToken, .accessToken)
    }
    (self.subject, self.person, acr, amr) = (subject, person, body.acr, body.amr)
  }

  /// 1 to 255 visible ASCII characters (section 2).
  private static func isSubject(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  /// The left half of the SHA-256 of the access token (section 3.1.3.6); both signatures that are taken use it.
  private static func hash(of token: OpenIDSecret) -> String {
    Base64URL.text(Array(SHA256.hash(data: Data(token.revealed.utf8)).prefix(16)))
  }
}
