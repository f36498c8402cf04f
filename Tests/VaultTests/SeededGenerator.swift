import Clauses
import Testing

@testable import Vault

/// A small generator for property tests (SplitMix64); print its seed when a property fails.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}

/// A day for keys.
let someDay = Day(number: 20_778)

extension KeyRing {
  /// A ring that is always the same, for results that must not change from one run to the next.
  static func known(_ byte: UInt8 = 7) throws -> KeyRing {
    let master = KeyBytes.copy([UInt8](repeating: byte, count: VaultKey.size))
    return try #require(KeyRing([VaultKey(id: 1, created: someDay, master: master)], active: 1))
  }
}
