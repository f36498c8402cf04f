/// An e-mail address that mail can be sent to, as someone typed it but for the spaces around it.
///
/// What RFC 5321 calls a mailbox, without its rarest forms (quoted local parts, literal addresses): 254 signs at most.
public struct EmailAddress: Sendable, Hashable {
  /// The address.
  public let text: String

  /// Reads an address; nil where no mail could be sent to it.
  public init?(_ typed: String) {
    let text = typed.trimmingSpaces
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard text.utf8.count <= 254, parts.count == 2, EmailAddress.isLocal(parts[0]), EmailAddress.isDomain(parts[1])
    else { return nil }
    self.text = text
  }

  /// What makes two addresses one: providers do not tell capitals apart.
  public var folded: String { text.lowercased() }

  private static func isLocal(_ text: Substring) -> Bool {
    let marks = "!#$%&'*+/=?^_`{|}~-."
    return (1...64).contains(text.utf8.count) && text.first != "." && text.last != "." && !text.contains("..")
      && text.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || marks.contains($0) }
  }

  private static func isDomain(_ text: Substring) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      }
  }
}

extension EmailAddress: CustomStringConvertible {
  /// Never the address: it is about a person.
  public var description: String { "adresse électronique" }
}

extension String {
  /// Without spaces and ends of lines at both ends.
  fileprivate var trimmingSpaces: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
