/// The letters of Windows' Western code page, and repairs of texts that went through it.
enum CP1252 {
  /// The scalars of bytes 0x80 to 0x9F; 0 for the five that mean nothing.
  private static let upper: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  /// The scalar of a byte; U+FFFD for the five bytes that mean nothing.
  static func scalar(_ byte: UInt8) -> UInt32 {
    guard byte >= 0x80, byte <= 0x9F else { return UInt32(byte) }
    let scalar = upper[Int(byte) - 0x80]
    return scalar == 0 ? 0xFFFD : scalar
  }

  /// The byte of a scalar, nil where the code page does not have it.
  static func byte(_ scalar: UInt32) -> UInt8? {
    if scalar < 0x80 || (0xA0...0xFF).contains(scalar) { return UInt8(scalar) }
    guard scalar != 0, let index = upper.firstIndex(of: scalar) else {
      // The five empty places pass through as controls.
      return (0x80...0x9F).contains(scalar) ? UInt8(scalar) : nil
    }
    return UInt8(index + 0x80)
  }

  /// What becomes of bytes that should be UTF-8.
  enum Repair {
    /// They are.
    case needless
    /// A copy in which every other byte was read as CP1252, with those bytes and the letters made of them.
    case done([UInt8], found: String, letters: String)
    /// The byte at this place is neither: nobody knows what it stood for.
    case impossible(at: Int)
  }

  /// A copy in UTF-8: what is UTF-8 already stays, every other byte is read as CP1252.
  static func repairedUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Repair {
    guard let base = bytes.baseAddress else { return .needless }
    var copy: [UInt8] = []
    copy.reserveCapacity(bytes.count + 64)
    var strange: [UInt8] = []
    var p = 0
    while p < bytes.count {
      if bytes[p] < 0x80 {
        copy.append(bytes[p])
        p += 1
        continue
      }
      let length = UTF8Check.length(at: p, of: base, end: bytes.count)
      if length > 0 {
        copy.append(contentsOf: bytes[p..<p + length])
        p += length
      } else {
        let letter = scalar(bytes[p])
        guard letter != 0xFFFD else { return .impossible(at: p) }
        UTF8Check.append(letter, to: &copy)
        if strange.count < 5, !strange.contains(bytes[p]) { strange.append(bytes[p]) }
        p += 1
      }
    }
    guard !strange.isEmpty else { return .needless }
    let found = strange.map { String($0, radix: 16, uppercase: true) }.joined(separator: ", ")
    let letters = strange.compactMap { Unicode.Scalar(scalar($0)).map(String.init) }.joined(separator: ", ")
    return .done(copy, found: found, letters: letters)
  }

  /// The text with controls U+0080 to U+009F read as the letters of CP1252; nil where it holds none that mean something.
  static func withoutControls(_ text: String) -> String? {
    var changed = false
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if (0x80...0x9F).contains(scalar.value), upper[Int(scalar.value) - 0x80] != 0,
        let letter = Unicode.Scalar(upper[Int(scalar.value) - 0x80])
      {
        result.append(letter)
        changed = true
      } else {
        result.append(scalar)
      }
    }
    return changed ? String(result) : nil
  }

  /// The text whose UTF-8 had been read as CP1252 or Latin-1 (`Ã©` for `é`); nil where no run of letters turns back without doubt.
  ///
  /// Only runs outside ASCII that are whole, well-formed UTF-8 once written in CP1252 are touched.
  static func withoutMojibake(_ text: String) -> String? {
    var result = ""
    var run: [UInt8] = []
    var original = String.UnicodeScalarView()
    var changed = false
    func flush() {
      if run.count > 1, run.count == original.count, let repaired = String(validating: run, as: UTF8.self) {
        result += repaired
        changed = true
      } else {
        result.unicodeScalars.append(contentsOf: original)
      }
      run.removeAll(keepingCapacity: true)
      original = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80 {
        flush()
        result.unicodeScalars.append(scalar)
      } else {
        original.append(scalar)
        if let byte = byte(scalar.value) { run.append(byte) }
      }
    }
    flush()
    return changed ? result : nil
  }
}

extension CP1252 {
  /// A copy in UTF-8 of bytes that are declared to be CP1252 or Latin-1.
  static func decoded(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(bytes.count + bytes.count / 16)
    for byte in bytes { UTF8Check.append(scalar(byte), to: &copy) }
    return copy
  }
}
