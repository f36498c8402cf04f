import Synchronization

/// Lets files out one after the other: a long list holds the base and the memory far longer than a page.
///
/// Each address has a bucket of exports, and all together only a few run at once.
public final class ExportGate: Sendable {
  private let rate: RateLimit
  private let atOnce: Int
  private let running = Mutex(0)

  /// By default ten exports in a row, then one every six seconds for each address, and two at once for all.
  public init(rate: RateLimit = RateLimit(burst: 10, perSecond: 1.0 / 6), atOnce: Int = 2) {
    self.rate = rate
    self.atOnce = atOnce
  }

  /// Runs an export for an address, nil for a local socket.
  ///
  /// Throws 429 where the address asks too often and 503 where too many exports run, with the seconds to wait.
  func run<Value>(for client: String?, _ export: () async throws -> Value) async throws -> Value {
    if let client, let wait = rate.take(client, at: .now) { throw Problem.tooManyExports(seconds: wait) }
    let isFree = running.withLock { running in
      guard running < atOnce else { return false }
      running += 1
      return true
    }
    guard isFree else { throw Problem.exportsBusy }
    defer { running.withLock { $0 -= 1 } }
    return try await export()
  }
}
