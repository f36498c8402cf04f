public import Vault

/// A message as it goes over the wire: text and HTML, in ASCII lines of 76 signs at most (RFC 5322, 2045, 2046).
///
/// Its identifier comes from the queue, so that a second sending of the same message is known for what it is.
public struct MIMEMessage: Redacted {
  /// Its number in the queue: 32 hexadecimal signs.
  public let id: String
  /// Whom it comes from.
  public let sender: Mailbox
  /// Whom it goes to.
  public let recipient: Mailbox
  /// One line.
  public let subject: String
  /// The plain text, its lines ended by `\n`.
  public let text: String
  /// The same as an HTML document.
  public let html: String
  /// When it was queued, in milliseconds since 1970.
  public let date: Int64

  /// The identifier between its brackets.
  public var messageID: String { "<\(id)@\(sender.domain)>" }

  /// The bytes, every line ended by CRLF.
  public var bytes: [UInt8] {
    // No line of a quoted-printable text holds « =_ ».
    let boundary = "=_\(id)"
    let head =
      HeaderField.mailbox("From", sender) + HeaderField.mailbox("To", recipient)
      + HeaderField.text("Subject", subject) + "Date: \(MailDate.header(date))\r\nMessage-ID: \(messageID)\r\n"
      // Nobody answers a machine: holiday notices stay away (RFC 3834).
      + "Auto-Submitted: auto-generated\r\nContent-Language: fr\r\nMIME-Version: 1.0\r\n"
      + "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"\r\n\r\n"
    return Array(head.utf8) + part("text/plain; charset=UTF-8; format=flowed", text, boundary)
      + part("text/html; charset=UTF-8", html, boundary) + Array("--\(boundary)--\r\n".utf8)
  }

  private func part(_ type: String, _ text: String, _ boundary: String) -> [UInt8] {
    let head = "--\(boundary)\r\nContent-Type: \(type)\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    // The line end before a boundary belongs to the boundary.
    return Array(head.utf8) + QuotedPrintable.encode(text) + [0x0D, 0x0A]
  }
}

/// What every message of an installation has in common.
public struct Letterhead: Sendable {
  /// Whom messages come from.
  public var sender: Mailbox
  /// The public address of the installation.
  public var site: WebLink
  /// The HTML of a message, with the text of its foot; `Site` writes it.
  public var html: @Sendable (_ letter: Letter, _ foot: String) -> String

  /// A letterhead from its parts.
  public init(sender: Mailbox, site: WebLink, html: @escaping @Sendable (_ letter: Letter, _ foot: String) -> String) {
    self.sender = sender
    self.site = site
    self.html = html
  }

  /// The message on this letterhead; `date` in milliseconds since 1970.
  public func message(_ letter: Letter, id: String, date: Int64) -> MIMEMessage {
    let foot =
      "Message envoyé automatiquement par Marchepied, à l’adresse \(site.text). Il est inutile d’y répondre."
    return MIMEMessage(
      id: id, sender: sender, recipient: letter.recipient, subject: letter.subject,
      text: LetterText.render(letter, foot: foot), html: html(letter, foot), date: date)
  }
}
