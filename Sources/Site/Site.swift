public import Casework
public import Hummingbird
import NIOCore

/// The pages, forms and interfaces of Marchepied over HTTP.
///
/// The composition root gives it what it serves and takes back a router.
public struct Site: Sendable {
  /// What the site is told by the settings.
  public struct Settings: Sendable {
    /// The longest body of a request, in bytes.
    public var bodyLimit = 2 * 1024 * 1024
    /// How many trusted proxies stand in front and write `X-Forwarded-For`.
    public var proxies = 0
    /// Requests that one address may send at once and per second; nil takes them all.
    public var rate: RateLimit?
    /// Holds exports back.
    public var exports = Gate.exports()
    /// Whether pages are served over TLS, by this server or by a proxy in front.
    public var isSecure = false
    /// Whether the server was made with `HTTPServerBuilder.compressed`, which takes the internal mark of compressible responses away.
    public var compresses = true
    /// The usual settings.
    public init() {}
  }

  /// The routes with their rights.
  public var routeTable: RouteTable { routes.table }

  private let settings: Settings
  private let world: World?
  private let shell: Shell
  private let routes: Routes
  private let measures: HTTPMeasures

  /// The whole site, over a world; without `export`, lists cannot be taken away as files; with a `shelf`, the messages on
  /// it are shown to whoever asks.
  public init(
    settings: Settings = Settings(), world: World, assets: Assets, metrics: PrometheusMetrics,
    export: SpottingExport? = nil, shelf: MailShelf? = nil, health: @escaping @Sendable () async -> Health
  ) {
    self.init(settings: settings, assets: assets, metrics: metrics, health: health, world: world) { routes in
      routes.pages(
        world: world, export: export, gate: settings.exports, questions: .rules(isPaced: settings.rate != nil))
      routes.access(world: world, cookies: Cookies(isSecure: settings.isSecure))
      routes.privacy(world: world)
      routes.planned(world: world)
      routes.programs(world: world)
      if let shelf { routes.mails(on: shelf) }
    }
  }

  init(
    settings: Settings, assets: Assets, metrics: PrometheusMetrics, health: @escaping @Sendable () async -> Health,
    world: World? = nil, pages: (inout Routes) -> Void = { _ in }
  ) {
    self.settings = settings
    self.world = world
    shell = Shell(assets: assets)
    measures = HTTPMeasures(factory: metrics)
    var routes = Routes(shell: shell)
    routes.service(assets: assets, metrics: metrics, health: health)
    pages(&routes)
    self.routes = routes
  }

  /// The router, with every middleware and route in place.
  public func router() -> Router<SiteContext> {
    let router = Router(context: SiteContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: AccessLog(proxies: settings.proxies))
    router.add(middleware: measures)
    router.add(middleware: Compressible(isOn: settings.compresses))
    router.add(middleware: SecurityHeaders(isSecure: settings.isSecure))
    // Whoever asks too often is sent away before anything is read of the base.
    router.add(middleware: ErrorPages(shell: shell, routes: routes.table))
    if let rate = settings.rate { router.add(middleware: RateLimited(limit: rate)) }
    if let world {
      router.add(middleware: SessionReader(world: world, cookies: Cookies(isSecure: settings.isSecure)))
    }
    router.add(middleware: ErrorPages(shell: shell, routes: routes.table))
    if let world { router.add(middleware: KeyReader(world: world, isPaced: settings.rate != nil)) }
    router.add(middleware: SameOrigin())
    router.add(
      middleware:
        BodyLimit(
          bytes: settings.bodyLimit, uploadBytes: max(Upload.longest + 256 * 1024, settings.bodyLimit),
          uploads: routes.uploads))
    routes.install(in: router)
    return router
  }
}

extension Routes {
  /// Assets, and what supervision reads.
  mutating func service(
    assets: Assets, metrics: PrometheusMetrics, health: @escaping @Sendable () async -> Health
  ) {
    route(.asset(Address.any), right: .readPublicData) { request, context in
      try assets.response(to: request, name: context.identifier("name"))
    }
    route(.health, right: .readPublicData) { _, _ in await health().response() }
    // Measures tell how busy the house is: whoever supervises it asks from the machine itself.
    route(.metrics, right: .readPublicData) { _, context in
      guard context.isLocal else { throw Problem.notFound }
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text())))
    }
  }
}
