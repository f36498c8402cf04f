import Clauses
import Hummingbird

/// Holds back whoever sends a form without an account again and again: by address, and by e-mail, so that nobody is sent
/// letters that they never asked for.
struct PublicFormThrottle: Sendable {
  /// What each address may send.
  let addresses: RateLimit
  /// What may be sent with each e-mail.
  let emails: RateLimit

  /// Throws 429 with the seconds to wait.
  func take(_ client: String?, email: String) throws(Problem) {
    let now = ContinuousClock.now
    if let client, let wait = addresses.take(client, at: now) { throw .tooMany(seconds: wait) }
    guard let address = EmailAddress(email) else { return }
    if let wait = emails.take(address.folded, at: now) { throw .tooMany(seconds: wait) }
  }
}
