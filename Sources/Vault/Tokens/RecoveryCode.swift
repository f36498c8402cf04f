/// A code that replaces the second factor once: 16 signs, 80 bits, written `7K3M-2QTB-90XY-ABCD`; never shown but to
/// its owner.
///
/// What is stored is a fast hash under a key of the ring. A slow one protects what people choose, which can be guessed;
/// 80 random bits cannot, even by whoever has the database and the key.
public struct RecoveryCode: Redacted {
  private static let count = 10
  private static let signs = 16
  private let signs: [Character]

  /// The ten codes of a new list.
  public static func list() -> [RecoveryCode] {
    (0..<count).map { _ in RecoveryCode(signs: Readable.signs(Sodium.random(10), count: signs)) }
  }

  private init(signs: [Character]) { self.signs = signs }

  /// Reads what someone typed, whatever its case and spaces; O is taken as 0, I and L as 1. Nil for anything else.
  public init?(typed text: String) {
    guard let signs = Readable.signs(typed: text), signs.count == RecoveryCode.signs else { return nil }
    self.signs = signs
  }

  /// The code to show once, in groups of four.
  public var text: String {
    stride(from: 0, to: signs.count, by: 4).map { String(signs[$0..<$0 + 4]) }.joined(separator: "-")
  }

  /// What is stored for an account; another account, or another installation, has another hash for the same code.
  public func hash(for account: String, with ring: KeyRing) -> String {
    ring.active.keyedHash(of: [account, String(signs)], for: .recoveryCodes)
  }

  /// Which of an account’s stored hashes is that of this code, made with any key of the ring.
  ///
  /// The caller deletes it in the same transaction: a code serves once.
  public func match(among hashes: [String], for account: String, with ring: KeyRing) -> String? {
    hashes.filter { hash in
      ring.keys.contains { $0.verifies(hash, of: [account, String(signs)], for: .recoveryCodes) }
    }.first
  }
}
