import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct MailCommandTests {
  @Test func `without a server the test says what to set, and the doctor that messages wait`() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["migrate"]).code == 0)
    let none = try program.run(["mail", "test", "marie@exemple.fr"])
    #expect(none.code == 1 && none.errors.contains("MARCHEPIED_MAIL_SERVER"))
    let list = try program.run(["mail", "list"])
    #expect(list.code == 0 && list.errors.plain.contains("0 en attente, 0 envoyé"))
    #expect(try program.run(["mail", "list", "--json"]).output.filter { !$0.isWhitespace } == "[]")
    let doctor = try program.run(["doctor"])
    #expect(doctor.code == 0 && doctor.output.plain.contains("aucun serveur d’envoi réglé"))
    #expect(doctor.output.plain.contains("file des courriels : 0 en attente"))
    let page = try program.run(["doctor"], ["MARCHEPIED_MAIL_MODE": "page"])
    #expect(page.code == 0 && page.output.contains("/courriels"))
    let shown = try program.run(["mail", "test", "marie@exemple.fr"], ["MARCHEPIED_MAIL_MODE": "page"])
    #expect(shown.code == 1 && shown.errors.contains("mail.mode"))
  }

  @Test(.enabled(if: hasMail)) func `a test message says what the server answered`() throws {
    let program = try Program()
    defer { program.remove() }
    let smtp = try MailServerProcess()
    defer { smtp.stop() }
    let settings = [
      "MARCHEPIED_MAIL_SERVER": "127.0.0.1:\(smtp.port)", "MARCHEPIED_MAIL_SECURITY": "none",
      "MARCHEPIED_MAIL_FROM": "Clauses <clauses@exemple.fr>", "MARCHEPIED_SITE_ADDRESS": "https://clauses.exemple.fr",
    ]
    let sent = try program.run(["mail", "test", "marie@exemple.fr"], settings)
    #expect(sent.code == 0 && sent.output.contains("250 2.0.0 kept as 001"), "\(sent.errors)")
    let mail = try #require(try smtp.messages().first)
    #expect(mail.from.first?.name == "Clauses" && mail.parts.first?.text.contains("https://clauses.exemple.fr") == true)
    let refused = try program.run(["mail", "test", "inconnu@exemple.fr"], settings)
    #expect(refused.code == 1 && refused.errors.contains("550") && !refused.errors.contains("inconnu@"))
    let wrong = try program.run(["mail", "test", "inconnu"], settings)
    #expect(wrong.code == 1 && wrong.errors.contains("nom@domaine.fr"))
    #expect(try program.run(["migrate"]).code == 0)
    let doctor = try program.run(["doctor"], settings)
    #expect(doctor.code == 0 && doctor.output.plain.contains("envoyés par 127.0.0.1:\(smtp.port) (none)"))
    #expect(doctor.output.contains("msmtp version"))
    let bare = try program.run(["doctor"], settings.merging(["PATH": "/nulle/part"]) { $1 })
    #expect(bare.code == 3 && bare.output.plain.contains("msmtp : absent, nécessaire"))
  }
}
