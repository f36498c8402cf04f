/// A way out for messages.
public protocol Mailer: Sendable {
  /// Hands a message over and returns what the other side answered.
  ///
  /// After an error the message may have been taken all the same, where the connection broke before the answer.
  @discardableResult
  func send(_ message: MIMEMessage, to recipient: Mailbox) async throws(MailFailure) -> String
}

/// Why a message was not handed over.
public struct MailFailure: Error, Sendable, Equatable {
  /// Whether trying again is of no use: the recipient or the message itself is refused.
  public let isPermanent: Bool
  /// What happened, in French, without any address.
  public let reason: String

  /// A failure; addresses that the reason or the answer hold are taken out.
  public init(isPermanent: Bool, _ reason: String, answer: String? = nil) {
    self.isPermanent = isPermanent
    let answer = answer.map { MailFailure.cleaned($0) }.flatMap { $0.isEmpty ? nil : $0 }
    let reason = MailFailure.cleaned(reason)
    self.reason = answer.map { "\(reason)\u{202F}: «\u{A0}\($0)\u{A0}»" } ?? reason
  }

  private static let longest = 300

  /// A text of others, on one line, short, with every address replaced.
  static func cleaned(_ text: String) -> String {
    let words = PlainText.joined(text).split(separator: " ").map { word in
      guard word.contains("@") else { return String(word) }
      return "(adresse)" + (word.last.map { ",;:.".contains($0) ? String($0) : "" } ?? "")
    }
    let line = words.joined(separator: " ")
    return line.count > longest ? line.prefix(longest) + "…" : line
  }
}

extension MailFailure: CustomStringConvertible {
  /// The reason, as a sentence.
  public var description: String { "Le message n’est pas parti\u{202F}: \(reason)." }
}
