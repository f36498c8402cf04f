import Casework
import Testing

@Suite struct LetterTests {
  private func letter(subject: String = "Objet", _ blocks: [Letter.Block]) throws -> Letter {
    try Letter(to: try Mailbox("a@exemple.fr"), subject: subject, kind: .notice, key: "k", blocks)
  }

  @Test(arguments: [
    "", "marie", "@exemple.fr", "marie@", "marie@exemple", "ma rie@exemple.fr", "marie@exemple.fr\r\nBcc: x@y.fr",
    "marie@exemple.fr\n", "marie@exemple.fr>", "<marie@exemple.fr>", "marie@exemple.fr,x@y.fr", "a@b@c.fr", ".a@b.fr",
    "a..b@c.fr", "marié@exemple.fr", "marie@exémple.fr", "marie@-exemple.fr", "marie@exemple..fr", "a\u{0}@b.fr",
    "\"a b\"@c.fr", "a@b.fr\u{2028}", "a@[127.0.0.1]",
  ])
  func `an address that mail cannot be sent to, or that would add a header, is refused`(address: String) {
    #expect(throws: LetterFault.address) { try Mailbox(address) }
  }

  @Test(arguments: ["marie@exemple.fr", " x.y+z@sous.exemple.fr ", "o'neil@a-b.fr", "root@localhost", "1@2.fr"])
  func `a usual address is taken`(address: String) throws {
    #expect(try Mailbox(address).address == address.filter { $0 != " " })
  }

  @Test(arguments: ["a\nb", "a\r\nBcc: x@y.fr", "a\u{0}", "a\u{85}b", "a\u{2029}b", "a\u{202E}b", "\t"])
  func `a name or a subject never holds an end of line, a control or a turn of direction`(text: String) throws {
    #expect(throws: LetterFault.name) { try Mailbox("a@b.fr", name: text) }
    #expect(throws: LetterFault.subject) { try letter(subject: text, [.paragraph("x")]) }
  }

  @Test(arguments: [
    "", "exemple.fr", "javascript:alert(1)", "https://", "https:// x", "https://exemple.fr/\n", "https://exemple.fr/é",
    "ftp://exemple.fr", "https://exemple.fr/\"", "https://exemple.fr/<", "data:text/html,x", "https://@",
  ])
  func `a link is the whole address of a page`(text: String) {
    #expect(throws: LetterFault.link) { try WebLink(text) }
  }

  @Test func `what would be empty or too long is refused`() throws {
    #expect(throws: LetterFault.empty) { try letter([]) }
    #expect(throws: LetterFault.empty) { try letter([.paragraph(" \n"), .list(["", "\t"])]) }
    #expect(throws: LetterFault.subject) { try letter(subject: "  ", [.paragraph("x")]) }
    #expect(throws: LetterFault.subject) { try letter(subject: String(repeating: "x", count: 201), [.paragraph("x")]) }
    #expect(throws: LetterFault.tooLong) { try letter([.paragraph(String(repeating: "x", count: 1_000_001))]) }
    #expect(throws: LetterFault.key) {
      try Letter(to: try Mailbox("a@b.fr"), subject: "x", kind: .test, key: "", [.paragraph("x")])
    }
  }

  @Test func `nothing about a letter or its reader is printed`() throws {
    let letter = try letter(subject: "Bonjour Zoé", [.action(label: "Entrer", link: try WebLink("https://x.fr/?s=42"))])
    for text in ["\(letter)", String(reflecting: letter), "\(letter.recipient)", "\(letter.blocks)"] {
      #expect(!text.contains("Zoé") && !text.contains("42") && !text.contains("exemple"), "\(text)")
    }
    var dumped = ""
    dump(letter, to: &dumped)
    #expect(!dumped.contains("Zoé") && !dumped.contains("exemple"))
  }

  @Test func `the text wraps words at 76 signs, never a link, and goes on where a line ends with a space`() throws {
    let link = "https://exemple.fr/" + String(repeating: "x", count: 100)
    let words = Array(repeating: "insertion", count: 40).joined(separator: " ")
    let text = LetterText.render(
      try letter([
        .paragraph(words), .action(label: "Ouvrir", link: try WebLink(link)), .list(["un", "From là"]), .note("> x"),
        .paragraph("From ici"),
      ]), foot: "Pied")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines.filter { $0.count > 76 } == [link])
    #expect(lines.prefix(6).dropLast().allSatisfy { $0.hasSuffix(" ") })
    #expect(lines.prefix { !$0.isEmpty }.joined() == words)
    for line in ["Ouvrir\u{202F}:", "- un", "- From là", " > x", " From ici", "-- ", "Pied"] {
      #expect(lines.contains(line), "\(line)")
    }
  }
}
