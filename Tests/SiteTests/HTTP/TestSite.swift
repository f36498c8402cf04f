import FoundationEssentials
import Hummingbird
import HummingbirdTesting
import NIOCore

@testable import Site

/// A site without database: its services, and routes of the test's own.
enum TestSite {
  static let metrics = PrometheusMetrics()

  static func router(
    assets: Assets = .none, settings: Site.Settings = .init(), isWell: Bool = true,
    extra: (Router<SiteContext>) -> Void = { _ in }
  ) -> Router<SiteContext> {
    let site = Site(settings: settings, assets: assets, metrics: PrometheusMetrics()) {
      Health([.init(name: "database", isWell: isWell, detail: "SQLite 3.40")])
    }
    let router = site.router()
    extra(router)
    return router
  }

  static func application(_ router: Router<SiteContext>) -> some ApplicationProtocol {
    Application(
      router: router, server: .compressed(), configuration: .init(address: .hostname("127.0.0.1", port: 0)))
  }

  /// A folder of assets as the set-up makes it.
  static func withAssets<Value>(_ body: (Assets, String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("site-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func write(_ name: String, _ text: String) {
      _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: Data(text.utf8))
    }
    write("assets.json", #"{"theme.css": "theme.0123456789.css"}"#)
    write("theme.0123456789.css", "plain")
    write("theme.0123456789.css.gz", "gzip")
    write("theme.0123456789.css.br", "brotli")
    write("secret.txt", "secret")
    return try await body(Assets(folder: folder), folder)
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }
}
