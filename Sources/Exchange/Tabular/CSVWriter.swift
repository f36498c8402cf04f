/// Writes CSV that spreadsheets open well: RFC 4180 with CRLF, and for French Excel `;` and the byte order mark of UTF-8.
///
/// A text that a spreadsheet would run as a formula gets an apostrophe in front. Rows may be taken away as they come with ``take()``.
public struct CSVWriter {
  private var buffer: [UInt8] = []
  private let separator: UInt8

  /// A writer whose first row is that of titles; French Excel wants the defaults.
  public init(separator: CSVSeparator = .semicolon, byteOrderMark: Bool = true) {
    self.separator = separator.rawValue
    if byteOrderMark { buffer = [0xEF, 0xBB, 0xBF] }
  }

  /// Adds one row.
  public mutating func row(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(separator) }
      append(cell)
    }
    buffer.append(0x0D)
    buffer.append(0x0A)
  }

  /// The bytes written since the last call, which leave the writer.
  public mutating func take() -> [UInt8] {
    defer { buffer.removeAll(keepingCapacity: true) }
    return buffer
  }

  private mutating func append(_ cell: String) {
    let neutralised = CSVWriter.startsFormula(cell)
    let quoted =
      neutralised
      || cell.utf8.contains { $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      || cell.utf8.first == 0x20 || cell.utf8.last == 0x20
    if quoted { buffer.append(0x22) }
    if neutralised { buffer.append(0x27) }
    for byte in cell.utf8 {
      if byte == 0x22 { buffer.append(0x22) }
      buffer.append(byte)
    }
    if quoted { buffer.append(0x22) }
  }

  /// Whether a spreadsheet would take the text for a formula: it begins with = + - @, a tab or a line end (full-width forms too) and is no number.
  static func startsFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    switch first {
    case "=", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
    case "+", "-": return !isNumber(text.unicodeScalars.dropFirst())
    default: return false
    }
  }

  // Digits in groups, at most one comma or point, perhaps € or % at the end.
  private static func isNumber(_ text: Substring.UnicodeScalarView) -> Bool {
    var digits = 0
    var points = 0
    var unit = false
    for scalar in text {
      guard !unit else { return false }
      switch scalar {
      case "0"..."9": digits += 1
      case ",", ".": points += 1
      case " ", "\u{A0}", "\u{202F}": continue
      case "€", "%": unit = true
      default: return false
      }
    }
    return digits > 0 && points < 2
  }
}
