/// Bound values in the form that libpq wants: one buffer of zero-terminated texts, reused from statement to statement.
///
/// Everything travels as text, whose type the server infers from its place, but for bytes, which travel as they are.
struct PostgresParameters {
  private var buffer: [UInt8] = []
  private var starts: [Int] = []
  private(set) var lengths: [Int32] = []
  private(set) var formats: [Int32] = []

  mutating func fill(_ values: [SQLValue]) throws {
    buffer.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    formats.removeAll(keepingCapacity: true)
    for value in values {
      let start = buffer.count
      var isBinary = false
      switch value {
      case .null:
        starts.append(-1)
        lengths.append(0)
        formats.append(0)
        continue
      case .integer(let number): buffer.append(decimal: number)
      case .bool(let isTrue): buffer.append(UInt8(ascii: isTrue ? "t" : "f"))
      case .real(let number): buffer.append(contentsOf: "\(number)".utf8)
      case .text(let text):
        buffer.append(contentsOf: text.utf8)
        guard !buffer[start...].contains(0) else { throw StorageError.zeroCharacter(place: starts.count + 1) }
      case .blob(let bytes):
        buffer.append(contentsOf: bytes)
        isBinary = true
      }
      starts.append(start)
      lengths.append(Int32(clamping: buffer.count - start))
      formats.append(isBinary ? 1 : 0)
      buffer.append(0)
    }
  }

  func withPointers<T>(
    _ body: (Int32, [UnsafePointer<CChar>?], [Int32], [Int32]) -> T
  ) -> T {
    buffer.withUnsafeBytes { bytes in
      let base = bytes.bindMemory(to: CChar.self).baseAddress
      let pointers = starts.map { start -> UnsafePointer<CChar>? in
        guard start >= 0, let base else { return nil }
        return base + start
      }
      return body(Int32(pointers.count), pointers, lengths, formats)
    }
  }
}
