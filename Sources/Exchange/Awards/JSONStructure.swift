/// Finds its way in JSON that may be damaged: where an object seems to end, where the next record seems to begin.
struct JSONStructure {
  /// How far a single look goes, in bytes.
  private static let reach = 1 << 16

  let bytes: UnsafeRawBufferPointer
  private let count: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    count = bytes.count
  }

  /// What an object is, judged by its keys.
  enum Shape {
    /// It has fields that only a record has.
    case record
    /// It holds lists of records.
    case envelope
    /// Neither; the keys that it has.
    case neither([String])
  }

  /// The keys under which files hold their lists of records, and whether these are concessions.
  static func list(_ name: UnsafeBufferPointer<UInt8>) -> Bool? { lists[name] }

  /// Judges the object that begins at a byte, looking at its first keys only.
  func classify(_ start: Int) -> Shape {
    var keys: [String] = []
    var p = start + 1
    let end = min(count, start + JSONStructure.reach)
    while keys.count < 60 {
      p = skipSpace(p, end)
      if p < end, bytes[p] == 0x2C { p = skipSpace(p + 1, end) }
      guard p < end, bytes[p] == 0x22 else { break }
      let keyEnd = stringEnd(p, end)
      guard keyEnd <= end, keyEnd - p >= 2 else { break }
      let name = UnsafeRawBufferPointer(rebasing: bytes[p + 1..<keyEnd - 1]).bindMemory(to: UInt8.self)
      p = skipSpace(keyEnd, end)
      guard p < end, bytes[p] == 0x3A else { break }
      p = skipSpace(p + 1, end)
      guard p < end else { break }
      if JSONStructure.list(name) != nil, bytes[p] == 0x5B || bytes[p] == 0x7B { return .envelope }
      switch AwardKey.of(name) {
      case .buyer, .authority, .buyerId, .authorityId, .object, .cpv, .nature, .place, .placeCode, .procedure:
        return .record
      default: keys.append(String(decoding: name, as: UTF8.self))
      }
      p = valueEnd(p, end)
    }
    return .neither(keys)
  }

  /// Whether another object follows the one that begins here: one record a line.
  func isFollowedByObject(_ start: Int) -> Bool {
    var p = start
    let end = min(count, start + (1 << 20))
    while p < end {
      if bytes[p] == 0x0A {
        let next = skipSpace(p, count)
        if next < count, bytes[next] == 0x7B, case .record = classify(next) { return true }
      }
      p += 1
    }
    let next = skipSpace(min(objectEnd(start, count), count), count)
    return next < count && bytes[next] == 0x7B
  }

  /// Where the damaged record that begins at a byte ends: after its closing brace where that is credible, otherwise before the next record.
  func recovery(from start: Int, inLines: Bool) -> Int {
    let next = nextRecord(after: start)
    let limit = next?.start ?? count
    if bytes[start] == 0x7B {
      let close = objectEnd(start, limit)
      if close <= limit, isCredibleEnd(close, before: next, inLines: inLines) { return close }
    }
    guard var end = next?.start else { return count }
    while end > start + 1, bytes[end - 1] <= 0x20 || bytes[end - 1] == 0x2C || bytes[end - 1] == 0x5B { end -= 1 }
    return end
  }

  /// The next object that looks like a record and stands where one may: after a comma, a bracket or a line end.
  func nextRecord(after start: Int) -> (start: Int, opensList: Bool)? {
    var p = start + 1
    while p < count {
      guard bytes[p] == 0x7B else {
        p += 1
        continue
      }
      var before = p - 1
      var sawLine = false
      while before > max(start, 0), bytes[before] <= 0x20 {
        if bytes[before] == 0x0A { sawLine = true }
        before -= 1
      }
      guard before >= 0 else {
        p += 1
        continue
      }
      let sign = bytes[before]
      if sign == 0x2C || sign == 0x5B || (sawLine && sign != 0x3A), case .record = classify(p) {
        return (p, sign == 0x5B)
      }
      p += 1
    }
    return nil
  }

  private func isCredibleEnd(_ close: Int, before next: (start: Int, opensList: Bool)?, inLines: Bool) -> Bool {
    let p = skipSpace(close, count)
    guard p < count else { return true }
    if inLines { return bytes[p] == 0x7B }
    switch bytes[p] {
    // The list ends here: only if the next record, should there be one, opens another list.
    case 0x5D, 0x7D: return next?.opensList ?? true
    case 0x2C:
      let following = skipSpace(p + 1, count)
      return following < count && bytes[following] == 0x7B
    default: return false
    }
  }

  // MARK: - Tolerant steps

  func skipSpace(_ start: Int, _ end: Int) -> Int {
    var p = start
    while p < end, bytes[p] == 0x20 || bytes[p] == 0x0A || bytes[p] == 0x0D || bytes[p] == 0x09 { p += 1 }
    return p
  }

  /// After the closing quote of the string that begins here; past the end where there is none.
  private func stringEnd(_ start: Int, _ end: Int) -> Int {
    var p = start + 1
    while p < end {
      if bytes[p] == 0x22 { return p + 1 }
      p += bytes[p] == 0x5C ? 2 : 1
    }
    return end + 1
  }

  /// After the brace or bracket that closes the one here, minding texts; past the end where there is none or where they do not match.
  func objectEnd(_ start: Int, _ end: Int) -> Int {
    var depth = 0
    var isObject: UInt128 = 0
    var p = start
    while p < end {
      switch bytes[p] {
      case 0x22:
        p = stringEnd(p, end)
        continue
      case 0x7B, 0x5B:
        depth += 1
        isObject = isObject << 1 | (bytes[p] == 0x7B ? 1 : 0)
      case 0x7D, 0x5D:
        guard depth > 128 || (isObject & 1 == 1) == (bytes[p] == 0x7D) else { return end + 1 }
        isObject >>= 1
        depth -= 1
        if depth == 0 { return p + 1 }
      default: break
      }
      p += 1
    }
    return end + 1
  }

  private func valueEnd(_ start: Int, _ end: Int) -> Int {
    switch bytes[start] {
    case 0x22: return stringEnd(start, end)
    case 0x7B, 0x5B: return objectEnd(start, end)
    default:
      var p = start
      while p < end, bytes[p] != 0x2C, bytes[p] != 0x7D, bytes[p] != 0x5D { p += 1 }
      return p
    }
  }
}

private let lists = WordTable<Bool>([
  ("marches", false), ("marche", false), ("contrat-concession", true), ("contrats-concession", true),
  ("contratConcession", true), ("contrat_concession", true), ("concessions", true), ("records", false),
  ("results", false), ("data", false), ("rows", false),
])
