import Clauses
import Foundation
import Records
import Storage
import Vault

/// The file of keys and the base that it opens belong together: a wrong or missing file is noticed at the start.
enum Keys {
  /// The keys of a base; makes the file where the base has never had any.
  static func open(_ path: String, for database: any Database) async throws -> KeyRing {
    let known = try await database.read { try InstallationNotes.value(InstallationNotes.keyFingerprint, in: $0) }
    let isThere = FileManager.default.fileExists(atPath: path)
    guard let known else {
      let ring = isThere ? try KeyRing(contentsOf: path) : try make(path)
      try await database.write {
        try InstallationNotes.set(InstallationNotes.keyFingerprint, ring.active.fingerprint, in: $0)
      }
      return ring
    }
    let ring = try KeyRing(contentsOf: path)
    guard ring.keys.contains(where: { $0.fingerprint == known }) else { throw ForeignKeys(path: path, known: known) }
    return ring
  }

  /// The keys of the file; a ring of its own, that seals nothing, where there is no file yet.
  static func read(_ path: String) throws -> KeyRing {
    FileManager.default.fileExists(atPath: path) ? try KeyRing(contentsOf: path) : KeyRing(on: Clock.today())
  }

  private static func make(_ path: String) throws -> KeyRing {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    do {
      return try KeyRing.create(at: path, on: Clock.today())
    } catch let error where error.cause == .exists {
      // Another process has just made it.
      return try KeyRing(contentsOf: path)
    }
  }

  /// The file of keys is that of another installation.
  struct ForeignKeys: Error, CustomStringConvertible {
    let path: String
    let known: String
    var description: String {
      "Le fichier de clefs «\u{202F}\(path)\u{202F}» n’est pas celui de cette base (empreinte attendue\u{202F}: \(known)). "
        + "Indiquez le bon par MARCHEPIED_KEYS, ou remettez-le depuis sa sauvegarde."
    }
  }
}
