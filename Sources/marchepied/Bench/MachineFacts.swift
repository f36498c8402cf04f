import Foundation
import Logging
import Storage

/// What the figures were measured on; nothing that tells whose machine it is.
struct MachineFacts: Encodable, Sendable {
  let processor: String
  let cores: Int
  let memoryGibibytes: Double
  let kernel: String
  let swift: String
  let sqlite: String
  let postgres: String?
  /// PostgreSQL's durability during the measures.
  let postgresFsync: String?
  let disk: String
  /// Milliseconds for 4 KiB to be safe on the disk.
  let syncMilliseconds: Spread

  /// Looks at the machine; the folder says which disk.
  init(folder: String, sqlite database: any Database, postgres: (any Database)?) async throws {
    processor = MachineFacts.line("/proc/cpuinfo", "model name") ?? "inconnu"
    cores = ProcessInfo.processInfo.activeProcessorCount
    memoryGibibytes = (Double(ProcessInfo.processInfo.physicalMemory) / Double(1 << 30)).rounded(1)
    kernel = ProcessFigures.text("/proc/sys/kernel/osrelease").trimmingCharacters(in: .whitespacesAndNewlines)
    swift = (try? BenchProcess.run("swift", ["--version"]))?.split(separator: "\n").first.map(String.init) ?? "inconnu"
    sqlite = try await database.engineVersion()
    self.postgres = try await postgres?.engineVersion()
    postgresFsync = try await postgres?.durability()
    disk = MachineFacts.fileSystem(of: folder)
    syncMilliseconds = try MachineFacts.sync(in: folder)
  }

  private static func line(_ path: String, _ name: String) -> String? {
    ProcessFigures.text(path).split(separator: "\n").first { $0.hasPrefix(name) }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The kind of file system that holds a folder.
  private static func fileSystem(of folder: String) -> String {
    let mounts = ProcessFigures.text("/proc/mounts").split(separator: "\n").map { $0.split(separator: " ") }
    let holding = mounts.filter {
      $0.count > 2 && (folder == $0[1] || folder.hasPrefix($0[1] == "/" ? "/" : $0[1] + "/"))
    }
    return holding.max { $0[1].count < $1[1].count }.map { String($0[2]) } ?? "inconnu"
  }

  private static func sync(in folder: String) throws -> Spread {
    let path = "\(folder)/sync"
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? handle.close() }
    let page = Data(repeating: 1, count: 4096)
    let times = try (0..<30).map { _ in
      let start = ContinuousClock.now
      try handle.write(contentsOf: page)
      try handle.synchronize()
      return (ContinuousClock.now - start).seconds * 1000
    }
    return Spread(times, places: 2)
  }
}
