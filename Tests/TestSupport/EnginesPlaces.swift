/// How many tests hold a PostgreSQL base at the same time: all run together, and a server has only so many connections.
///
/// The others wait in the order they came. A test that opens a second base while it holds one does not wait for it.
actor Places {
  /// Those of the shared server: with the eight connections that a test opens at most, well under its limit of 400.
  private static let shared = Places(32)

  @TaskLocal private static var isHeld = false

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  private init(_ count: Int) { free = count }

  /// Does this with a place, waited for if none is free.
  static func hold<T>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T
  ) async rethrows -> T {
    if isHeld { return try await body() }
    await shared.take()
    do {
      let result = try await $isHeld.withValue(true, operation: body)
      await shared.giveBack()
      return result
    } catch {
      await shared.giveBack()
      throw error
    }
  }

  private func take() async {
    if free > 0 {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func giveBack() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
