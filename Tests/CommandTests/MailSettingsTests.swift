import Casework
import Testing

@testable import marchepied

@Suite struct MailSettingsTests {
  private func mail(_ values: [String: String]) async throws -> MailSettings {
    let environment = Dictionary(
      uniqueKeysWithValues: values.map { ("MARCHEPIED_" + $0.uppercased().replacing(".", with: "_"), $1) })
    return try await Settings(flags: [:], environment: environment, file: nil).mail
  }

  private func refusal(_ values: [String: String]) async throws -> String {
    do {
      _ = try await mail(values)
      return ""
    } catch let wrong as Settings.Wrong {
      return wrong.problem
    }
  }

  @Test func `without anything messages wait`() async throws {
    let mail = try await mail([:])
    #expect(mail.server == nil && mail.mode == .smtp && mail.from == nil && mail.site.text == "http://127.0.0.1:8080")
  }

  @Test func `a server is encrypted unless one says otherwise, and each way has its port`() async throws {
    let usual = try await mail(["mail.server": "smtp.exemple.fr", "mail.from": "clauses@exemple.fr"])
    #expect(usual.server?.name == "smtp.exemple.fr:587" && usual.server?.security == .starttls)
    #expect(usual.from?.name == "Marchepied" && usual.server?.account == nil)
    let tls = try await mail([
      "mail.server": "[2001:db8::1]", "mail.security": "tls", "mail.from": "Clauses 77 <clauses@exemple.fr>",
      "mail.user": "u", "mail.password": "mot de passe", "mail.certificates": "/c.pem",
      "site.address": "https://clauses.exemple.fr/",
    ])
    #expect(tls.server?.name == "[2001:db8::1]:465" && tls.from?.name == "Clauses 77")
    #expect(tls.server?.account?.password.text == "mot de passe" && tls.server?.certificates == "/c.pem")
    #expect(tls.site.text == "https://clauses.exemple.fr")
    #expect(!"\(tls)".contains("mot de passe"))
    let near = try await mail([
      "mail.server": "127.0.0.1:1025", "mail.security": "none", "mail.from": "a@b.fr",
    ])
    #expect(near.server?.name == "127.0.0.1:1025")
  }

  @Test(arguments: [
    (["mail.server": "smtp.exemple.fr"], "mail.from"), (["mail.user": "u"], "mail.server"),
    (["mail.server": "a.fr", "mail.from": "a@b.fr", "mail.user": "u"], "mail.password"),
    (["mail.server": "a.fr", "mail.from": "a@b.fr", "mail.password": "tu"], "mail.user"),
    (["mail.server": "a.fr", "mail.from": "a@b.fr", "mail.security": "none"], "cette machine"),
    (["mail.server": "a.fr", "mail.from": "a@b.fr", "mail.security": "ssl"], "starttls, tls, none"),
    (["mail.server": "a b", "mail.from": "a@b.fr"], "mail.server"),
    (["mail.server": "a.fr:0", "mail.from": "a@b.fr"], "mail.server"),
    (["mail.server": "a.fr:port", "mail.from": "a@b.fr"], "mail.server"),
    (["mail.server": "a.fr\npassword x", "mail.from": "a@b.fr"], "mail.server"),
    (["mail.from": "Marie"], "mail.from"), (["mail.mode": "jamais"], "smtp, page"),
    (["mail.mode": "page", "http.host": "0.0.0.0"], "cette machine"),
    (["mail.mode": "page", "http.proxies": "1"], "cette machine"),
    (["mail.mode": "page", "mail.server": "a.fr", "mail.from": "a@b.fr"], "mail.server"),
    (["site.address": "clauses.exemple.fr"], "site.address"), (["site.address": "https://a.fr/?x"], "site.address"),
    (
      ["mail.server": "a.fr", "mail.from": "a@b.fr", "mail.user": "u", "mail.password": "secret\nhost pirate.fr"],
      "mail.password"
    ),
  ])
  func `what does not hold together is refused, with what to mend`(values: [String: String], told: String) async throws
  {
    let problem = try await refusal(values)
    #expect(problem.contains(told), "\(problem)")
    #expect(!problem.contains("secret") && !problem.contains("pirate"))
  }
}
