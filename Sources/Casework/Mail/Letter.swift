public import Vault

/// A message to someone, in words: what it says, not how it is written on the wire.
///
/// It may hold a link that lets its reader in, so that it is written "secret" wherever a value is shown.
public struct Letter: Redacted, Equatable {
  /// What a message is for: the one thing about it that stays readable in the queue.
  public enum Kind: String, Sendable, CaseIterable {
    /// A link to sign in.
    case signIn = "sign-in"
    /// An invitation to join.
    case invitation
    /// A link to choose a new password.
    case recovery
    /// Something that someone must know.
    case notice
    /// A trial of the settings.
    case test

    /// What users read.
    public var french: String {
      switch self {
      case .signIn: "lien de connexion"
      case .invitation: "invitation"
      case .recovery: "nouveau mot de passe"
      case .notice: "information"
      case .test: "essai"
      }
    }
  }

  /// A part of the message; texts are put on one line, their ends of lines become spaces.
  public enum Block: Sendable, Equatable {
    /// Some sentences.
    case paragraph(String)
    /// The thing to do: what the button says, and where it leads.
    case action(label: String, link: WebLink)
    /// Several short texts.
    case list([String])
    /// An aside, shown smaller.
    case note(String)
  }

  static let longestSubject = 200
  static let largest = 1_000_000

  /// To whom.
  public let recipient: Mailbox
  /// One line.
  public let subject: String
  /// In order; never empty.
  public let blocks: [Block]
  /// What it is for.
  public let kind: Kind
  /// Names the event that it tells, such as `invitation/0193…`: two messages with the same key are one.
  public let key: String
  /// Milliseconds since 1970 after which it is not sent any more, such as the end of a link; nil: always of use.
  public let notAfter: Int64?

  /// A message from its parts.
  ///
  /// Throws ``LetterFault`` for what could not be sent or could be taken for a header.
  public init(
    to recipient: Mailbox, subject: String, kind: Kind, key: String, notAfter: Int64? = nil, _ blocks: [Block]
  ) throws(LetterFault) {
    let subject = PlainText.trimmed(subject)
    guard !subject.isEmpty, subject.count <= Letter.longestSubject, PlainText.fitsHeader(subject) else {
      throw .subject
    }
    guard (1...200).contains(key.count) else { throw .key }
    let blocks = blocks.compactMap(\.tidied)
    guard !blocks.isEmpty else { throw .empty }
    guard blocks.reduce(0, { $0 + $1.size }) <= Letter.largest else { throw .tooLong }
    self.recipient = recipient
    self.subject = subject
    self.blocks = blocks
    self.kind = kind
    self.key = key
    self.notAfter = notAfter
  }
}

/// The whole address of a page: `http://` or `https://`, then visible ASCII signs.
public struct WebLink: Redacted, Hashable {
  /// The address.
  public let text: String

  /// Takes an address of 2 000 signs at most.
  public init(_ text: String) throws(LetterFault) {
    let rest = ["https://", "http://"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) }
    guard let rest, let first = rest.utf8.first, PlainText.isAlphanumeric(first) || first == UInt8(ascii: "["),
      text.utf8.count <= 2000,
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"<>\"\\^`{|}".utf8.contains($0) })
    else { throw .link }
    self.text = text
  }
}

extension Letter.Block {
  /// The block with its texts on one line; nil where nothing is left.
  fileprivate var tidied: Letter.Block? {
    switch self {
    case .paragraph(let text):
      let text = PlainText.joined(text)
      return text.isEmpty ? nil : .paragraph(text)
    case .action(let label, let link):
      let label = PlainText.joined(label)
      return .action(label: label.isEmpty ? link.text : label, link: link)
    case .list(let items):
      let items = items.map { PlainText.joined($0) }.filter { !$0.isEmpty }
      return items.isEmpty ? nil : .list(items)
    case .note(let text):
      let text = PlainText.joined(text)
      return text.isEmpty ? nil : .note(text)
    }
  }

  /// Bytes of its texts.
  fileprivate var size: Int {
    switch self {
    case .paragraph(let text), .note(let text): text.utf8.count
    case .action(let label, let link): label.utf8.count + link.text.utf8.count
    case .list(let items): items.reduce(0) { $0 + $1.utf8.count }
    }
  }
}
