import Exchange
import Foundation

/// Reads an archive in constant memory: where its files lie, the manifest, and whether every byte is as it was written.
///
/// Used by one thread at a time.
final class ArchiveReader: @unchecked Sendable {
  /// Where a file of the archive lies.
  struct Place {
    let offset: Int
    let size: Int
  }

  /// What the archive holds.
  let manifest: Manifest
  /// The SHA-256 of the manifest, which stands for the whole.
  let digest: String
  private let path: String
  private let file: Int32
  private let places: [String: Place]

  private static let slice = 1 << 20
  private static let longestManifest = 256 << 20

  /// Opens an archive, finds its files and reads the manifest; throws ``ArchiveFault`` or ``StoreFailure``.
  init(_ path: String) throws {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw StoreFailure(doing: "lire", path: path, code: errno) }
    do {
      var status = stat()
      guard fstat(file, &status) == 0 else { throw StoreFailure(doing: "lire", path: path, code: errno) }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw StoreFailure(doing: "lire", path: path, code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
      }
      let places = try Self.scan(file, path, length: Int(status.st_size))
      guard places[ArchiveWriter.noteName] != nil else { throw ArchiveFault.foreign }
      (manifest, digest) = try Self.manifest(file, path, places)
      self.places = places
    } catch {
      close(file)
      throw error
    }
    self.path = path
    self.file = file
  }

  deinit { close(file) }

  /// Reads everything and compares it with the manifest; throws ``ArchiveFault``.
  func check(progress: (_ done: Int, _ total: Int) -> Void) throws {
    let total = manifest.tables.reduce(0) { $0 + $1.bytes } + manifest.files.reduce(0) { $0 + $1.bytes }
    var done = 0
    var names: Set = [ArchiveWriter.noteName, ArchiveWriter.manifestName, ArchiveWriter.digestName]
    func check(_ name: String, bytes: Int, sha256: String) throws {
      guard let place = places[name], place.size == bytes, names.insert(name).inserted else {
        throw ArchiveFault.altered(name)
      }
      var hash = Hash()
      try Self.read(file, path, place) { part in
        hash.add(part)
        done += part.count
        progress(done, total)
        try Task.checkCancellation()
      }
      guard hash.text() == sha256 else { throw ArchiveFault.altered(name) }
    }
    guard let note = places[ArchiveWriter.noteName] else { throw ArchiveFault.foreign }
    var hash = Hash()
    try Self.read(file, path, note) { hash.add($0) }
    guard hash.text() == manifest.note else { throw ArchiveFault.altered(ArchiveWriter.noteName) }
    for table in manifest.tables {
      try check(Self.name(ofTable: table.name), bytes: table.bytes, sha256: table.sha256)
    }
    for stored in manifest.files {
      try check(Self.name(ofFile: stored.sha256), bytes: stored.bytes, sha256: stored.sha256)
    }
    if let other = places.keys.first(where: { !names.contains($0) }) { throw ArchiveFault.altered(other) }
  }

  /// Hands over the content of a stored file in parts.
  func read(file stored: Manifest.File, _ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard let place = places[Self.name(ofFile: stored.sha256)] else { throw ArchiveFault.truncated }
    try Self.read(file, path, place, take)
  }

  /// The text of a table in parts that end with a line, from so many bytes on.
  func parts(of table: Manifest.Table, from start: Int) throws -> Parts {
    guard let place = places[Self.name(ofTable: table.name)], start <= place.size else { throw ArchiveFault.truncated }
    return Parts(reader: self, place: place, position: start)
  }

  /// The parts of a table’s text, one after the other.
  struct Parts {
    fileprivate let reader: ArchiveReader
    fileprivate let place: Place
    /// Where the next part begins, in bytes of the text.
    fileprivate(set) var position: Int
    private let most = 4 << 20

    fileprivate init(reader: ArchiveReader, place: Place, position: Int) {
      self.reader = reader
      self.place = place
      self.position = position
    }

    /// The next part; nil at the end. A line that is longer than a part makes a part of its own.
    mutating func next() throws -> [UInt8]? {
      guard position < place.size else { return nil }
      var wanted = most
      while true {
        let length = min(wanted, place.size - position)
        var part = try ArchiveReader.bytes(reader.file, reader.path, at: place.offset + position, count: length)
        guard let last = part.lastIndex(of: UInt8(ascii: "\n")) else {
          guard length < place.size - position else { throw ArchiveFault.truncated }
          wanted *= 2
          continue
        }
        part.removeSubrange((last + 1)...)
        position += part.count
        return part
      }
    }
  }

  static func name(ofTable name: String) -> String { "tables/\(name).jsonl" }

  static func name(ofFile digest: String) -> String { "files/\(digest.prefix(2))/\(digest.dropFirst(2))" }

  /// Goes from header to header, looking at everything between the contents.
  private static func scan(_ file: Int32, _ path: String, length: Int) throws -> [String: Place] {
    var (places, offset) = ([String: Place](), 0)
    while true {
      guard offset + TarHeader.block <= length else { throw places.isEmpty ? ArchiveFault.foreign : .truncated }
      let block = try bytes(file, path, at: offset, count: TarHeader.block)
      guard block.contains(where: { $0 != 0 }) else { break }
      guard let header = block.withUnsafeBytes({ TarHeader($0) }) else {
        throw places.isEmpty ? ArchiveFault.foreign : .altered("en-tête de l’octet \(offset)")
      }
      offset += TarHeader.block
      let end = offset.addingReportingOverflow(header.size)
      guard !end.overflow, end.partialValue <= length - header.padding else { throw ArchiveFault.truncated }
      let padding = try bytes(file, path, at: end.partialValue, count: header.padding)
      guard padding.allSatisfy({ $0 == 0 }) else { throw ArchiveFault.altered(header.name) }
      let place = Place(offset: offset, size: header.size)
      guard places.updateValue(place, forKey: header.name) == nil else { throw ArchiveFault.altered(header.name) }
      offset = end.partialValue + header.padding
    }
    guard !places.isEmpty else { throw ArchiveFault.foreign }
    guard offset + TarHeader.end.count <= length else { throw ArchiveFault.truncated }
    let end = try bytes(file, path, at: offset, count: TarHeader.end.count)
    guard offset + end.count == length, end == TarHeader.end else { throw ArchiveFault.altered("fin de l’archive") }
    return places
  }

  private static func manifest(
    _ file: Int32, _ path: String, _ places: [String: Place]
  ) throws -> (Manifest, String) {
    guard let place = places[ArchiveWriter.manifestName], let seal = places[ArchiveWriter.digestName] else {
      throw ArchiveFault.truncated
    }
    guard place.size <= longestManifest, seal.size <= 1024 else {
      throw ArchiveFault.altered(ArchiveWriter.manifestName)
    }
    let text = try bytes(file, path, at: place.offset, count: place.size)
    let digest = Hash.of(text)
    let written = try bytes(file, path, at: seal.offset, count: seal.size)
    guard written == Array(Self.seal(digest).utf8) else { throw ArchiveFault.altered(ArchiveWriter.manifestName) }
    struct Head: Decodable {
      let format: String
      let formatVersion: Int
    }
    let decoder = JSONDecoder()
    guard let head = try? decoder.decode(Head.self, from: Data(text)), head.format == Manifest.name else {
      throw ArchiveFault.foreign
    }
    guard head.formatVersion == Manifest.version else { throw ArchiveFault.unknownVersion(head.formatVersion) }
    guard let manifest = try? decoder.decode(Manifest.self, from: Data(text)) else {
      throw ArchiveFault.altered(ArchiveWriter.manifestName)
    }
    return (manifest, digest)
  }

  /// What `manifest.sha256` says.
  static func seal(_ digest: String) -> String { "\(digest)  \(ArchiveWriter.manifestName)\n" }

  private static func read(
    _ file: Int32, _ path: String, _ place: Place, _ take: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: slice, alignment: 16)
    defer { buffer.deallocate() }
    var done = 0
    while done < place.size {
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[0..<min(slice, place.size - done)])
      try fill(part, from: file, path, at: place.offset + done)
      done += part.count
      try take(UnsafeRawBufferPointer(part))
    }
  }

  private static func bytes(_ file: Int32, _ path: String, at offset: Int, count: Int) throws -> [UInt8] {
    guard count > 0 else { return [] }
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      try fill(UnsafeMutableRawBufferPointer(buffer), from: file, path, at: offset)
      filled = count
    }
  }

  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from file: Int32, _ path: String, at offset: Int
  ) throws {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = pread(file, rest.baseAddress, rest.count, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StoreFailure(doing: "lire", path: path, code: errno) }
      guard count > 0 else { throw ArchiveFault.truncated }
      done += count
    }
  }
}
