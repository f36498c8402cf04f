#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// A file's content, mapped into memory: reading it costs no copy, and what lies behind the reader is given back to the system.
///
/// A gzip file is inflated once into an unnamed temporary file, and that is mapped; offsets always count decompressed bytes.
/// The file must not be shortened while it is mapped.
public final class MappedFile: @unchecked Sendable {
  /// The default limit of decompressed bytes: 64 GiB.
  public static let defaultLimit = 64 << 30

  /// The file's name as given.
  public let path: String
  /// How many bytes, decompressed.
  public let count: Int
  /// Whether the file was compressed.
  public let isCompressed: Bool
  private let base: UnsafeMutableRawPointer?

  private init(path: String, count: Int, isCompressed: Bool, base: UnsafeMutableRawPointer?) {
    self.path = path
    self.count = count
    self.isCompressed = isCompressed
    self.base = base
  }

  deinit {
    if let base { munmap(base, count) }
  }

  /// Maps a file; a gzip one, known by its first bytes, is inflated first, up to `limit` bytes.
  ///
  /// `spool` is the folder of the temporary copy (by default `TMPDIR`, then `/var/tmp`). With `keepsPlaces`, a small file
  /// beside a gzip one lets ``bytes(_:of:)`` begin near what it reads.
  public static func open(
    _ path: String, spool: String? = nil, limit: Int = defaultLimit, keepsPlaces: Bool = false
  ) throws(ReadingFailure) -> MappedFile {
    let source = try openDescriptor(path)
    defer { close(source) }
    var magic: (UInt8, UInt8) = (0, 0)
    guard pread(source, &magic, 2, 0) == 2, magic == (0x1F, 0x8B) else {
      return try map(source, path: path, isCompressed: false)
    }
    let copy = try temporaryDescriptor(in: spool, for: path)
    defer { close(copy) }
    var places = keepsPlaces ? GzipPlaces() : nil
    try Inflater.inflate(source, path: path, limit: limit, noting: &places) { bytes throws(ReadingFailure) in
      try writeAll(bytes, to: copy, for: path)
      return true
    }
    places?.save(beside: path)
    return try map(copy, path: path, isCompressed: true)
  }

  /// Bytes of a file without keeping it mapped; of a gzip file, counted decompressed.
  ///
  /// Serves the raw record of an imported notice. Bytes past the end are left out.
  public static func bytes(_ range: Range<Int>, of path: String) throws(ReadingFailure) -> [UInt8] {
    let source = try openDescriptor(path)
    defer { close(source) }
    var magic: (UInt8, UInt8) = (0, 0)
    guard pread(source, &magic, 2, 0) == 2, magic == (0x1F, 0x8B) else {
      return try map(source, path: path, isCompressed: false).bytes(range)
    }
    if let place = GzipPlaces.before(range.lowerBound, beside: path),
      let found = try? inflated(range, of: source, path, from: place)
    {
      return found
    }
    return try inflated(range, of: source, path, from: nil)
  }

  private static func inflated(
    _ range: Range<Int>, of source: Int32, _ path: String, from place: GzipPlace?
  ) throws(ReadingFailure) -> [UInt8] {
    var passed = place?.output ?? 0
    var kept: [UInt8] = []
    var places: GzipPlaces?
    try Inflater.inflate(source, path: path, limit: .max, from: place, noting: &places) { bytes in
      let low = max(range.lowerBound - passed, 0)
      let high = min(range.upperBound - passed, bytes.count)
      if low < high { kept.append(contentsOf: bytes[low..<high]) }
      passed += bytes.count
      return passed < range.upperBound
    }
    return kept
  }

  /// Copies bytes out; those past the end are left out.
  public func bytes(_ range: Range<Int>) -> [UInt8] {
    withBytes { bytes in
      let clamped = range.clamped(to: 0..<bytes.count)
      return Array(bytes[clamped])
    }
  }

  /// Gives the whole content; the pointer must not leave the closure.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  /// Gives the memory of these bytes back to the system; they are read again from the file when needed.
  public func release(_ range: Range<Int>) {
    guard let base else { return }
    let page = 65_536
    let low = range.lowerBound / page * page
    let high = min(range.upperBound, count) / page * page
    guard low < high else { return }
    madvise(base + low, high - low, MADV_DONTNEED)
  }

  private static func map(_ descriptor: Int32, path: String, isCompressed: Bool) throws(ReadingFailure) -> MappedFile {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ReadingFailure(.unreadable, path: path, detail: systemError()) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ReadingFailure(.unreadable, path: path, detail: "ce n’est pas un fichier ordinaire")
    }
    let count = Int(status.st_size)
    guard count > 0 else { throw ReadingFailure(.empty, path: path) }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw ReadingFailure(.unreadable, path: path, detail: systemError())
    }
    madvise(base, count, MADV_SEQUENTIAL)
    return MappedFile(path: path, count: count, isCompressed: isCompressed, base: base)
  }

  private static func openDescriptor(_ path: String) throws(ReadingFailure) -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #elseif canImport(Musl)
      let descriptor = Musl.open(path, O_RDONLY | O_CLOEXEC)
    #else
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else {
      throw ReadingFailure(errno == ENOENT ? .missing : .unreadable, path: path, detail: systemError())
    }
    return descriptor
  }

  private static func temporaryDescriptor(in folder: String?, for path: String) throws(ReadingFailure) -> Int32 {
    let folder = folder ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    var template = Array("\(folder)/marchepied-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw ReadingFailure(.noRoom, path: path, detail: systemError()) }
    unlink(template)
    return descriptor
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, for path: String)
    throws(ReadingFailure)
  {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw ReadingFailure(.noRoom, path: path, detail: systemError()) }
      rest = rest.dropFirst(written)
    }
  }
}

/// What the system says of its last error.
func systemError() -> String { String(cString: strerror(errno)) }
