import Casework
import Configuration
import Foundation
import Logging
import SystemPackage
import Yams

/// Everything that can be set, read once at the start: flags first, then the environment (`MARCHEPIED_…`), then the
/// YAML file, then the defaults.
struct Settings: Sendable {
  /// `postgresql://…`, a libpq connection string, or the path of an SQLite file.
  var database: String
  /// Connections to PostgreSQL, or readers of SQLite.
  var connections: Int
  /// After how many seconds PostgreSQL gives a statement up.
  var statementTimeout: Int
  /// Folder of the imported files.
  var files: String
  /// File of the keys that seal what tells who people are.
  var keys: String
  /// Whether anyone may enter under an invented name, in a base that is a demonstration.
  var isDemonstration: Bool
  /// Folder of reference figures and assets; nil: looked for beside the program.
  var share: String?
  /// Address and port to listen on.
  var host: String
  var port: Int
  /// Trusted proxies in front that write `X-Forwarded-For`.
  var proxies: Int
  /// Requests a second that one address may go on sending, ten times as many at once; 0: no limit.
  var rate: Int
  /// The certificate of TLS; nil where pages are served in clear, for this machine or for a proxy.
  var certificate: ServerCertificate?
  /// What goes to the log.
  var logLevel: Logger.Level
  /// Largest file, once decompressed, that an import accepts, in mebibytes.
  var importLimit: Int
  /// How messages leave.
  var mail: MailSettings
  /// Who answers for the processings, as the register tells it.
  var privacy: PrivacyDeclaration
  /// The provider of identities; nil where there is none.
  var provider: ProviderSettings?

  /// One setting that users may give.
  private struct Key {
    let name: String
    let meaning: String
    var variable: String {
      "MARCHEPIED_" + name.uppercased().replacing(".", with: "_").replacing("-", with: "_")
    }
  }

  /// The one list of what may be set.
  private static let known =
    ours + (MailSettings.known + ProviderSettings.known).map { Key(name: $0.0, meaning: $0.1) }

  private static let ours = [
    Key(name: "database.url", meaning: "fichier SQLite ou adresse postgresql://"),
    Key(name: "database.connections", meaning: "nombre de connexions, de 1 à 64"),
    Key(name: "database.statement-timeout", meaning: "secondes avant d’abandonner une requête, de 1 à 3600"),
    Key(name: "files", meaning: "dossier des fichiers importés"),
    Key(name: "keys", meaning: "fichier des clefs de chiffrement, à garder hors de la base"),
    Key(name: "demonstration", meaning: "oui pour une démonstration, où chacun entre sous un nom inventé"),
    Key(name: "share", meaning: "dossier des chiffres de référence et des habillages"),
    Key(name: "http.host", meaning: "adresse d’écoute"),
    Key(name: "http.port", meaning: "port d’écoute, de 0 à 65535"),
    Key(name: "http.proxies", meaning: "nombre de relais de confiance devant le programme, de 0 à 10"),
    Key(name: "http.rate", meaning: "demandes par seconde et par adresse, de 0 (sans limite) à 100000"),
    Key(
      name: "http.certificate", meaning: "fichier du certificat (PEM, avec sa chaîne), pour servir en https sans relais"
    ),
    Key(name: "http.certificate-key", meaning: "fichier de la clef privée de ce certificat (PEM)"),
    Key(name: "log.level", meaning: "trace, debug, info, notice, warning, error ou critical"),
    Key(name: "import.limit", meaning: "taille maximale d’un fichier importé, en Mio"),
    Key(name: "privacy.controller", meaning: "qui répond des données personnelles (page /donnees-personnelles)"),
    Key(name: "privacy.contact", meaning: "adresse de la personne déléguée à la protection des données"),
  ]

  /// Variables that begin like ours without being settings: the path of the file itself, and what tests and benches
  /// read.
  private static let aside: Set<String> = ["MARCHEPIED_CONFIG", "MARCHEPIED_DATA", "MARCHEPIED_WHEEL"]

  /// Reads every setting.
  ///
  /// Throws ``Wrong`` for an unknown or unreadable one, with the list of those that exist.
  init(flags: [String: String], environment: [String: String], file: String?) async throws {
    try Settings.refuseUnknown(in: environment)
    var values: [String: String] = [:]
    for (name, value) in environment where name.hasPrefix("MARCHEPIED_") {
      values[String(name.dropFirst("MARCHEPIED_".count))] = value
    }
    var providers: [any ConfigProvider] = [
      InMemoryProvider(
        name: "flags",
        values: Dictionary(
          uniqueKeysWithValues: flags.map {
            (
              AbsoluteConfigKey($0.key.split(separator: ".").map(String.init)),
              ConfigValue(.string($0.value), isSecret: false)
            )
          })),
      EnvironmentVariablesProvider(environmentVariables: values),
    ]
    if let path = file ?? environment["MARCHEPIED_CONFIG"] {
      try Settings.refuseUnknown(inFile: path)
      providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))
    }
    let reader = Reader(config: ConfigReader(providers: providers))
    database = reader.text("database.url") ?? "var/marchepied.sqlite"
    connections = try reader.number("database.connections", 1...64) ?? 4
    statementTimeout = try reader.number("database.statement-timeout", 1...3600) ?? 60
    files = reader.text("files") ?? "var/files"
    keys = reader.text("keys") ?? Settings.keysBeside(database)
    isDemonstration = try reader.yes("demonstration")
    share = reader.text("share")
    host = reader.text("http.host") ?? "127.0.0.1"
    port = try reader.number("http.port", 0...65535) ?? 8080
    proxies = try reader.number("http.proxies", 0...10) ?? 0
    rate = try reader.number("http.rate", 0...100_000) ?? 50
    importLimit = try reader.number("import.limit", 1...1_048_576) ?? 65_536
    switch (reader.text("http.certificate"), reader.text("http.certificate-key")) {
    case (nil, nil): certificate = nil
    case (let chain?, let key?): certificate = ServerCertificate(chain: chain, key: key)
    case (_?, nil): throw Wrong("http.certificate est donné sans http.certificate-key.")
    case (nil, _?): throw Wrong("http.certificate-key est donné sans http.certificate.")
    }
    privacy = PrivacyDeclaration(
      controller: try reader.line("privacy.controller"), contact: try reader.line("privacy.contact"))
    mail = try MailSettings(host: host, port: port, isSecure: certificate != nil, proxies: proxies) { reader.text($0) }
    provider = try ProviderSettings(site: mail.site.text) { reader.text($0) }
    let level = reader.text("log.level") ?? "info"
    guard let logLevel = Logger.Level(rawValue: level.lowercased()) else {
      throw Wrong("le réglage log.level vaut «\u{202F}\(level)\u{202F}», qui n’est pas un niveau.")
    }
    self.logLevel = logLevel
  }

  /// Beside an SQLite file, under its name; in `var` for a server.
  private static func keysBeside(_ database: String) -> String {
    guard !Installation.isPostgres(database) else { return "var/marchepied.keys" }
    let path = Installation.sqliteFile(database) ?? database
    return (path.hasSuffix(".sqlite") ? String(path.dropLast(".sqlite".count)) : path) + ".keys"
  }

  private static func refuseUnknown(in environment: [String: String]) throws {
    let variables = Set(known.map(\.variable))
    let unknown = environment.keys.filter {
      $0.hasPrefix("MARCHEPIED_") && !variables.contains($0) && !aside.contains($0)
        && !$0.hasPrefix("MARCHEPIED_TEST_")
    }
    guard let first = unknown.min() else { return }
    throw Wrong("la variable d’environnement \(first) n’existe pas.")
  }

  private static func refuseUnknown(inFile path: String) throws {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Wrong("le fichier de réglages «\u{202F}\(path)\u{202F}» est illisible. Vérifiez son chemin et ses droits.")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      // The library quotes the line, which may hold a password: only its number is told.
      throw Wrong("le fichier de réglages «\u{202F}\(path)\u{202F}» n’est pas du YAML correct\(Settings.place(error)).")
    }
    guard let node else { return }
    guard node.mapping != nil else {
      throw Wrong(
        "le fichier de réglages «\u{202F}\(path)\u{202F}» doit contenir des lignes «\u{202F}clé: valeur\u{202F}».")
    }
    let names = Set(known.map(\.name))
    for name in leaves(node, under: "") where !names.contains(name) {
      throw Wrong(
        "le fichier «\u{202F}\(path)\u{202F}» contient le réglage «\u{202F}\(name)\u{202F}», qui n’existe pas.")
    }
  }

  private static func place(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): ", ligne \(mark.line)"
    default: ""
    }
  }

  private static func leaves(_ node: Node, under path: String) -> [String] {
    guard let mapping = node.mapping else { return [path] }
    return mapping.flatMap { key, value in
      leaves(value, under: path.isEmpty ? key.string ?? "?" : "\(path).\(key.string ?? "?")")
    }
  }

  /// Reads settings as texts, whatever their source wrote.
  private struct Reader {
    let config: ConfigReader

    func text(_ name: String) -> String? {
      config.string(forKey: ConfigKey(name)).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A text of one line that a page shows: 300 signs at most.
    func line(_ name: String) throws -> String? {
      guard let text = text(name) else { return nil }
      guard text.count <= 300, text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
        throw Wrong("le réglage \(name) dépasse 300 signes ou contient un retour à la ligne.")
      }
      return text
    }

    func yes(_ name: String) throws -> Bool {
      switch text(name)?.lowercased() {
      case nil, "non", "no", "false": false
      case "oui", "yes", "true": true
      case .some(let text):
        throw Wrong(
          "le réglage \(name) vaut «\u{202F}\(text)\u{202F}»\u{202F}; il faut «\u{A0}oui\u{A0}» ou «\u{A0}non\u{A0}».")
      }
    }

    func number(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
      guard let text = text(name) else { return nil }
      guard let value = Int(text), range.contains(value) else {
        throw Wrong(
          "le réglage \(name) vaut «\u{202F}\(text)\u{202F}»\u{202F}; "
            + "il faut un nombre entier de \(range.lowerBound) à \(range.upperBound)."
        )
      }
      return value
    }
  }

  /// A setting that does not exist or cannot be read.
  struct Wrong: Error, CustomStringConvertible {
    let problem: String
    init(_ problem: String) { self.problem = problem }
    var description: String {
      let list = Settings.known.map { "  \($0.name) (\($0.variable))\u{202F}: \($0.meaning)" }
      return "Réglage refusé\u{202F}: \(problem)\nRéglages possibles\u{202F}:\n\(list.joined(separator: "\n"))"
    }
  }
}
