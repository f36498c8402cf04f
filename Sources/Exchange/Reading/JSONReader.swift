/// A pull reader of JSON over bytes in memory: the caller asks for what it expects and skips the rest.
///
/// Strict RFC 8259: bad UTF-8, control characters, numbers such as `01`, `+1`, `1.` or `NaN`, lone surrogates, missing or trailing
/// commas and more than ``deepest`` levels are refused with the byte where they stand. The reader is valid only as long as its bytes.
public struct JSONReader {
  /// The deepest nesting of lists and objects that is read.
  public static let deepest = 128

  /// What the next value is, seen from its first byte.
  public enum Kind: UInt8, Sendable { case object, array, string, number, bool, null }

  /// A text or number where it stands in the bytes, without its quotes and not yet unescaped.
  public struct Text: Sendable, Hashable {
    /// The first byte.
    public let start: Int
    /// How many bytes.
    public let count: Int
    /// Whether a backslash occurs in it.
    public let isEscaped: Bool
  }

  /// Oddities of texts that are no faults, noticed on the way.
  public struct Marks: OptionSet, Sendable, Hashable {
    /// One bit an oddity.
    public let rawValue: UInt8
    /// A set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// U+FFFD stands for a letter that was lost.
    public static let replacement = Marks(rawValue: 1)
    /// A control character U+0080 to U+009F stands for a character of CP1252.
    public static let control = Marks(rawValue: 2)
    /// `Ã` or `Â` is followed by another sign outside ASCII: perhaps UTF-8 read as Latin-1.
    public static let mojibake = Marks(rawValue: 4)
  }

  let base: UnsafePointer<UInt8>
  let end: Int
  /// The byte to be read next.
  public internal(set) var position: Int
  private var depth = 0
  private var needsComma = false
  /// What was noticed in texts since the caller last emptied it.
  public var marks: Marks = []

  /// A reader of bytes, from one of them on.
  public init(_ bytes: UnsafeRawBufferPointer, from start: Int = 0) {
    let bound = bytes.bindMemory(to: UInt8.self)
    base = bound.baseAddress ?? UnsafePointer(emptyBytes)
    end = bound.count
    position = min(max(start, 0), end)
  }

  /// Forgets where it was and goes on from another byte, outside any list or object.
  mutating func restart(at position: Int) {
    self.position = position
    depth = 0
    needsComma = false
  }

  /// Skips white space, then says what the next value is; the value stays unread.
  @inlinable
  public mutating func peek() throws(JSONFault) -> Kind {
    try nextKind()
  }

  @usableFromInline
  mutating func nextKind() throws(JSONFault) -> Kind {
    skipSpace()
    guard position < end else { throw JSONFault(.truncated, at: end) }
    switch base[position] {
    case 0x22: return .string
    case 0x7B: return .object
    case 0x5B: return .array
    case 0x30...0x39, 0x2D: return .number
    case 0x74, 0x66: return .bool
    case 0x6E: return .null
    case 0x41...0x5A, 0x61...0x7A: throw JSONFault(.badWord, at: position)
    case 0x2B, 0x2E: throw JSONFault(.badNumber, at: position)
    default: throw JSONFault(.expectedValue, at: position)
    }
  }

  /// Enters an object; then call ``nextKey()`` until it gives nil.
  public mutating func beginObject() throws(JSONFault) { try begin(0x7B) }

  /// Enters a list; then call ``nextElement()`` until it gives false.
  public mutating func beginArray() throws(JSONFault) { try begin(0x5B) }

  private mutating func begin(_ sign: UInt8) throws(JSONFault) {
    skipSpace()
    guard position < end else { throw JSONFault(.truncated, at: end) }
    guard base[position] == sign else { throw JSONFault(.otherType, at: position) }
    guard depth < JSONReader.deepest else { throw JSONFault(.tooDeep, at: position) }
    depth += 1
    position += 1
    needsComma = false
  }

  /// The next key of the object, its value ready to be read or skipped; nil at the object's end, which is passed.
  public mutating func nextKey() throws(JSONFault) -> Text? {
    skipSpace()
    guard position < end else { throw JSONFault(.truncated, at: end) }
    if base[position] == 0x7D {
      leave()
      return nil
    }
    if needsComma { try comma() }
    guard position < end else { throw JSONFault(.truncated, at: end) }
    guard base[position] == 0x22 else { throw JSONFault(.expectedKey, at: position) }
    let key = try scanString()
    try colon()
    return key
  }

  /// Whether the list has another element, ready to be read or skipped; false at the list's end, which is passed.
  public mutating func nextElement() throws(JSONFault) -> Bool {
    skipSpace()
    guard position < end else { throw JSONFault(.truncated, at: end) }
    if base[position] == 0x5D {
      leave()
      return false
    }
    if needsComma {
      try comma()
      if position < end, base[position] == 0x5D { throw JSONFault(.expectedValue, at: position) }
    }
    return true
  }

  /// Reads a text.
  public mutating func text() throws(JSONFault) -> Text {
    skipSpace()
    guard position < end else { throw JSONFault(.truncated, at: end) }
    guard base[position] == 0x22 else { throw JSONFault(.otherType, at: position) }
    needsComma = true
    return try scanString()
  }

  /// Reads a number, as it is written.
  public mutating func number() throws(JSONFault) -> Text {
    skipSpace()
    let start = position
    try scanNumber()
    needsComma = true
    return Text(start: start, count: position - start, isEscaped: false)
  }

  /// Reads `true` or `false`.
  public mutating func bool() throws(JSONFault) -> Bool {
    skipSpace()
    let isTrue = position < end && base[position] == 0x74
    if isTrue { try scanWord(trueWord, 4) } else { try scanWord(falseWord, 5) }
    needsComma = true
    return isTrue
  }

  /// Reads `null`.
  public mutating func null() throws(JSONFault) {
    skipSpace()
    try scanWord(nullWord, 4)
    needsComma = true
  }

  /// Passes over the next value, whatever it is, checking all of it.
  public mutating func skip() throws(JSONFault) {
    var isObject: UInt128 = 0
    let floor = depth
    while true {
      skipSpace()
      guard position < end else { throw JSONFault(.truncated, at: end) }
      switch base[position] {
      case 0x22: _ = try scanString()
      case 0x7B:
        guard depth < JSONReader.deepest else { throw JSONFault(.tooDeep, at: position) }
        position += 1
        skipSpace()
        if position < end, base[position] == 0x7D {
          position += 1
          break
        }
        depth += 1
        isObject = isObject << 1 | 1
        try key()
        continue
      case 0x5B:
        guard depth < JSONReader.deepest else { throw JSONFault(.tooDeep, at: position) }
        position += 1
        skipSpace()
        if position < end, base[position] == 0x5D {
          position += 1
          break
        }
        depth += 1
        isObject <<= 1
        continue
      case 0x30...0x39, 0x2D: try scanNumber()
      case 0x74: try scanWord(trueWord, 4)
      case 0x66: try scanWord(falseWord, 5)
      case 0x6E: try scanWord(nullWord, 4)
      case 0x41...0x5A, 0x61...0x7A: throw JSONFault(.badWord, at: position)
      case 0x2B, 0x2E: throw JSONFault(.badNumber, at: position)
      default: throw JSONFault(.expectedValue, at: position)
      }
      while depth > floor {
        skipSpace()
        guard position < end else { throw JSONFault(.truncated, at: end) }
        let sign = base[position]
        if sign == 0x2C {
          position += 1
          if isObject & 1 == 1 {
            skipSpace()
            try key()
          }
          break
        }
        guard sign == (isObject & 1 == 1 ? 0x7D : 0x5D) else { throw JSONFault(.expectedComma, at: position) }
        position += 1
        depth -= 1
        isObject >>= 1
      }
      if depth == floor { break }
    }
    needsComma = true
  }

  /// Checks that nothing but white space is left.
  public mutating func finish() throws(JSONFault) {
    skipSpace()
    guard position == end else { throw JSONFault(.trailingBytes, at: position) }
  }

  /// A key and its colon at this place, outside any object that was entered.
  mutating func memberName() throws(JSONFault) -> Text {
    let name = try scanString()
    try colon()
    return name
  }

  // MARK: - Signs

  private mutating func leave() {
    position += 1
    depth -= 1
    needsComma = true
  }

  private mutating func key() throws(JSONFault) {
    guard position < end else { throw JSONFault(.truncated, at: end) }
    guard base[position] == 0x22 else { throw JSONFault(.expectedKey, at: position) }
    _ = try scanString()
    try colon()
  }

  @inline(__always)
  private mutating func colon() throws(JSONFault) {
    skipSpace()
    guard position < end else { throw JSONFault(.truncated, at: end) }
    guard base[position] == 0x3A else { throw JSONFault(.expectedColon, at: position) }
    position += 1
  }

  @inline(__always)
  private mutating func comma() throws(JSONFault) {
    guard base[position] == 0x2C else { throw JSONFault(.expectedComma, at: position) }
    position += 1
    skipSpace()
  }

  @inline(__always)
  mutating func skipSpace() {
    while position < end {
      let byte = base[position]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }

  private mutating func scanWord(_ word: UInt64, _ count: Int) throws(JSONFault) {
    for index in 0..<count {
      guard position + index < end else { throw JSONFault(.truncated, at: end) }
      guard base[position + index] == UInt8(truncatingIfNeeded: word >> UInt64(index * 8)) else {
        throw JSONFault(.badWord, at: position)
      }
    }
    position += count
    if position < end, isWordByte(base[position]) { throw JSONFault(.badWord, at: position - count) }
  }

  private mutating func scanNumber() throws(JSONFault) {
    let start = position
    var p = position
    if p < end, base[p] == 0x2D { p += 1 }
    guard p < end else { throw JSONFault(p == start ? .truncated : .badNumber, at: start) }
    if base[p] == 0x30 {
      p += 1
    } else {
      guard isDigit(base[p]) else { throw JSONFault(p == start ? .otherType : .badNumber, at: start) }
      while p < end, isDigit(base[p]) { p += 1 }
    }
    if p < end, base[p] == 0x2E {
      p += 1
      let first = p
      while p < end, isDigit(base[p]) { p += 1 }
      guard p > first else { throw JSONFault(.badNumber, at: start) }
    }
    if p < end, base[p] | 0x20 == 0x65 {
      p += 1
      if p < end, base[p] == 0x2B || base[p] == 0x2D { p += 1 }
      let first = p
      while p < end, isDigit(base[p]) { p += 1 }
      guard p > first else { throw JSONFault(.badNumber, at: start) }
    }
    if p < end, isWordByte(base[p]) || base[p] == 0x2E || base[p] == 0x2B || base[p] == 0x2D {
      throw JSONFault(.badNumber, at: start)
    }
    position = p
  }
}

/// `true`, `false` and `null`, little-endian.
private let trueWord: UInt64 = 0x6575_7274
private let falseWord: UInt64 = 0x65_736C_6166
private let nullWord: UInt64 = 0x6C6C_756E

/// Where the reader of nothing points.
nonisolated(unsafe) private let emptyBytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

@inline(__always)
private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always)
private func isWordByte(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F }
