import Clauses

/// Reads files of award data record by record: what can be read becomes notices, what cannot is told, and nothing costs its neighbours.
///
/// Official formats of 2022 and 2019 in JSON and XML, one record a line, flat exports in JSON and CSV; the format is found from the content.
/// Memory stays constant: the file is mapped, and what was read is given back to the system.
public struct AwardReader: Sendable {
  /// The file.
  public let file: MappedFile
  /// The format found in it.
  public let format: AwardFormat

  /// Looks at the content and finds its format; throws where it is none that is read.
  public init(_ file: MappedFile) throws(ReadingFailure) {
    self.file = file
    format = try file.withBytes { bytes throws(ReadingFailure) in try AwardFormat(of: bytes, path: file.path) }
  }

  /// Hands over the records that begin at or after a byte, in the order of the file.
  ///
  /// To resume, give the end of the last record that was dealt with; what lies before is passed over at the speed of the scan.
  public func read(
    from offset: Int = 0, _ body: (AwardRecord) throws -> ReadControl
  ) throws -> AwardReadSummary {
    try file.withBytes { bytes in
      let run = AwardRun(file: file, bytes: bytes, from: offset, format: format)
      switch format {
      case .json, .jsonLines:
        var walk = AwardJSONWalk(run)
        try walk.walk(body)
      case .xml: try AwardXMLWalk(run).walk(body)
      case .csv: try AwardCSVWalk(run).walk(body)
      }
      return run.summary
    }
  }

  /// The raw bytes of a record, as they stand in the decompressed file.
  public func rawRecord(_ range: Range<Int>) -> [UInt8] { file.bytes(range) }

  /// Passes over a whole JSON file, checking every byte of it and making nothing of it: what the bare scan costs. Gives the number of records.
  public func scan() throws -> Int {
    guard format == .json || format == .jsonLines else { return try read { _ in .proceed }.records }
    return try file.withBytes { bytes in
      let run = AwardRun(file: file, bytes: bytes, from: .max, format: format)
      var walk = AwardJSONWalk(run)
      try walk.walk { _ in .proceed }
      return run.ordinal
    }
  }
}

/// The state of one reading: counts, lines, memory given back, and the way from bytes to outcome.
final class AwardRun {
  let file: MappedFile
  let bytes: UnsafeRawBufferPointer
  let from: Int
  var summary: AwardReadSummary
  var ordinal = 0
  var normaliser = AwardNormaliser()
  private var line = 1
  private var lineStart = 0
  private var countedTo = 0
  private var released = 0

  init(file: MappedFile, bytes: UnsafeRawBufferPointer, from: Int, format: AwardFormat) {
    self.file = file
    self.bytes = bytes
    self.from = from
    summary = AwardReadSummary(format: format)
  }

  /// Whether a record at this byte was dealt with in an earlier reading.
  func isPassed(_ start: Int) -> Bool { start < from }

  /// Hands a record over; false where the caller stops.
  func emit(
    _ range: Range<Int>, _ outcome: AwardRecord.Outcome, _ body: (AwardRecord) throws -> ReadControl
  ) throws -> Bool {
    ordinal += 1
    let line = line(of: range.lowerBound)
    summary.records += 1
    if case .notice = outcome { summary.notices += 1 } else { summary.refused += 1 }
    summary.position = range.upperBound
    let control = try body(AwardRecord(range: range, line: line, ordinal: ordinal, outcome: outcome))
    passed(range.upperBound)
    guard control == .stop else { return true }
    summary.wasStopped = true
    return false
  }

  /// Counts a record that an earlier reading dealt with.
  func pass(_ range: Range<Int>) {
    ordinal += 1
    summary.position = range.upperBound
    passed(range.upperBound)
  }

  private func passed(_ position: Int) {
    guard position - released > 16 << 20 else { return }
    _ = line(of: position)
    file.release(released..<position)
    released = position
  }

  /// The line of a byte; bytes are asked for in rising order.
  func line(of offset: Int) -> Int {
    if offset > countedTo {
      let piece = UnsafeRawBufferPointer(rebasing: bytes[countedTo..<min(offset, bytes.count)])
      let lines = LineCount.lines(in: piece)
      if lines > 0 {
        line += lines
        lineStart = countedTo + (piece.lastIndex(of: 0x0A) ?? 0) + 1
      }
      countedTo = min(offset, bytes.count)
    }
    return line
  }

  /// Where a byte stands, in words; at or after the last line asked for.
  func place(of offset: Int) -> String {
    TextPlace(of: offset, in: bytes, fromLine: line, startingAt: lineStart).sentence
  }

  /// A refusal of a record whose text is damaged at a byte.
  func unreadable(_ sentence: String, at offset: Int, recordAt start: Int) -> AwardRefusal {
    _ = line(of: start)
    let seen = bytes[min(offset, bytes.count)..<min(offset + 24, bytes.count)]
    return AwardRefusal(
      .unreadable, value: String(decoding: seen, as: UTF8.self), place: place(of: offset), cause: sentence)
  }

  /// Keeps the first thing that is wrong around the records.
  func envelopeFault(_ sentence: String, at offset: Int) {
    guard summary.fault == nil else { return }
    let line = line(of: min(offset, bytes.count))
    _ = line
    summary.fault = AwardRefusal(.badEnvelope, place: place(of: offset), cause: sentence)
  }
}
