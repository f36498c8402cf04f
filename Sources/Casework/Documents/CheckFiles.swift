import Records
import Storage

/// Compares the stored files that rows refer to with those that are kept.
public struct CheckFiles: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// Whether each file is read whole and compared with its digest, rather than only looked for.
  public var readsContent: Bool

  /// A comparison of the whole base.
  public init(readsContent: Bool = false) { self.readsContent = readsContent }

  /// What was found.
  public struct Report: Sendable, Equatable {
    /// Files that rows refer to, each once.
    public let referred: Int
    /// The digests of those that are not kept.
    public internal(set) var missing: [String] = []
    /// The digests of those whose content is not what it was, or cannot be read; empty unless the content was read.
    public internal(set) var damaged: [String] = []

    /// Whether nothing is missing or damaged.
    public var isWhole: Bool { missing.isEmpty && damaged.isEmpty }
  }

  /// Looks at every file; changes nothing.
  public func run(as actor: Actor, in world: World) async throws -> Report {
    try actor.authorise(Self.right)
    let digests = try await world.database.read { try ReferredFiles.digests(in: $0) }
    var report = Report(referred: digests.count)
    for digest in digests {
      try Task.checkCancellation()
      guard let path = world.files.path(of: digest) else {
        report.missing.append(digest)
        continue
      }
      if readsContent, try !Self.isIntact(path, digest) { report.damaged.append(digest) }
    }
    return report
  }

  private static func isIntact(_ path: String, _ digest: String) throws -> Bool {
    var hash = Hash()
    do {
      try FileSlices.forEach(of: path) { part in
        hash.add(part)
        try Task.checkCancellation()
      }
    } catch is StoreFailure {
      return false
    }
    return hash.text() == digest
  }
}
