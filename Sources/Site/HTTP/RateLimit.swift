import Foundation
import Hummingbird
import Synchronization

/// A bucket of tokens an address: each request takes one, time puts them back.
///
/// Kept in memory, for one node, and bounded: past `capacity` addresses, those whose bucket is full again are forgotten first, then the longest untouched.
public final class RateLimit: Sendable {
  /// How many requests may come at once.
  public let burst: Double
  /// How many tokens come back each second.
  public let perSecond: Double
  /// How many addresses are remembered.
  public let capacity: Int

  private struct Bucket {
    var tokens: Double
    var touched: ContinuousClock.Instant
  }

  private let buckets = Mutex<[String: Bucket]>([:])

  /// Buckets of `burst` tokens that fill at `perSecond`.
  public init(burst: Int, perSecond: Double, capacity: Int = 50_000) {
    self.burst = Double(burst)
    self.perSecond = perSecond
    self.capacity = capacity
  }

  /// Takes a token; gives nil when it was there, otherwise the whole seconds to wait.
  ///
  /// An IPv6 address stands for its network of 64 bits, all of which one household or office has.
  public func take(_ address: String, at now: ContinuousClock.Instant) -> Int? {
    let key = Self.network(of: address)
    return buckets.withLock { buckets in
      if buckets[key] == nil, buckets.count >= capacity { forget(&buckets, at: now) }
      var bucket = buckets[key] ?? Bucket(tokens: burst, touched: now)
      bucket.tokens = filled(bucket, at: now)
      bucket.touched = now
      defer { buckets[key] = bucket }
      guard bucket.tokens < 1 else {
        bucket.tokens -= 1
        return nil
      }
      return max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up)))
    }
  }

  private static func network(of address: String) -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard address.contains(":"), inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
    // An IPv4 address seen through an IPv6 socket is one address, not a network.
    if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] { return address }
    return bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// How many addresses are remembered now.
  var count: Int { buckets.withLock { $0.count } }

  private func filled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
    let gone = bucket.touched.duration(to: now)
    let seconds = Double(gone.components.seconds) + Double(gone.components.attoseconds) / 1e18
    return min(burst, bucket.tokens + max(0, seconds) * perSecond)
  }

  private func forget(_ buckets: inout [String: Bucket], at now: ContinuousClock.Instant) {
    buckets = buckets.filter { filled($0.value, at: now) < burst }
    guard buckets.count >= capacity else { return }
    let old = buckets.sorted { $0.value.touched < $1.value.touched }.prefix(max(1, capacity / 10))
    for (key, _) in old { buckets[key] = nil }
  }
}

/// Refuses with 429 an address whose bucket is empty; requests without address (a local socket) pass.
struct RateLimited: RouterMiddleware {
  typealias Context = SiteContext

  let limit: RateLimit

  func handle(
    _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
  ) async throws -> Response {
    if let client = context.client, let wait = limit.take(client, at: .now) { throw Problem.tooMany(seconds: wait) }
    return try await next(request, context)
  }
}
