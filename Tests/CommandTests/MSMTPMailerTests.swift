import Casework
import Foundation
import TestSupport
import Testing

@testable import marchepied

/// Whether `msmtp` and the mail server of the tests are installed.
let hasMail = FileManager.default.isExecutableFile(atPath: "/usr/bin/msmtp") && Python.hasMailServer

@Suite(.serialized, .enabled(if: hasMail)) struct MSMTPMailerTests {
  private func server(
    _ port: Int, _ security: MailServer.Security = .none, host: String = "localhost",
    account: (String, String)? = nil, certificates: String? = nil
  ) -> MailServer {
    MailServer(
      host: host, port: port, security: security,
      account: account.map { .init(user: $0.0, password: .init(text: $0.1)) }, certificates: certificates)
  }

  private func message(
    to address: String = "marie@exemple.fr", from: String = "clauses@exemple.fr", _ paragraphs: [String] = ["Bonjour"]
  ) throws -> MIMEMessage {
    let letter = try Letter(
      to: try Mailbox(address, name: "Zoé Lœuf"), subject: "Déclaration d’heures\u{202F}: à compléter", kind: .notice,
      key: "k", paragraphs.map { .paragraph($0) })
    return Installation.letterhead(
      try MailSettings(host: "127.0.0.1", port: 8080, proxies: 0) { _ in nil }, from: try Mailbox(from, name: "Clauses")
    ).message(letter, id: "0f0f", date: 1_795_253_400_000)
  }

  @discardableResult
  private func send(_ message: MIMEMessage, by server: MailServer, patience: Int = 20) async throws -> String {
    try await MSMTPMailer(server: server, patience: patience).send(message, to: message.recipient)
  }

  private func failure(_ message: MIMEMessage, by server: MailServer, patience: Int = 20) async -> MailFailure? {
    do {
      try await send(message, by: server, patience: patience)
      return nil
    } catch let error as MailFailure {
      return error
    } catch {
      Issue.record("\(error)")
      return nil
    }
  }

  @Test func `a message arrives as it was written`() async throws {
    let smtp = try MailServerProcess()
    defer { smtp.stop() }
    let odd = [".", ".. deux points", String(repeating: "mot ", count: 400) + ".", String(repeating: "x", count: 5000)]
    let answer = try await send(try message(odd), by: server(smtp.port))
    #expect(answer == "250 2.0.0 kept as 001")
    let mail = try #require(try smtp.messages().first)
    #expect(mail.headers["subject"] == "Déclaration d’heures\u{202F}: à compléter" && mail.defects.isEmpty)
    #expect(mail.to.first?.name == "Zoé Lœuf" && mail.headers["message-id"] == "<0f0f@exemple.fr>")
    #expect(mail.parts.first?.text.hasPrefix(".\n\n.. deux points\n\nmot ") == true)
    #expect(mail.parts.first?.text.contains(String(repeating: "x", count: 5000)) == true)
    #expect(mail.names.count == 9 && mail.longest <= 76 && mail.bare == 0)
    let facts = try #require(try smtp.facts().first)
    #expect(facts.from == "clauses@exemple.fr" && facts.to == ["marie@exemple.fr"] && facts.hello == "exemple.fr")
    #expect(!facts.tls && facts.user == nil)
  }

  @Test func `a long message arrives whole`() async throws {
    let smtp = try MailServerProcess()
    defer { smtp.stop() }
    let paragraphs = (0..<3000).map { "Ligne \($0)\u{202F}: " + String(repeating: "é.", count: 40) }
    let message = try message(paragraphs)
    #expect(message.bytes.count > 300_000)
    try await send(message, by: server(smtp.port))
    let text = try #require(try smtp.messages().first?.parts.first?.text)
    #expect(text.hasPrefix(message.text))
  }

  @Test func `name and password are given, and a wrong one is said without being repeated`() async throws {
    let word = "sé\"cret; $(x) 'y'"
    let smtp = try MailServerProcess(["--user", "facile", "--password", word])
    defer { smtp.stop() }
    let folder = try MailServerProcess.certificates()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    let tls = try MailServerProcess(
      ["--user", "facile", "--password", word, "--certificate", folder.certificate, "--key", folder.key])
    defer { tls.stop() }
    let message = try message()
    try await send(
      message, by: server(tls.port, .starttls, account: ("facile", word), certificates: folder.certificate))
    #expect(try tls.facts().first?.user == "facile" && tls.facts().first?.tls == true)
    let wrong = try #require(
      await failure(
        message, by: server(tls.port, .starttls, account: ("facile", "faux-mot"), certificates: folder.certificate)))
    #expect(!wrong.isPermanent && wrong.reason.contains("identification"), "\(wrong)")
    #expect(!wrong.reason.contains("faux-mot") && !wrong.reason.contains("facile"))
    // Without encryption no password leaves in clear.
    let clear = try #require(await failure(message, by: server(smtp.port, account: ("facile", word))))
    #expect(!clear.isPermanent)
    #expect(try smtp.facts().isEmpty)
    let none = try #require(await failure(message, by: server(smtp.port)))
    #expect(!none.isPermanent && none.reason.contains("530"), "\(none)")
  }

  @Test func `an encrypted session asks for a certificate that is trusted`() async throws {
    let folder = try MailServerProcess.certificates()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    let options = ["--certificate", folder.certificate, "--key", folder.key]
    for (security, more) in [(MailServer.Security.starttls, []), (.tls, ["--smtps"])] {
      let smtp = try MailServerProcess(options + more)
      defer { smtp.stop() }
      let message = try message()
      try await send(message, by: server(smtp.port, security, certificates: folder.certificate))
      #expect(try smtp.facts().map(\.tls) == [true])
      let unknown = try #require(await failure(message, by: server(smtp.port, security)))
      #expect(!unknown.isPermanent && unknown.reason.contains("liaison chiffrée"), "\(unknown)")
      #expect(try smtp.facts().count == 1)
    }
    let plain = try MailServerProcess()
    defer { plain.stop() }
    let refused = try #require(await failure(try message(), by: server(plain.port, .starttls)))
    #expect(!refused.isPermanent && refused.reason.contains("liaison chiffrée"), "\(refused)")
    #expect(try plain.facts().isEmpty)
  }

  @Test(arguments: [
    ("plus-tard@exemple.fr", false, "451"), ("inconnu@exemple.fr", true, "550"), ("contenu@exemple.fr", true, "554"),
  ])
  func `what the server refuses is told apart, without the address`(address: String, isPermanent: Bool, code: String)
    async throws
  {
    let smtp = try MailServerProcess()
    defer { smtp.stop() }
    let failure = try #require(await failure(try message(to: address), by: server(smtp.port)))
    #expect(failure.isPermanent == isPermanent && failure.reason.contains(code), "\(failure)")
    #expect(!failure.reason.contains("@"))
  }

  @Test func `a refused sender is ours to mend, so the message waits`() async throws {
    let smtp = try MailServerProcess()
    defer { smtp.stop() }
    let failure = try #require(await failure(try message(from: "interdit@exemple.fr"), by: server(smtp.port)))
    #expect(!failure.isPermanent && failure.reason.contains("expédition") && failure.reason.contains("550"))
  }

  @Test func `a server that is absent, unknown or mute is tried later`() async throws {
    let gone = try MailServerProcess()
    gone.stop()
    let absent = try #require(await failure(try message(), by: server(gone.port)))
    #expect(!absent.isPermanent && absent.reason.contains("ne répond pas"), "\(absent)")
    let unknown = try #require(await failure(try message(), by: server(25, host: "serveur.invalid")))
    #expect(!unknown.isPermanent && unknown.reason.contains("introuvable"), "\(unknown)")
    let mute = try MailServerProcess(["--mute"])
    defer { mute.stop() }
    let late = try #require(await failure(try message(), by: server(mute.port), patience: 1))
    #expect(!late.isPermanent, "\(late)")
  }

  @Test func `a program that never ends is stopped, one that is absent is named, and nothing is left behind`()
    async throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "marchepied-faux-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // Stands for msmtp: notes what others can see of it, and how its file is kept.
    let script = """
      #!/bin/sh
      tr '\\0' '\\n' < /proc/$$/cmdline > '\(folder)/seen'
      tr '\\0' '\\n' < /proc/$$/environ >> '\(folder)/seen'
      file=${1#--file=}
      stat -c '%a' "$file" "$(dirname "$file")" > '\(folder)/rights'
      dirname "$file" > '\(folder)/place'
      exec sleep 600
      """
    let program = "\(folder)/msmtp"
    try Data(script.utf8).write(to: URL(filePath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    let message = try message(["Voici https://exemple.fr/jeton-secret"])
    let mailer = MSMTPMailer(
      server: server(25, account: ("facile", "mot-de-passe")), patience: 1, program: program)
    await #expect(throws: MailFailure(isPermanent: false, "le serveur de courrier ne répond pas")) {
      try await mailer.send(message, to: message.recipient)
    }
    let seen = try String(contentsOfFile: "\(folder)/seen", encoding: .utf8)
    #expect(seen.contains("--account=marchepied") && seen.contains("LC_ALL=C"))
    for word in ["mot-de-passe", "jeton-secret", "facile"] { #expect(!seen.contains(word)) }
    #expect(try String(contentsOfFile: "\(folder)/rights", encoding: .utf8) == "600\n700\n")
    let place = try String(contentsOfFile: "\(folder)/place", encoding: .utf8).trimmingCharacters(in: .newlines)
    #expect(!FileManager.default.fileExists(atPath: place))

    let absent = MSMTPMailer(server: server(25), program: "msmtp-absent")
    await #expect(throws: MailFailure.self) { try await absent.send(message, to: message.recipient) }
  }
}

extension MailServerProcess {
  /// A folder with a certificate and its key; the caller removes it.
  static func certificates() throws -> (path: String, certificate: String, key: String) {
    let path = FileManager.default.temporaryDirectory.appending(path: "marchepied-cert-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let (certificate, key) = try certificate(in: path)
    return (path, certificate, key)
  }
}
