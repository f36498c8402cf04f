import Clauses

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Files that only their owner may read: made anew, read only when they are still so.
enum PrivateFile {
  /// Far more than a ring ever takes.
  private static let largest = 1 << 20

  /// The bytes of a file, in guarded memory.
  static func contents(of path: String) throws(KeyFileError) -> KeyBytes {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw errno == ENOENT ? KeyFileError(cause: .missing, path: path) : .system(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw KeyFileError(cause: .notFile, path: path) }
    guard status.st_mode & 0o077 == 0 else {
      throw KeyFileError(cause: .open(String(status.st_mode & 0o777, radix: 8)), path: path)
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else { throw KeyFileError(cause: .foreign, path: path) }
    guard status.st_size <= largest else { throw KeyFileError(cause: .line(1), path: path) }
    let size = Int(status.st_size)
    let bytes = KeyBytes(count: size) { bytes in
      var done = 0
      while done < size {
        let count = read(file, bytes + done, size - done)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        done += count
      }
      return true
    }
    guard let bytes else { throw .system(path) }
    return bytes
  }

  /// Makes a file that did not exist (else `taken`), fills it, and removes it again when something fails on the way.
  ///
  /// Errors name `whole`, the file that the person knows about.
  static func make(
    _ path: String, of whole: String, whenTaken taken: KeyFileError.Cause,
    _ contents: () throws(KeyFileError) -> [UInt8], then: () throws(KeyFileError) -> Void = {}
  ) throws(KeyFileError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw errno == EEXIST ? KeyFileError(cause: taken, path: whole) : .system(whole) }
    do throws(KeyFileError) {
      defer { close(file) }
      var bytes = try contents()
      defer { Sodium.wipe(&bytes) }
      try fill(file, bytes, whole)
      try then()
      syncFolder(of: path)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Gives one file the name of another, which it replaces at once.
  static func move(_ path: String, to whole: String) throws(KeyFileError) {
    guard rename(path, whole) == 0 else { throw .system(whole) }
  }

  private static func fill(_ file: Int32, _ bytes: [UInt8], _ path: String) throws(KeyFileError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + done }, bytes.count - done) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system(path) }
      done += count
    }
    guard fsync(file) == 0 else { throw .system(path) }
  }

  /// Makes a new name survive a power cut; a folder that cannot be synchronised is no failure.
  private static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let file = open(folder, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }
}

extension KeyFileError {
  fileprivate static func system(_ path: String) -> KeyFileError {
    KeyFileError(cause: .system(String(cString: strerror(errno))), path: path)
  }
}
