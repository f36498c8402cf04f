import CLzma

/// Unpacks an `.xz` file in memory chunk by chunk.
final class XZSource {
  struct Damaged: Error {}

  private var stream = lzma_stream()
  private let copy: UnsafeMutableBufferPointer<UInt8>
  private var left: Int
  private var ended = false

  /// At most `limit` bytes come out; more is refused as damage.
  init(_ input: [UInt8], limit: Int) throws(Damaged) {
    left = limit
    copy = .allocate(capacity: max(input.count, 1))
    _ = copy.initialize(from: input)
    guard lzma_stream_decoder(&stream, 256 << 20, 0) == LZMA_OK else { throw Damaged() }
    stream.next_in = UnsafePointer(copy.baseAddress)
    stream.avail_in = input.count
  }

  deinit {
    lzma_end(&stream)
    copy.deallocate()
  }

  /// Fills the buffer; 0 at the end.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(Damaged) -> Int {
    guard !ended, buffer.count > 0 else { return 0 }
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = buffer.count
    while stream.avail_out > 0, !ended {
      switch lzma_code(&stream, LZMA_FINISH) {
      case LZMA_OK: continue
      case LZMA_STREAM_END: ended = true
      default: throw Damaged()
      }
    }
    let got = buffer.count - stream.avail_out
    left -= got
    guard left >= 0 else { throw Damaged() }
    return got
  }
}
