import Foundation

/// Hashes and checks passwords on threads of its own, so many at a time: each takes the memory of its cost, and none
/// holds up the threads on which everything else runs.
public final class PasswordHasher: Sendable {
  /// What came of a check.
  public enum Answer: Sendable, Equatable {
    /// Wrong password, or no such account: nothing tells which.
    case refused
    /// Right; when `needsRehash`, hash it again and store that.
    case accepted(needsRehash: Bool)
  }

  /// Why no answer could be given.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// Too many were waiting already.
    case busy
    /// The memory of one hash could not be had.
    case outOfMemory

    /// What is wrong and what to do, in French.
    public var description: String {
      switch self {
      case .busy: "Trop de connexions ont lieu en même temps. Réessayez dans une minute."
      case .outOfMemory: "Le serveur manque de mémoire pour vérifier un mot de passe. Réessayez plus tard."
      }
    }
  }

  /// What new hashes cost.
  public let cost: PasswordCost
  private let threads: HashingThreads
  private let decoy: PasswordHash

  /// So many hashes at a time and so many waiting; makes the decoy, hence takes the time of one hash.
  public init(cost: PasswordCost = .recommended, atOnce: Int, waiting: Int) throws(Failure) {
    let nobody = Password(Sodium.base64(Sodium.random(32)))
    guard let decoy = PasswordHash(nobody, cost: cost) else { throw .outOfMemory }
    (self.cost, self.decoy) = (cost, decoy)
    threads = HashingThreads(count: max(atOnce, 1), waiting: max(waiting, 0))
  }

  deinit { threads.close() }

  /// Hashes a new password.
  public func hash(_ password: Password) async throws(Failure) -> PasswordHash {
    let cost = cost
    guard let hash = try await run({ PasswordHash(password, cost: cost) }) else { throw .outOfMemory }
    return hash
  }

  /// Checks a password against the hash of an account; nil when there is no such account.
  ///
  /// Then a decoy is checked in its place, so that the answer takes as long. An account whose hash still has an older
  /// cost answers in the time of that cost.
  public func check(_ password: Password, against hash: PasswordHash?) async throws(Failure) -> Answer {
    let (decoy, cost) = (decoy, cost)
    return try await run {
      let isRight = (hash ?? decoy).matches(password)
      guard let hash, isRight else { return .refused }
      return .accepted(needsRehash: hash.needsRehash(for: cost))
    }
  }

  private func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async throws(Failure) -> T {
    let result: T? = await withCheckedContinuation { continuation in
      let isTaken = threads.take { continuation.resume(returning: work()) }
      if !isTaken { continuation.resume(returning: nil) }
    }
    guard let result else { throw .busy }
    return result
  }
}

/// A few threads and a queue with an end.
private final class HashingThreads: @unchecked Sendable {
  private let condition = NSCondition()
  private let room: Int
  private var queue: [@Sendable () -> Void] = []
  private var idle: Int
  private var isClosed = false

  init(count: Int, waiting: Int) {
    (room, idle) = (waiting, count)
    for _ in 0..<count {
      let thread = Thread { self.serve() }
      thread.name = "password"
      thread.start()
    }
  }

  /// False, and the work is left, when as many wait as may.
  func take(_ work: @escaping @Sendable () -> Void) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    guard queue.count < room + idle else { return false }
    queue.append(work)
    condition.signal()
    return true
  }

  /// Lets the threads end once the queue is empty.
  func close() {
    condition.lock()
    defer { condition.unlock() }
    isClosed = true
    condition.broadcast()
  }

  private func serve() {
    while let work = next() {
      work()
      condition.lock()
      idle += 1
      condition.unlock()
    }
  }

  private func next() -> (@Sendable () -> Void)? {
    condition.lock()
    defer { condition.unlock() }
    while queue.isEmpty {
      if isClosed { return nil }
      condition.wait()
    }
    idle -= 1
    return queue.removeFirst()
  }
}
