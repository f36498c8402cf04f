import Storage

/// The notices that hold some words, one bit a notice.
///
/// A list, its count and its next pages test the same set: the words are looked up once for as long as the base stays the
/// same.
struct SpottingWords: Sendable {
  /// How many notices hold them.
  private(set) var count = 0
  private var bits: [UInt8] = []

  /// Up to so many notices, looking each of them up beats testing every row of a list.
  private static let few = 1000

  /// The notices that hold a query's words; nil where it has none.
  static func find(_ query: SpottingQuery, in db: any Connection) throws -> SpottingWords? {
    guard let search = query.search(db.dialect) else { return nil }
    return try db.remembered(search, bytes: { $0.bits.count }) {
      var words = SpottingWords()
      try db.forEach(search) { words.add(try $0.value(0)) }
      return words
    }
  }

  /// Whether they are few enough to be looked up one by one.
  var areFew: Bool { count <= Self.few }

  private mutating func add(_ award: Int64) {
    guard award >= 0 else { return }
    let place = Int(award >> 3)
    if place >= bits.count { bits += [UInt8](repeating: 0, count: place + 1 - bits.count + bits.count / 2) }
    bits[place] |= 1 << UInt8(award & 7)
    count += 1
  }

  /// Whether `s.award` is one of them.
  func condition(_ dialect: Dialect) -> SQL {
    guard count > 0 else { return "1 = 0" }
    switch dialect {
    case .sqlite: return "get_bit(\(bits), s.award) = 1"
    case .postgres:
      // PostgreSQL refuses a bit beyond the last one.
      return "CASE WHEN s.award < \(bits.count * 8) THEN get_bit(\(bits), s.award) = 1 ELSE false END"
    }
  }
}
