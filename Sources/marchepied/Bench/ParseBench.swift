import Exchange
import Foundation

/// Reading a file without a base: the bare scan, then notices.
struct ParseBench {
  let path: String

  func run() throws -> ParseFigures {
    let file = try MappedFile.open(path)
    let reader = try AwardReader(file)
    let megabytes = Double(file.count) / 1e6
    let scans = try (0..<5).map { _ in megabytes / (try cpu { _ = try reader.scan() }) }
    var records = 0
    let reads = try (0..<3).map { _ in
      try cpu { records = try reader.read { _ in .proceed }.records }
    }
    return ParseFigures(
      scanMegabytesPerCPUSecond: Spread(scans, places: 0),
      readRecordsPerSecond: Spread(reads.map { Double(records) / $0 }, places: 0),
      readMegabytesPerCPUSecond: Spread(reads.map { megabytes / $0 }, places: 0))
  }

  private func cpu(_ body: () throws -> Void) rethrows -> Double {
    let start = clock()
    try body()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
  }
}
