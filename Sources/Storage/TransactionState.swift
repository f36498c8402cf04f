/// What one run of a closure may still do: the same rules for both engines, without any engine.
struct TransactionState {
  /// The failure that stands in the way of the next statement and of COMMIT.
  private(set) var failure: StorageError?

  /// How many savepoints are open.
  private(set) var depth = 0

  /// Whether the closure has returned.
  private(set) var isOver = false

  /// Throws when the closure is over or a statement has failed before.
  func checkUsable() throws {
    guard !isOver else { throw StorageError.outOfReach }
    if let failure { throw StorageError.transactionFailed(because: failure.rootCode) }
  }

  /// Notes that a statement failed. The first failure is the one that tells.
  mutating func failed(_ error: StorageError) {
    if failure == nil { failure = error }
  }

  mutating func openSavepoint() -> Int {
    depth += 1
    return depth
  }

  /// Notes that a savepoint was rolled back: what failed in it is forgiven, unless only a new transaction can mend it.
  mutating func rolledBackSavepoint(isTransactionAlive: Bool) {
    depth -= 1
    guard let failure, isTransactionAlive, !failure.needsNewTransaction else { return }
    self.failure = nil
  }

  mutating func releasedSavepoint() {
    depth -= 1
  }

  mutating func end() {
    isOver = true
  }
}
