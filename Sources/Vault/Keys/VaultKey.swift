import CSodium
public import Clauses

/// What a sub-key is for; a number, once published, is never given to something else.
///
/// The numbers follow one another from 1.
public enum KeyPurpose: UInt64, Sendable, CaseIterable {
  /// Columns about people.
  case encryption = 1
  /// Files about people.
  case files
  /// Finding a person by surname.
  case surnameIndex
  /// Finding a person by surname and given name.
  case nameIndex
  /// Finding a person by the sound of the surname and the day of birth.
  case soundIndex
  /// Finding an account or a person by e-mail.
  case emailIndex
  /// Who did what, in the trail.
  case trailIdentity
  /// Links sent by e-mail.
  case links
  /// What a buyer sees instead of a name.
  case pseudonym
  /// Recovery codes of a second factor.
  case recoveryCodes
  /// Names of stored files.
  case contentAddress
  /// What tells two keys apart without telling anything about them.
  case fingerprint
  /// Finding an account by what a provider of identities says of a person.
  case providerIdentity
}

/// One key of the ring with the sub-keys made from it; never shown.
public struct VaultKey: Redacted {
  /// Its number in the ring, from 1.
  public let id: UInt16
  /// The day on which it was made.
  public let created: Day
  let master: KeyBytes
  private let subkeys: [KeyBytes]

  static let size = Int(crypto_kdf_KEYBYTES)

  init(id: UInt16, created: Day, master: KeyBytes) {
    self.id = id
    self.created = created
    self.master = master
    subkeys = KeyPurpose.allCases.map { VaultKey.derived($0, from: master) }
  }

  func subkey(_ purpose: KeyPurpose) -> KeyBytes { subkeys[Int(purpose.rawValue) - 1] }

  /// Eight signs such as `7K3M-2QTB` that tell this key from another and nothing else about it; fit for a screen or a
  /// paper.
  public var fingerprint: String { Readable.groups(Sodium.hash([], key: subkey(.fingerprint), count: 32), signs: 8) }

  /// A hash that only this key can make, of parts that are not confused with one another: 32 bytes in 64 lower-case
  /// hexadecimal signs.
  public func keyedHash(of parts: [String], for purpose: KeyPurpose) -> String {
    Sodium.hex(Sodium.hash(parts.map { Array($0.utf8) }, key: subkey(purpose), count: 32))
  }

  /// Whether a text is that hash, in constant time.
  public func verifies(_ hash: String, of parts: [String], for purpose: KeyPurpose) -> Bool {
    Sodium.areEqual(Array(hash.utf8), Array(keyedHash(of: parts, for: purpose).utf8))
  }

  private static func derived(_ purpose: KeyPurpose, from master: KeyBytes) -> KeyBytes {
    let context: [CChar] = "clauses1".utf8.map(CChar.init(bitPattern:))
    return .filled(size) { bytes in
      let answer = master.withBytes { crypto_kdf_derive_from_key(bytes, size, purpose.rawValue, context, $0) }
      precondition(answer == 0, "a sub-key of this size always exists")
    }
  }
}
