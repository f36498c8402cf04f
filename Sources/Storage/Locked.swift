import Foundation

/// A value behind a lock.
///
/// A pthread mutex and not `Synchronization.Mutex`: on Linux the thread sanitizer does not see the latter and reports races
/// where there are none.
final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) {
    self.value = value
  }

  func withLock<T>(_ body: (inout Value) throws -> T) rethrows -> T {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
