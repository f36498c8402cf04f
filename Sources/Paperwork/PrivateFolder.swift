import Foundation
import SystemPackage

/// A temporary folder that only this account may enter.
struct PrivateFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("\(NSTemporaryDirectory())/marchepied-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Writes a file that only this account may read, and returns its path.
  func write(_ bytes: [UInt8], as name: String) throws -> String {
    let path = "\(path)/\(name)"
    let file = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
      permissions: [.ownerRead, .ownerWrite])
    try file.closeAfter { _ = try file.writeAll(bytes) }
    return path
  }

  /// The bytes of a file; nil when there is none.
  ///
  /// One byte past `limit` is enough to know that it is too large, so no more is read.
  func read(_ name: String, limit: Int) -> [UInt8]? {
    guard let file = try? FileDescriptor.open(FilePath("\(path)/\(name)"), .readOnly, options: [.closeOnExec]) else {
      return nil
    }
    return try? file.closeAfter {
      var bytes: [UInt8] = []
      let size = Int(clamping: try file.seek(offset: 0, from: .end))
      try file.seek(offset: 0, from: .start)
      let wanted = min(size, limit + 1)
      bytes = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        count = 0
        while count < wanted {
          let got = try file.read(
            into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count..<wanted]))
          guard got > 0 else { break }
          count += got
        }
      }
      return bytes
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
