import Clauses

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Reads the fields of one record into values, and keeps account of what had to be repaired.
struct AwardFields {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private var base = UnsafePointer(nowhere)
  private var arena = UnsafePointer(nowhere)
  private var marks: JSONReader.Marks = []
  private(set) var isUntyped = false
  private var repairs: [AwardRepair] = []
  private var sentinelFields: [String] = []
  private var sentinelWords: [String] = []
  private let pool = TextPool()
  let codes = CodePool()

  /// Starts a record.
  mutating func begin(
    base: UnsafePointer<UInt8>, arena: UnsafePointer<UInt8>, marks: JSONReader.Marks, isUntyped: Bool
  ) {
    self.base = base
    self.arena = arena
    self.marks = marks
    self.isUntyped = isUntyped
    if !repairs.isEmpty { repairs = [] }
    if !sentinelFields.isEmpty {
      sentinelFields = []
      sentinelWords = []
    }
  }

  /// Ends the record and gives its repairs; the fillers of an export make one together.
  mutating func finish() -> [AwardRepair] {
    if !sentinelFields.isEmpty {
      note(.sentinel, sentinelFields.joined(separator: ", "), sentinelWords.joined(separator: ", "))
    }
    return repairs
  }

  /// Keeps account of a repair.
  mutating func note(_ kind: AwardRepair.Kind, _ field: String, _ before: String = "", _ after: String = "") {
    repairs.append(AwardRepair(kind, field: field, before: before, after: after))
  }

  // MARK: - Bytes

  /// The bytes of a value without the blanks around it; nil where it is absent, empty or a filler of an export.
  mutating func bytes(_ raw: RawValue, _ field: String) -> Bytes? {
    guard raw.isPresent else { return nil }
    var start = (raw.isInArena ? arena : base) + raw.start
    var count = raw.count
    while count > 0 {
      if start[0] <= 0x20 {
        start += 1
        count -= 1
      } else if start[0] == 0xC2, count > 1, start[1] == 0xA0 {
        start += 2
        count -= 2
      } else {
        break
      }
    }
    while count > 0 {
      if start[count - 1] <= 0x20 {
        count -= 1
      } else if start[count - 1] == 0xA0, count > 1, start[count - 2] == 0xC2 {
        count -= 2
      } else {
        break
      }
    }
    guard count > 0 else { return nil }
    let trimmed = Bytes(start: start, count: count)
    if raw.kind == .other {
      note(.unknownValue, field, string(trimmed))
      return nil
    }
    if count <= 4 {
      if sentinels[trimmed] != nil {
        if !sentinelFields.contains(field) { sentinelFields.append(field) }
        let word = string(trimmed)
        if !sentinelWords.contains(word) { sentinelWords.append(word) }
        return nil
      }
    } else if start[0] == 0x49, start[1] == 0x4E, start[2] == 0x58, start[3] == 0x20 {
      var rest = Bytes(start: start + 4, count: count - 4)
      while let first = rest.first, first <= 0x20 { rest = Bytes(rebasing: rest.dropFirst()) }
      note(.exportPrefix, field, string(trimmed), string(rest))
      return rest
    }
    return trimmed
  }

  /// The text of bytes that are known to be UTF-8.
  func string(_ bytes: Bytes) -> String { String(decoding: bytes, as: UTF8.self) }

  // MARK: - Texts

  /// A text of its own, such as an object.
  mutating func text(_ raw: RawValue, _ field: String) -> String? {
    guard let bytes = bytes(raw, field) else { return nil }
    let care = care(for: bytes)
    return care.isEmpty ? string(bytes) : cared(string(bytes), field, care)
  }

  /// A text that other records are likely to hold too.
  mutating func pooled(_ raw: RawValue, _ field: String) -> String? {
    guard let bytes = bytes(raw, field) else { return nil }
    return pooled(bytes, field)
  }

  private mutating func pooled(_ bytes: Bytes, _ field: String) -> String {
    let care = care(for: bytes)
    return care.isEmpty ? pool.text(bytes) : cared(string(bytes), field, care)
  }

  /// What a text may need, from its bytes alone.
  private struct Care: OptionSet {
    let rawValue: UInt8
    static let entities = Care(rawValue: 1)
    static let zero = Care(rawValue: 2)
    static let replacement = Care(rawValue: 4)
    static let recoding = Care(rawValue: 8)
  }

  private func care(for bytes: Bytes) -> Care {
    var care: Care = []
    if holds(0x26, bytes) { care.insert(.entities) }
    if holds(0, bytes) { care.insert(.zero) }
    guard !marks.isEmpty else { return care }
    for index in bytes.indices.dropLast() {
      switch bytes[index] {
      case 0xEF where bytes[index + 1] == 0xBF && index + 2 < bytes.count && bytes[index + 2] == 0xBD:
        care.insert(.replacement)
      case 0xC2 where bytes[index + 1] < 0xA0, 0xC3 where bytes[index + 1] == 0x82 || bytes[index + 1] == 0x83:
        care.insert(.recoding)
      default: continue
      }
    }
    return care
  }

  private mutating func cared(_ text: String, _ field: String, _ care: Care) -> String {
    var text = text
    if care.contains(.recoding) {
      if let repaired = CP1252.withoutMojibake(text) {
        note(.mojibake, field, text, repaired)
        text = repaired
      }
      if let repaired = CP1252.withoutControls(text) {
        note(.cp1252, field, text, repaired)
        text = repaired
      }
    }
    if care.contains(.entities), let repaired = HTMLEntities.resolved(text) {
      note(.htmlEntities, field, text, repaired)
      text = repaired
    }
    if care.contains(.zero) {
      text = String(decoding: text.utf8.filter { $0 != 0 }, as: UTF8.self)
      note(.controlCharacters, field, text, text)
    }
    if care.contains(.replacement) { note(.lostLetters, field, text, text) }
    return text
  }

  // MARK: - Words of lists

  /// A word of a closed list; nil, and noted, where the list does not hold it.
  mutating func term<Value>(_ raw: RawValue, _ field: String, _ terms: AwardTerms<Value>) -> Value? {
    guard let bytes = bytes(raw, field) else { return nil }
    if let value = terms.exactly(bytes) { return value }
    guard let (value, label) = terms.loosely(bytes) else {
      note(.unknownValue, field, string(bytes))
      return nil
    }
    note(.upperCase, field, string(bytes), label)
    return value
  }

  /// The bits of all the words of a list, however they are strung together.
  mutating func flags(_ raws: [RawValue], _ field: String, _ terms: AwardTerms<Int>) -> Int {
    var bits = 0
    for raw in raws {
      guard let whole = bytes(raw, field) else { continue }
      if let bit = terms.exactly(whole) {
        bits |= bit
        continue
      }
      for word in WordList.split(whole) {
        if let bit = terms.exactly(word) {
          bits |= bit
        } else if let (bit, label) = terms.loosely(word) {
          note(.upperCase, field, string(word), label)
          bits |= bit
        } else {
          note(.unknownValue, field, string(word))
        }
      }
    }
    return bits
  }

  /// All the words of a list, as written.
  mutating func words(_ raws: [RawValue], _ field: String) -> [String] {
    var result: [String] = []
    for raw in raws {
      guard let whole = bytes(raw, field) else { continue }
      if !holds(0x2C, whole), whole[0] != 0x5B {
        result.append(pooled(whole, field))
      } else {
        for word in WordList.split(whole) { result.append(pooled(word, field)) }
      }
    }
    return result
  }

  /// Whether the field `_type` says concession.
  func isConcessionType(_ raw: RawValue) -> Bool {
    guard raw.kind == .string else { return false }
    let start = (raw.isInArena ? arena : base) + raw.start
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { buffer in
      let count = foldBytes(Bytes(start: start, count: min(raw.count, 64)), into: buffer)
      return String(decoding: buffer[0..<count], as: UTF8.self).hasSuffix("concession")
    }
  }
}

private func holds(_ sign: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let base = bytes.baseAddress else { return false }
  return memchr(base, sign, bytes.count) != nil
}

/// Where a reader of nothing points.
nonisolated(unsafe) private let nowhere = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

/// What exports write where they have nothing to say.
private let sentinels = WordTable<Bool>([
  ("CDL", true), ("MQ", true), ("NC", true), ("N/A", true), ("NA", true), ("null", true), ("NULL", true),
  ("None", true), ("nan", true), ("NaN", true), ("INX", true),
])

/// Several words in one text: `A, B`, `A|B`, `['A', 'B']`.
enum WordList {
  static func split(_ whole: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
    guard whole.count > 1, whole[0] == 0x5B, whole[whole.count - 1] == 0x5D else {
      return parts(whole, 0, whole.count) { $0 == 0x2C || $0 == 0x3B || $0 == 0x7C }
    }
    var result: [UnsafeBufferPointer<UInt8>] = []
    var index = 1
    let end = whole.count - 1
    while index < end {
      let sign = whole[index]
      guard sign == 0x27 || sign == 0x22 else {
        index += 1
        continue
      }
      let start = index + 1
      index = start
      while index < end, whole[index] != sign { index += whole[index] == 0x5C ? 2 : 1 }
      let stop = min(index, end)
      if stop > start { result.append(UnsafeBufferPointer(rebasing: whole[start..<stop])) }
      index += 1
    }
    if result.isEmpty { return parts(whole, 1, end) { $0 == 0x2C } }
    return result
  }

  private static func parts(
    _ whole: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, isSeparator: (UInt8) -> Bool
  ) -> [UnsafeBufferPointer<UInt8>] {
    var result: [UnsafeBufferPointer<UInt8>] = []
    var low = start
    for index in start...end where index == end || isSeparator(whole[index]) {
      var (from, to) = (low, index)
      while from < to, whole[from] <= 0x20 { from += 1 }
      while to > from, whole[to - 1] <= 0x20 { to -= 1 }
      if from < to { result.append(UnsafeBufferPointer(rebasing: whole[from..<to])) }
      low = index + 1
    }
    return result
  }
}
