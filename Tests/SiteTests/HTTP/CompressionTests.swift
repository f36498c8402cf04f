import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Site

struct CompressionTests {
  private static let text = String(repeating: "Les marchés qui reviennent. ", count: 400)

  private static func application() -> some ApplicationProtocol {
    TestSite.application(
      TestSite.router { router in
        router.get("long") { _, _ in
          Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
        router.head("long") { _, _ in
          Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .contentLength: "\(text.utf8.count)"])
        }
        router.get("image") { _, _ in
          Response(
            status: .ok, headers: [.contentType: "image/png"], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
        router.get("flux") { _, _ in
          Response(
            status: .ok, headers: [.contentType: "text/csv"],
            body: ResponseBody { writer in
              for _ in 0..<20 { try await writer.write(ByteBuffer(string: text)) }
              try await writer.finish(nil)
            })
        }
      })
  }

  @Test(arguments: [("gzip, deflate, br", "gzip"), ("deflate", "deflate"), ("gzip;q=0", nil), ("br", nil)])
  func `a long text is compressed as the browser prefers, and the mark never leaves`(
    accepted: String, encoding: String?
  ) async throws {
    try await Self.application().test(.live) { client in
      let response = try await client.execute(uri: "/long", method: .get, headers: [.acceptEncoding: accepted])
      #expect(response.headers[.contentEncoding] == encoding)
      #expect(response.headers[.vary] == "Accept-Encoding")
      #expect(response.headers[Compressible.mark] == nil)
      #expect(response.headers[.contentLength] == "\(response.body.readableBytes)")
      if encoding == nil {
        #expect(response.text == Self.text)
      } else {
        #expect(response.body.readableBytes < 400)
      }
    }
  }

  @Test(arguments: ["/healthz", "/image"])
  func `a short text or a picture is sent as it is`(path: String) async throws {
    try await Self.application().test(.live) { client in
      let response = try await client.execute(uri: path, method: .get, headers: [.acceptEncoding: "gzip"])
      #expect(response.headers[.contentEncoding] == nil)
      #expect(response.headers[Compressible.mark] == nil)
    }
  }

  @Test func `a stream is compressed as it goes`() async throws {
    try await Self.application().test(.live) { client in
      let response = try await client.execute(uri: "/flux", method: .get, headers: [.acceptEncoding: "gzip"])
      #expect(response.headers[.contentEncoding] == "gzip")
      #expect(response.headers[.transferEncoding] == "chunked")
      #expect(response.body.readableBytes < Self.text.utf8.count)
    }
  }

  @Test func `a HEAD has no body, compressed or not`() async throws {
    try await Self.application().test(.live) { client in
      for _ in 0..<2 {
        let response = try await client.execute(uri: "/long", method: .head, headers: [.acceptEncoding: "gzip"])
        #expect(response.status == .ok)
        #expect(response.body.readableBytes == 0)
        #expect(response.headers[.contentEncoding] == nil)
      }
    }
  }
}
