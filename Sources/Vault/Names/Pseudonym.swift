/// What a buyer sees instead of a person’s name, such as `P-7K3M-2Q`: the same for one buyer at all times, another for
/// each buyer.
///
/// Two buyers cannot join their lists, and nothing leads back to the person without the key. Six signs are 30 bits,
/// short enough to be read aloud; among 60,000 people of one buyer one or two pairs are expected to collide, among
/// 1,000 one in two thousand times. Hence `attempt`: the caller keeps pseudonyms unique for each buyer, and asks for
/// the next attempt when one is taken.
public struct Pseudonym: Sendable, Hashable, CustomStringConvertible {
  /// `P-7K3M-2Q`.
  public let description: String

  /// The pseudonym of a person for a buyer, by their identifiers; made with the first key, so that rotations change
  /// none.
  public init(of person: String, for buyer: String, attempt: Int = 0, with ring: KeyRing) {
    let parts = [buyer, person, String(attempt)].map { Array($0.utf8) }
    description = "P-" + Readable.groups(Sodium.hash(parts, key: ring.first.subkey(.pseudonym), count: 32), signs: 6)
  }
}
