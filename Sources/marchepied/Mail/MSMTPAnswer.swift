import Casework

/// The line in which `msmtp` says what became of a message:
/// `… smtpstatus=550 smtpmsg='550 5.1.1 unknown' errormsg='recipient address … not accepted' exitcode=EX_DATAERR`.
///
/// No field before the message's holds a space, so that an address cannot pass for a field.
struct MSMTPAnswer {
  private let status: Int?
  private let message: String?
  private let error: String?
  private let exit: String

  init(_ line: String) {
    status = MSMTPAnswer.word(after: " smtpstatus=", in: line).flatMap { Int($0) }
    message = MSMTPAnswer.quoted(after: " smtpmsg='", in: line)
    error = MSMTPAnswer.quoted(after: " errormsg='", in: line)
    exit = MSMTPAnswer.word(after: " exitcode=", in: line) ?? ""
  }

  /// What the server answered, where it took the message.
  func accepted(_ isSuccess: Bool) throws(MailFailure) -> String {
    if isSuccess { return message ?? "accepté" }
    throw failure
  }

  private var failure: MailFailure {
    let error = error ?? ""
    let isRefusal = status.map { (500...599).contains($0) } ?? false
    if error.hasPrefix("recipient address") {
      return MailFailure(isPermanent: isRefusal, "le serveur de courrier refuse ce destinataire", answer: message)
    }
    if error.hasPrefix("the server did not accept the mail") {
      return MailFailure(isPermanent: isRefusal, "le serveur de courrier refuse ce message", answer: message)
    }
    // What follows is mended by whoever keeps the installation; the messages wait.
    let reason =
      switch exit {
      case "EX_NOHOST": "le serveur de courrier est introuvable sur le réseau"
      case _ where status == nil && ["EX_TEMPFAIL", "EX_IOERR"].contains(exit): "le serveur de courrier ne répond pas"
      case "EX_NOPERM": "le serveur de courrier refuse l’identification"
      case _ where error.contains("certificate") || error.contains("TLS"):
        "la liaison chiffrée avec le serveur de courrier ne s’établit pas"
      case _ where error.contains("envelope from"): "le serveur de courrier refuse l’adresse d’expédition"
      default: "l’envoi a échoué"
      }
    return MailFailure(isPermanent: false, reason, answer: message ?? error)
  }

  private static func word(after mark: String, in line: String) -> String? {
    guard let start = line.firstRange(of: mark)?.upperBound else { return nil }
    return String(line[start...].prefix { !$0.isWhitespace })
  }

  /// Up to the quote that closes it: the one before the next field, since the text may hold some.
  private static func quoted(after mark: String, in line: String) -> String? {
    guard let start = line.firstRange(of: mark)?.upperBound else { return nil }
    let rest = line[start...]
    let ends = ["' errormsg='", "' exitcode="].compactMap { rest.firstRange(of: $0)?.lowerBound }
    return String(rest[..<(ends.min() ?? rest.endIndex)])
  }
}
