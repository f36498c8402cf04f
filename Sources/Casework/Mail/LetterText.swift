/// A message as plain text, for readers and programs that want no HTML.
///
/// Lines of 76 signs at most but for addresses of pages, which are never cut. A line that ends with a space goes on in
/// the next one (RFC 3676, `format=flowed`), so that a phone joins them.
public enum LetterText {
  static let width = 76

  /// The text, its lines ended by `\n`.
  public static func render(_ letter: Letter, foot: String) -> String {
    let parts = letter.blocks.map { lines(of: $0) } + [["-- "] + wrapped(foot)]
    return parts.map { $0.map { stuffed($0) + "\n" }.joined() }.joined(separator: "\n")
  }

  private static func lines(of block: Letter.Block) -> [String] {
    switch block {
    case .paragraph(let text), .note(let text): wrapped(text)
    case .action(let label, let link): wrapped("\(label)\u{202F}:") + [link.text]
    case .list(let items): items.flatMap { wrapped("- \($0)") }
    }
  }

  /// The words over lines; each line but the last ends with a space.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var (line, length) = ("", 0)
    for word in text.split(separator: " ") {
      let count = word.count
      if length > 0, length + 1 + count > width - 1 {
        lines.append(line + " ")
        (line, length) = ("", 0)
      }
      line += length > 0 ? " \(word)" : word
      length += length > 0 ? 1 + count : count
    }
    return lines + [line]
  }

  /// What would mean something at the beginning of a line takes a space before it (RFC 3676, 4.4).
  private static func stuffed(_ line: String) -> String {
    line.hasPrefix(" ") || line.hasPrefix(">") || line.hasPrefix("From ") ? " \(line)" : line
  }
}
