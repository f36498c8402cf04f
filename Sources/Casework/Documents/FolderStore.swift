import Crypto
import Foundation

/// A file store in a folder: `ab/cdef…`, the path being the SHA-256 of the content.
public struct FolderStore: FileStore {
  private let root: String

  /// A store in a folder, which is made where it is missing.
  public init(root: String) { self.root = root }

  /// Copies a file into the folder, hashing on the way; throws ``StoreFailure``.
  public func keep(fileAt path: String) throws -> StoredFile {
    try keep(as: nil) { take in try FileSlices.forEach(of: path, take) }
  }

  /// Keeps content that arrives in parts; throws ``StoreFailure`` or ``DamagedContent``.
  public func receive(_ digest: String, _ fill: (_ take: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws
  {
    _ = try keep(as: digest, fill)
  }

  /// The files of the folder whose name is a digest.
  public func digests() throws -> [String] {
    let manager = FileManager.default
    var found: [String] = []
    for folder in (try? manager.contentsOfDirectory(atPath: root)) ?? [] where folder.utf8.count == 2 {
      for name in (try? manager.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? [] {
        if path(of: folder + name) != nil { found.append(folder + name) }
      }
    }
    return found.sorted()
  }

  private func keep(
    as digest: String?, _ fill: (_ take: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> StoredFile {
    let folder = try temporaryFolder()
    removeLeftovers(in: folder)
    let temporary = "\(folder)/\(Self.copyPrefix)\(UUID().uuidString)"
    defer { unlink(temporary) }
    let file = try copy(to: temporary, fill)
    if let digest, digest != file.digest { throw DamagedContent(digest: digest) }
    let place = location(of: file.digest)
    // What was announced takes the place even of a file of that name, whose content may have gone bad.
    if digest == nil, access(place, R_OK) == 0 { return file }
    try self.folder((place as NSString).deletingLastPathComponent)
    guard rename(temporary, place) == 0 else { throw StoreFailure(doing: "ranger", path: place, code: errno) }
    return file
  }

  /// Where the content with this digest lies, nil where it is not kept or the digest is none.
  public func path(of digest: String) -> String? {
    guard digest.utf8.count == 64, digest.utf8.allSatisfy({ isxdigit(Int32($0)) != 0 }) else { return nil }
    let place = location(of: digest)
    return access(place, R_OK) == 0 ? place : nil
  }

  /// `en-cours` in the folder, made where it is missing.
  public func temporaryFolder() throws -> String {
    try folder("\(root)/en-cours")
    return "\(root)/en-cours"
  }

  private static let copyPrefix = "copie-"

  /// Takes away what programs that were killed left behind: copies that nobody holds any more, and anything of another
  /// name that has not been touched for a day. What cannot be taken away stays.
  private func removeLeftovers(in folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      let age = time(nil) - Self.changed(status)
      if name.hasPrefix(Self.copyPrefix) ? age > 60 && !isHeld(path) : age > 86_400 { unlink(path) }
    }
  }

  private static func changed(_ status: stat) -> Int {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }

  /// Whether a program is still writing the file.
  private func isHeld(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return true }
    defer { close(file) }
    return flock(file, LOCK_EX | LOCK_NB) != 0
  }

  private func location(of digest: String) -> String { "\(root)/\(digest.prefix(2))/\(digest.dropFirst(2))" }

  private func folder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw StoreFailure(doing: "créer le dossier", path: path, code: errno)
    }
  }

  /// Writes what comes, hashing on the way, and syncs to the disk.
  private func copy(
    to target: String, _ fill: (_ take: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> StoredFile {
    let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw StoreFailure(doing: "écrire", path: target, code: errno) }
    defer { close(output) }
    flock(output, LOCK_EX | LOCK_NB)
    var hash = SHA256()
    var total: Int64 = 0
    try fill { part in
      hash.update(bufferPointer: part)
      try FileSlices.write(part, to: output, path: target)
      total += Int64(part.count)
    }
    guard fsync(output) == 0 else { throw StoreFailure(doing: "écrire", path: target, code: errno) }
    return StoredFile(digest: hash.finalize().text, bytes: total)
  }
}

/// A file that could not be read or kept.
public struct StoreFailure: Error, CustomStringConvertible {
  /// What was being done, in French: `lire`, `écrire`…
  public let doing: String
  /// Which file.
  public let path: String
  /// The system's error number.
  public let code: Int32

  /// A failure from its parts.
  public init(doing: String, path: String, code: Int32) {
    self.doing = doing
    self.path = path
    self.code = code
  }

  private var ofDoing: String { doing.hasPrefix("é") ? "d’\(doing)" : "de \(doing)" }

  /// What is wrong and how to mend it.
  public var description: String {
    switch code {
    case ENOENT:
      "Impossible \(ofDoing) «\u{202F}\(path)\u{202F}»\u{202F}: ce fichier ou son dossier n’existe pas. Vérifiez le chemin."
    case EACCES, EPERM:
      "Impossible \(ofDoing) «\u{202F}\(path)\u{202F}»\u{202F}: l’accès est refusé. Vérifiez les droits de ce fichier."
    case ENOSPC, EDQUOT:
      "Impossible \(ofDoing) «\u{202F}\(path)\u{202F}»\u{202F}: le disque est plein. "
        + "Libérez de la place, puis relancez\u{202F}: rien n’est perdu."
    case EISDIR: "«\u{202F}\(path)\u{202F}» est un dossier\u{202F}: indiquez un fichier."
    default: "Impossible \(ofDoing) «\u{202F}\(path)\u{202F}»\u{202F}: \(String(cString: strerror(code)))."
    }
  }
}
