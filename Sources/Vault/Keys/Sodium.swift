import CSodium

/// What every file here asks from libsodium: that it is ready, random bytes, texts of bytes, comparison in constant
/// time.
enum Sodium {
  private static let isReady = sodium_init() >= 0

  /// Readies the library, once; its random source must exist before anything else is done.
  static func start() { precondition(isReady, "libsodium could not start") }

  static func random(_ count: Int) -> [UInt8] {
    start()
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return bytes
  }

  /// Without telling by its duration where two texts of bytes begin to differ; their lengths are no secret.
  static func areEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool { a.count == b.count && sodium_memcmp(a, b, a.count) == 0 }

  /// Overwrites an array; other copies of it, if any were made, are out of reach.
  static func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { sodium_memzero(base, $0.count) } }
  }

  static func hex(_ bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: bytes.count * 2 + 1)
    sodium_bin2hex(&text, text.count, bytes, bytes.count)
    return string(text)
  }

  /// Only an even number of lower-case signs, as ``hex(_:)`` writes them.
  static func bytes(hex text: String) -> [UInt8]? {
    guard !text.utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return nil }
    var bytes = [UInt8](repeating: 0, count: text.utf8.count / 2)
    var length = 0
    let answer = sodium_hex2bin(&bytes, bytes.count, text, text.utf8.count, nil, &length, nil)
    return answer == 0 && length * 2 == text.utf8.count ? bytes : nil
  }

  /// Base64 of addresses (RFC 4648, section 5), without padding.
  static func base64(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
    var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(count, base64Variant))
    sodium_bin2base64(&text, text.count, bytes, count, base64Variant)
    return string(text)
  }

  static func base64(_ bytes: [UInt8]) -> String { base64(bytes, bytes.count) }

  /// Only what ``base64(_:)`` writes: one text for one value.
  static func bytes(base64 text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: text.utf8.count * 3 / 4)
    var length = 0
    let answer = sodium_base642bin(&bytes, bytes.count, text, text.utf8.count, nil, &length, nil, base64Variant)
    return answer == 0 && length == bytes.count ? bytes : nil
  }

  static let base64Variant = Int32(sodium_base64_VARIANT_URLSAFE_NO_PADDING)

  /// BLAKE2b under a key; each part goes in with its length before it, so that no two lists of parts are the same
  /// bytes.
  static func hash(_ parts: [[UInt8]], key: KeyBytes, count: Int) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: count)
    let message = lengthPrefixed(parts)
    let answer = key.withBytes { crypto_generichash(&hash, count, message, UInt64(message.count), $0, key.count) }
    precondition(answer == 0, "BLAKE2b refused its sizes")
    return hash
  }

  /// Four bytes of length before each part, the most significant first.
  static func lengthPrefixed(_ parts: [[UInt8]]) -> [UInt8] {
    parts.flatMap { part in (0..<4).map { UInt8(truncatingIfNeeded: part.count >> (24 - 8 * $0)) } + part }
  }

  private static func string(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
