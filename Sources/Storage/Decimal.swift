extension [UInt8] {
  /// Appends the decimal digits of a number, with its sign.
  mutating func append(decimal number: Int64) {
    var rest = number.magnitude
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = digits.count
      repeat {
        start -= 1
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest > 0
      if number < 0 { append(UInt8(ascii: "-")) }
      append(contentsOf: digits[start...])
    }
  }
}

extension Int64 {
  /// The number that these bytes write in decimal, or nil if they are anything else or too large.
  init?(decimal bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    guard bytes.count > (isNegative ? 1 : 0) else { return nil }
    var value: Int64 = 0
    for byte in bytes.dropFirst(isNegative ? 1 : 0) {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      let (product, hasOverflowed) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(byte - UInt8(ascii: "0"))
      // Counting downwards for negative numbers, so that the smallest one can be read.
      let (sum, hasOverflowedAgain) =
        isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      guard !hasOverflowed, !hasOverflowedAgain else { return nil }
      value = sum
    }
    self = value
  }
}
