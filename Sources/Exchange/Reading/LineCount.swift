/// Counts line ends sixteen bytes at a time.
enum LineCount {
  /// How many bytes are U+000A.
  static func lines(in bytes: UnsafeRawBufferPointer) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    let count = bytes.count
    let feed = SIMD16<UInt8>(repeating: 0x0A)
    let one = SIMD16<UInt8>(repeating: 1)
    var lines = 0
    var p = 0
    while p &+ 16 <= count {
      // A lane holds at most 255 hits.
      let stop = min(count &- 15, p &+ 16 &* 255)
      var hits = SIMD16<UInt8>()
      while p < stop {
        let piece = base.loadUnaligned(fromByteOffset: p, as: SIMD16<UInt8>.self)
        hits &+= one.replacing(with: 0, where: piece .!= feed)
        p &+= 16
      }
      lines &+= Int(SIMD16<UInt16>(truncatingIfNeeded: hits).wrappedSum())
    }
    while p < count {
      if bytes[p] == 0x0A { lines &+= 1 }
      p &+= 1
    }
    return lines
  }
}
