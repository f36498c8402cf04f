import Crypto
import Foundation

/// A text that no log, no page and no debugger shows: a secret, a token, a code.
///
/// It is written "secret" and mirrors nothing; two of them are compared in constant time.
public struct OpenIDSecret: Sendable, Equatable {
  /// The text itself: to send, or to store sealed; never to show or log.
  public let revealed: String

  /// Takes the text as it is.
  public init(_ text: String) { revealed = text }

  /// 256 random bits in 43 signs fit for an address.
  static func random() -> OpenIDSecret {
    OpenIDSecret(SymmetricKey(size: .bits256).withUnsafeBytes { Base64URL.text(Array($0)) })
  }

  /// The SHA-256 of its bytes in ASCII, as PKCE sends it (RFC 7636, section 4.2).
  var challenge: String { Base64URL.text(Array(SHA256.hash(data: Data(revealed.utf8)))) }

  /// The SHA-256 of its bytes: finds a row, and tells nothing of the text; 64 hexadecimal signs.
  var digest: String {
    SHA256.hash(data: Data(revealed.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Whether they are the same text; how long it takes tells nothing of where they differ.
  public static func == (a: OpenIDSecret, b: OpenIDSecret) -> Bool {
    SHA256.hash(data: Data(a.revealed.utf8)) == SHA256.hash(data: Data(b.revealed.utf8))
  }
}

extension OpenIDSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The word "secret".
  public var description: String { "secret" }
  /// The word "secret".
  public var debugDescription: String { "secret" }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
