import FoundationEssentials

/// A message as JSON, the form that is sealed in the queue.
///
/// Read back through ``Letter/init(to:subject:kind:key:notAfter:_:)``, so that nothing gets around its checks.
struct StoredLetter: Codable {
  private struct Block: Codable {
    var paragraph: String?
    var label: String?
    var link: String?
    var list: [String]?
    var note: String?
  }

  private let address: String
  private let name: String?
  private let subject: String
  private let kind: String
  private let key: String
  private let notAfter: Int64?
  private let blocks: [Block]

  /// The message cannot be read: made by a later version of the program.
  struct Unreadable: Error {}

  init(_ letter: Letter) {
    address = letter.recipient.address
    name = letter.recipient.name
    subject = letter.subject
    kind = letter.kind.rawValue
    key = letter.key
    notAfter = letter.notAfter
    blocks = letter.blocks.map { block in
      switch block {
      case .paragraph(let text): Block(paragraph: text)
      case .action(let label, let link): Block(label: label, link: link.text)
      case .list(let items): Block(list: items)
      case .note(let text): Block(note: text)
      }
    }
  }

  init(json: [UInt8]) throws { self = try JSONDecoder().decode(StoredLetter.self, from: Data(json)) }

  /// The message.
  func letter() throws -> Letter {
    guard let kind = Letter.Kind(rawValue: kind) else { throw Unreadable() }
    return try Letter(
      to: try Mailbox(address, name: name), subject: subject, kind: kind, key: key, notAfter: notAfter,
      try blocks.map { block in
        if let text = block.paragraph { return .paragraph(text) }
        if let label = block.label, let link = block.link { return .action(label: label, link: try WebLink(link)) }
        if let items = block.list { return .list(items) }
        guard let text = block.note else { throw Unreadable() }
        return .note(text)
      })
  }

  func json() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }
}
