import CZip
import Clauses

/// A ZIP archive (a wheel, a workbook) that somebody gave, read with limits: a bomb is refused before it fills memory.
public struct Archive: ~Copyable {
  /// One file of the archive.
  public struct Entry: Sendable, Hashable {
    /// The path inside the archive.
    public let name: String
    /// The size in bytes once unpacked, as the archive claims.
    public let size: UInt64
    /// The size in bytes as packed.
    public let packedSize: UInt64
    fileprivate let index: UInt64
  }

  /// Why an archive or a file in it cannot be read.
  public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file cannot be opened or is no ZIP archive; the library's own words.
    case notAnArchive(name: String, words: String)
    /// More files than the limit.
    case tooManyEntries(name: String, limit: Int)
    /// The archive lacks this file.
    case missing(entry: String, archive: String)
    /// The file would be larger than allowed.
    case tooLarge(entry: String, limit: Int)
    /// The file is packed so tightly that it looks like a bomb.
    case tooDense(entry: String)
    /// The file is damaged or encrypted; the library's own words.
    case damaged(entry: String, words: String)

    /// What is wrong and how to mend it, in French.
    public var description: String {
      switch self {
      case .notAnArchive(let name, let words):
        "Le fichier \(quoted(name)) ne s’ouvre pas comme une archive ZIP (\(words))\(nnbsp): "
          + "vérifiez qu’il est complet et qu’il s’agit du bon fichier, ou téléchargez-le de nouveau."
      case .tooManyEntries(let name, let limit):
        "L’archive \(quoted(name)) contient plus de \(French.integer(limit)) fichiers\(nnbsp): elle n’est pas lue."
      case .missing(let entry, let archive):
        "L’archive \(quoted(archive)) ne contient pas le fichier \(quoted(entry))\(nnbsp): "
          + "vérifiez qu’il s’agit du bon fichier et de la bonne version."
      case .tooLarge(let entry, let limit):
        "Le fichier \(quoted(entry)) dépasserait \(French.integer(limit / 1_000_000))\(French.noBreak)Mo une fois décompressé\(nnbsp): "
          + "il n’est pas lu."
      case .tooDense(let entry):
        "Le fichier \(quoted(entry)) est comprimé d’une façon anormale (bombe de décompression)\(nnbsp): il n’est pas lu."
      case .damaged(let entry, let words):
        "Le fichier \(quoted(entry)) de l’archive est abîmé ou chiffré (\(words))\(nnbsp): téléchargez l’archive de nouveau."
      }
    }
  }

  /// The archive's file name, as messages say it.
  public let name: String
  /// The files, in the archive's order; folders are left out.
  public let entries: [Entry]
  private let handle: OpaquePointer

  /// Opens an archive for reading.
  public init(path: String, entryLimit: Int = 20_000) throws(Problem) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var code: Int32 = 0
    guard let handle = zip_open(path, Int32(ZIP_RDONLY), &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw .notAnArchive(name: name, words: zip_error_strerror(&error).map { String(cString: $0) } ?? "erreur \(code)")
    }
    let count = zip_get_num_entries(handle, 0)
    guard count <= entryLimit else {
      zip_discard(handle)
      throw .tooManyEntries(name: name, limit: entryLimit)
    }
    var entries: [Entry] = []
    for index in 0..<UInt64(max(count, 0)) {
      var stat = zip_stat_t()
      guard zip_stat_index(handle, index, 0, &stat) == 0, let raw = stat.name else { continue }
      let entryName = String(cString: raw)
      guard !entryName.hasSuffix("/") else { continue }
      entries.append(Entry(name: entryName, size: stat.size, packedSize: stat.comp_size, index: index))
    }
    self.name = name
    self.entries = entries
    self.handle = handle
  }

  deinit { zip_discard(handle) }

  /// The bytes of a file, refused past `limit` bytes or where it unpacks to more than `ratio` times its packed size.
  ///
  /// Both are counted while reading, whatever the archive claims; the ratio only matters past one megabyte.
  public borrowing func read(_ entryName: String, limit: Int, ratio: Int = 200) throws(Problem) -> [UInt8] {
    guard let entry = entries.first(where: { $0.name == entryName }) else {
      throw .missing(entry: entryName, archive: name)
    }
    return try read(entry, limit: limit, ratio: ratio)
  }

  /// The bytes of a file of ``entries``, with the same limits.
  public borrowing func read(_ entry: Entry, limit: Int, ratio: Int = 200) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(clamping: min(entry.size, UInt64(limit))))
    do {
      try stream(entry, limit: limit, ratio: ratio) { piece in
        bytes.append(contentsOf: piece)
        return true
      }
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .damaged(entry: entry.name, words: "\(error)")
    }
    return bytes
  }

  /// Hands over a file of ``entries`` piece by piece, with the same limits, until `body` answers false.
  public borrowing func stream(
    _ entry: Entry, limit: Int, ratio: Int = 200, _ body: (UnsafeRawBufferPointer) throws -> Bool
  ) throws {
    guard entry.size <= UInt64(limit) else { throw Problem.tooLarge(entry: entry.name, limit: limit) }
    let dense = max(Int(clamping: entry.packedSize).multipliedReportingOverflow(by: ratio).partialValue, 1 << 20)
    guard entry.size <= UInt64(dense) else { throw Problem.tooDense(entry: entry.name) }
    guard let file = zip_fopen_index(handle, entry.index, 0) else {
      throw Problem.damaged(entry: entry.name, words: String(cString: zip_strerror(handle)))
    }
    defer { zip_fclose(file) }
    var total = 0
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let got = zip_fread(file, chunk.baseAddress, UInt64(chunk.count))
      guard got >= 0 else {
        throw Problem.damaged(entry: entry.name, words: zip_file_strerror(file).map { String(cString: $0) } ?? "")
      }
      guard got > 0 else { return }
      total += Int(got)
      guard total <= limit else { throw Problem.tooLarge(entry: entry.name, limit: limit) }
      guard total <= dense else { throw Problem.tooDense(entry: entry.name) }
      guard try body(UnsafeRawBufferPointer(rebasing: chunk[0..<Int(got)])) else { return }
    }
  }
}
