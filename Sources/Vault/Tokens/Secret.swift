import Crypto

/// A random token of 256 bits, for a session or a link; only its digest is stored.
///
/// So much chance needs no slow hash: nobody can try them.
public struct Secret: Redacted {
  private static let size = 32
  private let bytes: KeyBytes

  /// A new token.
  public init() { bytes = .random(Secret.size) }

  /// Reads what ``text`` gave; nil for anything else.
  public init?(_ text: String) {
    guard var bytes = Sodium.bytes(base64: text), bytes.count == Secret.size else { return nil }
    self.bytes = .copy(bytes)
    Sodium.wipe(&bytes)
  }

  /// The token itself in 43 signs fit for an address: to send once, never to store or log.
  public var text: String { bytes.withBytes { Sodium.base64($0, bytes.count) } }

  /// Bytes that only whoever has the token can make, for a purpose.
  func derived(_ purpose: String, count: Int) -> [UInt8] {
    Sodium.hash([Array(purpose.utf8)], key: bytes, count: count)
  }

  /// What is stored.
  public var digest: SecretDigest {
    SecretDigest(
      bytes: bytes.withBytes { Array(SHA256.hash(data: UnsafeBufferPointer(start: $0, count: bytes.count))) })
  }
}

/// The SHA-256 of a token: finds its row, and tells nothing about the token.
public struct SecretDigest: Sendable, Hashable {
  fileprivate let bytes: [UInt8]

  fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

  /// Takes what ``text`` gave; nil for anything else.
  public init?(_ text: String) {
    guard let bytes = Sodium.bytes(hex: text), bytes.count == SHA256.byteCount else { return nil }
    self.bytes = bytes
  }

  /// 64 lower-case hexadecimal signs, for a column with an index.
  public var text: String { Sodium.hex(bytes) }

  /// Whether it is that of a token, in constant time.
  public func matches(_ secret: Secret) -> Bool { Sodium.areEqual(bytes, secret.digest.bytes) }
}
