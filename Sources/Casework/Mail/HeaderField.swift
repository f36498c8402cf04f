import FoundationEssentials

/// A header field of a message, folded, in ASCII (RFC 5322 and 2047).
///
/// Texts come from ``Letter`` and ``Mailbox``, which hold no end of line.
enum HeaderField {
  /// `Subject: …` with its CRLF.
  static func text(_ name: String, _ text: String) -> String {
    let plain = "\(name): \(text)"
    guard plain.utf8.count <= 76, isPrintable(text), !text.contains("=?") else {
      return "\(name): \(words(text))\r\n"
    }
    return plain + "\r\n"
  }

  /// `To: Name <address>` with its CRLF.
  static func mailbox(_ name: String, _ mailbox: Mailbox) -> String {
    guard let shown = mailbox.name else { return "\(name): \(mailbox.address)\r\n" }
    guard isPrintable(shown), !shown.contains("=?"), shown.utf8.count <= 60 else {
      return "\(name): \(words(shown))\r\n <\(mailbox.address)>\r\n"
    }
    let quoted = shown.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let line = "\(name): \"\(quoted)\" <\(mailbox.address)>"
    return line.utf8.count <= 76 ? line + "\r\n" : "\(name): \"\(quoted)\"\r\n <\(mailbox.address)>\r\n"
  }

  /// The bytes of text that one encoded word holds: 39 make 52 signs of base64, so that a line with the longest of our
  /// names, `Subject`, stays within 76.
  private static let bytesOfWord = 39

  /// Encoded words, one a line; no character is cut in two.
  private static func words(_ text: String) -> String {
    var words: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if words[words.count - 1].count + bytes.count > bytesOfWord { words.append([]) }
      words[words.count - 1] += bytes
    }
    return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  private static func isPrintable(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
