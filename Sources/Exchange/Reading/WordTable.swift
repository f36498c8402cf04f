/// Words known beforehand, found from bare bytes without making a `String`: an open-addressing table over the first and last eight bytes.
///
/// Made for tables that live as long as the program: their memory is never given back.
struct WordTable<Value>: @unchecked Sendable {
  private struct Slot {
    var start = 0
    var count = -1
    var value: Value?
  }
  private let words: UnsafeMutablePointer<UInt8>
  private let slots: UnsafeMutableBufferPointer<Slot>
  private let mask: Int

  /// A table of words; of two equal ones the first counts.
  init(_ entries: [(String, Value)]) {
    var size = 16
    while size < entries.count * 4 { size *= 2 }
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot())
    words = .allocate(capacity: entries.reduce(1) { $0 + $1.0.utf8.count })
    var filled = 0
    for (word, value) in entries {
      var word = word
      word.withUTF8 { bytes in
        guard self[bytes] == nil else { return }
        var index = hashWord(bytes) & mask
        while slots[index].count >= 0 { index = (index + 1) & mask }
        slots[index] = Slot(start: filled, count: bytes.count, value: value)
        for byte in bytes {
          words[filled] = byte
          filled += 1
        }
      }
    }
  }

  /// The value of a word, nil where it is not in the table.
  @inline(__always)
  subscript(word: UnsafeBufferPointer<UInt8>) -> Value? {
    var index = hashWord(word) & mask
    while slots[index].count >= 0 {
      if slots[index].count == word.count,
        sameBytes(UnsafeBufferPointer(start: words + slots[index].start, count: word.count), word)
      {
        return slots[index].value
      }
      index = (index + 1) & mask
    }
    return nil
  }
}

/// A quick mix of length, first and last bytes; good enough for short lists of words and for caches.
@inline(__always)
func hashWord(_ word: UnsafeBufferPointer<UInt8>) -> Int {
  guard let base = UnsafeRawPointer(word.baseAddress) else { return 0 }
  let count = word.count
  var low: UInt64 = 0
  var high: UInt64 = 0
  if count >= 8 {
    low = base.loadUnaligned(as: UInt64.self)
    high = base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
  } else if count >= 4 {
    low = UInt64(base.loadUnaligned(as: UInt32.self))
    high = UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
  } else {
    for index in 0..<count { low = low << 8 | UInt64(word[index]) }
  }
  let mixed = (low ^ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15 ^ (high &* 0xC2B2_AE3D_27D4_EB4F)
  return Int(truncatingIfNeeded: (mixed ^ mixed >> 32) & 0x7FFF_FFFF)
}

/// Whether two runs of bytes of the same length are equal.
@inline(__always)
func sameBytes(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = UnsafeRawPointer(a.baseAddress), let second = UnsafeRawPointer(b.baseAddress) else {
    return a.count == b.count
  }
  let count = a.count
  var index = 0
  while index &+ 8 <= count {
    if first.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      != second.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    {
      return false
    }
    index &+= 8
  }
  while index < count {
    if a[index] != b[index] { return false }
    index &+= 1
  }
  return true
}
