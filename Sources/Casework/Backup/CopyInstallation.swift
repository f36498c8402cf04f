import Foundation
import Records
public import Storage
import Synchronization

/// Moves an installation into another base, of the same engine or the other, without a file in between.
///
/// The rows are those of one moment of the source; the target is the world’s own base and files.
public struct CopyInstallation: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// The base that is read.
  public var source: any Database
  /// Its files; nil where both use the same folder.
  public var files: (any FileStore)?
  /// Whether to wipe what an interrupted copy left.
  public var again: Bool
  /// The version of the program.
  public var program: String

  /// A copy from a base.
  public init(from source: any Database, files: (any FileStore)?, again: Bool = false, program: String) {
    self.source = source
    self.files = files
    self.again = again
    self.program = program
  }

  /// What the reading of the source hands over, in order.
  private enum Part: Sendable {
    case start([Manifest.Step], tables: [TableShape], rows: Int)
    case lines([UInt8], rows: Int, place: Int)
    case table(Manifest.Table)
    case files([String])
  }

  /// Copies everything and compares; the report is a manifest without an archive.
  ///
  /// Throws ``RestoreRefusal``, ``BackupRefusal/unfinished``, ``StoreFailure``.
  public func run(
    as actor: Actor, in world: World, progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
  ) async throws -> Manifest {
    try actor.authorise(Self.right)
    let channel = BatchChannel<Part>(capacity: 4)
    let source = source
    let reading = Task {
      let once = Once()
      do {
        try await source.read { db in
          // What went out cannot be taken back.
          guard once.isFirst() else { throw RestoreRefusal.sourceLost }
          try Self.send(db, to: channel)
        }
        channel.finish()
      } catch {
        channel.finish(throwing: error)
      }
    }
    let result: Result<Manifest, any Error>
    do {
      result = .success(try await receive(channel, in: world, progress))
    } catch {
      result = .failure(error)
    }
    channel.abandon()
    reading.cancel()
    await reading.value
    return try result.get()
  }

  private static func send(_ db: any Connection, to channel: BatchChannel<Part>) throws {
    func give(_ part: Part) throws { if !channel.send(part) { throw CancellationError() } }
    guard try UnfinishedRestore.find(in: db) == nil else { throw BackupRefusal.unfinished }
    let shapes = try Schema.shapes(in: db)
    let steps = try Migrator(Schema.migrations).applied(in: db)
      .map { Manifest.Step(number: $0.number, name: $0.name) }
    try give(.start(steps, tables: shapes, rows: try shapes.reduce(0) { $0 + (try db.count(of: $1)) }))
    for (place, shape) in shapes.enumerated() {
      let table = try TableReading.read(shape, in: db) { text, rows in
        try give(.lines(text, rows: rows, place: place))
      }
      try give(.table(table))
    }
    try give(.files(try ReferredFiles.digests(in: db)))
  }

  private func receive(
    _ channel: BatchChannel<Part>, in world: World, _ progress: @escaping @Sendable (BackupProgress) -> Void
  ) async throws -> Manifest {
    var (filling, shapes, steps) = (Filling?.none, [TableShape](), [Manifest.Step]())
    var (tables, referred) = ([Manifest.Table](), [String]?.none)
    var (done, total) = (0, 0)
    for try await part in channel.batches {
      channel.taken()
      try Task.checkCancellation()
      switch part {
      case .start(let found, let sourceShapes, let rows):
        (steps, total) = (found, rows)
        let begun = try await Filling(
          world.database, from: "copy", isResumable: false, again: again, steps: found, program: program,
          at: world.now())
        shapes = try await begun.prepare(sourceShapes.map { ($0.name, $0.columnNames) })
        filling = begun
      case .lines(let text, let rows, let place):
        try await filling?.load(text, into: shapes[place], place: place)
        done += rows
        progress(BackupProgress(words: "lignes copiées", done: done, total: total))
      case .table(let table): tables.append(table)
      case .files(let digests): referred = digests
      }
    }
    // A cancelled task sees the stream end.
    try Task.checkCancellation()
    guard var filling, let referred else { throw RestoreRefusal.sourceLost }
    var manifest = Manifest(
      program: program, engine: source.dialect.rawValue, madeAt: filling.mark.startedAt, migrations: steps,
      tables: tables)
    if let files { try copy(files, referred, to: world.files, &manifest, progress) }
    try await filling.finish(comparing: manifest, in: world, progress)
    return manifest
  }

  private func copy(
    _ files: any FileStore, _ referred: [String], to store: any FileStore, _ manifest: inout Manifest,
    _ progress: (BackupProgress) -> Void
  ) throws {
    let kept = try files.digests()
    for (index, digest) in kept.enumerated() {
      progress(BackupProgress(words: "fichiers importés", done: index, total: kept.count))
      guard let path = files.path(of: digest) else { continue }
      do {
        try StoredCopy.ensure(digest, in: store) { take in
          try FileSlices.forEach(of: path) { part in
            try take(part)
            try Task.checkCancellation()
          }
        }
        let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        manifest.files.append(.init(sha256: digest, bytes: bytes))
      } catch is DamagedContent {
        manifest.damagedFiles.append(digest)
      }
    }
    manifest.missingFiles = referred.filter { !Set(kept).contains($0) }
  }
}

/// Tells the first call from the others.
private final class Once: Sendable {
  private let isDone = Mutex(false)

  func isFirst() -> Bool {
    isDone.withLock { done in
      defer { done = true }
      return !done
    }
  }
}
