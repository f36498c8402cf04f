public import Clauses

/// Lets the database find equal values without holding them: a keyed hash of 16 bytes, in 32 lower-case hexadecimal
/// signs.
///
/// Each purpose has its own key, so that columns cannot be compared with one another. Whoever reads the database still
/// sees which rows are equal, and a frequent surname by its number of rows. Nothing is answered for an empty value, so
/// that unknown ones are not equal. Rows follow the key of their sealed columns: a search asks with each key of the
/// ring.
public struct BlindIndex: Sendable {
  private let key: VaultKey

  /// Indexes made with one key of a ring.
  public init(_ key: VaultKey) { self.key = key }

  /// A surname, whatever its case, accents and dashes.
  public func surname(_ surname: String) -> String? { hash([surname.folded], .surnameIndex) }

  /// A surname and a given name, in that order.
  public func name(surname: String, givenName: String) -> String? {
    hash([surname.folded, givenName.folded], .nameIndex)
  }

  /// What a surname sounds like, and the day of birth: finds a person whose name was spelled otherwise.
  public func sound(surname: String, birth: Day) -> String? {
    hash([FrenchPhonetic.key(of: surname), birth.description], .soundIndex)
  }

  /// An e-mail, whatever its case; mailboxes that differ by case only are taken for one, as providers do.
  public func email(_ address: String) -> String? {
    hash([String(address.lowercased().filter { !$0.isWhitespace })], .emailIndex)
  }

  private func hash(_ parts: [String], _ purpose: KeyPurpose) -> String? {
    guard !parts.contains(where: \.isEmpty) else { return nil }
    return Sodium.hex(Sodium.hash(parts.map { Array($0.utf8) }, key: key.subkey(purpose), count: 16))
  }
}
