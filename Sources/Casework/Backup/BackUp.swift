import Foundation
import Records
import Storage

/// Saves the base and the stored files into one archive, while others read and write.
///
/// The rows are those of one moment: they are read in one transaction that sees no later change. Stored files are never
/// changed and are kept before a row refers to them, so those that are there afterwards hold all that the rows need.
public struct BackUp: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// The archive to write.
  public var path: String
  /// Whether it may take the place of a file.
  public var replaces: Bool
  /// The version of the program.
  public var program: String

  /// A backup into a file.
  public init(path: String, replaces: Bool = false, program: String) {
    self.path = path
    self.replaces = replaces
    self.program = program
  }

  /// What was saved.
  public struct Report: Encodable, Sendable {
    /// The archive.
    public let file: String
    /// Its size.
    public let bytes: Int
    /// What it holds.
    public let manifest: Manifest

    /// Whether nothing that rows refer to is missing.
    public var isWhole: Bool { manifest.missingFiles.isEmpty && manifest.damagedFiles.isEmpty }
  }

  /// Writes the archive; throws ``BackupRefusal``, ``StoreFailure`` or what the base throws.
  public func run(
    as actor: Actor, in world: World, progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
  ) async throws -> Report {
    try actor.authorise(Self.right)
    let now = world.now()
    let made = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(now)
    let archive = try ArchiveWriter(path, replacing: replaces, modified: Int(made?.timeIntervalSince1970 ?? 0))
    defer { archive.abandon() }
    let program = program
    var (manifest, referred) = try await world.database.read { db in
      // A lost connection begins this anew, and so does the archive.
      try archive.restart()
      guard try UnfinishedRestore.find(in: db) == nil else { throw BackupRefusal.unfinished }
      let note = try archive.add(ArchiveWriter.noteName, Array(ArchiveWriter.note.utf8))
      let tables = try Self.write(db, to: archive, progress)
      var manifest = Manifest(
        program: program, engine: db.dialect.rawValue, madeAt: now,
        migrations: try Migrator(Schema.migrations).applied(in: db).map { .init(number: $0.number, name: $0.name) },
        tables: tables)
      manifest.note = note.sha256
      return (manifest, try ReferredFiles.digests(in: db))
    }
    try Self.write(world.files, referred, to: archive, &manifest, progress)
    let text = try manifest.json()
    let written = try archive.add(ArchiveWriter.manifestName, text)
    try archive.add(ArchiveWriter.digestName, Array(ArchiveReader.seal(written.sha256).utf8))
    try Task.checkCancellation()
    return Report(file: path, bytes: try archive.finish(replacing: replaces), manifest: manifest)
  }

  private static func write(
    _ db: any Connection, to archive: ArchiveWriter, _ progress: (BackupProgress) -> Void
  ) throws -> [Manifest.Table] {
    let shapes = try Schema.shapes(in: db)
    let total = try shapes.reduce(0) { $0 + (try db.count(of: $1)) }
    var done = 0
    return try shapes.map { shape in
      archive.begin(ArchiveReader.name(ofTable: shape.name))
      let table = try TableReading.read(shape, in: db) { text, rows in
        try text.withUnsafeBytes { try archive.write($0) }
        done += rows
        progress(BackupProgress(words: "lignes de la base", done: done, total: total))
      }
      try archive.end()
      return table
    }
  }

  private static func write(
    _ store: any FileStore, _ referred: [String], to archive: ArchiveWriter, _ manifest: inout Manifest,
    _ progress: (BackupProgress) -> Void
  ) throws {
    let kept = try store.digests()
    for (index, digest) in kept.enumerated() {
      try Task.checkCancellation()
      progress(BackupProgress(words: "fichiers importés", done: index, total: kept.count))
      guard let path = store.path(of: digest) else { continue }
      archive.begin(ArchiveReader.name(ofFile: digest))
      try FileSlices.forEach(of: path) { part in
        try archive.write(part)
        try Task.checkCancellation()
      }
      let found = try archive.endOrTakeBack { $0 == digest }
      if let bytes = found {
        manifest.files.append(.init(sha256: digest, bytes: bytes))
      } else {
        manifest.damagedFiles.append(digest)
      }
    }
    manifest.missingFiles = referred.filter { !Set(kept).contains($0) }
  }
}
