/// How often and after how long a transaction is tried again: a decision without any clock of its own.
struct Backoff {
  /// Why a transaction did not go through.
  enum Cause {
    /// It collided with another writer.
    case conflict
    /// The server could not be reached, or an idle connection turned out to be dead.
    case connection
    /// A prepared statement no longer fits the schema.
    case stalePlan
  }

  /// How long an unreachable server is waited for.
  let patience: Duration

  private var conflicts = 0
  private var connections = 0
  private var stalePlans = 0
  private var waited = Duration.zero

  init(patience: Duration) {
    self.patience = patience
  }

  /// The delay before the next try, or nil when it is time to give up. `chance` is between 0 and 1.
  mutating func next(after cause: Cause, chance: Double) -> Duration? {
    switch cause {
    case .stalePlan:
      stalePlans += 1
      return stalePlans > 3 ? nil : .zero
    case .conflict:
      conflicts += 1
      guard conflicts <= 24 else { return nil }
      let ceiling = min(2 << min(conflicts, 8), 250)
      return .microseconds(Int(Double(ceiling) * 1000 * chance))
    case .connection:
      connections += 1
      // The first try is at once: the server is often well and only an idle connection was dead.
      guard connections > 1 else { return patience > .zero ? .zero : nil }
      guard waited < patience else { return nil }
      let ceiling = min(50 << min(connections - 2, 5), 1000)
      let delay = Duration.microseconds(Int(Double(ceiling) * 1000 * (0.5 + chance / 2)))
      waited += delay
      return delay
    }
  }
}
