import CSodium

/// Where a sealed value stands; it opens nowhere else.
public struct SealedPlace: Sendable, Hashable {
  /// The table, or the kind of file.
  public let table: String
  /// The column.
  public let column: String
  /// The row’s own identifier, known before the value is sealed.
  public let row: String

  /// A place in the database.
  public init(table: String, column: String, row: String) {
    (self.table, self.column, self.row) = (table, column, row)
  }

  func associated(_ header: [UInt8]) -> [UInt8] {
    Sodium.lengthPrefixed([header, Array(table.utf8), Array(column.utf8), Array(row.utf8)])
  }
}

/// Why a sealed value or file does not open.
public enum SealedError: Error, Equatable {
  /// Not something sealed, or sealed by a later version.
  case malformed
  /// Sealed by a key that the ring does not hold; its number.
  case unknownKey(UInt16)
  /// Changed, moved from another place, or sealed by another key of that number.
  case refused
  /// A file whose end is missing.
  case truncated
}

extension SealedError: CustomStringConvertible {
  /// What is wrong and how to mend it, in French.
  public var description: String {
    switch self {
    case .malformed:
      "Une donnée chiffrée n’a pas la forme attendue. Restaurez-la depuis une sauvegarde, "
        + "ou mettez le programme à jour."
    case .unknownKey(let id):
      "La clef nº\u{A0}\(id) manque au fichier de clefs\u{202F}: remettez le fichier de clefs qui la contient."
    case .refused:
      "Une donnée chiffrée a été modifiée ou déplacée, ou le fichier de clefs n’est pas le bon. "
        + "Vérifiez le fichier de clefs\u{202F}; sinon, restaurez cette donnée depuis une sauvegarde."
    case .truncated:
      "La fin d’un fichier chiffré manque. Restaurez ce fichier depuis une sauvegarde."
    }
  }
}

/// A value as the database keeps it: XChaCha20-Poly1305 under the key of the ring that it names.
///
/// Byte 0 is the version, 1, bytes 1 and 2 the number of the key, then 24 bytes of nonce and the ciphertext with its
/// 16 bytes of authentication. Header and place are authenticated with it. Its length still tells that of the value.
public struct Sealed: Sendable, Hashable {
  static let version: UInt8 = 1
  static let headerSize = 3
  private static let nonceSize = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
  private static let tagSize = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

  /// All of it, for a binary column.
  public let bytes: [UInt8]

  /// Takes what a column holds.
  public init(_ bytes: [UInt8]) throws(SealedError) {
    guard bytes.count >= Sealed.headerSize + Sealed.nonceSize + Sealed.tagSize, bytes[0] == Sealed.version else {
      throw .malformed
    }
    self.bytes = bytes
  }

  /// Takes what ``text`` gave.
  public init(text: String) throws(SealedError) {
    guard let bytes = Sodium.bytes(base64: text) else { throw .malformed }
    try self.init(bytes)
  }

  /// All of it in base64 of addresses, for a text column.
  public var text: String { Sodium.base64(bytes) }

  /// The number of the key that opens it.
  public var key: UInt16 { UInt16(bytes[1]) << 8 | UInt16(bytes[2]) }

  /// Whether another key has become the active one since.
  public func needsResealing(by ring: KeyRing) -> Bool { key != ring.active.id }

  static func header(_ key: VaultKey) -> [UInt8] { [version, UInt8(key.id >> 8), UInt8(key.id & 0xFF)] }

  init(_ plain: [UInt8], at place: SealedPlace, with key: VaultKey) {
    let header = Sealed.header(key)
    let nonce = Sodium.random(Sealed.nonceSize)
    let associated = place.associated(header)
    var cipher = [UInt8](repeating: 0, count: plain.count + Sealed.tagSize)
    _ = key.subkey(.encryption).withBytes {
      crypto_aead_xchacha20poly1305_ietf_encrypt(
        &cipher, nil, plain, UInt64(plain.count), associated, UInt64(associated.count), nil, nonce, $0)
    }
    bytes = header + nonce + cipher
  }

  func opened(at place: SealedPlace, with key: VaultKey) throws(SealedError) -> [UInt8] {
    let body = Sealed.headerSize + Sealed.nonceSize
    let nonce = Array(bytes[Sealed.headerSize..<body])
    let cipher = Array(bytes[body...])
    let associated = place.associated(Array(bytes[..<Sealed.headerSize]))
    var plain = [UInt8](repeating: 0, count: cipher.count - Sealed.tagSize)
    let answer = key.subkey(.encryption).withBytes {
      crypto_aead_xchacha20poly1305_ietf_decrypt(
        &plain, nil, nil, cipher, UInt64(cipher.count), associated, UInt64(associated.count), nonce, $0)
    }
    guard answer == 0 else { throw .refused }
    return plain
  }
}

extension KeyRing {
  /// Seals bytes for one place with the active key; the same bytes never give the same result twice.
  public func seal(_ plain: [UInt8], at place: SealedPlace) -> Sealed { Sealed(plain, at: place, with: active) }

  /// Seals a text for one place.
  public func seal(_ plain: String, at place: SealedPlace) -> Sealed { seal(Array(plain.utf8), at: place) }

  /// Opens what was sealed for that place.
  public func open(_ sealed: Sealed, at place: SealedPlace) throws(SealedError) -> [UInt8] {
    guard let key = key(sealed.key) else { throw .unknownKey(sealed.key) }
    return try sealed.opened(at: place, with: key)
  }

  /// Opens a sealed text.
  public func openText(_ sealed: Sealed, at place: SealedPlace) throws(SealedError) -> String {
    guard let text = String(validating: try open(sealed, at: place), as: UTF8.self) else { throw .malformed }
    return text
  }
}
