/// Rows in the text form of PostgreSQL's COPY, the way to load much.
struct PostgresCopy {
  private(set) var bytes: [UInt8] = []

  /// Adds a row.
  mutating func add(_ row: SQLRow) throws {
    var isFirst = true
    for values in [row.lead, row.rest] {
      for value in values {
        if !isFirst { bytes.append(UInt8(ascii: "\t")) }
        isFirst = false
        try add(value)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func add(_ value: SQLValue) throws {
    switch value {
    case .null: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
    case .integer(let number): bytes.append(decimal: number)
    case .bool(let isTrue): bytes.append(UInt8(ascii: isTrue ? "t" : "f"))
    case .real(let number): bytes.append(contentsOf: "\(number)".utf8)
    case .text(var text):
      let isClean = text.withUTF8 { append($0) }
      guard isClean else { throw StorageError.zeroCharacter(place: 1) }
    case .blob(let blob):
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("\\\\x".utf8)
      for byte in blob {
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
    }
  }

  /// Adds a text, its special signs escaped; false where it holds a zero character, which has no place in PostgreSQL.
  private mutating func append(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    for (index, byte) in utf8.enumerated() where byte < 0x0E || byte == UInt8(ascii: "\\") {
      switch byte {
      case 0: return false
      case UInt8(ascii: "\\"), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(PostgresCopy.letter(for: byte))
        start = index + 1
      default: break
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    return true
  }

  private static func letter(for byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "\t"): UInt8(ascii: "t")
    case UInt8(ascii: "\n"): UInt8(ascii: "n")
    case UInt8(ascii: "\r"): UInt8(ascii: "r")
    default: byte
    }
  }
}
