import Clauses

/// A key of one person's own, under which the trail keeps what tells who they are: destroyed with their data, it makes
/// all of that unreadable at once, in every copy.
///
/// It is stored sealed by the ring, for the place of that person.
public struct PersonKey: Redacted {
  private let key: VaultKey

  /// A new key.
  public init() { key = PersonKey.key(.random(VaultKey.size)) }

  /// Opens a stored key.
  public init(opening sealed: Sealed, at place: SealedPlace, with ring: KeyRing) throws(SealedError) {
    var bytes = try ring.open(sealed, at: place)
    defer { Sodium.wipe(&bytes) }
    guard bytes.count == VaultKey.size else { throw .malformed }
    key = PersonKey.key(.copy(bytes))
  }

  /// What is stored.
  public func sealed(at place: SealedPlace, with ring: KeyRing) -> Sealed {
    var bytes = key.master.withBytes { Array(UnsafeBufferPointer(start: $0, count: VaultKey.size)) }
    defer { Sodium.wipe(&bytes) }
    return ring.seal(bytes, at: place)
  }

  /// Seals a text for one place.
  public func seal(_ text: String, at place: SealedPlace) -> Sealed { Sealed(Array(text.utf8), at: place, with: key) }

  /// Opens what was sealed for that place.
  public func openText(_ sealed: Sealed, at place: SealedPlace) throws(SealedError) -> String {
    guard let text = String(validating: try sealed.opened(at: place, with: key), as: UTF8.self) else {
      throw .malformed
    }
    return text
  }

  /// Number 0: no key of a ring has it.
  private static func key(_ bytes: KeyBytes) -> VaultKey { VaultKey(id: 0, created: Day(number: 0), master: bytes) }
}
