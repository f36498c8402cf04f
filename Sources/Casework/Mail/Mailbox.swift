/// An address that mail is sent to or from, with the name shown beside it; nothing in it can begin another header.
///
/// What RFC 5321 calls a mailbox, without its rarest forms (quoted local parts, literal addresses).
public struct Mailbox: Sendable, Hashable {
  /// The address, in ASCII, 254 signs at most.
  public let address: String
  /// The name, 200 signs at most; nil where none is shown.
  public let name: String?

  /// An address as someone typed it but for the spaces around it, and a name.
  public init(_ address: String, name: String? = nil) throws(LetterFault) {
    let address = PlainText.trimmed(address)
    guard let at = address.firstIndex(of: "@"), address.utf8.count <= 254, Mailbox.isLocal(address[..<at]),
      Mailbox.isDomain(address[address.index(after: at)...])
    else { throw .address }
    let name = name.map { PlainText.trimmed($0) }
    guard name.map({ PlainText.fitsHeader($0) && $0.count <= 200 }) ?? true else { throw .name }
    self.address = address
    self.name = name?.isEmpty == true ? nil : name
  }

  /// What stands after the « @ ».
  public var domain: Substring { address[(address.firstIndex(of: "@") ?? address.startIndex)...].dropFirst() }

  private static func isLocal(_ text: Substring) -> Bool {
    let marks = Set("!#$%&'*+/=?^_`{|}~-.".utf8)
    return (1...64).contains(text.utf8.count) && text.first != "." && text.last != "." && !text.contains("..")
      && text.utf8.allSatisfy { PlainText.isAlphanumeric($0) || marks.contains($0) }
  }

  private static func isDomain(_ text: Substring) -> Bool {
    if text == "localhost" { return true }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy { PlainText.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
      }
  }
}

extension Mailbox: CustomStringConvertible {
  /// Never the address: it is about a person.
  public var description: String { "adresse électronique" }
}
