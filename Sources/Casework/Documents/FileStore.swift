import Crypto
import Foundation

/// Where imported files stay, addressed by their content.
public protocol FileStore: Sendable {
  /// Keeps a copy of a file; the same content twice is kept once.
  ///
  /// The file is whole and on the disk when this returns; an interruption leaves nothing half-written under the digest.
  func keep(fileAt path: String) throws -> StoredFile
  /// Where the content with this digest can be read, nil where it is not kept.
  func path(of digest: String) -> String?
  /// Keeps content that arrives in parts under the digest that it must have.
  ///
  /// `fill` is given what takes the parts. Throws ``DamagedContent`` where the content has another digest, and keeps nothing then.
  func receive(_ digest: String, _ fill: (_ take: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws
  /// The digests of everything that is kept, sorted.
  func digests() throws -> [String]
  /// A folder on the store's own disk for content that is still arriving or being unpacked; whoever writes there cleans
  /// up.
  func temporaryFolder() throws -> String
}

/// A file of the store.
public struct StoredFile: Sendable, Hashable {
  /// SHA-256 of the content, 64 hexadecimal signs.
  public let digest: String
  /// Its size in bytes.
  public let bytes: Int64
}

/// Content that is not what its digest says.
public struct DamagedContent: Error, CustomStringConvertible {
  /// The digest that was announced.
  public let digest: String
  /// What is wrong and what to do.
  public var description: String {
    "Le contenu du fichier \(digest.prefix(12))… ne correspond pas à son empreinte\u{202F}: il a été altéré. "
      + "Reprenez-le d’une copie saine."
  }
}

/// Reading a file in slices.
enum FileSlices {
  /// Hands over the content in slices of one mebibyte; throws ``StoreFailure``.
  static func forEach(of path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let input = open(path, O_RDONLY | O_CLOEXEC)
    guard input >= 0 else { throw StoreFailure(doing: "lire", path: path, code: errno) }
    defer { close(input) }
    let slice = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { slice.deallocate() }
    while true {
      let count = read(input, slice.baseAddress, slice.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StoreFailure(doing: "lire", path: path, code: errno) }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: slice[0..<count]))
    }
  }

  /// Writes all the bytes; throws ``StoreFailure``.
  static func write(_ part: UnsafeRawBufferPointer, to output: Int32, path: String) throws {
    var rest = part[...]
    while !rest.isEmpty {
      let buffer = UnsafeRawBufferPointer(rebasing: rest)
      let count = Foundation.write(output, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw StoreFailure(doing: "écrire", path: path, code: errno) }
      rest = rest.dropFirst(count)
    }
  }
}

extension SHA256Digest {
  /// The digest as 64 hexadecimal signs.
  var text: String {
    map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0\(text)" : text
    }.joined()
  }
}
