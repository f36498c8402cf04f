import Foundation

/// What the provider publishes for all: read once for all who ask at the same time, kept an hour.
actor Published<Value: Sendable> {
  typealias Outcome = Result<Value, OpenIDError>
  private let fetch: @Sendable (Date) async -> Outcome
  private var known: (value: Value, read: Date)?
  private var renewed: Date?
  private var underway: Task<Outcome, Never>?

  private static var lifetime: TimeInterval { 3600 }
  private static var pause: TimeInterval { 60 }

  /// The closure reads it; it is given the moment for what it reads first.
  init(_ fetch: @escaping @Sendable (Date) async -> Outcome) { self.fetch = fetch }

  /// The value, read again when it is an hour old. A failure is not remembered.
  func value(at moment: Date) async throws(OpenIDError) -> Value {
    if let known, Published.isWithin(Published.lifetime, known.read, moment) { return known.value }
    return try await read(at: moment).get()
  }

  /// The value read again before its hour, because something new is looked for; at most once a minute, failures
  /// included.
  func again(at moment: Date) async throws(OpenIDError) -> Value {
    if let underway { return try await underway.value.get() }
    if let known, Published.isWithin(Published.pause, renewed ?? .distantPast, moment) { return known.value }
    renewed = moment
    return try await read(at: moment).get()
  }

  private func read(at moment: Date) async -> Outcome {
    if let underway { return await underway.value }
    let task = Task { [fetch] in await fetch(moment) }
    underway = task
    let outcome = await task.value
    underway = nil
    if case .success(let value) = outcome { known = (value, moment) }
    return outcome
  }

  /// A clock that was set back makes nothing eternal.
  private static func isWithin(_ limit: TimeInterval, _ past: Date, _ moment: Date) -> Bool {
    abs(moment.timeIntervalSince(past)) < limit
  }
}
