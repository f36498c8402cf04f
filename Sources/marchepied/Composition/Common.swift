import ArgumentParser
import Foundation

/// What every command accepts.
struct Common: ParsableArguments {
  @Option(name: .customLong("config"), help: ArgumentHelp("Fichier de réglages YAML.", valueName: "fichier"))
  var file: String?

  @Option(
    name: .customLong("database"),
    help: ArgumentHelp(
      "Fichier SQLite ou adresse postgresql://… (un mot de passe se met dans MARCHEPIED_DATABASE_URL, que les autres "
        + "utilisateurs de la machine ne voient pas).", valueName: "base"))
  var database: String?

  /// The settings of this run; flags that a command adds come first.
  func settings(_ more: [String: String] = [:]) async throws -> Settings {
    var flags = more
    flags["database.url"] = database
    return try await Settings(flags: flags, environment: ProcessInfo.processInfo.environment, file: file)
  }
}

/// The exit codes that scripts can trust.
enum Exit {
  /// The work failed; the message says why.
  static let failed = ExitCode(1)
  /// The work is done, but some of what was given was refused.
  static let refusals = ExitCode(2)
  /// A check is not favourable.
  static let unwell = ExitCode(3)
  /// Stopped by the user; run again, it goes on.
  static let interrupted = ExitCode(130)
}

/// Writing to the terminal: results on standard output, everything else on standard error.
enum Terminal {
  /// Whether someone watches standard error.
  static let isWatched = isatty(2) != 0

  /// Says something beside the result.
  static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// Gives a result.
  static func give(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  /// Gives bytes as they are.
  static func give(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }

  /// Runs a command's work: an error becomes its message and an exit code, an interruption stops it cleanly.
  static func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let work = Task { try await body() }
    let signals = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { work.cancel() }
      source.resume()
      return source
    }
    defer { signals.forEach { $0.cancel() } }
    do {
      try await work.value
    } catch let code as ExitCode {
      throw code
    } catch let mistake as ValidationError {
      // A command that is badly written has its own exit code.
      throw mistake
    } catch is CancellationError {
      say("Interrompu. Ce qui est enregistré le reste\u{202F}; relancez la même commande pour continuer.")
      throw Exit.interrupted
    } catch {
      say("\(error)")
      throw Exit.failed
    }
  }
}

/// A line of progress that redraws itself on a terminal and stays silent elsewhere.
struct ProgressLine: Sendable {
  private let isOn = Terminal.isWatched

  /// Draws a bar with what is done of the whole and a few words.
  func draw(_ done: Int, of total: Int, _ words: String) {
    guard isOn else { return }
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
    let filled = Int(share * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 24 - filled)
    FileHandle.standardError.write(Data("\r\u{1B}[K\(bar) \(Int(share * 100))\u{202F}%  \(words)".utf8))
  }

  /// Leaves the line for the next message.
  func clear() {
    guard isOn else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
