import CSodium

/// The name under which a file about people is kept: BLAKE2b of its bytes under a key of the ring.
///
/// The same file has the same name, so it is kept once; without the key nobody can try whether a known document is
/// there. Made with the first key, so that rotations do not rename files. In constant memory.
public struct ContentAddress: ~Copyable, Sendable {
  private let state: State

  /// Begins with no bytes.
  public init(_ ring: KeyRing) { state = State(ring.first.subkey(.contentAddress)) }

  /// Takes the next bytes.
  public mutating func add(_ bytes: [UInt8]) {
    crypto_generichash_update(state.pointer, bytes, UInt64(bytes.count))
  }

  /// The name: 64 lower-case hexadecimal signs.
  public consuming func finish() -> String {
    var hash = [UInt8](repeating: 0, count: 32)
    crypto_generichash_final(state.pointer, &hash, hash.count)
    return Sodium.hex(hash)
  }

  private final class State: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ key: KeyBytes) {
      guard let memory = sodium_malloc(crypto_generichash_statebytes()) else {
        preconditionFailure("no memory left for a hash")
      }
      pointer = OpaquePointer(memory)
      _ = key.withBytes { crypto_generichash_init(pointer, $0, key.count, 32) }
    }

    deinit { sodium_free(UnsafeMutableRawPointer(pointer)) }
  }
}
