import CSodium
public import Clauses

/// The file of keys, outside the database, which a person can read, copy on paper and check:
///
///     # Marchepied : …
///     format 1
///     key 1 2026-11-21 <43 signs of base 64>
///     active 1
///     checksum <32 hexadecimal signs>
///
/// The checksum is BLAKE2b of all that stands before its line. It finds accidents; whoever can write the file holds the
/// keys anyway.
extension KeyRing {
  private static let head =
    "# Marchepied\(French.thin): clefs de chiffrement. À sauvegarder hors de la base, à ne jamais transmettre.\n"

  /// Makes a ring of one key and writes it to a new file, which only its owner may read.
  public static func create(at path: String, on day: Day) throws(KeyFileError) -> KeyRing {
    let ring = KeyRing(on: day)
    try PrivateFile.make(path, of: path, whenTaken: .exists) { ring.text }
    return ring
  }

  /// Adds a key to the file and makes it the active one.
  ///
  /// The new file is written beside the old one and takes its place at once: a failure leaves the old one whole. Of two
  /// rotations at the same time the second is refused, before it reads what is about to change.
  public static func rotate(at path: String, on day: Day) throws(KeyFileError) -> KeyRing {
    var result: KeyRing?
    try PrivateFile.make(
      path + ".new", of: path, whenTaken: .rotating,
      { () throws(KeyFileError) in
        result = try KeyRing(contentsOf: path).adding(on: day)
        guard let result else { throw KeyFileError(cause: .full, path: path) }
        return result.text
      }, then: { () throws(KeyFileError) in try PrivateFile.move(path + ".new", to: path) })
    guard let result else { throw KeyFileError(cause: .full, path: path) }
    return result
  }

  /// Reads the file, and refuses one that others may read.
  public init(contentsOf path: String) throws(KeyFileError) {
    let text = try PrivateFile.contents(of: path)
    self = try text.withBytes { base throws(KeyFileError) in
      try KeyRing.parsed(UnsafeBufferPointer(start: base, count: text.count), path)
    }
  }

  private static func parsed(_ text: UnsafeBufferPointer<UInt8>, _ path: String) throws(KeyFileError) -> KeyRing {
    var keys: [VaultKey] = []
    var active: UInt16?
    var number = 0
    var start = 0
    while start < text.count {
      number += 1
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      defer { start = end + 1 }
      if text[start] == 0x23 { continue }
      let words = text[start..<end].split(separator: 0x20, omittingEmptySubsequences: false)
      let wrong = KeyFileError(cause: .line(number), path: path)
      switch (words.first.map(string), words.count) {
      case ("format", 2): guard string(words[1]) == "1" else { throw wrong }
      case ("key", 4):
        guard let id = UInt16(string(words[1])), let day = Day(string(words[2])), let master = key(words[3]) else {
          throw wrong
        }
        keys.append(VaultKey(id: id, created: day, master: master))
      case ("active", 2): active = UInt16(string(words[1]))
      case ("checksum", 2):
        guard string(words[1]) == checksum(text[..<start]), end >= text.count - 1 else {
          throw KeyFileError(cause: .checksum, path: path)
        }
        guard let active, let ring = KeyRing(keys, active: active) else { throw wrong }
        return ring
      default: throw wrong
      }
    }
    throw KeyFileError(cause: .checksum, path: path)
  }

  private static func string(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// Straight from the file’s guarded memory into the key’s, through no text.
  private static func key(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> KeyBytes? {
    UnsafeBufferPointer(rebasing: word).withMemoryRebound(to: CChar.self) { word in
      KeyBytes(count: VaultKey.size) { bytes in
        var length = 0
        let answer = sodium_base642bin(
          bytes, VaultKey.size, word.baseAddress, word.count, nil, &length, nil, Sodium.base64Variant)
        return answer == 0 && length == VaultKey.size
      }
    }
  }

  private static func checksum(_ text: some Sequence<UInt8>) -> String {
    var hash = [UInt8](repeating: 0, count: 16)
    var bytes = Array(text)
    defer { Sodium.wipe(&bytes) }
    crypto_generichash(&hash, hash.count, bytes, UInt64(bytes.count), nil, 0)
    return Sodium.hex(hash)
  }

  /// What the file holds; whoever takes it wipes it.
  private var text: [UInt8] {
    var text: [UInt8] = []
    // Room at once, so that growing leaves no copies behind.
    text.reserveCapacity(512 + keys.count * 96)
    text += Array("\(KeyRing.head)format 1\n".utf8)
    for key in keys {
      text += Array("key \(key.id) \(key.created) ".utf8)
      text += key.master.withBytes { Array(Sodium.base64($0, key.master.count).utf8) }
      text.append(0x0A)
    }
    text += Array("active \(active.id)\n".utf8)
    text += Array("checksum \(KeyRing.checksum(text))\n".utf8)
    return text
  }
}
