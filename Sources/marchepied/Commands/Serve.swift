import ArgumentParser
import Casework
import Clauses
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import Metrics
import ServiceLifecycle
import Site
import UnixSignals
import Vault

/// Serves the pages.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ouvre les pages dans le navigateur.",
    discussion: "Exemple\u{202F}: marchepied serve --port 8080")

  @OptionGroup var common: Common
  @Option(help: ArgumentHelp("Port d’écoute (8080 par défaut\u{202F}; 0\u{202F}: un port libre).", valueName: "port"))
  var port: Int?
  @Option(help: ArgumentHelp("Adresse d’écoute (127.0.0.1 par défaut).", valueName: "adresse")) var host: String?

  func run() async throws {
    var flags: [String: String] = [:]
    flags["http.port"] = port.map(String.init)
    flags["http.host"] = host
    var port = port ?? 8080
    do {
      let settings = try await common.settings(flags)
      port = settings.port
      try await serve(settings)
    } catch {
      Terminal.say(BusyPort.explained(error, port: port))
      throw Exit.failed
    }
  }

  private func serve(_ settings: Settings) async throws {
    let installation = try await Installation(settings)
    let metrics = PrometheusMetrics()
    MetricsSystem.bootstrap(metrics)
    var web = Site.Settings()
    web.proxies = settings.proxies
    web.isSecure = settings.certificate != nil || settings.mail.site.text.hasPrefix("https://")
    if settings.rate > 0 {
      web.rate = RateLimit(burst: settings.rate * 10, perSecond: Double(settings.rate))
    }
    let shelf = installation.shelf()
    let assets = try Assets(folder: installation.share + "/web")
    let logger = Logger(label: "marchepied")
    let postman = try installation.postman(shelf: shelf, logger: logger)
    try await printSetUp(installation)
    let server = try settings.certificate.map {
      try HTTPServerBuilder.tls(.compressed(), tlsConfiguration: $0.configuration())
    }
    let scheme = server == nil ? "http" : "https"
    // Nothing may fail between its making and the service that closes it.
    let door = settings.provider.map { ProviderDoor($0, site: settings.mail.site.text) }
    var world = installation.world
    world.access.provider = door
    let site = Site(
      settings: web, world: world, assets: assets, metrics: metrics, export: SpottingFiles(world: world).export,
      shelf: shelf, health: { await HealthChecks(installation).run() })
    let app = Application(
      router: site.router(), server: server ?? .compressed(),
      configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
      onServerRunning: { channel in
        logger.notice(
          "prêt", metadata: ["adresse": "\(scheme)://\(settings.host):\(channel.localAddress?.port ?? settings.port)"])
      }, logger: logger)
    var besides: [any Service] = [
      Sealer(world: installation.world, logger: logger), UpToDate(world: installation.world, logger: logger),
    ]
    if let postman { besides.append(postman) }
    func beside(_ service: any Service) -> ServiceGroupConfiguration.ServiceConfiguration {
      .init(service: service, successTerminationBehavior: .ignore, failureTerminationBehavior: .ignore)
    }
    // The last one ends first: the provider is there until the pages have ended.
    var services: [ServiceGroupConfiguration.ServiceConfiguration] = [.init(service: app)]
    services += besides.map(beside)
    if let door { services.insert(beside(ProviderCloser(door: door)), at: 0) }
    let group = ServiceGroup(
      configuration: .init(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
    try await installation.close()
  }

  /// The link of the first set-up, where nobody has an account: on the terminal only, never in the logs.
  private func printSetUp(_ installation: Installation) async throws {
    guard let secret = try await PrepareSetUp().run(as: .machineOperator, in: installation.world) else { return }
    Terminal.say(
      "Première mise en service\u{202F}: ouvrez ce lien, qui ne sert qu’une fois, pour créer la première structure porteuse.\n"
        + installation.settings.mail.site.text + Address.access(.setUp(secret.text)).href)
  }
}

/// Seals the lines of the trail every few seconds beside the pages, and takes away what has ended.
struct Sealer: Service {
  let world: World
  let logger: Logger
  private static let pause = Duration.seconds(3)
  private static let turnsBetweenSweeps = 200

  func run() async throws {
    var turn = 0
    while !Task.isCancelled {
      do {
        let isThorough = turn == 0
        let sweeps = turn % Self.turnsBetweenSweeps == 0
        try await cancelWhenGracefulShutdown {
          _ = try await SealTrail(isThorough: isThorough).run(as: .machineOperator, in: world)
          if sweeps {
            _ = try await SweepAccess().run(as: .machineOperator, in: world)
            _ = try await SweepPersonalRequests().run(as: .machineOperator, in: world)
            _ = try await SweepProgrammes().run(as: .machineOperator, in: world)
          }
          try await Task.sleep(for: Self.pause)
        }
        turn += 1
      } catch is CancellationError {
        return
      } catch {
        logger.error("journal non scellé", metadata: ["cause": "\(error)"])
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(30)) }
        if Task.isShuttingDownGracefully { return }
      }
    }
  }
}

/// Judges anew, beside the pages, what new figures or a new day have changed; looks again every hour.
struct UpToDate: Service {
  let world: World
  let logger: Logger

  func run() async throws {
    while !Task.isCancelled {
      do {
        let count = try await cancelWhenGracefulShutdown {
          try await RecomputeSpotting().run(as: .machineOperator, in: world)
        }
        if count > 0 { logger.notice("repérage réexaminé", metadata: ["marchés": "\(count)"]) }
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(3600)) }
      } catch is CancellationError {
        return
      } catch {
        logger.error("repérage non réexaminé", metadata: ["cause": "\(error)"])
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
        if Task.isShuttingDownGracefully { return }
      }
    }
  }
}

/// A port that another program holds, said in French.
enum BusyPort {
  static func explained(_ error: any Error, port: Int) -> String {
    let text = "\(error)"
    guard text.contains("EADDRINUSE") || text.contains("Address already in use") || text.contains("errno: 98") else {
      return text
    }
    let other = port < 65_535 ? port + 1 : 8080
    return "Le port \(port) est déjà pris par un autre programme. "
      + "Choisissez-en un autre\u{202F}: marchepied serve --port \(other)"
  }
}

/// The filtered list as a file for the pages.
struct SpottingFiles: Sendable {
  let world: World

  @Sendable func export(
    _ format: Address.Format, _ filter: SpottingFilter, _ order: SpottingFilter.Order, _ actor: Actor
  ) async throws -> ExportedFile {
    let work = ExportSpotting(filter: filter, order: order)
    let name = "reperage-\(world.today())"
    switch format {
    case .csv:
      var bytes: [UInt8] = []
      try await work.csv(as: actor, in: world) { bytes += $0 }
      return ExportedFile(name: "\(name).csv", type: "text/csv; charset=utf-8", bytes: bytes)
    case .xlsx:
      let path = "\(try world.files.temporaryFolder())/\(UUID().uuidString).xlsx"
      defer { unlink(path) }
      try await work.xlsx(to: path, as: actor, in: world)
      return ExportedFile(
        name: "\(name).xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes: Array(try Data(contentsOf: URL(filePath: path))))
    }
  }
}
