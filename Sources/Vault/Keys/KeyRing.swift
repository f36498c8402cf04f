import CSodium
public import Clauses

/// The keys of an installation, of which one is active: new values are sealed with it, older ones still open with
/// theirs.
///
/// Searching during a rotation asks ``keys`` one after the other; what must never change (pseudonyms, identity in the
/// trail) is made with ``first``.
public struct KeyRing: Redacted {
  /// In the order in which they were made; never empty.
  public let keys: [VaultKey]
  /// The one that seals.
  public let active: VaultKey
  /// The oldest.
  public let first: VaultKey

  /// A ring of one new key, in memory only.
  public init(on day: Day) {
    let key = VaultKey(id: 1, created: day, master: .random(VaultKey.size))
    (keys, active, first) = ([key], key, key)
  }

  /// Keys in order and which one is active; nil when there is none, an identifier comes twice, or the active one is
  /// missing.
  init?(_ keys: [VaultKey], active: UInt16) {
    guard let first = keys.first, let found = keys.first(where: { $0.id == active }),
      zip(keys, keys.dropFirst()).allSatisfy({ $0.id < $1.id })
    else { return nil }
    (self.keys, self.active, self.first) = (keys, found, first)
  }

  /// The key of a number.
  public func key(_ id: UInt16) -> VaultKey? { keys.first { $0.id == id } }

  /// The same keys and a new one, which becomes the active one; nil after 65,535 keys.
  public func adding(on day: Day) -> KeyRing? {
    guard let last = keys.last, last.id < .max else { return nil }
    return KeyRing(
      keys + [VaultKey(id: last.id + 1, created: day, master: .random(VaultKey.size))], active: last.id + 1)
  }
}
