/// What a message's texts may hold.
enum PlainText {
  /// Whether a text can stand in a header: no control, no end of line of any kind, nothing that turns the direction of
  /// what follows.
  static func fitsHeader(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { !isControl($0) && !turnsDirection($0) }
  }

  /// The text on one line: controls, ends of lines and runs of spaces become one space; no-break spaces stay.
  static func joined(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isPending = false
    for scalar in text.unicodeScalars where !turnsDirection(scalar) {
      guard scalar != " ", !isControl(scalar) else {
        isPending = !result.isEmpty
        continue
      }
      if isPending { result.append(" ") }
      isPending = false
      result.append(scalar)
    }
    return String(result)
  }

  /// Without ordinary spaces at both ends; everything else stays, to be judged.
  static func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { $0 != " " }), let last = text.lastIndex(where: { $0 != " " }) else {
      return ""
    }
    return String(text[first...last])
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }
}
