import Foundation

/// What the system says of a process, from `/proc`.
struct ProcessFigures {
  let cpuSeconds: Double
  let residentMegabytes: Double
  let peakMegabytes: Double

  /// The figures of a process; zeros where it is gone.
  init(of pid: Int32) {
    cpuSeconds = Double(ProcessFigures.ticks(of: pid, reaped: false)) / ProcessFigures.ticksPerSecond
    let status = ProcessFigures.text("/proc/\(pid)/status")
    func megabytes(_ name: String) -> Double {
      guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return 0 }
      return ((Double(line.filter(\.isNumber)) ?? 0) / 1000 * 1.024).rounded(1)
    }
    residentMegabytes = megabytes("VmRSS:")
    peakMegabytes = megabytes("VmHWM:")
  }

  static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))

  /// The ticks of a process and, where asked, of the children that it has waited for.
  static func ticks(of pid: Int32, reaped: Bool) -> Int {
    let fields = fields(of: pid)
    guard fields.count > 15 else { return 0 }
    return fields[11..<(reaped ? 15 : 13)].reduce(0) { $0 + (Int($1) ?? 0) }
  }

  /// The ticks of a process, of its living children and of those it has waited for.
  static func treeTicks(of pid: Int32) -> Int {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { Int32($0) }.filter { parent(of: $0) == pid }
      .reduce(ticks(of: pid, reaped: true)) { $0 + ticks(of: $1, reaped: false) }
  }

  /// The parent of a process, nil where it is gone.
  static func parent(of pid: Int32) -> Int32? {
    let fields = fields(of: pid)
    return fields.count > 1 ? Int32(fields[1]) : nil
  }

  /// The machine's busy and total ticks since it started.
  static func machineTicks() -> (busy: Int, total: Int) {
    let numbers = text("/proc/stat").prefix { $0 != "\n" }.split(separator: " ").dropFirst().prefix(8).map {
      Int($0) ?? 0
    }
    guard numbers.count == 8 else { return (0, 0) }
    let total = numbers.reduce(0, +)
    return (total - numbers[3] - numbers[4], total)
  }

  /// The seconds of CPU of the children that this process has waited for.
  static func reapedSeconds() -> Double {
    Double(ticks(of: getpid(), reaped: true) - ticks(of: getpid(), reaped: false)) / ticksPerSecond
  }

  /// What follows the command's name in `/proc/PID/stat`.
  private static func fields(of pid: Int32) -> [Substring] {
    let line = text("/proc/\(pid)/stat")
    guard let end = line.lastIndex(of: ")") else { return [] }
    return line[line.index(after: end)...].split(separator: " ")
  }

  static func text(_ path: String) -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
    defer { try? handle.close() }
    return String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
  }
}
