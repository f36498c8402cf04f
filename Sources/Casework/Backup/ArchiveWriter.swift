import Exchange
import Foundation

/// Writes an archive beside the place where it will stand, and puts it there once it is whole and on the disk.
///
/// Used by one thread at a time. Given up without ``finish(replacing:)``, it leaves nothing behind; killed, it leaves a file
/// that ends with `.part`, which the next one takes over.
final class ArchiveWriter: @unchecked Sendable {
  /// The text of the first file.
  static let note = """
    Sauvegarde de Marchepied.

    Ce fichier est une archive tar ordinaire («\u{202F}tar -tf\u{202F}» montre ce qu’elle contient).

    tables/NOM.jsonl   les lignes d’une table, dans l’ordre de sa clé, une par ligne\u{202F}: un tableau JSON des valeurs, dans
                       l’ordre des colonnes que donne manifest.json. Nombres entiers en décimal, vrai et faux en 1 et 0,
                       jours et instants en texte, absence de valeur\u{202F}: null.
    files/ab/cdef…     les fichiers importés, rangés par l’empreinte SHA-256 de leur contenu.
    manifest.json      la version, les tables avec leurs colonnes, leur nombre de lignes et l’empreinte SHA-256 de leur
                       fichier, les fichiers avec leur taille.
    manifest.sha256    l’empreinte de manifest.json («\u{202F}sha256sum -c manifest.sha256\u{202F}»).

    Elle contient toutes les données de l’installation\u{202F}: gardez-la en lieu sûr. Pour la vérifier\u{202F}:
      marchepied restore --check FICHIER

    """
  /// The names of the files that are always there.
  static let noteName = "LISEZMOI.txt", manifestName = "manifest.json", digestName = "manifest.sha256"

  private let path: String
  private let part: String
  private let modified: Int
  private var file: Int32 = -1
  private var buffer: [UInt8] = []
  /// Bytes of the archive that are no longer in the buffer.
  private var written = 0
  private var entry: (name: String, start: Int)?
  private var hash = Hash()

  private static let slice = 1 << 20

  /// Opens the part; `modified` is the time that the archive’s files bear, in seconds since 1970.
  init(_ path: String, replacing: Bool, modified: Int) throws {
    self.path = path
    self.modified = modified
    part = "\(path).part"
    var status = stat()
    if lstat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { throw BackupRefusal.notAFile(path) }
      guard replacing else { throw BackupRefusal.exists(path) }
    }
    file = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw StoreFailure(doing: "écrire", path: part, code: errno) }
    var (opened, named) = (stat(), stat())
    // Another backup may have given its part its final name since.
    guard flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &opened) == 0, lstat(part, &named) == 0,
      opened.st_ino == named.st_ino, opened.st_dev == named.st_dev
    else {
      close(file)
      file = -1
      throw BackupRefusal.underWay(path)
    }
    fchmod(file, 0o600)
    buffer.reserveCapacity(Self.slice * 2)
  }

  deinit { abandon() }

  /// Takes the part away unless it has become the archive.
  func abandon() {
    guard file >= 0 else { return }
    unlink(part)
    close(file)
    file = -1
  }

  /// Empties the part: what reads the base may have to begin again.
  func restart() throws {
    buffer.removeAll(keepingCapacity: true)
    (written, entry) = (0, nil)
    guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else { throw failure() }
  }

  /// Begins a file of the archive.
  func begin(_ name: String) {
    entry = (name, written + buffer.count)
    hash = Hash()
    buffer += [UInt8](repeating: 0, count: TarHeader.block)
  }

  /// Adds to the file that was begun.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    hash.add(bytes)
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.slice { try flush() }
  }

  /// Ends the file that was begun, and says how long it is and what its SHA-256 is.
  @discardableResult
  func end() throws -> (bytes: Int, sha256: String) {
    guard let (name, start) = entry else { return (0, "") }
    entry = nil
    let size = written + buffer.count - start - TarHeader.block
    guard let header = TarHeader(name: name, size: size, modified: modified) else { throw BackupRefusal.notAFile(name) }
    buffer += [UInt8](repeating: 0, count: header.padding)
    let bytes = header.bytes
    if start >= written {
      buffer.replaceSubrange((start - written)..<(start - written + bytes.count), with: bytes)
    } else {
      // Its place is on the disk already.
      try flush()
      guard pwrite(file, bytes, bytes.count, off_t(start)) == bytes.count else { throw failure() }
    }
    return (size, hash.text())
  }

  /// Ends the file that was begun where its SHA-256 is accepted, and says how long it is; else takes it back, as if it
  /// never had been.
  func endOrTakeBack(_ isAccepted: (_ sha256: String) -> Bool) throws -> Int? {
    if isAccepted(hash.text()) { return try end().bytes }
    guard let (_, start) = entry else { return nil }
    entry = nil
    try flush()
    guard ftruncate(file, off_t(start)) == 0, lseek(file, off_t(start), SEEK_SET) >= 0 else { throw failure() }
    written = start
    return nil
  }

  /// Adds a whole file.
  @discardableResult
  func add(_ name: String, _ bytes: [UInt8]) throws -> (bytes: Int, sha256: String) {
    begin(name)
    try bytes.withUnsafeBytes { try write($0) }
    return try end()
  }

  /// Ends the archive, waits until it is on the disk, and gives it its name; the size in bytes.
  func finish(replacing: Bool) throws -> Int {
    buffer += TarHeader.end
    try flush()
    guard fsync(file) == 0 else { throw failure() }
    if replacing {
      guard rename(part, path) == 0 else { throw StoreFailure(doing: "écrire", path: path, code: errno) }
    } else if link(part, path) == 0 {
      unlink(part)
    } else {
      // Someone gave that name to a file meanwhile; or the disk knows no second names.
      guard errno != EEXIST, access(path, F_OK) != 0 else { throw BackupRefusal.exists(path) }
      guard rename(part, path) == 0 else { throw StoreFailure(doing: "écrire", path: path, code: errno) }
    }
    close(file)
    file = -1
    let folder = (path as NSString).deletingLastPathComponent
    let place = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
    if place >= 0 {
      fsync(place)
      close(place)
    }
    return written
  }

  private func flush() throws {
    guard !buffer.isEmpty else { return }
    try buffer.withUnsafeBytes { try FileSlices.write($0, to: file, path: part) }
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure() -> StoreFailure { StoreFailure(doing: "écrire", path: part, code: errno) }
}

/// Why a backup does not begin.
public enum BackupRefusal: Error, Equatable, CustomStringConvertible {
  /// A file of that name is there.
  case exists(String)
  /// The name belongs to something that is no ordinary file.
  case notAFile(String)
  /// Another backup writes the same file.
  case underWay(String)
  /// The base is being filled from elsewhere.
  case unfinished

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .exists(let path):
      "«\u{202F}\(path)\u{202F}» existe déjà. Choisissez un autre nom, ou ajoutez --replace pour le remplacer."
    case .notAFile(let path):
      "«\u{202F}\(path)\u{202F}» n’est pas un fichier ordinaire. Choisissez un autre nom."
    case .underWay(let path):
      "Une autre sauvegarde écrit déjà «\u{202F}\(path)\u{202F}». Attendez sa fin, ou choisissez un autre nom."
    case .unfinished: UnfinishedBase().description
    }
  }
}

/// A base that holds only a part of what it is being filled with.
public struct UnfinishedBase: Error, CustomStringConvertible {
  /// Says so.
  public init() {}
  /// What is wrong and what to do.
  public var description: String {
    "Cette base ne contient qu’une partie de ce qu’une restauration ou une copie devait y mettre\u{202F}: elle ne peut pas "
      + "servir ainsi. Relancez la même commande (restore reprend où elle s’était arrêtée\u{202F}; copy demande --again)."
  }
}
