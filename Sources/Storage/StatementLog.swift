/// Collects the text of every statement that the current task sends, without its values: for snapshots and for counting.
///
/// `let (page, statements) = try await StatementLog.collect { try await … }`. BEGIN, COMMIT and savepoints are not in it.
public final class StatementLog: Sendable {
  @TaskLocal static var current: StatementLog?

  private let texts = Locked<[String]>([])

  /// Runs the closure and returns its result with the statements that it sent, in order.
  public static func collect<T: Sendable>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T
  ) async rethrows -> (T, [String]) {
    let log = StatementLog()
    let result = try await $current.withValue(log, operation: body)
    return (result, log.statements)
  }

  /// The statements sent so far.
  public var statements: [String] { texts.withLock { $0 } }

  func note(_ sql: SQL) {
    let text = sql.text
    texts.withLock { $0.append(text) }
  }
}
