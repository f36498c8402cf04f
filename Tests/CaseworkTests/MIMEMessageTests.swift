import Casework
import Foundation
import TestSupport
import Testing

/// Messages read back by Python's parser.
@Suite(.enabled(if: Python.path != nil)) struct MIMEMessageTests {
  private func read(_ messages: [MIMEMessage]) throws -> [ReadMail] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "marchepied-mime-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (index, message) in messages.enumerated() {
      try Data(message.bytes).write(to: folder.appending(path: "\(10_000 + index).eml"))
    }
    return try ReadMail.all(in: folder.path)
  }

  private func message(
    to recipient: Mailbox, subject: String, _ paragraphs: [String], html: String = "<p>é</p>\n"
  ) throws -> MIMEMessage {
    var head = try MailSamples.letterhead()
    head.html = { _, _ in html }
    let letter = try Letter(
      to: recipient, subject: subject, kind: .notice, key: "k", paragraphs.map { .paragraph($0) })
    return head.message(letter, id: String(repeating: "0f", count: 16), date: TestClock.start)
  }

  /// What a reader of flowed text shows: lines that end with a space are joined, the space before a mark goes.
  private func joined(_ text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.hasPrefix(" ") ? line.dropFirst() : line
      result += line == "-- " || !line.hasSuffix(" ") ? line + "\n" : String(line)
    }
    return result
  }

  @Test func `Python reads what was written`() throws {
    let read = try read([
      try message(
        to: try Mailbox("marie.petit@exemple.fr", name: "Zoé Lœuf, dite « Éclair »"),
        subject: "Première déclaration d’heures\u{202F}: à compléter avant le 5 décembre, pour le marché de l’école",
        ["Bonjour Zoé,", ".un point au début", "égal = et tabulation"])
    ])
    let mail = try #require(read.first)
    #expect(mail.defects.isEmpty && mail.ascii && mail.longest <= 76 && mail.bare == 0)
    #expect(mail.to.map(\.name) == ["Zoé Lœuf, dite « Éclair »"])
    #expect(mail.to.map(\.address) == ["marie.petit@exemple.fr"])
    #expect(mail.from.map(\.name) == ["Marchepied"] && mail.from.map(\.address) == ["clauses@exemple.fr"])
    #expect(
      mail.headers["subject"]
        == "Première déclaration d’heures\u{202F}: à compléter avant le 5 décembre, pour le marché de l’école")
    #expect(mail.headers["message-id"] == "<\(String(repeating: "0f", count: 16))@exemple.fr>")
    #expect(mail.headers["auto-submitted"] == "auto-generated")
    #expect(mail.headers["date"] == "Sat, 21 Nov 2026 09:30:00 +0000")
    #expect(mail.parts.map(\.type) == ["text/plain", "text/html"])
    #expect(mail.parts.allSatisfy { $0.charset == "utf-8" } && mail.parts[0].format == "flowed")
    #expect(joined(mail.parts[0].text).hasPrefix("Bonjour Zoé,\n\n.un point au début\n\négal = et tabulation\n\n"))
    #expect(mail.parts[1].text == "<p>é</p>\n")
  }

  @Test func `whatever the words, no header is added and nothing is lost`() throws {
    var dice = Dice(20_261_121)
    var messages: [MIMEMessage] = []
    var texts: [(name: String?, subject: String, paragraph: String)] = []
    while messages.count < testCount(100) {
      let tried = OddValues.text(&dice) + OddValues.text(&dice)
      let name = dice.chance(30) ? nil : String(OddValues.text(&dice).prefix(150))
      let subject = String((OddValues.text(&dice) + tried).prefix(190))
      guard let recipient = try? Mailbox("a\(messages.count)@exemple.fr", name: name),
        let message = try? message(to: recipient, subject: subject, [tried, "fin"], html: tried.isEmpty ? "x" : tried)
      else { continue }
      messages.append(message)
      texts.append((recipient.name, message.subject, tried))
    }
    let expected = [
      "from", "to", "subject", "date", "message-id", "auto-submitted", "content-language", "mime-version",
      "content-type",
    ]
    for (index, mail) in try read(messages).enumerated() {
      #expect(mail.names == expected && mail.ascii && mail.longest <= 76 && mail.bare == 0)
      #expect(mail.to.map(\.address) == ["a\(index)@exemple.fr"])
      #expect(mail.to.first?.name.words == (texts[index].name ?? "").words, "\(index)")
      #expect(mail.headers["subject"]?.words == texts[index].subject.words, "\(index)")
      let html = texts[index].paragraph
      #expect(mail.parts.last?.text.lines == (html.isEmpty ? "x" : html).lines, "\(index)")
    }
  }

  @Test func `a name that is plain is quoted, and one that looks encoded is not taken for it`() throws {
    let long = String(repeating: "très long ", count: 15) + "x"
    let names = ["O\"Neil \\ fils", "=?UTF-8?B?QQ==?=", "Petit, Marie", long]
    let read = try read(
      try names.map { try message(to: try Mailbox("a@exemple.fr", name: $0), subject: "=?x?=", ["x"]) })
    #expect(read.map { $0.to.first?.name } == names)
    #expect(read.allSatisfy { $0.headers["subject"] == "=?x?=" && $0.longest <= 76 })
  }

  @Test(arguments: [
    (Int64(0), "Thu, 1 Jan 1970 00:00:00 +0000"), (951_825_599_999, "Tue, 29 Feb 2000 11:59:59 +0000"),
    (1_798_761_599_000, "Thu, 31 Dec 2026 23:59:59 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
  ])
  func `the date is that of the header of mail`(moment: Int64, text: String) throws {
    let message = try MailSamples.letterhead().message(try MailSamples.letter(), id: "0", date: moment)
    #expect(String(decoding: message.bytes, as: UTF8.self).contains("\r\nDate: \(text)\r\n"))
  }
}

extension String {
  /// Its words: runs of white space count as one space, as in a header.
  fileprivate var words: [String] { split { $0.isWhitespace }.map(String.init) }

  /// Its lines, however they end; the last end does not count.
  fileprivate var lines: [Substring] {
    let lines = replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    return lines.last?.isEmpty == true ? Array(lines.dropLast()) : lines
  }
}
