/// When a message is tried again: decisions without any clock of their own. Everything in milliseconds.
enum MailPatience {
  private static let minute: Int64 = 60_000
  /// How long a sender may take before another one takes the message over.
  static let lease = 10 * minute
  /// The longest wait between two tries.
  static let longest = 6 * 60 * minute
  /// After how long a message is given up.
  static let most = 3 * 24 * 60 * minute

  /// When to try again after so many tries: 1, 2, 4… minutes later, at most 6 hours, and up to a quarter more by
  /// chance (from 0 to 1), so that many do not come at once; nil when it is time to give up.
  static func next(after tries: Int, at now: Int64, since queued: Int64, chance: Double) -> Int64? {
    let delay = min(minute << Int64(min(max(tries - 1, 0), 20)), longest)
    let next = now + delay + Int64(Double(delay) / 4 * min(max(chance, 0), 1))
    return next - queued > most ? nil : next
  }
}
