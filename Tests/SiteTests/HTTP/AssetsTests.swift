import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Site

struct AssetsTests {
  @Test(arguments: [
    ("gzip, deflate, br", "brotli", "br"), ("gzip", "gzip", "gzip"), ("br;q=0, gzip", "gzip", "gzip"),
    (nil, "plain", nil),
    ("identity", "plain", nil),
  ])
  func `an asset comes in the smallest form that the browser takes, for ever`(
    accepted: String?, body: String, encoding: String?
  ) async throws {
    try await TestSite.withAssets { assets, _ in
      try await TestSite.application(TestSite.router(assets: assets)).test(.live) { client in
        var headers: HTTPFields = [:]
        headers[.acceptEncoding] = accepted
        let response = try await client.execute(uri: "/assets/theme.0123456789.css", method: .get, headers: headers)
        #expect(response.text == body)
        #expect(response.headers[.contentEncoding] == encoding)
        #expect(response.headers[.contentType] == "text/css; charset=utf-8")
        #expect(response.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(response.headers[.vary] == "Accept-Encoding")
        #expect(response.headers[.eTag] == "\"theme.0123456789.css\"")
      }
    }
  }

  @Test func `a browser that has it already gets no body`() async throws {
    try await TestSite.withAssets { assets, _ in
      try await TestSite.application(TestSite.router(assets: assets)).test(.router) { client in
        let response = try await client.execute(
          uri: "/assets/theme.0123456789.css", method: .get, headers: [.ifNoneMatch: "\"theme.0123456789.css\""])
        #expect(response.status == .notModified)
        #expect(response.body.readableBytes == 0)
      }
    }
  }

  @Test(arguments: [
    "/assets/secret.txt", "/assets/../secret.txt", "/assets/%2e%2e%2fsecret.txt", "/assets/theme.css",
    "/assets/assets.json",
    "/assets/theme.0123456789.css.gz", "/assets//etc/passwd",
  ])
  func `nothing but the manifest's names is served`(uri: String) async throws {
    try await TestSite.withAssets { assets, _ in
      try await TestSite.application(TestSite.router(assets: assets)).test(.router) { client in
        let status = try await client.execute(uri: uri, method: .get).status
        #expect(status == .notFound)
      }
    }
  }

  @Test func `a folder without manifest, or without a file that it names, says what to do`() async throws {
    try await TestSite.withAssets { assets, folder in
      #expect(assets.address("theme.css")?.href == "/assets/theme.0123456789.css")
      try FileManager.default.removeItem(atPath: "\(folder)/theme.0123456789.css")
      #expect(throws: Assets.Unusable.self) { try Assets(folder: folder) }
      _ = FileManager.default.createFile(atPath: "\(folder)/assets.json", contents: Data("[]".utf8))
      #expect(throws: Assets.Unusable.self) { try Assets(folder: folder) }
    }
    let error = #expect(throws: Assets.Unusable.self) { try Assets(folder: "/nulle-part") }
    #expect(error?.description.contains("make setup") == true)
  }
}
