import CZlib
import Clauses

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Inflates gzip data piece by piece: several members in a row, a limit against bombs, and a clear word for what is cut or damaged.
enum Inflater {
  private static let piece = 1 << 18

  /// Reads a gzip file and gives its decompressed bytes in pieces until `body` answers false.
  ///
  /// It begins at the start, or at a place noted before. `places` collects such places on the way.
  static func inflate(
    _ source: Int32, path: String, limit: Int, from start: GzipPlace? = nil, noting places: inout GzipPlaces?,
    _ body: (UnsafeRawBufferPointer) throws(ReadingFailure) -> Bool
  ) throws(ReadingFailure) {
    let input = UnsafeMutablePointer<UInt8>.allocate(capacity: piece)
    let output = UnsafeMutablePointer<UInt8>.allocate(capacity: piece)
    defer {
      input.deallocate()
      output.deallocate()
    }
    var stream = z_stream()
    // In the middle of a member there is no header: only what a place says of it.
    let window = start == nil ? 15 + 16 : -15
    guard inflateInit2_(&stream, Int32(window), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw ReadingFailure(.damagedGzip, path: path, detail: "zlib")
    }
    defer { inflateEnd(&stream) }
    if let start { try enter(start, source, &stream, path) }
    var total = start?.output ?? 0
    var offset = off_t(start?.input ?? 0)
    var memberIsOpen = true
    // What ends a member that was entered in its middle, and which zlib then leaves to us: its sum and its length.
    var (isHeaderless, trailer) = (start != nil, 0)
    while true {
      if stream.avail_in == 0 {
        let count = pread(source, input, piece, offset)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw ReadingFailure(.unreadable, path: path, detail: systemError()) }
        if count == 0 {
          guard memberIsOpen else { return }
          throw ReadingFailure(.truncatedGzip, path: path, detail: "fin au \(place(Int(offset)))")
        }
        offset += off_t(count)
        stream.next_in = input
        stream.avail_in = UInt32(count)
      }
      if !memberIsOpen {
        while stream.avail_in > 0, trailer > 0 || stream.next_in.pointee == 0 {
          trailer = max(trailer - 1, 0)
          stream.next_in += 1
          stream.avail_in -= 1
        }
        if stream.avail_in == 0 { continue }
        guard inflateReset2(&stream, 15 + 16) == Z_OK else {
          throw ReadingFailure(.damagedGzip, path: path, detail: "zlib")
        }
        memberIsOpen = true
        isHeaderless = false
      }
      stream.next_out = output
      stream.avail_out = UInt32(piece)
      let status = CZlib.inflate(&stream, places == nil ? Z_NO_FLUSH : Z_BLOCK)
      let produced = piece - Int(stream.avail_out)
      total += produced
      guard total <= limit else { throw ReadingFailure(.tooLarge, path: path, detail: size(limit)) }
      if produced > 0, try !body(UnsafeRawBufferPointer(start: output, count: produced)) { return }
      switch status {
      case Z_STREAM_END:
        memberIsOpen = false
        if isHeaderless { trailer = 8 }
      case Z_OK, Z_BUF_ERROR:
        if let last = places?.last, total - last >= GzipPlaces.distance,
          let here = here(&stream, output: total, input: Int(offset))
        {
          places?.add(here)
        }
      default:
        throw ReadingFailure(.damagedGzip, path: path, detail: "vers le \(place(Int(offset) - Int(stream.avail_in)))")
      }
    }
  }

  /// Where the stream stands, if it stands between two blocks and not after the last one.
  private static func here(_ stream: inout z_stream, output: Int, input: Int) -> GzipPlace? {
    guard stream.data_type & 128 != 0, stream.data_type & 64 == 0 else { return nil }
    var count = UInt32(0)
    let window = [UInt8](unsafeUninitializedCapacity: 32_768) { buffer, filled in
      filled = inflateGetDictionary(&stream, buffer.baseAddress, &count) == Z_OK ? Int(count) : 0
    }
    guard !window.isEmpty else { return nil }
    return GzipPlace(
      output: output, input: input - Int(stream.avail_in), bits: UInt8(stream.data_type & 7), window: window)
  }

  private static func enter(_ place: GzipPlace, _ source: Int32, _ stream: inout z_stream, _ path: String)
    throws(ReadingFailure)
  {
    var byte: UInt8 = 0
    if place.bits > 0 {
      guard pread(source, &byte, 1, off_t(place.input - 1)) == 1,
        inflatePrime(&stream, Int32(place.bits), Int32(byte >> (8 - place.bits))) == Z_OK
      else { throw ReadingFailure(.damagedGzip, path: path, detail: "zlib") }
    }
    guard inflateSetDictionary(&stream, place.window, UInt32(place.window.count)) == Z_OK else {
      throw ReadingFailure(.damagedGzip, path: path, detail: "zlib")
    }
  }

  private static func place(_ offset: Int) -> String { "\(French.integer(offset))e\(French.noBreak)octet compressé" }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 30
      ? "\(French.integer(bytes >> 30))\(French.noBreak)Gio" : "\(French.integer(bytes))\(French.noBreak)octets"
  }
}
