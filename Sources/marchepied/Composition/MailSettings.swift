import Casework

/// How messages leave, as the settings tell; without a server they wait in the queue.
struct MailSettings: Sendable {
  /// What becomes of messages.
  enum Mode: String, CaseIterable, Sendable {
    /// They go to the server.
    case smtp
    /// They are shown at a page of this machine, for a trial; nothing leaves.
    case page
  }

  /// What may be set, with its meaning.
  static let known = [
    ("mail.mode", "smtp, ou page pour montrer les courriels à l’adresse /courriels sans rien envoyer (essai)"),
    ("mail.server", "serveur d’envoi, comme smtp.exemple.fr ou smtp.exemple.fr:587"),
    ("mail.security", "starttls, tls, ou none pour un serveur de cette machine seulement"),
    ("mail.user", "nom de compte sur le serveur d’envoi"),
    ("mail.password", "mot de passe de ce compte (variable d’environnement ou fichier)"),
    ("mail.from", "adresse d’expédition, comme Marchepied <clauses@exemple.fr>"),
    ("mail.certificates", "fichier des certificats reconnus, à la place de ceux de la machine"),
    ("site.address", "adresse publique de l’installation, comme https://clauses.exemple.fr"),
  ]

  let mode: Mode
  /// Where messages are handed over; nil: nowhere yet.
  let server: MailServer?
  /// Whom messages come from; nil where nothing is sent.
  let from: Mailbox?
  /// What links in messages begin with, without a slash at the end.
  let site: WebLink

  /// Reads the settings about mail; `host` is the address that the pages are served at.
  init(host: String, port: Int, isSecure: Bool = false, proxies: Int, _ text: (String) -> String?) throws {
    mode = try Self.choice("mail.mode", text) ?? .smtp
    server = try Self.server(text)
    from = try text("mail.from").map { try Self.mailbox($0) }
    let shown = host.contains(":") ? "[\(host)]" : host
    site = try Self.site(text("site.address") ?? "\(isSecure ? "https" : "http")://\(shown):\(port)")
    if mode == .page {
      guard server == nil else { throw Self.wrong("mail.mode vaut page\u{202F}: retirez mail.server, ou mail.mode.") }
      // The page shows links that let people in.
      let shownAt = site.text.split(separator: "/").dropFirst().first.map { String($0.prefix { $0 != ":" }) } ?? ""
      guard Self.isThisMachine(host), proxies == 0, shownAt.hasPrefix("[") || Self.isThisMachine(shownAt) else {
        throw Self.wrong("mail.mode vaut page, ce qui n’est permis que sur cette machine (http.host 127.0.0.1).")
      }
    }
    if server != nil, from == nil {
      throw Self.wrong("mail.server est donné sans mail.from, l’adresse d’expédition des courriels.")
    }
  }

  private static func server(_ text: (String) -> String?) throws -> MailServer? {
    guard let address = text("mail.server") else {
      let orphans = ["mail.security", "mail.user", "mail.password", "mail.certificates"].filter { text($0) != nil }
      guard let orphan = orphans.first else { return nil }
      throw wrong("\(orphan) est donné sans mail.server.")
    }
    let security: MailServer.Security = try choice("mail.security", text) ?? .starttls
    let (host, port) = try place(address)
    guard security != .none || isThisMachine(host) else {
      throw wrong("mail.security vaut none, ce qui n’est permis que pour un serveur de cette machine.")
    }
    return MailServer(
      host: host, port: port ?? security.usualPort, security: security, account: try account(text),
      certificates: try text("mail.certificates").map { try line("mail.certificates", $0) })
  }

  private static func account(_ text: (String) -> String?) throws -> MailServer.Account? {
    switch (text("mail.user"), text("mail.password")) {
    case (nil, nil): return nil
    case (let user?, let password?):
      return .init(
        user: try line("mail.user", user), password: .init(text: try line("mail.password", password)))
    case (_, nil): throw wrong("mail.user est donné sans mail.password.")
    case (nil, _): throw wrong("mail.password est donné sans mail.user.")
    }
  }

  /// `smtp.exemple.fr`, `smtp.exemple.fr:587`, `[::1]:587`.
  private static func place(_ text: String) throws -> (String, Int?) {
    let fault = wrong("mail.server n’est pas compris\u{202F}: écrivez smtp.exemple.fr ou smtp.exemple.fr:587.")
    let parts: (host: Substring, rest: Substring)
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      parts = (text[text.index(after: text.startIndex)..<end], text[end...].dropFirst())
    } else {
      let end = text.firstIndex(of: ":") ?? text.endIndex
      parts = (text[..<end], text[end...])
    }
    let signs = Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:".utf8)
    guard (1...253).contains(parts.host.utf8.count), parts.host.utf8.allSatisfy({ signs.contains($0) }),
      parts.host.first != "-"
    else { throw fault }
    guard !parts.rest.isEmpty else { return (String(parts.host), nil) }
    guard parts.rest.first == ":", let port = Int(parts.rest.dropFirst()), (1...65_535).contains(port) else {
      throw fault
    }
    return (String(parts.host), port)
  }

  /// `clauses@exemple.fr` or `Marchepied <clauses@exemple.fr>`.
  private static func mailbox(_ text: String) throws -> Mailbox {
    do {
      guard text.hasSuffix(">"), let start = text.lastIndex(of: "<") else {
        return try Mailbox(text, name: "Marchepied")
      }
      return try Mailbox(
        String(text[start...].dropFirst().dropLast()), name: text[..<start].filter { $0 != "\"" })
    } catch {
      throw wrong("mail.from n’est pas compris\u{202F}: écrivez Marchepied <clauses@exemple.fr>.")
    }
  }

  private static func site(_ text: String) throws -> WebLink {
    let bare = text.hasSuffix("/") ? String(text.dropLast()) : text
    guard let link = try? WebLink(bare), !bare.contains("?"), !bare.contains("#") else {
      throw wrong(
        "site.address n’est pas compris\u{202F}: écrivez l’adresse entière, comme https://clauses.exemple.fr.")
    }
    return link
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ text: (String) -> String?
  ) throws -> Choice? where Choice.RawValue == String {
    guard let given = text(name) else { return nil }
    guard let choice = Choice(rawValue: given) else {
      let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw wrong("le réglage \(name) vaut «\u{202F}\(given)\u{202F}»\u{202F}; il faut l’un de\u{202F}: \(all).")
    }
    return choice
  }

  /// One line that `msmtp` reads whole: 400 bytes at most; the value is not repeated, since it may be a password.
  private static func line(_ name: String, _ text: String) throws -> String {
    guard text.utf8.count <= 400, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw wrong("le réglage \(name) dépasse 400 octets ou contient un retour à la ligne.")
    }
    return text
  }

  /// Whether an address never leaves this machine.
  private static func isThisMachine(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  private static func wrong(_ problem: String) -> Settings.Wrong { Settings.Wrong(problem) }
}
