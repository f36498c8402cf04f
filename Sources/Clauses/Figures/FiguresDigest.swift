/// The FNV-1a digest (64 bits) of what can change a result in figures: names, values and days, never labels or sources.
struct FiguresDigest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The digest of nothing yet.
  init() {}

  /// The digest of lists, in their order.
  init(_ contents: Figures.Contents) {
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
    contents.processings.forEach { add($0) }
    contents.wordings.forEach { add($0) }
  }

  /// Sixteen hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  private mutating func add<Value>(_ range: FigureRange<Value>, prefix: String) {
    for figure in [range.low, range.usual, range.high] { add(figure, prefix: prefix) }
  }

  /// Adds the ranges of a table that hold on a day.
  mutating func addHeld<Value>(_ rows: [CPVRow<FigureRange<Value>>], on day: Day) {
    for row in rows where row.content.holds(on: day) {
      for figure in [row.content.low, row.content.usual, row.content.high] { addHeld(figure, prefix: row.prefix) }
    }
  }

  /// Adds a figure as it holds on a day: its own first and last days are left out.
  mutating func addHeld<Value>(_ figure: Figure<Value>, prefix: String = "") {
    add(figure.id)
    add(prefix)
    add(figure.value.figureText)
  }

  /// Adds a figure with its days.
  mutating func add<Value>(_ figure: Figure<Value>, prefix: String = "") {
    addHeld(figure, prefix: prefix)
    add(figure.from?.description ?? "")
    add(figure.to?.description ?? "")
  }

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0x1F)
  }

  private mutating func add(_ byte: UInt8) {
    state ^= UInt64(byte)
    state = state &* 0x0000_0100_0000_01B3
  }
}
