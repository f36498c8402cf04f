import Crypto

/// A second factor: codes of six digits that change every 30 seconds (RFC 6238 over HMAC-SHA-1, RFC 4226).
///
/// Those figures are the ones that every authenticator takes; they are not a choice.
public struct TOTP: Redacted {
  private static let period: Int64 = 30
  private static let digits = 6
  /// Clocks may differ by one step either way (RFC 6238, section 5.2).
  private static let window: Int64 = 1
  private let secret: KeyBytes

  /// A new secret of 160 bits, the length of the hash (RFC 4226, section 4).
  public init() { secret = .random(Insecure.SHA1.byteCount) }

  /// Reads a secret in base 32; nil when it is none or has less than 128 bits (RFC 4226, section 4).
  public init?(base32: String) {
    guard var bytes = Base32.bytes(base32), bytes.count >= 16 else { return nil }
    secret = .copy(bytes)
    Sodium.wipe(&bytes)
  }

  /// The secret in base 32: to show once, and to store sealed.
  public var base32: String {
    Base32.text(secret.withBytes { Array(UnsafeBufferPointer(start: $0, count: secret.count)) })
  }

  /// The step in which a moment falls, in seconds since 1970 UTC.
  public static func step(at seconds: Int64) -> Int64 {
    seconds >= 0 ? seconds / period : (seconds - period + 1) / period
  }

  /// The code of a moment.
  public func code(at seconds: Int64) -> String { code(step: TOTP.step(at: seconds), digits: TOTP.digits) }

  /// The step whose code was typed, among the present one and its neighbours; nil when there is none.
  ///
  /// The caller stores that step in the same transaction and gives it as `last` the next time: a code up to there is
  /// refused, so none serves twice (RFC 6238, section 5.2). Spaces are let through.
  public func match(_ typed: String, at seconds: Int64, after last: Int64?) -> Int64? {
    let typed = Array(typed.filter { !$0.isWhitespace }.utf8)
    let now = TOTP.step(at: seconds)
    var found: Int64?
    // All steps are looked at, so that the time taken tells nothing.
    for step in (now - TOTP.window)...(now + TOTP.window) {
      let isRight = Sodium.areEqual(typed, Array(code(step: step, digits: TOTP.digits).utf8))
      if isRight, step > last ?? .min { found = found ?? step }
    }
    return found
  }

  /// The address that an authenticator reads as a QR code; it holds the secret.
  public func uri(issuer: String, account: String) -> String {
    let (issuer, account) = (TOTP.escaped(issuer), TOTP.escaped(account))
    return "otpauth://totp/\(issuer):\(account)?secret=\(base32)&issuer=\(issuer)&algorithm=SHA1"
      + "&digits=\(TOTP.digits)&period=\(TOTP.period)"
  }

  /// RFC 4226, section 5.3.
  func code(step: Int64, digits: Int) -> String {
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
    let key = secret.withBytes { SymmetricKey(data: UnsafeRawBufferPointer(start: $0, count: secret.count)) }
    let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
    let offset = Int(hash[19] & 15)
    let value = hash[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
    let modulus = (0..<digits).reduce(1) { power, _ in power * 10 }
    let code = String(value % modulus)
    return String(repeating: "0", count: digits - code.count) + code
  }

  /// All but the unreserved signs of RFC 3986, section 2.3, as `%XX`.
  private static func escaped(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default: result += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
      }
    }
  }
}
