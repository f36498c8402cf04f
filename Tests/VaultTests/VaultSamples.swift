import Clauses
import TestSupport
import Testing

@testable import Vault

extension Dice {
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
