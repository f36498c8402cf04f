/// The block of 512 bytes that precedes a file in a tar archive (POSIX ustar, sizes from 8 GiB on as GNU writes them).
///
/// Only one way to write a header is accepted when reading, so that a byte that changed anywhere in it is found.
public struct TarHeader: Sendable, Equatable {
  /// Headers and contents fill whole blocks of so many bytes.
  public static let block = 512
  /// The bytes that end an archive: two empty blocks.
  public static let end = [UInt8](repeating: 0, count: 2 * block)

  /// The file's name in the archive: 1 to 100 bytes.
  public let name: String
  /// The size of its content, in bytes.
  public let size: Int
  /// When it was made, in seconds since 1970.
  public let modified: Int

  /// A header; nil where a value does not fit.
  public init?(name: String, size: Int, modified: Int) {
    guard (1...100).contains(name.utf8.count), !name.utf8.contains(0), size >= 0, (0..<(1 << 33)).contains(modified)
    else { return nil }
    self.name = name
    self.size = size
    self.modified = modified
  }

  /// Reads a block; nil where it is no header of this kind or was altered.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.block else { return nil }
    let name = bytes[0..<100].prefix { $0 != 0 }
    guard let size = Self.number(bytes[124..<136]), let modified = Self.number(bytes[136..<148]) else { return nil }
    self.init(name: String(decoding: name, as: UTF8.self), size: size, modified: modified)
    guard self.bytes.elementsEqual(bytes) else { return nil }
  }

  /// How many bytes of zeros follow the content.
  public var padding: Int { (Self.block - size % Self.block) % Self.block }

  /// The block.
  public var bytes: [UInt8] {
    var block = [UInt8](repeating: 0, count: Self.block)
    func put(_ text: String, at place: Int) {
      for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
    }
    put(name, at: 0)
    put("0000600", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    if size < 1 << 33 {
      put(Self.octal(size, digits: 11), at: 124)
    } else {
      block[124] = 0x80
      for index in 0..<8 { block[135 - index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
    }
    put(Self.octal(modified, digits: 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put("0000000", at: 329)
    put("0000000", at: 337)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(Self.octal(sum, digits: 6), at: 148)
    block[154] = 0
    return block
  }

  private static func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  private static func number(_ field: Slice<UnsafeRawBufferPointer>) -> Int? {
    if field.first == 0x80 {
      guard field.dropFirst().prefix(3).allSatisfy({ $0 == 0 }) else { return nil }
      let value = field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(exactly: value)
    }
    var value = 0
    for byte in field.dropLast() {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "7") else { return nil }
      value = value << 3 | Int(byte - UInt8(ascii: "0"))
    }
    return field.last == 0 ? value : nil
  }
}
