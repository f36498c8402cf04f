import Dispatch
import Glibc
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Site

/// Requests that no client would send, on a real socket.
struct MalformedTests {
  private static let requests = [
    "FOO / HTTP/1.1\r\nHost: a\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "POST /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nFOO\r\n\r\n",
  ]

  @Test(arguments: requests)
  func `a request that cannot be parsed never stops the server`(request: String) async throws {
    try await TestSite.application(TestSite.router()).test(.live) { client in
      let answer = await Self.answer(to: request, at: try #require(client.port))
      #expect(answer?.hasPrefix("HTTP/1.1 ") == true)
      #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
    }
  }

  @Test(arguments: ["", "GET / HTTP/1.1\r\nHost: a\r\nX: "])
  func `a connection that asks nothing is closed`(beginning: String) async throws {
    let app = Application(
      router: TestSite.router(), server: .compressed(idle: .milliseconds(200)),
      configuration: .init(address: .hostname("127.0.0.1", port: 0)))
    try await app.test(.live) { client in
      let answer = await Self.answer(to: beginning, at: try #require(client.port))
      #expect(answer == "")
    }
  }

  /// Asks on a thread of its own: the server needs those of the tests.
  private static func answer(to request: String, at port: Int) async -> String? {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: send(request, to: port)) }
    }
  }

  /// Sends bytes as they are and gives what came back until the server closed; nil where it did not within a minute.
  private static func send(_ text: String, to port: Int) -> String? {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0, write(handle, text, text.utf8.count) == text.utf8.count else { return nil }
    var answer: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(handle, &part, part.count)
      if count == 0 || (count < 0 && errno == ECONNRESET) { return String(decoding: answer, as: UTF8.self) }
      guard count > 0 else { return nil }
      answer += part[..<count]
    }
  }
}
