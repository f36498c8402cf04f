/// The FNV-1a digest (64 bits) of what can change a result in figures.
struct FiguresDigest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The digest of lists, in their order, with the revision of the rules.
  init(_ contents: Figures.Contents, revision: Int) {
    add("revision \(revision)")
    contents.amounts.forEach { add($0) }
    contents.counts.forEach { add($0) }
    contents.days.forEach { add($0) }
    contents.hours.forEach { add($0) }
    contents.percents.forEach { add($0) }
    contents.words.forEach { add($0) }
    for figure in contents.choices { add(figure, prefix: figure.value.code) }
    for row in contents.technicities { add(row.content, prefix: row.prefix) }
    for row in contents.families { add(row.content, prefix: row.prefix) }
    for row in contents.labourShares { add(row.content, prefix: row.prefix) }
    for row in contents.insertionRates { add(row.content, prefix: row.prefix) }
    for row in contents.hourlyCosts { add(row.content, prefix: row.prefix) }
    for figure in contents.segments {
      add(figure, prefix: figure.value.reference)
      for words in [figure.value.jobs, figure.value.possibilities, figure.value.waysIn] { add(words) }
      if let share = figure.value.labourShare { add(share, prefix: "") }
      if let cost = figure.value.hourlyCost { add(cost, prefix: "") }
    }
    contents.scaleRungs.forEach { add($0) }
    for figure in contents.departements { add(figure, prefix: figure.value.code.code) }
    contents.holidays.forEach { add($0) }
    contents.articles.forEach { add($0) }
    contents.possibilities.forEach { add($0) }
    contents.reservations.forEach { add($0) }
    contents.publications.forEach { add($0) }
    contents.noticeFields.forEach { add($0) }
    contents.publics.forEach { add($0) }
  }

  /// Sixteen hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  private mutating func add<Value>(_ range: FigureRange<Value>, prefix: String) {
    add(range.low, prefix: prefix)
    add(range.usual, prefix: prefix)
    add(range.high, prefix: prefix)
  }

  private mutating func add<Value>(_ figure: Figure<Value>, prefix: String = "") {
    add(figure.id)
    add(prefix)
    add(figure.value.figureText)
    add(figure.from?.description ?? "")
    add(figure.to?.description ?? "")
  }

  private mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0x1F)
  }

  private mutating func add(_ byte: UInt8) {
    state ^= UInt64(byte)
    state = state &* 0x0000_0100_0000_01B3
  }
}
