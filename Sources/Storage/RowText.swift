/// Rows as JSON lines, the same text for the same values on both engines: `[17,"Melun",null]`.
///
/// A line is an array of the values in the columns' order, ended by a line feed. Integers are written in decimal, truth
/// values as 0 and 1, days and instants as text, floating-point numbers with a point or an exponent, bytes as `{"hex":"…"}`.
/// In texts only `"`, `\` and signs below U+0020 are escaped (`\n`, `\r`, `\t`, else `\u00XX`); the rest is UTF-8 as it is.
public enum RowText {
  /// A line that is no such text.
  public struct Malformed: Error {}

  /// Appends the line of a row.
  public static func append(_ row: Row, to bytes: inout [UInt8]) throws {
    bytes.append(UInt8(ascii: "["))
    for index in 0..<row.count {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(try row.value(at: index), to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Appends the line of these values.
  public static func append(_ values: [SQLValue], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    bytes.append(UInt8(ascii: "\n"))
  }

  /// The values of a line, with or without its line feed; throws ``Malformed``.
  public static func values(_ line: UnsafeRawBufferPointer) throws -> [SQLValue] {
    var reading = Reading(bytes: line)
    return try reading.line()
  }

  private static func append(_ value: SQLValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .integer(let number): bytes.append(decimal: number)
    case .bool(let isTrue): bytes.append(UInt8(ascii: isTrue ? "1" : "0"))
    case .real(let number):
      bytes.append(contentsOf: (number.isFinite ? "\(number)" : "{\"real\":\"\(number)\"}").utf8)
    case .text(var text): text.withUTF8 { append(text: $0, to: &bytes) }
    case .blob(let blob):
      bytes.append(contentsOf: "{\"hex\":\"".utf8)
      for byte in blob {
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
      bytes.append(contentsOf: "\"}".utf8)
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func append(text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      start = index + 1
      bytes.append(UInt8(ascii: "\\"))
      switch byte {
      case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
      case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
      case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
      default:
        bytes.append(contentsOf: "u00".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    bytes.append(UInt8(ascii: "\""))
  }

  /// Reads one line from its first byte to its last.
  private struct Reading {
    let bytes: UnsafeRawBufferPointer
    var place = 0

    mutating func line() throws -> [SQLValue] {
      try take("[")
      var values: [SQLValue] = []
      if peek != UInt8(ascii: "]") {
        while true {
          values.append(try value())
          guard peek == UInt8(ascii: ",") else { break }
          place += 1
        }
      }
      try take("]")
      if peek == UInt8(ascii: "\n") { place += 1 }
      guard place == bytes.count else { throw Malformed() }
      return values
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ text: StaticString) throws {
      let end = place + text.utf8CodeUnitCount
      guard end <= bytes.count, memcmp(bytes, place, text) else { throw Malformed() }
      place = end
    }

    private func memcmp(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ text: StaticString) -> Bool {
      (0..<text.utf8CodeUnitCount).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
    }

    private mutating func value() throws -> SQLValue {
      switch peek {
      case UInt8(ascii: "n"):
        try take("null")
        return .null
      case UInt8(ascii: "\""): return .text(try text())
      case UInt8(ascii: "{"): return try marked()
      default: return try number()
      }
    }

    private mutating func number() throws -> SQLValue {
      let start = place
      var isReal = false
      while let byte = peek, byte != UInt8(ascii: ","), byte != UInt8(ascii: "]") {
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") { isReal = true }
        place += 1
      }
      let part = UnsafeRawBufferPointer(rebasing: bytes[start..<place])
      if isReal {
        guard let value = Double(String(decoding: part, as: UTF8.self)) else { throw Malformed() }
        return .real(value)
      }
      guard let value = Int64(decimal: part) else { throw Malformed() }
      return .integer(value)
    }

    private mutating func marked() throws -> SQLValue {
      try take("{\"")
      let isHex = peek == UInt8(ascii: "h")
      if isHex { try take("hex\":") } else { try take("real\":") }
      let inner = try text()
      try take("}")
      if isHex {
        let digits = Array(inner.utf8)
        guard digits.count.isMultiple(of: 2) else { throw Malformed() }
        return .blob(
          try stride(from: 0, to: digits.count, by: 2).map { try hex(digits[$0]) << 4 | hex(digits[$0 + 1]) })
      }
      guard let value = Double(inner) else { throw Malformed() }
      return .real(value)
    }

    private func hex(_ byte: UInt8) throws -> UInt8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): return byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): return byte - UInt8(ascii: "a") + 10
      default: throw Malformed()
      }
    }

    /// A text between quotes; one without escapes is taken at once.
    private mutating func text() throws -> String {
      try take("\"")
      let start = place
      while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { place += 1 }
      if peek == UInt8(ascii: "\"") {
        place += 1
        return String(decoding: bytes[start..<(place - 1)], as: UTF8.self)
      }
      var result = Array(bytes[start..<place])
      while let byte = peek {
        place += 1
        switch byte {
        case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
        case UInt8(ascii: "\\"): result.append(try escaped())
        default: result.append(byte)
        }
      }
      throw Malformed()
    }

    private mutating func escaped() throws -> UInt8 {
      guard let byte = peek else { throw Malformed() }
      place += 1
      switch byte {
      case UInt8(ascii: "n"): return UInt8(ascii: "\n")
      case UInt8(ascii: "r"): return UInt8(ascii: "\r")
      case UInt8(ascii: "t"): return UInt8(ascii: "\t")
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): return byte
      case UInt8(ascii: "u"):
        try take("00")
        guard place + 2 <= bytes.count else { throw Malformed() }
        defer { place += 2 }
        return try hex(bytes[place]) << 4 | hex(bytes[place + 1])
      default: throw Malformed()
      }
    }
  }
}
