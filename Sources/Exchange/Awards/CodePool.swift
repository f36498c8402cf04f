import Clauses

/// Codes that come back again and again, checked once: buyers and CPV codes, by their digits as a number.
final class CodePool {
  private struct Buyer {
    var number: Int64
    var siret: SIRET
    var hasValidKey: Bool
  }
  private static let places = 4096
  private var buyers = [Buyer?](repeating: nil, count: places)
  private var codes = [(number: Int64, code: CPVCode)?](repeating: nil, count: places)

  /// The SIRET of 14 digits; nil for any other writing.
  func siret(_ bytes: UnsafeBufferPointer<UInt8>) -> (siret: SIRET, hasValidKey: Bool)? {
    guard bytes.count == 14, let number = number(bytes, 14) else { return nil }
    let place = place(number)
    if let kept = buyers[place], kept.number == number { return (kept.siret, kept.hasValidKey) }
    guard let siret = try? SIRET(String(decoding: bytes, as: UTF8.self)) else { return nil }
    let isValid = siret.hasValidKey
    buyers[place] = Buyer(number: number, siret: siret, hasValidKey: isValid)
    return (siret, isValid)
  }

  /// The code of eight digits, its check digit behind it or not; nil for any other writing.
  func cpv(_ bytes: UnsafeBufferPointer<UInt8>) -> CPVCode? {
    guard bytes.count == 8 || bytes.count == 10 && bytes[8] == 0x2D && bytes[9] &- 0x30 < 10,
      let number = number(bytes, 8)
    else { return nil }
    let place = place(number)
    if let kept = codes[place], kept.number == number { return kept.code }
    guard let code = CPVCode(String(decoding: bytes, as: UTF8.self)) else { return nil }
    codes[place] = (number, code)
    return code
  }

  private func number(_ bytes: UnsafeBufferPointer<UInt8>, _ count: Int) -> Int64? {
    var number: Int64 = 0
    for index in 0..<count {
      let digit = bytes[index] &- 0x30
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int64(digit)
    }
    return number
  }

  private func place(_ number: Int64) -> Int {
    let mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed >> 52)
  }
}
