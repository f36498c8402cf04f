extension JSONReader {
  /// Passes a text whose opening quote is the next byte, checking every byte of it, eight at a time where they are plain ASCII.
  @inline(__always)
  mutating func scanString() throws(JSONFault) -> Text {
    let start = position + 1
    var p = start
    var escaped = false
    let raw = UnsafeRawPointer(base)
    while true {
      while p &+ 8 <= end {
        let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: p, as: UInt64.self))
        let quote = word ^ 0x2222_2222_2222_2222
        let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        let below = (word &- 0x2020_2020_2020_2020) & ~word
        let equal =
          ((quote &- 0x0101_0101_0101_0101) & ~quote) | ((slash &- 0x0101_0101_0101_0101) & ~slash)
        let hit = (below | equal | word) & 0x8080_8080_8080_8080
        if hit == 0 {
          p &+= 8
          continue
        }
        p &+= hit.trailingZeroBitCount &>> 3
        break
      }
      guard p < end else { throw JSONFault(.truncated, at: end) }
      let byte = base[p]
      if byte == 0x22 {
        position = p &+ 1
        return Text(start: start, count: p &- start, isEscaped: escaped)
      }
      if byte >= 0x80 {
        p = try passScalar(p)
      } else if byte == 0x5C {
        escaped = true
        p = try passEscape(p)
      } else if byte < 0x20 {
        throw JSONFault(.controlCharacter, at: p)
      } else {
        p &+= 1
      }
    }
  }

  /// Checks one character outside ASCII and gives the byte after it.
  @inline(__always)
  private mutating func passScalar(_ p: Int) throws(JSONFault) -> Int {
    let length = UTF8Check.length(at: p, of: base, end: end)
    guard length > 0 else {
      throw JSONFault(length == 0 ? .badUTF8 : .truncated, at: p)
    }
    if length == 2 {
      if base[p] == 0xC2 {
        if base[p + 1] < 0xA0 { marks.insert(.control) }
      } else if base[p] == 0xC3, base[p + 1] == 0x83 || base[p + 1] == 0x82, p + 2 < end, base[p + 2] >= 0x80 {
        marks.insert(.mojibake)
      }
    } else if length == 3, base[p] == 0xEF, base[p + 1] == 0xBF, base[p + 2] == 0xBD {
      marks.insert(.replacement)
    }
    return p + length
  }

  /// Checks one escape sequence and gives the byte after it.
  private mutating func passEscape(_ p: Int) throws(JSONFault) -> Int {
    guard p + 1 < end else { throw JSONFault(.truncated, at: end) }
    switch base[p + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return p + 2
    case 0x75:
      let unit = try hexadecimal(p)
      if unit == 0xFFFD { marks.insert(.replacement) }
      if unit >= 0x80, unit <= 0x9F { marks.insert(.control) }
      if unit == 0xC3 || unit == 0xC2 { marks.insert(.mojibake) }
      if unit >= 0xDC00, unit <= 0xDFFF { throw JSONFault(.loneSurrogate, at: p) }
      guard unit >= 0xD800, unit <= 0xDBFF else { return p + 6 }
      guard p + 7 < end else { throw JSONFault(.truncated, at: end) }
      guard base[p + 6] == 0x5C, base[p + 7] == 0x75 else { throw JSONFault(.loneSurrogate, at: p) }
      let second = try hexadecimal(p + 6)
      guard second >= 0xDC00, second <= 0xDFFF else { throw JSONFault(.loneSurrogate, at: p) }
      return p + 12
    default: throw JSONFault(.badEscape, at: p)
    }
  }

  private func hexadecimal(_ p: Int) throws(JSONFault) -> UInt32 {
    guard p + 6 <= end else { throw JSONFault(.truncated, at: end) }
    var unit: UInt32 = 0
    for index in p + 2..<p + 6 {
      guard let digit = hexadecimalDigit(base[index]) else { throw JSONFault(.badEscape, at: p) }
      unit = unit << 4 | digit
    }
    return unit
  }

  /// The text itself, unescaped.
  public func string(_ text: Text) -> String {
    guard text.isEscaped else {
      return String(decoding: UnsafeBufferPointer(start: base + text.start, count: text.count), as: UTF8.self)
    }
    var bytes: [UInt8] = []
    unescape(text, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text's bytes in UTF-8, unescaped; the text was checked when it was read.
  public func unescape(_ text: Text, into bytes: inout [UInt8]) {
    let kept = bytes.count
    // Unescaped, a text is never longer.
    bytes.append(contentsOf: repeatElement(0, count: text.count))
    let written = bytes.withUnsafeMutableBufferPointer { buffer in
      guard let target = buffer.baseAddress else { return 0 }
      return unescape(text, to: target + kept)
    }
    bytes.removeLast(text.count - written)
  }

  private func unescape(_ text: Text, to target: UnsafeMutablePointer<UInt8>) -> Int {
    var written = 0
    var p = text.start
    let stop = text.start + text.count
    while p < stop {
      let byte = base[p]
      guard byte == 0x5C else {
        target[written] = byte
        written &+= 1
        p &+= 1
        continue
      }
      guard base[p + 1] == 0x75 else {
        target[written] = plainEscape(base[p + 1])
        written += 1
        p += 2
        continue
      }
      var scalar = hexadecimalUnchecked(p)
      p += 6
      if scalar >= 0xD800, scalar <= 0xDBFF, p + 6 <= stop {
        scalar = 0x10000 + (scalar - 0xD800) << 10 + (hexadecimalUnchecked(p) & 0x3FF)
        p += 6
      }
      written += UTF8Check.write(scalar, to: target + written)
    }
    return written
  }

  private func hexadecimalUnchecked(_ p: Int) -> UInt32 {
    var unit: UInt32 = 0
    for index in p &+ 2..<p &+ 6 { unit = unit << 4 | (hexadecimalDigit(base[index]) ?? 0) }
    return unit
  }
}

@inline(__always)
private func plainEscape(_ byte: UInt8) -> UInt8 {
  switch byte {
  case 0x62: 0x08
  case 0x66: 0x0C
  case 0x6E: 0x0A
  case 0x72: 0x0D
  case 0x74: 0x09
  default: byte
  }
}

@inline(__always)
private func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x30...0x39: UInt32(byte - 0x30)
  case 0x41...0x46: UInt32(byte - 0x37)
  case 0x61...0x66: UInt32(byte - 0x57)
  default: nil
  }
}

/// The rules of UTF-8 (RFC 3629) on bare bytes.
enum UTF8Check {
  /// How many bytes the character outside ASCII at this place takes; 0 where it is malformed, -1 where the bytes end inside it.
  @inline(__always)
  static func length(at p: Int, of base: UnsafePointer<UInt8>, end: Int) -> Int {
    let lead = base[p]
    if lead >= 0xC2, lead <= 0xDF {
      guard p &+ 1 < end else { return -1 }
      return base[p &+ 1] & 0xC0 == 0x80 ? 2 : 0
    }
    return longLength(at: p, of: base, end: end)
  }

  private static func longLength(at p: Int, of base: UnsafePointer<UInt8>, end: Int) -> Int {
    let lead = base[p]
    guard lead >= 0xE0, lead <= 0xF4 else { return 0 }
    guard p + 1 < end else { return -1 }
    let second = base[p + 1]
    let range: ClosedRange<UInt8> =
      switch lead {
      case 0xE0: 0xA0...0xBF
      case 0xED: 0x80...0x9F
      case 0xF0: 0x90...0xBF
      case 0xF4: 0x80...0x8F
      default: 0x80...0xBF
      }
    guard range.contains(second) else { return 0 }
    let length = lead < 0xF0 ? 3 : 4
    for index in 2..<length {
      guard p + index < end else { return -1 }
      guard base[p + index] & 0xC0 == 0x80 else { return 0 }
    }
    return length
  }

  /// Appends a scalar in UTF-8.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4) { buffer in
      guard let base = buffer.baseAddress else { return }
      bytes.append(contentsOf: buffer[0..<write(scalar, to: base)])
    }
  }

  /// Writes a scalar in UTF-8, up to four bytes; gives how many.
  @inline(__always)
  static func write(_ scalar: UInt32, to target: UnsafeMutablePointer<UInt8>) -> Int {
    if scalar < 0x80 {
      target[0] = UInt8(truncatingIfNeeded: scalar)
      return 1
    }
    if scalar < 0x800 {
      target[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
      target[1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      return 2
    }
    if scalar < 0x10000 {
      target[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
      target[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
      target[2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      return 3
    }
    target[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18 & 0x07)
    target[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
    target[2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
    target[3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    return 4
  }
}
