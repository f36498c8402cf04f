import Casework
import Clauses
import Facts
import Foundation
import Logging
import Paperwork
import Records
import Storage
import Vault

/// The program put together from its settings: base, files, figures, in one world.
struct Installation: Sendable {
  let settings: Settings
  let database: any Database
  let world: World
  /// The folder of figures and assets.
  let share: String

  /// Opens everything; the schema must be up to date unless the caller is about to bring it there.
  ///
  /// With `isPatient` no statement is stopped for lasting long: for what reads or writes whole tables.
  init(_ settings: Settings, checkingSchema: Bool = true, isPatient: Bool = false) async throws {
    self.settings = settings
    LoggingSystem.bootstrapOnce(level: settings.logLevel)
    share = try ShareFolder.find(settings.share)
    database = try Installation.open(settings, isPatient: isPatient)
    if checkingSchema { try await Installation.check(database) }
    let keys = checkingSchema ? try await Keys.open(settings.keys, for: database) : try Keys.read(settings.keys)
    let isInvented = checkingSchema && settings.isDemonstration
    var world = try Installation.world(
      database: database, files: settings.files, share: share, keys: keys,
      isDemonstration: isInvented ? try await Installation.isDemonstration(database) : false,
      site: settings.mail.site.text)
    world.privacy = settings.privacy
    // The set-up puts its Python beside the shared folder.
    world.press = PaperPress(share: share, python: share + "/../.venv/bin/python")
    self.world = world
  }

  /// The world around a base: today, the folder of files, the figures, the keys.
  static func world(
    database: any Database, files: String, share: String, keys: KeyRing, isDemonstration: Bool = false,
    site: String = "http://127.0.0.1:8080"
  ) throws -> World {
    World(
      today: Clock.today, now: Clock.now, database: database, files: FolderStore(root: files),
      figures: try Facts.figures(in: share + "/facts"), activities: try Facts.activities(in: share + "/activities"),
      access: AccessMeans(
        keys: keys, hasher: try PasswordHasher(atOnce: 2, waiting: 50), isDemonstration: isDemonstration,
        site: site))
  }

  /// Opens the base that the settings name, making the folder of an SQLite file.
  static func open(_ settings: Settings, isPatient: Bool = false) throws -> any Database {
    var settings = settings
    if let file = sqliteFile(settings.database) { settings.database = file }
    if isPostgres(settings.database) {
      var postgres = PostgresSettings(settings.database)
      postgres.connections = settings.connections
      postgres.statementTimeout = isPatient ? nil : .seconds(settings.statementTimeout)
      return PostgresDatabase(postgres, logger: Logger(label: "storage"))
    }
    // A mistyped server's address would make a file that bears its password.
    guard !settings.database.contains("://"), !settings.database.hasPrefix("postgres:") else {
      throw UnknownBaseAddress()
    }
    return try openFile(settings, isPatient: isPatient)
  }

  private static func openFile(_ settings: Settings, isPatient: Bool) throws -> any Database {
    let path = settings.database
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw UnusableBase(path: path, cause: "le dossier «\u{202F}\(folder)\u{202F}» ne peut pas être créé")
      }
    }
    // The base is for whoever runs the program, and for nobody else on the machine.
    umask(0o077)
    var options = SQLiteDatabase.Options()
    if isPatient { options.statementTimeout = nil }
    do {
      return try SQLiteDatabase(path: path, readers: settings.connections, options: options)
    } catch StorageError.other("26", _, _) {
      throw UnusableBase(path: path, cause: "ce fichier n’est pas une base SQLite")
    } catch StorageError.unreachable {
      throw UnusableBase(path: path, cause: "ce fichier ne peut pas être ouvert ni créé")
    }
  }

  /// The path in an address `sqlite:…`; nil for any other address.
  static func sqliteFile(_ address: String) -> String? {
    guard address.hasPrefix("sqlite:") else { return nil }
    let path = address.dropFirst("sqlite:".count)
    return String(path.hasPrefix("//") ? path.dropFirst(2) : path)
  }

  /// The SQLite file that an address names and that is not there; nil where there is one, or for any other address.
  static func missingFile(_ address: String) -> String? {
    let path = sqliteFile(address) ?? address
    guard !isPostgres(path), !path.contains("://"), !path.hasPrefix("postgres:") else { return nil }
    return FileManager.default.fileExists(atPath: path) ? nil : path
  }

  /// Whether a setting names a PostgreSQL server rather than a file.
  static func isPostgres(_ address: String) -> Bool {
    address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") || address.contains("host=")
      || address.contains("dbname=")
  }

  /// Whether a base was filled as a demonstration: no setting alone opens the door of invented people.
  private static func isDemonstration(_ database: any Database) async throws -> Bool {
    try await database.read { try InstallationNotes.value(InstallationNotes.demonstration, in: $0) == "yes" }
  }

  /// Throws where the base is not at the program’s version, or holds a part of a restoration only.
  static func check(_ database: any Database) async throws {
    try await refuseUnfinished(database)
    let pending = try await Migrator(Schema.migrations).status(on: database).filter { $0.appliedAt == nil }
    guard pending.isEmpty else { throw NotMigrated(pending: pending.count) }
  }

  /// Throws where the base holds a part of a restoration or a copy only.
  static func refuseUnfinished(_ database: any Database) async throws {
    if try await database.read({ try UnfinishedRestore.find(in: $0) }) != nil { throw UnfinishedBase() }
  }

  /// Closes the base.
  func close() async throws { try await database.close() }
}

/// An address of a base that is neither a file nor a PostgreSQL server; it is not repeated, since it may hold a password.
struct UnknownBaseAddress: Error, CustomStringConvertible {
  var description: String {
    "L’adresse de la base n’est pas comprise\u{202F}: écrivez postgresql://utilisateur@serveur/base, avec deux barres, "
      + "ou le chemin d’un fichier SQLite."
  }
}

/// A file that cannot serve as the base.
struct UnusableBase: Error, CustomStringConvertible {
  let path: String
  let cause: String
  var description: String {
    "La base «\u{202F}\(path)\u{202F}» est inutilisable\u{202F}: \(cause). "
      + "Choisissez un autre fichier par --database ou MARCHEPIED_DATABASE_URL."
  }
}

/// The base is not at the program's version.
struct NotMigrated: Error, CustomStringConvertible {
  let pending: Int
  var description: String {
    "La base n’est pas prête\u{202F}: \(French.count(pending, "étape")) à appliquer. "
      + "Lancez d’abord\u{202F}: marchepied migrate"
  }
}

/// Time as the world gives it.
enum Clock {
  /// Today in Paris.
  @Sendable static func today() -> Day {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "Europe/Paris") ?? .gmt
    let parts = calendar.dateComponents([.year, .month, .day], from: Date())
    return Day(year: parts.year ?? 1970, month: parts.month ?? 1, day: parts.day ?? 1) ?? Day(number: 0)
  }

  /// Now as UTC text with milliseconds.
  @Sendable static func now() -> String {
    Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
  }
}

/// Where figures and assets are.
enum ShareFolder {
  /// The folder that a setting names, else `share` beside the program or one folder above, else `.share` or `share`
  /// here.
  static func find(_ setting: String?) throws -> String {
    var places: [String] = []
    if let setting {
      places = [setting]
    } else {
      if let program = Bundle.main.executableURL?.resolvingSymlinksInPath() {
        let beside = program.deletingLastPathComponent()
        places = [
          beside.appending(path: "share").path, beside.deletingLastPathComponent().appending(path: "share").path,
        ]
      }
      places += [".share", "share"]
    }
    guard let found = places.first(where: { FileManager.default.fileExists(atPath: "\($0)/facts") }) else {
      throw Missing(places: places)
    }
    return found
  }

  struct Missing: Error, CustomStringConvertible {
    let places: [String]
    var description: String {
      "Les chiffres de référence sont introuvables (cherchés dans\u{202F}: \(places.joined(separator: ", "))). "
        + "Indiquez le dossier par MARCHEPIED_SHARE, ou lancez setup/install."
    }
  }
}

extension LoggingSystem {
  /// Sets up structured logs on standard error, once.
  fileprivate static func bootstrapOnce(level: Logger.Level) { Bootstrap.once(level) }

  private enum Bootstrap {
    nonisolated(unsafe) private static var isDone = false
    private static let lock = NSLock()

    static func once(_ level: Logger.Level) {
      lock.withLock {
        guard !isDone else { return }
        isDone = true
        LoggingSystem.bootstrap { label in
          var handler = StreamLogHandler.standardError(label: label)
          handler.logLevel = level
          return handler
        }
      }
    }
  }
}
