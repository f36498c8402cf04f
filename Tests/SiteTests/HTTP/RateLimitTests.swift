import Testing

@testable import Site

struct RateLimitTests {
  private let start = ContinuousClock.now

  @Test func `a burst passes, the next request waits, and time gives tokens back`() {
    let limit = RateLimit(burst: 3, perSecond: 0.5)
    for _ in 0..<3 { #expect(limit.take("a", at: start) == nil) }
    #expect(limit.take("a", at: start) == 2)
    #expect(limit.take("a", at: start + .milliseconds(1500)) == 1)
    #expect(limit.take("a", at: start + .milliseconds(2100)) == nil)
    #expect(limit.take("b", at: start) == nil)
  }

  @Test func `a bucket never holds more than its burst`() {
    let limit = RateLimit(burst: 2, perSecond: 10)
    #expect(limit.take("a", at: start) == nil)
    let later = start + .seconds(3600)
    #expect(limit.take("a", at: later) == nil)
    #expect(limit.take("a", at: later) == nil)
    #expect(limit.take("a", at: later) != nil)
  }

  @Test func `addresses of one IPv6 network share a bucket, those of another do not`() {
    let limit = RateLimit(burst: 1, perSecond: 0.1)
    #expect(limit.take("2001:db8:1:2::1", at: start) == nil)
    #expect(limit.take("2001:db8:1:2:ffff::9", at: start) != nil)
    #expect(limit.take("2001:db8:1:3::1", at: start) == nil)
    for last in 1...3 { #expect(limit.take("::ffff:192.0.2.\(last)", at: start) == nil) }
  }

  @Test func `the memory stays bounded whatever comes`() {
    let limit = RateLimit(burst: 2, perSecond: 0.001, capacity: 100)
    for index in 0..<1000 { _ = limit.take("client \(index)", at: start + .milliseconds(index)) }
    #expect(limit.count <= 100)
    #expect(limit.take("client 999", at: start + .seconds(1)) == nil)
    #expect(limit.take("client 999", at: start + .seconds(1)) != nil)
  }
}
