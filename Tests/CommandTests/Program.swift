import Foundation

/// The built program, run as a user runs it.
struct Program {
  /// What a run came to.
  struct Outcome {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The folder it runs in, with its own base; removed by `remove`.
  let folder: String
  let database: String

  /// A folder of its own; without a database, a SQLite file in it.
  init(database: String? = nil) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "marchepied-command-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    self.folder = folder
    self.database = database ?? "\(folder)/base.sqlite"
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// The checkout.
  static let root = String(#filePath.dropLast("Tests/CommandTests/Program.swift".count))

  /// Where the build put the program, beside the tests.
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "marchepied")
    .path

  /// Starts it.
  func start(_ arguments: [String], _ environment: [String: String] = [:], output: Any? = nil, errors: Any? = nil)
    throws
    -> Process
  {
    let process = Process()
    process.executableURL = URL(filePath: Self.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = [
      "PATH": "/usr/bin:/bin", "TMPDIR": folder, "MARCHEPIED_DATABASE_URL": database,
      "MARCHEPIED_FILES": "\(folder)/files", "MARCHEPIED_KEYS": "\(folder)/marchepied.keys",
      "MARCHEPIED_SHARE": Self.root + "share",
    ].merging(ProcessInfo.processInfo.environment.filter { $0.key == "TSAN_OPTIONS" }) { $1 }.merging(environment) {
      $1
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = errors ?? FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs it to its end.
  func run(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Outcome {
    let (output, errors) = ("\(folder)/sortie-\(UUID().uuidString)", "\(folder)/erreurs-\(UUID().uuidString)")
    for path in [output, errors] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    let process = try start(
      arguments, environment, output: FileHandle(forWritingAtPath: output), errors: FileHandle(forWritingAtPath: errors)
    )
    process.waitUntilExit()
    return Outcome(
      code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }

  /// Writes a file into the folder.
  func file(_ name: String, _ content: String) throws -> String {
    let path = "\(folder)/\(name)"
    try Data(content.utf8).write(to: URL(filePath: path))
    return path
  }
}
