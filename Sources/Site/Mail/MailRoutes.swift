import Casework
import Hummingbird

extension Routes {
  /// The page of a trial, which exists where messages are kept and not sent, on the machine itself only; whoever reaches
  /// it may read it.
  mutating func mails(on shelf: MailShelf) {
    route(.mail(.list), right: .readPublicData) { _, _ in MailsView(messages: shelf.messages).page }
    route(.mail(.message(Address.any)), right: .readPublicData) { _, context in
      guard let message = shelf.message(try context.identifier("id")) else {
        throw Problem.missing(
          "Ce courriel", remedy: "Revenez à la liste des courriels\u{202F}: elle se vide quand le programme s’arrête.")
      }
      return MailView(message: message).page
    }
  }
}
