import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// A place inside a gzip file from which inflating can go on: what a raw record in the middle of a large file is read by.
struct GzipPlace: Equatable {
  /// How many decompressed bytes lie before.
  var output: Int
  /// Where the compressed bytes go on.
  var input: Int
  /// How many bits of the byte before still belong to them, 0 to 7.
  var bits: UInt8
  /// The last decompressed bytes before, at most 32 KiB: what follows refers to them.
  var window: [UInt8]
}

/// The places of a gzip file, kept in a small file beside it; without that file everything is inflated from the start.
struct GzipPlaces {
  /// Decompressed bytes between two places: the most that is inflated in vain.
  static let distance = 4 << 20
  private static let mark = Array("marchepied gzip places 1\n".utf8)

  private var bytes = Self.mark
  /// Where the last place is, in decompressed bytes.
  private(set) var last = 0

  /// The file beside a gzip file.
  static func path(beside file: String) -> String { "\(file).places" }

  mutating func add(_ place: GzipPlace) {
    last = place.output
    append(place.output)
    append(place.input)
    append(Int(place.bits))
    append(place.window.count)
    append(Self.sum(place))
    bytes += place.window
  }

  /// Guards a place against damage: a wrong window would give wrong bytes without a word.
  private static func sum(_ place: GzipPlace) -> Int {
    var sum = crc32(0, place.window, UInt32(place.window.count))
    for number in [place.output, place.input, Int(place.bits)] {
      withUnsafeBytes(of: UInt64(number).littleEndian) { bytes in
        sum = crc32(sum, bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(bytes.count))
      }
    }
    return Int(sum)
  }

  private mutating func append(_ number: Int) {
    withUnsafeBytes(of: UInt64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes the file as a whole or not at all. A failure is no error: reading then only takes longer.
  func save(beside file: String) {
    guard last > 0 else { return }
    let (path, part) = (Self.path(beside: file), "\(Self.path(beside: file)).part")
    guard let target = fopen(part, "w") else { return }
    let written = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, target) }
    guard fclose(target) == 0, written == bytes.count, rename(part, path) == 0 else {
      unlink(part)
      return
    }
  }

  /// The last place at or before a decompressed byte; nil where none is known.
  static func before(_ byte: Int, beside file: String) -> GzipPlace? {
    guard let source = fopen(path(beside: file), "r") else { return nil }
    defer { fclose(source) }
    guard read(mark.count, from: source) == mark else { return nil }
    var found: (place: GzipPlace, at: Int, count: Int, sum: Int)?
    while let head = read(40, from: source), head.count == 40 {
      let (output, input) = (number(head, 0), number(head, 8))
      let (bits, count) = (number(head, 16), number(head, 24))
      guard output <= byte else { break }
      guard (0..<8).contains(bits), (0...32_768).contains(count), input > 0 else { return nil }
      found = (
        GzipPlace(output: output, input: input, bits: UInt8(bits), window: []), ftell(source), count, number(head, 32)
      )
      guard fseek(source, count, SEEK_CUR) == 0 else { return nil }
    }
    guard var found, fseek(source, found.at, SEEK_SET) == 0, let window = read(found.count, from: source),
      window.count == found.count
    else { return nil }
    found.place.window = window
    return sum(found.place) == found.sum ? found.place : nil
  }

  private static func read(_ count: Int, from file: UnsafeMutablePointer<FILE>) -> [UInt8]? {
    guard count > 0 else { return [] }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = fread(buffer.baseAddress, 1, count, file)
    }
    return bytes.isEmpty ? nil : bytes
  }

  private static func number(_ bytes: [UInt8], _ start: Int) -> Int {
    Int(truncatingIfNeeded: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) })
  }
}
