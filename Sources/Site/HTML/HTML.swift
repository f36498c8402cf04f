/// A piece of a page, already safe to send.
///
/// Literals are trusted and every interpolated value is escaped. A literal is a `StaticString`, so text that exists only at run time can never pass as markup:
/// there is no initialiser and no function that turns a `String` into `HTML` without escaping it. Only text, whole numbers and other pieces can be
/// interpolated; amounts, days and hours say themselves how they are written (`\(amount.french)`).
public struct HTML: Sendable {
  /// The bytes of the page, in UTF-8.
  public internal(set) var bytes: [UInt8]

  /// Nothing.
  public static let empty = HTML(bytes: [])

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Text of the run time, escaped.
  public init(text: some StringProtocol) {
    bytes = []
    HTML.escape(text, into: &bytes)
  }

  /// Whether there is nothing to send.
  public var isEmpty: Bool { bytes.isEmpty }

  /// Two pieces, one after the other.
  public static func + (a: HTML, b: HTML) -> HTML { HTML(bytes: a.bytes + b.bytes) }

  /// Adds trusted text of the source at the end, without a piece of its own.
  mutating func add(_ literal: StaticString) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Adds a piece at the end.
  public static func += (a: inout HTML, b: HTML) { a.bytes.append(contentsOf: b.bytes) }
}

extension HTML: Equatable {}

extension HTML: CustomStringConvertible {
  /// The markup as text, for tests and files.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension HTML: ExpressibleByStringInterpolation {
  /// A literal of the source is trusted as it stands.
  public init(stringLiteral value: StaticString) {
    bytes = value.withUTF8Buffer { Array($0) }
  }

  /// A literal with values in it: its parts are trusted, its values escaped.
  public init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

  /// Collects the parts of a literal that holds values.
  public struct StringInterpolation: StringInterpolationProtocol {
    var bytes: [UInt8]

    /// Room for the literal's own text and a guess for its values.
    public init(literalCapacity: Int, interpolationCount: Int) {
      bytes = []
      bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    /// Trusted text of the source.
    public mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Text of the run time: escaped.
    public mutating func appendInterpolation(_ text: some StringProtocol) { HTML.escape(text, into: &bytes) }

    /// Text that may be absent: escaped, or nothing.
    public mutating func appendInterpolation(_ text: String?) {
      if let text { HTML.escape(text, into: &bytes) }
    }

    /// A whole number, in plain digits; `French.integer` groups them for readers.
    public mutating func appendInterpolation(_ number: some BinaryInteger) {
      bytes.append(contentsOf: String(number).utf8)
    }

    /// Another piece.
    public mutating func appendInterpolation(_ html: HTML) { bytes.append(contentsOf: html.bytes) }

    /// Another piece, or nothing.
    public mutating func appendInterpolation(_ html: HTML?) {
      if let html { bytes.append(contentsOf: html.bytes) }
    }

    /// Pieces, one after the other.
    public mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { bytes.append(contentsOf: piece.bytes) }
    }

    /// The address of a link, ready for an attribute.
    public mutating func appendInterpolation(_ address: Address) { HTML.escape(address.href, into: &bytes) }
  }
}

extension HTML {
  /// Escapes the five signs that mean something in HTML, replaces control characters that HTML forbids, and leaves out
  /// those that turn the writing direction of what follows them.
  static func escape(_ text: some StringProtocol, into bytes: inout [UInt8]) {
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { escape($0, into: &bytes) }
    guard done == nil else { return }
    Array(text.utf8).withUnsafeBufferPointer { escape($0, into: &bytes) }
  }

  private static func escape(_ source: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8]) {
    var start = 0
    for index in source.indices {
      let replacement: StaticString
      switch source[index] {
      case 0x26: replacement = "&amp;"
      case 0x3C: replacement = "&lt;"
      case 0x3E: replacement = "&gt;"
      case 0x22: replacement = "&quot;"
      case 0x27: replacement = "&#39;"
      case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: replacement = "\u{FFFD}"
      // U+0080 to U+009F, the second half of a wrong encoding.
      case 0xC2 where index + 1 < source.count && (0x80...0x9F).contains(source[index + 1]):
        bytes.append(contentsOf: source[start..<index])
        bytes.append(contentsOf: "\u{FFFD}".utf8)
        start = index + 2
        continue
      case 0xE2 where turnsDirection(source, index):
        bytes.append(contentsOf: source[start..<index])
        start = index + 3
        continue
      default: continue
      }
      bytes.append(contentsOf: source[start..<index])
      replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
      start = index + 1
    }
    bytes.append(contentsOf: source[start...])
  }

  /// U+202A to U+202E and U+2066 to U+2069, which can make one text show as another.
  private static func turnsDirection(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    guard index + 2 < source.count else { return false }
    switch source[index + 1] {
    case 0x80: return (0xAA...0xAE).contains(source[index + 2])
    case 0x81: return (0xA6...0xA9).contains(source[index + 2])
    default: return false
    }
  }
}
