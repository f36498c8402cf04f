import CSodium

/// Bytes of a secret in memory of their own: guarded, read-only, kept out of swap and core dumps where the system
/// allows it, overwritten when released.
///
/// Limit: what is copied out of here (a text to show once, registers, a message) is ordinary memory. When the system's
/// limit of locked memory is reached the bytes may go to swap; everything else still holds.
final class KeyBytes: @unchecked Sendable, Redacted {
  let count: Int
  private let base: UnsafeMutablePointer<UInt8>

  /// The closure fills the bytes, which begin as noise, and tells whether they are right.
  init?(count: Int, filling fill: (UnsafeMutablePointer<UInt8>) -> Bool) {
    Sodium.start()
    guard let memory = sodium_malloc(max(count, 1)) else { preconditionFailure("no memory left for a key") }
    self.count = count
    base = memory.assumingMemoryBound(to: UInt8.self)
    guard fill(base) else { return nil }
    sodium_mprotect_readonly(memory)
  }

  /// Random bytes.
  static func random(_ count: Int) -> KeyBytes {
    filled(count) { randombytes_buf($0, count) }
  }

  static func copy(_ bytes: [UInt8]) -> KeyBytes {
    filled(bytes.count) { for (place, byte) in bytes.enumerated() { $0[place] = byte } }
  }

  /// Filled by what cannot fail.
  static func filled(_ count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> KeyBytes {
    let bytes = KeyBytes(count: count) {
      fill($0)
      return true
    }
    guard let bytes else { preconditionFailure("what cannot fail has failed") }
    return bytes
  }

  deinit { sodium_free(base) }

  func withBytes<T, E>(_ body: (UnsafePointer<UInt8>) throws(E) -> T) throws(E) -> T { try body(base) }
}
