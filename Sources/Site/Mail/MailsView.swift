import Casework
import Clauses

/// The messages that a trial keeps instead of sending them.
struct MailsView {
  let messages: [MIMEMessage]

  var page: Page {
    let lead: HTML = "Qu’aurait-on envoyé\u{202F}? Ici, rien ne part\u{202F}: c’est un essai."
    return Page(title: "Courriels", section: nil, lead: lead) {
      messages.isEmpty ? emptyState : table
    }
  }

  private var emptyState: HTML {
    Parts.empty(
      title: "Aucun courriel",
      "<p>Les messages que le programme enverrait apparaissent ici, le dernier d’abord.</p>")
  }

  private var table: HTML {
    Table(
      caption: "Les derniers messages, \(French.integer(MailShelf.room)) au plus",
      columns: [.text("Objet"), .text("Destinataire"), .text("Date")],
      rows: messages.map { message in
        [
          "<a href=\"\(Address.mail(.message(message.id)))\">\(message.subject)</a>",
          "\(MailText.shown(message.recipient))", "\(ParisTime.french(MailDate.text(message.date)))",
        ]
      }
    ).html
  }
}

/// One message of a trial.
struct MailView {
  let message: MIMEMessage

  var page: Page {
    Page(title: message.subject, section: nil, crumbs: [.init("Courriels", .mail(.list))]) {
      """
      \(Parts.definitions([
        ("De", "\(MailText.shown(message.sender))"), ("À", "\(MailText.shown(message.recipient))"),
        ("Date", "\(ParisTime.french(MailDate.text(message.date)))"), ("Numéro", "\(message.messageID)"),
      ]))<h2>Texte</h2>
      <pre class="raw">\(MailText.linked(message.text))</pre>
      <details><summary>La même chose en HTML, comme elle serait envoyée</summary><pre class="raw">\(message.html)</pre></details>

      """
    }
  }
}

/// Texts of messages on a page.
enum MailText {
  /// `Marie Petit, marie@exemple.fr`.
  static func shown(_ mailbox: Mailbox) -> String {
    [mailbox.name, mailbox.address].compactMap(\.self).joined(separator: ", ")
  }

  /// The text, in which a line that is an address of a page becomes a link.
  static func linked(_ text: String) -> HTML {
    each(text.split(separator: "\n", omittingEmptySubsequences: false), separator: "\n") { line in
      guard let link = try? WebLink(String(line)) else { return "\(line)" }
      return "<a href=\"\(link.text)\">\(link.text)</a>"
    }
  }
}
