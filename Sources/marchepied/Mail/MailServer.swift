import Vault

/// The server that messages are handed to.
struct MailServer: Sendable {
  /// How the connection is protected.
  enum Security: String, Sendable, CaseIterable {
    /// Encrypted from within the session (587).
    case starttls
    /// Encrypted from the beginning (465).
    case tls
    /// Not encrypted: on the machine itself only (25).
    case none

    var usualPort: Int {
      switch self {
      case .starttls: 587
      case .tls: 465
      case .none: 25
      }
    }
  }

  /// A password that nothing prints.
  struct Password: Redacted {
    let text: String
  }

  /// Name and password for the server.
  struct Account: Sendable {
    let user: String
    let password: Password
  }

  let host: String
  let port: Int
  let security: Security
  let account: Account?
  /// File of certificates that are trusted in place of the machine's; nil: the machine's.
  let certificates: String?

  /// `smtp.exemple.fr:587`.
  var name: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
