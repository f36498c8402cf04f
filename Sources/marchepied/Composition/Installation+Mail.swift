import Casework
import Foundation
import Logging
import Site

extension Installation {
  /// What messages have in common.
  static func letterhead(_ mail: MailSettings, from sender: Mailbox) -> Letterhead {
    Letterhead(sender: sender, site: mail.site) { LetterView(letter: $0, foot: $1).document }
  }

  /// Where messages are kept in a trial; nil where they are sent, or wait.
  func shelf() -> MailShelf? { settings.mail.mode == .page ? MailShelf() : nil }

  /// Who sends what is due; nil where nothing can be sent.
  func postman(shelf: MailShelf?, logger: Logger) throws -> Postman? {
    let mail = settings.mail
    let mailer: (any Mailer)? = shelf ?? mail.server.map { MSMTPMailer(server: $0) }
    guard let mailer else { return nil }
    let sender = try mail.from ?? Mailbox("marchepied@localhost", name: "Marchepied")
    let means = MailMeans(
      keys: world.access.keys, letterhead: Installation.letterhead(mail, from: sender), mailer: mailer,
      now: Clock.milliseconds)
    return Postman(world: world, means: means, logger: logger)
  }
}

extension Clock {
  /// Milliseconds since 1970.
  @Sendable static func milliseconds() -> Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded()) }
}
