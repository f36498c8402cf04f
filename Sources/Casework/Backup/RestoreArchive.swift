import Foundation
import Records
import Storage

/// Puts an archive back into an empty base and the folder of files; stopped, it goes on when it is run again.
public struct RestoreArchive: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// The archive.
  public var path: String
  /// Whether to wipe what an interrupted restoration or copy left, and begin anew.
  public var again: Bool

  /// A restoration from a file.
  public init(path: String, again: Bool = false) {
    self.path = path
    self.again = again
  }

  /// What was put back.
  public struct Report: Encodable, Sendable {
    /// The archive.
    public let file: String
    /// What it holds.
    public let manifest: Manifest
    /// Whether an interrupted restoration was gone on with.
    public let wasResumed: Bool
  }

  /// Reads an archive whole and says what it holds; throws ``ArchiveFault`` where a byte is not as it was written.
  public static func check(
    _ path: String, as actor: Actor, progress: (BackupProgress) -> Void = { _ in }
  ) throws -> Manifest {
    try actor.authorise(right)
    return try checked(path, progress).manifest
  }

  private static func checked(_ path: String, _ progress: (BackupProgress) -> Void) throws -> ArchiveReader {
    let archive = try ArchiveReader(path)
    try archive.check { progress(BackupProgress(words: "octets vérifiés", done: $0, total: $1)) }
    return archive
  }

  /// Checks the archive, then fills the base; throws ``ArchiveFault`` before anything is touched, ``RestoreRefusal``,
  /// ``StoreFailure``.
  public func run(
    as actor: Actor, in world: World, progress: @escaping @Sendable (BackupProgress) -> Void = { _ in }
  ) async throws -> Report {
    try actor.authorise(Self.right)
    let archive = try Self.checked(path, progress)
    let manifest = archive.manifest
    var filling = try await Filling(
      world.database, from: archive.digest, isResumable: true, again: again, steps: manifest.migrations,
      program: manifest.program, at: world.now())
    let shapes = try await filling.prepare(manifest.tables.map { ($0.name, $0.columns) })
    if !filling.mark.isVerified {
      try Self.restoreFiles(of: archive, into: world.files, progress)
      try await load(archive, into: shapes, &filling, progress)
    }
    try await filling.finish(comparing: manifest, in: world, progress)
    return Report(file: path, manifest: manifest, wasResumed: filling.isResumed)
  }

  private func load(
    _ archive: ArchiveReader, into shapes: [TableShape], _ filling: inout Filling,
    _ progress: (BackupProgress) -> Void
  ) async throws {
    let manifest = archive.manifest
    var before = 0
    for (place, table) in manifest.tables.enumerated() {
      defer { before += table.rows }
      guard place >= filling.mark.tables else { continue }
      var parts = try archive.parts(of: table, from: place == filling.mark.tables ? filling.mark.bytes : 0)
      while let text = try parts.next() {
        try Task.checkCancellation()
        try await filling.load(text, into: shapes[place], place: place)
        progress(
          BackupProgress(words: "lignes restaurées", done: before + filling.mark.rows, total: manifest.rows))
      }
    }
  }

  private static func restoreFiles(
    of archive: ArchiveReader, into store: any FileStore, _ progress: (BackupProgress) -> Void
  ) throws {
    let files = archive.manifest.files
    for (index, file) in files.enumerated() {
      progress(BackupProgress(words: "fichiers importés", done: index, total: files.count))
      try StoredCopy.ensure(file.sha256, in: store) { take in
        try archive.read(file: file) { part in
          try take(part)
          try Task.checkCancellation()
        }
      }
    }
  }
}

/// Putting a file into a store that may hold it.
enum StoredCopy {
  /// Keeps the content unless the store holds it as it should be.
  static func ensure(
    _ digest: String, in store: any FileStore,
    from fill: (_ take: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    try Task.checkCancellation()
    if let path = store.path(of: digest) {
      var hash = Hash()
      try FileSlices.forEach(of: path) { hash.add($0) }
      if hash.text() == digest { return }
    }
    try store.receive(digest, fill)
  }
}
