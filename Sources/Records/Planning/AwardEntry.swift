public import Clauses
public import Storage

/// An award notice made ready for the base, away from the writer's connection.
///
/// A class, because copying its dozens of texts for each hand that it passes through costs more than storing them.
public final class AwardEntry: Sendable {
  /// The notice itself.
  public let notice: AwardNotice
  /// Where its raw record lies in the imported file, in bytes of the decompressed content.
  public let range: Range<Int>
  /// What was mended on reading, one French sentence a line; nil where nothing was.
  public let repairs: String?
  /// The place of performance resolved to a département.
  public let departement: DepartementCode?
  /// Tells one content from another: two notices with the same digest say the same.
  public let digest: Int64
  /// The words by which the contract is found.
  public let words: String
  /// The same as the engine's search table takes them.
  let searched: String
  /// Tells its key from another almost always.
  public let mark: UInt64
  /// What the columns hold, from `kind` to `departement`, but for the row and the file.
  let values: [SQLValue]

  /// Prepares a notice.
  public init(
    notice: AwardNotice, range: Range<Int>, repairs: String?, departement: DepartementCode?, for dialect: Dialect
  ) {
    self.notice = notice
    self.range = range
    self.repairs = repairs
    self.departement = departement
    let contents: [SQLValue] = [
      .text(notice.kind.rawValue), .text(notice.key.buyer.digits), .text(notice.key.number),
      notice.buyerName.sqlValue, .text(notice.object), notice.nature.map { SQLValue.text($0.rawValue) } ?? .null,
      notice.cpv.sqlValue, .integer(Int64(notice.techniques.rawValue)), .integer(Int64(notice.modalities.rawValue)),
      (notice.place?.kind).map { SQLValue.text($0.rawValue) } ?? .null, (notice.place?.code).sqlValue,
      notice.durationMonths.sqlValue, notice.notified.sqlValue, notice.published.sqlValue, notice.amount.sqlValue,
      .integer(Int64(notice.social.rawValue)), .text(NoticeDetails.encode(notice)),
    ]
    var hash = FNV()
    for value in contents { hash.add(value) }
    digest = hash.value
    values =
      contents + [
        .integer(Int64(range.lowerBound)), .integer(Int64(range.count)), repairs.sqlValue, .integer(hash.value),
        departement.sqlValue,
      ]
    words = AwardEntry.words(object: notice.object, buyerName: notice.buyerName, holders: notice.holders)
    searched = dialect == .postgres ? AwardEntry.lexemes(words) : words
    mark = notice.key.fingerprint
  }

  /// Folded words (letters, digits and spaces only) as PostgreSQL writes a `tsvector`, without positions: nothing ranks by them.
  static func lexemes(_ words: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.utf8.count * 3 / 2)
    for word in words.utf8.split(separator: 0x20) where word.count <= 2046 {
      bytes.append(0x27)
      bytes.append(contentsOf: word)
      bytes.append(0x27)
      bytes.append(0x20)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The words by which a contract is found: its object, its buyer, its holders.
  static func words(object: String, buyerName: String?, holders: [AwardNotice.Party]) -> String {
    var text = object
    if let buyerName { text += " " + buyerName }
    for name in holders.compactMap(\.name) { text += " " + name }
    let words = text.folded
    guard words.utf8.count > longest else { return words }
    return words.prefix(longest / 4).split(separator: " ").dropLast().joined(separator: " ")
  }

  /// Of longer texts only the beginning is indexed, in bytes: PostgreSQL refuses to index a whole mebibyte.
  private static let longest = 64 << 10
}

/// Fowler, Noll and Vo's hash (FNV-1a, 64 bits): the same on every machine and run, which Swift's own hasher is not.
struct FNV {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The hash so far, as the signed integer that columns hold.
  var value: Int64 { Int64(bitPattern: state) }

  mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  mutating func add(_ value: SQLValue) {
    switch value {
    case .null: add(0)
    case .integer(let number):
      add(1)
      withUnsafeBytes(of: number.littleEndian) { for byte in $0 { add(byte) } }
    case .text(var text):
      add(2)
      text.withUTF8 { for byte in $0 { add(byte) } }
    case .bool(let flag): add(flag ? 4 : 3)
    case .real(let number): add(.integer(Int64(bitPattern: number.bitPattern)))
    case .blob(let bytes):
      add(5)
      for byte in bytes { add(byte) }
    }
    add(0xFF)
  }
}
