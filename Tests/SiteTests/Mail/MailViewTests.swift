import Casework
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Site

struct MailViewTests {
  private func letter(_ blocks: [Letter.Block], subject: String = "Objet <b>") throws -> Letter {
    try Letter(
      to: try Mailbox("marie@exemple.fr", name: "Marie <Petit>"), subject: subject, kind: .notice, key: "k", blocks)
  }

  private func message(_ letter: Letter, id: String = "0f") throws -> MIMEMessage {
    Letterhead(sender: try Mailbox("clauses@exemple.fr"), site: try WebLink("https://exemple.fr")) {
      LetterView(letter: $0, foot: $1).document
    }.message(letter, id: id, date: 1_795_253_400_000)
  }

  @Test func `the HTML of a message asks nothing from anywhere, and escapes what people wrote`() throws {
    let link = "https://exemple.fr/entrer?a=1&b=" + String(repeating: "x", count: 80)
    let html = LetterView(
      letter: try letter([
        .paragraph("Bonjour <script>alert(1)</script>"), .action(label: "Entrer & lire", link: try WebLink(link)),
        .list(["un", "deux"]), .note("À noter"),
      ]), foot: "Pied"
    ).document
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"fr\">"))
    #expect(html.contains("Bonjour &lt;script&gt;") && html.contains("<title>Objet &lt;b&gt;</title>"))
    #expect(html.contains("href=\"https://exemple.fr/entrer?a=1&amp;b=x"))
    #expect(html.contains("Entrer &amp; lire") && html.contains("<li>deux</li>") && html.contains("Pied"))
    for word in ["<img", "<link", "src=", "url(", "@import", "<table", "<script", "color:", "background"] {
      #expect(!html.contains(word), "\(word)")
    }
    // Shown in pieces that may be cut, it still reads as one address.
    #expect(html.replacing("<wbr>", with: "").contains("<br>\(link.replacing("&", with: "&amp;"))</p>"))
  }

  @Test func `the page of a trial lists messages, the last first, and opens one`() async throws {
    let shelf = MailShelf()
    for (id, subject) in [("a1", "Premier"), ("a2", "Second")] {
      let link = try WebLink("https://exemple.fr/x?j=1")
      let letter = try letter([.action(label: "Entrer", link: link)], subject: subject)
      try await shelf.send(try message(letter, id: id), to: letter.recipient)
    }
    let site = Site(settings: .init(), assets: .none, metrics: PrometheusMetrics(), health: { Health([]) }) { routes in
      routes.mails(on: shelf)
    }
    try await TestSite.application(site.router()).test(.router) { client in
      let list = try await client.execute(uri: "/courriels", method: .get).text
      let first = try #require(list.firstRange(of: "Premier"))
      let second = try #require(list.firstRange(of: "Second"))
      #expect(second.lowerBound < first.lowerBound)
      #expect(list.contains("href=\"/courriels/a1\"") && list.contains("Marie &lt;Petit&gt;, marie@exemple.fr"))
      #expect(list.contains("21/11/2026 à 10:30"))
      let page = try await client.execute(uri: "/courriels/a2", method: .get)
      #expect(page.status == .ok && page.text.contains("<h1>Second</h1>"))
      #expect(page.text.contains("<a href=\"https://exemple.fr/x?j=1\">https://exemple.fr/x?j=1</a>"))
      #expect(page.text.contains("&lt;!DOCTYPE html&gt;"))
      #expect(try await client.execute(uri: "/courriels/zz", method: .get).status == .notFound)
    }
  }

  @Test func `without a trial there is no such page`() async throws {
    try await TestSite.application(TestSite.router()).test(.router) { client in
      for path in ["/courriels", "/courriels/a1"] {
        let status = try await client.execute(uri: path, method: .get).status
        #expect(status == .notFound)
      }
    }
  }

  @Test func `an empty trial says what will be there`() {
    #expect(MailsView(messages: []).page.body.description.contains("Aucun courriel"))
  }

  @Test func `the shelf keeps the last messages, each once`() async throws {
    let shelf = MailShelf()
    let letter = try letter([.paragraph("x")])
    for number in 0..<(MailShelf.room + 5) {
      try await shelf.send(try message(letter, id: "\(number)"), to: letter.recipient)
    }
    try await shelf.send(try message(letter, id: "7"), to: letter.recipient)
    #expect(shelf.messages.count == MailShelf.room && shelf.messages.first?.id == "7")
    #expect(shelf.message("4") == nil && shelf.message("5") != nil)
  }
}
