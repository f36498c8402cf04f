import Testing

@testable import Storage

@Suite struct BackoffTests {
  @Test func `collisions are tried again with growing delays and then given up`() {
    var backoff = Backoff(patience: .seconds(10))
    let delays = (0..<30).map { _ in backoff.next(after: .conflict, chance: 1) }
    #expect(delays.prefix(24).allSatisfy { $0 != nil })
    #expect(delays.dropFirst(24).allSatisfy { $0 == nil })
    #expect(delays[0] == .milliseconds(4))
    #expect(delays[23] == .milliseconds(250))
    #expect(backoff.next(after: .conflict, chance: 0) == nil)
  }

  @Test func `a lost connection is replaced at once and a silent server waited for`() {
    var backoff = Backoff(patience: .seconds(3))
    #expect(backoff.next(after: .connection, chance: 1) == .zero)
    var waited = Duration.zero
    var count = 0
    while let delay = backoff.next(after: .connection, chance: 1) {
      waited += delay
      count += 1
    }
    #expect(count > 3)
    #expect(waited >= .seconds(3))
    #expect(waited < .seconds(5))
  }

  @Test func `without patience nothing is waited for`() {
    var backoff = Backoff(patience: .zero)
    #expect(backoff.next(after: .connection, chance: 1) == nil)
    #expect(backoff.next(after: .stalePlan, chance: 1) == .zero)
  }
}
