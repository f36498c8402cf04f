import HTTPTypes
import Testing

@testable import Site

struct GateTests {
  @Test func `an address that exports too often waits, and says how long`() async throws {
    let gate = Gate(.exports, rate: RateLimit(burst: 2, perSecond: 0.01), atOnce: 2)
    for _ in 0..<2 { #expect(try await gate.run(for: "192.0.2.1") { 1 } == 1) }
    let problem = await #expect(throws: Problem.self) { try await gate.run(for: "192.0.2.1") { 1 } }
    #expect(problem?.status == .tooManyRequests)
    #expect(problem?.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 50)
    #expect(try await gate.run(for: "192.0.2.2") { 1 } == 1)
  }

  @Test func `exports beyond those that may run at once are sent away, and room comes back`() async throws {
    let gate = Gate(.exports, rate: RateLimit(burst: 10, perSecond: 1), atOnce: 1)
    let problem = try await gate.run(for: nil) {
      await #expect(throws: Problem.self) { try await gate.run(for: nil) { 1 } }
    }
    #expect(problem?.status == .serviceUnavailable)
    await #expect(throws: CancellationError.self) {
      try await gate.run(for: nil) { throw CancellationError() }
    }
    #expect(try await gate.run(for: nil) { 2 } == 2)
  }
}
