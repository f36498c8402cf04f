/// Texts that come back again and again, made once: short ones are kept by their bytes in a small table, newer ones taking the place of older.
final class TextPool {
  private static let places = 1024
  private static let longest = 64
  private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: places * longest)
  private var counts = [UInt8](repeating: 0, count: places)
  private var texts = [String](repeating: "", count: places)

  deinit { bytes.deallocate() }

  /// The text of these bytes, which are UTF-8.
  func text(_ word: UnsafeBufferPointer<UInt8>) -> String {
    // Texts of at most 15 bytes live inside the value itself and cost nothing to make.
    guard word.count > 15, word.count <= TextPool.longest else { return String(decoding: word, as: UTF8.self) }
    let place = hashWord(word) & (TextPool.places - 1)
    let kept = bytes + place * TextPool.longest
    if Int(counts[place]) == word.count, sameBytes(UnsafeBufferPointer(start: kept, count: word.count), word) {
      return texts[place]
    }
    let text = String(decoding: word, as: UTF8.self)
    for index in 0..<word.count { kept[index] = word[index] }
    counts[place] = UInt8(word.count)
    texts[place] = text
    return text
  }
}
