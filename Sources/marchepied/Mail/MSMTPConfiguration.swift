import Casework

/// The file that tells `msmtp` what to do, complete: what the machine's own files say does not matter.
struct MSMTPConfiguration {
  let server: MailServer
  let from: Mailbox
  /// Seconds.
  let patience: Int

  /// One setting a line. Values hold no end of line (``MailServer`` refuses them); in double quotes they may hold
  /// anything else.
  var text: String {
    var lines = [
      "account marchepied", "host \(quoted(server.host))", "port \(server.port)", "protocol smtp",
      "domain \(quoted(String(from.domain)))", "from \(quoted(from.address))", "allow_from_override off",
      "timeout \(patience)",
      // One line about the message, on standard output; nothing in the machine's logs.
      "logfile -", "syslog off", "set_from_header off", "set_date_header off", "set_msgid_header off",
    ]
    if let account = server.account {
      lines += ["auth on", "user \(quoted(account.user))", "password \(quoted(account.password.text))"]
    } else {
      lines.append("auth off")
    }
    switch server.security {
    case .none: lines.append("tls off")
    case .starttls: lines += ["tls on", "tls_starttls on"]
    case .tls: lines += ["tls on", "tls_starttls off"]
    }
    if server.security != .none, let certificates = server.certificates {
      lines.append("tls_trust_file \(quoted(certificates))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func quoted(_ text: String) -> String { "\"\(text)\"" }
}
