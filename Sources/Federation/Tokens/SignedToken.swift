/// A JSON text signed by the provider (JWS, RFC 7515), taken apart and not believed yet.
struct SignedToken: Sendable {
  let algorithm: Algorithm
  /// The name of the key that made the signature.
  let keyID: String?
  let payload: [UInt8]
  let signed: [UInt8]
  let signature: [UInt8]

  /// The two signatures that are taken. Those made with a shared secret are not, nor is their absence: a list of what
  /// is good cannot forget what is bad.
  enum Algorithm: String, Sendable { case rs256 = "RS256", es256 = "ES256" }

  private struct Header: Decodable {
    let alg: String
    let kid: String?
    let crit: [String]?
  }

  /// Three parts in base 64; a header that asks for what we do not know (`crit`) is refused.
  init(_ text: String, as document: OpenIDError.Document) throws(OpenIDError) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let head = Base64URL.bytes(parts[0]), let header = Claims.read(Header.self, head),
      header.crit == nil
    else { throw .token(document, .form) }
    // Before the other parts are looked at: an absent signature is named for what it is.
    guard let algorithm = Algorithm(rawValue: header.alg) else {
      throw .token(document, .algorithm(ForeignText.word(header.alg, most: 20)))
    }
    guard let payload = Base64URL.bytes(parts[1]), let signature = Base64URL.bytes(parts[2]) else {
      throw .token(document, .form)
    }
    (self.algorithm, keyID) = (algorithm, header.kid)
    (self.payload, self.signature) = (payload, signature)
    signed = Array("\(parts[0]).\(parts[1])".utf8)
  }
}
