public import Logging

/// A PostgreSQL database: a few connections, each on a thread of its own, through libpq's blocking calls.
///
/// A connection that dies is replaced at the next call; a server that does not answer is waited for, with growing delays,
/// for as long as ``PostgresSettings/patience`` says.
public final class PostgresDatabase: Database {
  /// PostgreSQL.
  public var dialect: Dialect { .postgres }

  private let settings: PostgresSettings
  private let logger: Logger
  private let workers: Workers
  private let idle = Locked<[PostgresLink]>([])

  private enum Mode {
    case read, write

    var begin: String {
      switch self {
      case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
      case .write: "BEGIN ISOLATION LEVEL SERIALIZABLE"
      }
    }
  }

  /// How one run of a closure ended.
  private enum Outcome<T: Sendable>: Sendable {
    case value(T)
    case again(Backoff.Cause, StorageError)
  }

  /// Prepares the connections; the first call opens one.
  public init(_ settings: PostgresSettings, logger: Logger = Logger(label: "storage")) {
    self.settings = settings
    self.logger = logger
    workers = Workers(threads: max(settings.connections, 1))
  }

  /// Runs the closure in a transaction that is REPEATABLE READ READ ONLY.
  public func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await run(.read, body)
  }

  /// Runs the closure in a SERIALIZABLE transaction.
  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
    try await run(.write, body)
  }

  /// Waits for what runs, then closes the connections.
  public func close() async throws {
    try await workers.close()
    idle.withLock { $0.removeAll() }
  }

  private func run<T: Sendable>(
    _ mode: Mode, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    let log = StatementLog.current
    var backoff = Backoff(patience: settings.patience)
    while true {
      let outcome = try await workers.run { [self] in try once(mode, $0, log, body) }
      switch outcome {
      case .value(let value): return value
      case .again(let cause, let error):
        guard let delay = backoff.next(after: cause, chance: .random(in: 0...1)) else { throw error }
        logger.debug("transaction tried again", metadata: ["cause": "\(cause)", "delay": "\(delay)"])
        if delay > .zero { try await Task.sleep(for: delay) }
      }
    }
  }

  private func once<T>(
    _ mode: Mode, _ cancellation: Cancellation, _ log: StatementLog?, _ body: (any Connection) throws -> T
  ) throws -> Outcome<T> {
    let link: PostgresLink
    do {
      link = try idle.withLock { $0.popLast() } ?? PostgresLink(settings, logger: logger)
    } catch let error as StorageError {
      return try again(error)
    }
    link.begin(mode.begin)
    let connection = PostgresConnection(link, isReading: mode == .read, cancellation: cancellation, log: log)
    let result = Result { try body(connection) }
    connection.end()
    var isKept = true
    defer { if isKept { giveBack(link) } }
    if let failure = connection.state.failure {
      link.rollBack()
      let isStale = failure.retryCause == .stalePlan
      if mode == .write, isStale || failure == .readOnly, link.isReadOnlyServer {
        // This server has been replaced by another one: look for that.
        isKept = false
        return .again(.connection, failure)
      }
      if isStale { link.forgetStatements() }
      if failure.retryCause != nil { return try again(failure) }
      _ = try result.get()
      throw StorageError.commitRefused(because: failure.rootCode)
    }
    do {
      let value = try result.get()
      try cancellation.check()
      return try finish(mode, link, value)
    } catch {
      link.rollBack()
      throw error
    }
  }

  private func finish<T>(_ mode: Mode, _ link: PostgresLink, _ value: T) throws -> Outcome<T> {
    guard mode == .write else {
      link.commitWithoutWaiting()
      return .value(value)
    }
    do {
      try link.commit()
      return .value(value)
    } catch let error as StorageError {
      if link.isLost || error.retryCause == .connection { throw StorageError.commitUnknown }
      guard error.retryCause == .conflict else { throw error }
      return .again(.conflict, error)
    }
  }

  private func again<T>(_ error: StorageError) throws -> Outcome<T> {
    guard let cause = error.retryCause else { throw error }
    if cause == .connection { dropIdle() }
    return .again(cause, error)
  }

  private func giveBack(_ link: PostgresLink) {
    guard !link.isLost else { return dropIdle() }
    idle.withLock { $0.append(link) }
  }

  /// Where one connection is dead the idle ones probably are too.
  private func dropIdle() {
    let dropped = idle.withLock { links in
      defer { links = [] }
      return links
    }
    _ = dropped.count
  }
}
