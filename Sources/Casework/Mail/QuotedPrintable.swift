/// Text as lines of ASCII of 76 signs at most (RFC 2045, 6.7).
enum QuotedPrintable {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Each line ended by CRLF, whatever ended it before.
  static func encode(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count * 5 / 4)
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines {
      encode(line.last == 0x0D ? line.dropLast() : line, into: &result)
      result += [0x0D, 0x0A]
    }
    return result
  }

  private static func encode(_ line: Substring.UTF8View, into result: inout [UInt8]) {
    var width = 0
    for index in line.indices {
      let byte = line[index]
      let isLast = line.index(after: index) == line.endIndex
      let piece: [UInt8]
      switch byte {
      case 0x20, 0x09: piece = isLast ? escaped(byte) : [byte]
      case 0x3D: piece = escaped(byte)
      case 0x21...0x7E: piece = [byte]
      default: piece = escaped(byte)
      }
      if width + piece.count > (isLast ? 76 : 75) {
        result += [0x3D, 0x0D, 0x0A]
        width = 0
      }
      // A dot at the beginning of a line means something to mail servers.
      let shown = byte == 0x2E && width == 0 ? escaped(byte) : piece
      result += shown
      width += shown.count
    }
  }

  private static func escaped(_ byte: UInt8) -> [UInt8] { [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
}
