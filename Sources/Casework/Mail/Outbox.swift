import Records
public import Storage
public import Vault

/// Where use cases leave their messages, inside their own transaction: what is rolled back is never sent.
public enum Outbox {
  /// The letter's own place in the base.
  static func place(_ id: String) -> SealedPlace { SealedPlace(table: "mail", column: "letter", row: id) }

  /// Queues a message, once a key; false where a message with this key was queued before.
  ///
  /// Recipient and text are sealed with the active key and erased as soon as the message is sent or given up. `now` in
  /// milliseconds since 1970. Throws ``Storage/StorageError``.
  @discardableResult
  public static func queue(
    _ letter: Letter, with keys: KeyRing, at now: Int64, in db: any Connection
  ) throws -> Bool {
    let id = identifier()
    let sealed = keys.seal(try StoredLetter(letter).json(), at: place(id))
    return try Mails.add(
      Mails.New(
        id: id, keyDigest: digest(of: letter.key, with: keys), kind: letter.kind.rawValue, letter: sealed.text,
        at: now, notAfter: letter.notAfter), in: db)
  }

  /// What tells a key from another without saying it; made with the first key of the ring, which never changes.
  static func digest(of key: String, with keys: KeyRing) -> String {
    keys.first.keyedHash(of: ["mail", key], for: .links)
  }

  /// 32 hexadecimal signs.
  public static func identifier() -> String {
    (0..<4).map { _ in
      let digits = String(UInt32.random(in: .min ... .max), radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}
