extension String {
  /// The text as search sees it: lower case, without accents, `œ` as `oe`, every run of other signs as one space.
  ///
  /// Search columns and typed words go through this one function on both engines, so that "Écoles" finds "ecoles".
  public var folded: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    var gap = false
    func put(_ letters: StaticString) {
      if gap, !bytes.isEmpty { bytes.append(0x20) }
      gap = false
      letters.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
    func put(_ letter: UInt8) {
      if gap, !bytes.isEmpty { bytes.append(0x20) }
      gap = false
      bytes.append(letter)
    }
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x61...0x7A, 0x30...0x39: put(UInt8(scalar.value))
      case 0x41...0x5A: put(UInt8(scalar.value) + 0x20)
      case 0x00...0x7F: gap = true
      case 0x300...0x36F: continue
      case 0xC0...0xC5, 0xE0...0xE5, 0x100...0x105: put(0x61)
      case 0xC6, 0xE6: put("ae")
      case 0xC7, 0xE7, 0x106...0x10D: put(0x63)
      case 0xD0, 0xF0, 0x10E...0x111: put(0x64)
      case 0xC8...0xCB, 0xE8...0xEB, 0x112...0x11B: put(0x65)
      case 0xCC...0xCF, 0xEC...0xEF, 0x128...0x131: put(0x69)
      case 0xD1, 0xF1, 0x143...0x148: put(0x6E)
      case 0xD2...0xD6, 0xD8, 0xF2...0xF6, 0xF8, 0x14C...0x151: put(0x6F)
      case 0x152, 0x153: put("oe")
      case 0xD9...0xDC, 0xF9...0xFC, 0x168...0x173: put(0x75)
      case 0xDD, 0xFD, 0xFF, 0x178: put(0x79)
      case 0xDF: put("ss")
      case 0x141, 0x142: put(0x6C)
      case 0x15A...0x161: put(0x73)
      case 0x179...0x17E: put(0x7A)
      case 0x2019: gap = true
      default:
        if scalar.properties.isAlphabetic {
          if gap, !bytes.isEmpty { bytes.append(0x20) }
          gap = false
          bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        } else {
          gap = true
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
