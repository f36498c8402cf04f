import Crypto

/// A SHA-256 that is being worked out.
struct Hash {
  private var state = SHA256()

  mutating func add(_ bytes: UnsafeRawBufferPointer) { state.update(bufferPointer: bytes) }

  /// 64 hexadecimal signs.
  func text() -> String { state.finalize().text }

  /// That of bytes at hand.
  static func of(_ bytes: [UInt8]) -> String {
    var hash = Hash()
    bytes.withUnsafeBytes { hash.add($0) }
    return hash.text()
  }
}
