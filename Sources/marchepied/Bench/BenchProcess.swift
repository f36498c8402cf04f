import Foundation

/// Another program run for a measure.
enum BenchProcess {
  /// A program that did not do its work.
  struct Failure: Error, CustomStringConvertible {
    let program: String
    let output: String
    var description: String { "\(program) a échoué pendant les mesures\u{202F}: \(output.suffix(600))" }
  }

  /// This program's own file.
  static var own: String { Bundle.main.executablePath ?? "/proc/self/exe" }

  /// The Python of the set-up, where the peers are installed, else that of the system.
  static var python: String {
    [".venv/bin/python", ".venv-test/bin/python"].first { FileManager.default.isExecutableFile(atPath: $0) }
      ?? "python3"
  }

  /// Runs a program to its end and gives what it wrote.
  @discardableResult
  static func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> String {
    let process = try prepared(program, arguments, environment)
    let (output, errors) = (Pipe(), FileManager.default.temporaryDirectory.appending(path: UUID().uuidString))
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    guard process.terminationStatus == 0 || process.terminationStatus == 2 else {
      throw Failure(program: program, output: text + ProcessFigures.text(errors.path))
    }
    return text
  }

  /// Starts a program that goes on until it is stopped; it says nothing.
  static func start(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Process {
    let process = try prepared(program, arguments, environment)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Stops a program and waits for its end.
  static func stop(_ process: Process) {
    process.terminate()
    process.waitUntilExit()
  }

  /// Where a program is, nil where it is not installed.
  static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func prepared(
    _ program: String, _ arguments: [String], _ environment: [String: String]
  ) throws -> Process {
    let process = Process()
    guard let path = program.contains("/") ? program : find(program) else {
      throw Failure(program: program, output: "programme introuvable. Lancez setup/install --test.")
    }
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    return process
  }
}
