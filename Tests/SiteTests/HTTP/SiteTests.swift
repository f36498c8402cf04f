import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Site

struct SiteTests {
  @Test func `every response carries the security headers and no page may be kept`() async throws {
    let app = TestSite.application(TestSite.router())
    try await app.test(.router) { client in
      for path in ["/healthz", "/metrics", "/nulle-part", "/assets/x"] {
        let headers = try await client.execute(uri: path, method: .get).headers
        #expect(headers[.contentSecurityPolicy] == SecurityHeaders.policy)
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(headers[.referrerPolicy] == "same-origin")
        #expect(headers[.cacheControl] == "no-store")
        #expect(headers[.xRequestID] != nil)
      }
    }
    #expect(!SecurityHeaders.policy.contains("unsafe"))
  }

  @Test func `an unknown address gives a French page, and JSON to the interface`() async throws {
    let app = TestSite.application(TestSite.router())
    try await app.test(.router) { client in
      let page = try await client.execute(uri: "/nulle-part?nom=Dupont", method: .get)
      #expect(page.status == .notFound)
      #expect(page.headers[.contentType] == "text/html; charset=utf-8")
      #expect(page.text.contains("<h1>Cette page n’existe pas.</h1>"))
      #expect(!page.text.contains("Dupont"))
      let json = try await client.execute(uri: "/api/nulle-part", method: .get)
      #expect(json.status == .notFound)
      #expect(json.headers[.contentType] == "application/problem+json")
      #expect(json.text.hasPrefix(#"{"type":"about:blank","status":404,"title":"Cette page n’existe pas.""#))
    }
  }

  @Test func `a method that the address does not take names those that it takes`() async throws {
    let app = TestSite.application(TestSite.router())
    try await app.test(.router) { client in
      let response = try await client.execute(uri: "/healthz", method: .delete)
      #expect(response.status == .methodNotAllowed)
      #expect(response.headers[.allow] == "GET, HEAD")
    }
  }

  @Test func `a fault of ours shows its number and nothing of the error`() async throws {
    struct Leak: Error, CustomStringConvertible { let description = "mot de passe" }
    let router = TestSite.router { router in
      router.get("panne") { _, _ -> Response in throw Leak() }
    }
    try await TestSite.application(router).test(.router) { client in
      let response = try await client.execute(uri: "/panne", method: .get)
      #expect(response.status == .internalServerError)
      let number = try #require(response.headers[.xRequestID])
      #expect(response.text.contains("demande \(number)"))
      #expect(!response.text.contains("mot de passe"))
    }
  }

  @Test(arguments: [("/lu/%C3%A9t%C3%A9%2F1", "été/1"), ("/lu/%3Cb%3E", "<b>")])
  func `an identifier of the path is decoded once`(uri: String, expected: String) async throws {
    let router = TestSite.router { router in
      router.get("lu/{id}") { _, context in try context.identifier("id") }
    }
    try await TestSite.application(router).test(.router) { client in
      let text = try await client.execute(uri: uri, method: .get).text
      #expect(text == expected)
    }
  }

  @Test(arguments: ["/lu/%FF", "/lu/%4", "/lu/%zz"])
  func `an identifier that does not decode is no page`(uri: String) async throws {
    let router = TestSite.router { router in
      router.get("lu/{id}") { _, context in try context.identifier("id") }
    }
    try await TestSite.application(router).test(.router) { client in
      let status = try await client.execute(uri: uri, method: .get).status
      #expect(status == .notFound)
    }
  }

  @Test func `HEAD gives the headers of GET without a body`() async throws {
    try await TestSite.application(TestSite.router()).test(.live) { client in
      let response = try await client.execute(uri: "/healthz", method: .head)
      #expect(response.status == .ok)
      #expect(response.body.readableBytes == 0)
      let whole = try await client.execute(uri: "/healthz", method: .get)
      #expect(response.headers[.contentLength] == "\(whole.body.readableBytes)")
    }
  }

  @Test(arguments: [true, false])
  func `health answers 200 when all is well and 503 otherwise`(isWell: Bool) async throws {
    try await TestSite.application(TestSite.router(isWell: isWell)).test(.router) { client in
      let response = try await client.execute(uri: "/healthz", method: .get)
      #expect(response.status == (isWell ? .ok : .serviceUnavailable))
      #expect(response.text.contains("\"name\":\"database\",\"ok\":\(isWell)"))
    }
  }

  @Test func `measures count by route, never by raw path`() async throws {
    try await TestSite.application(TestSite.router()).test(.router) { client in
      for index in 0..<3 { _ = try await client.execute(uri: "/assets/\(index)", method: .get) }
      _ = try await client.execute(uri: "/inconnu", method: .get)
      let text = try await client.execute(uri: "/metrics", method: .get).text
      #expect(text.contains(#"http_requests_total{method="GET",route="/assets/{name}",status="404"} 3"#))
      #expect(!text.contains("inconnu"))
    }
  }

  @Test func `an announced body that is too long is refused, and one that grows too long too`() async throws {
    var settings = Site.Settings()
    settings.bodyLimit = 1000
    let router = TestSite.router(settings: settings) { router in
      router.post("envoi") { request, _ -> String in
        var count = 0
        for try await part in request.body { count += part.readableBytes }
        return "\(count)"
      }
    }
    try await TestSite.application(router).test(.live) { client in
      let fits = ByteBuffer(repeating: 65, count: 1000)
      #expect(try await client.execute(uri: "/envoi", method: .post, body: fits).text == "1000")
      let long = ByteBuffer(repeating: 65, count: 1001)
      let refused = try await client.execute(uri: "/envoi", method: .post, body: long)
      #expect(refused.status == .contentTooLarge)
      #expect(refused.text.contains("limite\u{202F}: 1\u{A0}ko"))
      let chunked = try await client.execute(
        uri: "/envoi", method: .post, headers: [.transferEncoding: "chunked"], body: long)
      #expect(chunked.status == .contentTooLarge)
    }
  }

  @Test func `an address that asks too often waits`() async throws {
    var settings = Site.Settings()
    settings.rate = RateLimit(burst: 2, perSecond: 0.01)
    try await TestSite.application(TestSite.router(settings: settings)).test(.live) { client in
      for _ in 0..<2 { #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok) }
      let refused = try await client.execute(uri: "/healthz", method: .get)
      #expect(refused.status == .tooManyRequests)
      #expect(refused.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 50)
    }
  }
}
