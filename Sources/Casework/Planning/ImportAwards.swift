import Clauses
public import Exchange
import Foundation
import Records
import Storage

/// Reads a file of award data into the base: record by record, resumable, the same file never twice.
public struct ImportAwards: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate
  /// A transaction aims at less than this; the fewer there are, the fewer times pages of the indexes are written.
  static let writerTime = Duration.milliseconds(200)

  /// A file longer than this, in bytes, has the indexes built last where the base is empty.
  static let firstLoad = 8 << 20

  /// Batches that the reader may be ahead of the writer: enough for both to work at once, few enough for constant memory.
  static let readAhead = 40

  /// The file to read.
  public var path: String
  /// The name under which it is shown.
  public var name: String
  /// Whether to say what would happen and write nothing.
  public var dryRun: Bool
  /// The largest decompressed content accepted, in bytes.
  public var limit: Int
  /// Whether the engine looks at its tables again afterwards; who imports several files does it once, at the end.
  public var refreshesStatistics = true
  /// Where to note what the time is spent on; nil in daily use.
  public var stopwatch: Stopwatch?

  /// An import of a file.
  public init(path: String, name: String, dryRun: Bool = false, limit: Int = MappedFile.defaultLimit) {
    self.path = path
    self.name = name
    self.dryRun = dryRun
    self.limit = limit
  }

  /// How far an import went.
  public struct Progress: Sendable {
    /// Bytes read of the decompressed content.
    public let position: Int
    /// Bytes of the decompressed content in all.
    public let total: Int
    /// The report so far.
    public let report: ImportReport
    /// Indexes built, of all there are, once every record is stored; nil before.
    public var indexes: (done: Int, total: Int)?
  }

  /// Imports the file and says what came out; cancelled, it stops after the batch under way and can be run again to go
  /// on.
  public func run(
    as actor: Actor, in world: World, progress: @escaping @Sendable (Progress) async -> Void = { _ in }
  ) async throws -> ImportReport {
    try actor.authorise(Self.right)
    try FileNames.refuseNIR(in: name)
    if dryRun { return try await rehearse(in: world, progress: progress) }
    let stored = try world.files.keep(fileAt: path)
    let empty = try ImportReport(file: name).json()
    let (name, now) = (name, world.now())
    let file = try await world.database.write { db in
      try AwardFiles.begin(digest: stored.digest, name: name, bytes: stored.bytes, report: empty, at: now, in: db)
    }
    var report = ImportReport(json: file.report) ?? ImportReport(file: name)
    report.file = name
    if file.whole {
      report.alreadyImported = true
      // Stopped after its last record, a first load leaves the indexes out.
      if try await !world.database.read({ try SpottingIndexes.areThere(in: $0) && !AwardLoading.isOpen(in: $0) }) {
        try await index(in: world)
      }
      return report
    }
    guard let place = world.files.path(of: stored.digest) else {
      throw StoreFailure(doing: "lire", path: path, code: ENOENT)
    }
    let mapped = try MappedFile.open(place, spool: try world.files.temporaryFolder(), limit: limit, keepsPlaces: true)
    if mapped.count > Self.firstLoad, try await world.database.read({ try Awards.lastID(in: $0) == 0 }) {
      try await world.database.write { db in
        try AwardFiles.takeTurns(in: db)
        // Another import may have begun meanwhile.
        guard try Awards.lastID(in: db) == 0 else { return }
        try SpottingIndexes.drop(in: db)
        try AwardLoading.begin(in: db)
      }
    }
    let basis = try await SpottingBasis.current(in: world)
    report = try await load(mapped, file: file, report: report, basis: basis, in: world, progress: progress)
    let start = ContinuousClock.now
    let done = Progress(position: mapped.count, total: mapped.count, report: report, indexes: nil)
    try await index(in: world) { built, all in
      var step = done
      step.indexes = (built, all)
      await progress(step)
    }
    if refreshesStatistics { try await AwardLoading.refreshStatistics(on: world.database) }
    stopwatch?.add(.now - start, to: .indexes)
    if try await SpottingBasis.current(in: world) != basis {
      // Structures came in meanwhile: whoever brought them may have passed by before the last records were stored.
      _ = try await RecomputeSpotting().run(as: actor, in: world)
    }
    return report
  }

  /// Lets the engine look at its tables again, after imports that did not.
  public static func refreshStatistics(as actor: Actor, in world: World) async throws {
    try actor.authorise(right)
    try await AwardLoading.refreshStatistics(on: world.database)
  }

  /// Builds what a first load left out.
  private func index(in world: World, progress: @Sendable (Int, Int) async -> Void = { _, _ in }) async throws {
    try await AwardLoading.end(on: world.database)
    try await SpottingIndexes.restore(on: world.database, progress: progress)
  }

  private func load(
    _ mapped: MappedFile, file: AwardFiles.Stored, report: ImportReport, basis: Spottings.Basis, in world: World,
    progress: @Sendable (Progress) async -> Void
  ) async throws -> ImportReport {
    let channel = BatchChannel<AwardBatch>(capacity: Self.readAhead)
    let reading = AwardReading(
      mapped, from: file.position, rules: try world.rules(), basis: basis, dialect: world.database.dialect,
      into: channel, stopwatch: stopwatch)
    reading.start()
    defer { channel.abandon() }
    var keys = try await Self.keys(in: world)
    var (report, position, pace) = (report, file.position, BatchPace(aim: Self.writerTime))
    var waiting: [AwardBatch] = []
    for try await batch in channel.batches {
      channel.taken()
      try Task.checkCancellation()
      waiting.append(batch)
      guard waiting.count >= pace.size else { continue }
      (report, position) = try await write(waiting, file: file.id, from: position, report, keys, &pace, world)
      waiting = []
      if let table = keys, table.isFull {
        try await AwardLoading.end(on: world.database)
        keys = nil
      }
      await progress(Progress(position: position, total: mapped.count, report: report, indexes: nil))
    }
    let end = try reading.result()
    report.format = end.format.rawValue
    report.fault = end.fault?.sentence
    report.whole = true
    (report, position) = try await write(
      waiting, file: file.id, from: position, report, keys, &pace, world, isLast: true, end: mapped.count)
    return report
  }

  /// The keys that are there where they have no index; nil where they have one.
  private static func keys(in world: World) async throws -> AwardKeyTable? {
    guard try await world.database.read({ try AwardLoading.isOpen(in: $0) }) else { return nil }
    let keys = AwardKeyTable()
    try await world.database.read { try keys.catchUp(in: $0) }
    return keys
  }

  /// Merges batches in one transaction, and notes in the same transaction how far the file is stored.
  private func write(
    _ batches: [AwardBatch], file: Int64, from position: Int, _ report: ImportReport, _ keys: AwardKeyTable?,
    _ pace: inout BatchPace, _ world: World, isLast: Bool = false, end: Int? = nil
  ) async throws -> (ImportReport, Int) {
    let reached = end ?? batches.last?.end ?? position
    let now = world.now()
    let clock = ContinuousClock()
    let start = clock.now
    let (name, stopwatch) = (name, stopwatch)
    let merged = try await world.database.write { db in
      try AwardFiles.takeTurns(in: db)
      guard try AwardFiles.position(file, in: db) == position else { throw ImportUnderWay(file: name) }
      var merge = AwardMerge(file: file, now: now, report: report, keys: keys, stopwatch: stopwatch)
      try merge.run(batches, in: db)
      try AwardFiles.advance(
        file, to: reached, whole: isLast, report: try merge.report.json(), at: now, in: db)
      return (report: merge.report, added: merge.added)
    }
    keys?.note(merged.added)
    let took = clock.now - start
    stopwatch?.add(transaction: took)
    pace.note(batches: batches.count, took: took)
    return (merged.report, reached)
  }

  /// Says what an import would do, and writes nothing.
  private func rehearse(in world: World, progress: @Sendable (Progress) async -> Void) async throws -> ImportReport {
    let mapped = try MappedFile.open(path, limit: limit)
    let channel = BatchChannel<AwardBatch>(capacity: 4)
    let basis = try await SpottingBasis.current(in: world)
    let reading = AwardReading(
      mapped, from: 0, rules: try world.rules(), basis: basis, dialect: world.database.dialect,
      into: channel)
    reading.start()
    defer { channel.abandon() }
    var rehearsal = AwardRehearsal(report: ImportReport(file: name), keys: try await Self.keys(in: world))
    for try await batch in channel.batches {
      channel.taken()
      try Task.checkCancellation()
      try await rehearsal.add(batch, database: world.database)
      await progress(Progress(position: batch.end, total: mapped.count, report: rehearsal.report, indexes: nil))
    }
    let end = try reading.result()
    rehearsal.report.format = end.format.rawValue
    rehearsal.report.fault = end.fault?.sentence
    rehearsal.report.whole = true
    return rehearsal.report
  }
}

/// How many batches go into one transaction, so that the writer is held for about as long as aimed at.
struct BatchPace {
  private let aim: Duration
  /// Batches to wait for.
  private(set) var size = 1

  init(aim: Duration) { self.aim = aim }

  mutating func note(batches: Int, took: Duration) {
    guard batches >= size else { return }
    if took < aim / 2 { size = min(size * 2, 32) } else if took > aim { size = max(1, size / 2) }
  }
}

/// Another import of the same file went on meanwhile.
public struct ImportUnderWay: Error, CustomStringConvertible {
  /// The file's name.
  public let file: String
  /// What is wrong and what to do.
  public var description: String {
    "Un autre import de «\u{202F}\(file)\u{202F}» est en cours\u{202F}: "
      + "attendez sa fin, puis relancez si besoin. Rien n’est perdu."
  }
}
