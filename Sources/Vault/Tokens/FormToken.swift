import CSodium

/// What a form carries so that only our own pages can send it: made from a secret that only the browser and its session
/// share.
///
/// It is written under a mask drawn anew each time: a page that is compressed tells nothing of it by its length (BREACH).
public struct FormToken: Redacted {
  private static let size = 16
  private let bytes: [UInt8]

  /// The token of a session, or of a browser that has none yet.
  public init(_ secret: Secret) { bytes = secret.derived("form", count: FormToken.size) }

  /// The token under a new mask: 64 hexadecimal signs.
  public var masked: String {
    let mask = Sodium.random(FormToken.size)
    return Sodium.hex(mask + zip(mask, bytes).map { $0 ^ $1 })
  }

  /// Whether a form carries this token, in constant time.
  public func matches(_ text: String) -> Bool {
    guard let sent = Sodium.bytes(hex: text), sent.count == FormToken.size * 2 else { return false }
    return Sodium.areEqual(bytes, zip(sent.prefix(FormToken.size), sent.dropFirst(FormToken.size)).map { $0 ^ $1 })
  }
}
