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

  /// Reads a gzip file from its start and gives its decompressed bytes in pieces until `body` answers false.
  static func inflate(
    _ source: Int32, path: String, limit: Int,
    _ body: (UnsafeRawBufferPointer) throws(ReadingFailure) -> Bool
  ) throws(ReadingFailure) {
    let input = UnsafeMutablePointer<UInt8>.allocate(capacity: piece)
    let output = UnsafeMutablePointer<UInt8>.allocate(capacity: piece)
    defer {
      input.deallocate()
      output.deallocate()
    }
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw ReadingFailure(.damagedGzip, path: path, detail: "zlib")
    }
    defer { inflateEnd(&stream) }
    var total = 0
    var offset: off_t = 0
    var memberIsOpen = true
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
        while stream.avail_in > 0, stream.next_in.pointee == 0 {
          stream.next_in += 1
          stream.avail_in -= 1
        }
        if stream.avail_in == 0 { continue }
        guard inflateReset(&stream) == Z_OK else { throw ReadingFailure(.damagedGzip, path: path, detail: "zlib") }
        memberIsOpen = true
      }
      stream.next_out = output
      stream.avail_out = UInt32(piece)
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      let produced = piece - Int(stream.avail_out)
      total += produced
      guard total <= limit else { throw ReadingFailure(.tooLarge, path: path, detail: size(limit)) }
      if produced > 0, try !body(UnsafeRawBufferPointer(start: output, count: produced)) { return }
      switch status {
      case Z_STREAM_END: memberIsOpen = false
      case Z_OK, Z_BUF_ERROR: continue
      default:
        throw ReadingFailure(.damagedGzip, path: path, detail: "vers le \(place(Int(offset) - Int(stream.avail_in)))")
      }
    }
  }

  private static func place(_ offset: Int) -> String { "\(French.integer(offset))e\(French.noBreak)octet compressé" }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 30
      ? "\(French.integer(bytes >> 30))\(French.noBreak)Gio" : "\(French.integer(bytes))\(French.noBreak)octets"
  }
}
