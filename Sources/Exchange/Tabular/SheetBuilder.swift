import Clauses

/// Gathers the cells of a sheet row by row and hands each row over once, within the limits.
struct SheetBuilder {
  /// Takes a row; false to stop there.
  typealias Taker = (WorkbookRow) throws -> Bool

  let limits: WorkbookLimits
  let take: Taker
  private var cells: [WorkbookCell] = []
  private var rows = 0
  private var filled = 0

  init(limits: WorkbookLimits, take: @escaping Taker) { (self.limits, self.take) = (limits, take) }

  /// Puts a cell at a column, from 0.
  mutating func put(_ cell: WorkbookCell, at column: Int) throws(WorkbookProblem) {
    if case .empty = cell { return }
    guard column < limits.columns else { throw .tooMany("colonnes", limit: limits.columns) }
    filled += 1
    guard filled <= limits.cells else { throw .tooMany("cellules", limit: limits.cells) }
    while cells.count < column { cells.append(.empty) }
    if column < cells.count { cells[column] = cell } else { cells.append(cell) }
  }

  /// Ends a row that stands at `count` places from a number on; a row without anything is passed over. False to stop.
  mutating func end(row number: Int, times count: Int = 1) throws -> Bool {
    defer { cells.removeAll(keepingCapacity: true) }
    guard !cells.isEmpty else { return true }
    for place in 0..<count {
      rows += 1
      guard rows <= limits.rows else { throw WorkbookProblem.tooMany("lignes", limit: limits.rows) }
      if place > 0 { filled += cells.count }
      guard filled <= limits.cells else { throw WorkbookProblem.tooMany("cellules", limit: limits.cells) }
      guard try take(WorkbookRow(number: number + place, cells: cells)) else { return false }
    }
    return true
  }
}

/// Numbers and days as spreadsheets write them.
enum SheetNumber {
  /// The digits that a spreadsheet shows of a number, 15 at most: it stores 0.1 + 0.2 as 0.30000000000000004.
  static func digits(_ text: String) -> String? {
    let plain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    if plain, text.utf8.count <= 15, let first = text.utf8.first, first != 0x2E, Double(text) != nil { return text }
    guard let value = Double(text), value.isFinite else { return nil }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return shortest(value)
  }

  /// At most 15 significant digits, without exponent, without needless zeros.
  private static func shortest(_ value: Double) -> String? {
    guard value != 0 else { return "0" }
    var exponent = 0
    var scaled = abs(value)
    while scaled >= 10 { (scaled, exponent) = (scaled / 10, exponent + 1) }
    while scaled < 1 { (scaled, exponent) = (scaled * 10, exponent - 1) }
    guard (-30...30).contains(exponent) else { return nil }
    // Fifteen digits as one whole number: exact in 64 bits.
    let places = 14 - exponent
    var factor = 1.0
    for _ in 0..<abs(places) { factor *= 10 }
    let whole = (places >= 0 ? abs(value) * factor : abs(value) / factor).rounded()
    guard whole < 1e16 else { return nil }
    var digits = String(UInt64(whole))
    let sign = value < 0 ? "-" : ""
    guard places > 0 else { return sign + digits + String(repeating: "0", count: -places) }
    if digits.utf8.count <= places { digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits }
    let integer = digits.dropLast(places)
    var fraction = digits.suffix(places)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    return fraction.isEmpty ? sign + integer : "\(sign)\(integer).\(fraction)"
  }

  /// The day or the moment of a serial number; nil for one that is none: before 1900, after 9999, or 29 February 1900,
  /// which spreadsheets believe in.
  static func date(_ text: String, from1904: Bool) -> WorkbookCell? {
    guard let value = Double(text), value >= (from1904 ? 0 : 1), value < 2_958_466 else { return nil }
    var serial = Int(value)
    var seconds = Int(((value - Double(serial)) * 86_400).rounded())
    if seconds == 86_400 { (serial, seconds) = (serial + 1, 0) }
    let number: Int
    switch (from1904, serial) {
    case (true, _): number = serial - 24_107
    case (false, 60): return nil
    case (false, ..<60): number = serial - 25_568
    case (false, _): number = serial - 25_569
    }
    let day = Day(number: Int32(number))
    return seconds == 0 ? .day(day) : .moment(day, seconds: seconds)
  }

  /// `2026-11-21`, `2026-11-21T09:30:00` with or without fraction and zone.
  static func date(iso text: String) -> WorkbookCell? {
    guard let day = Day(text.prefix(10)) else { return nil }
    let rest = text.dropFirst(10)
    guard !rest.isEmpty else { return .day(day) }
    let parts = rest.dropFirst().prefix(8).split(separator: ":").compactMap { Int($0) }
    guard rest.first == "T", parts.count == 3, parts[0] < 24, parts[1] < 60, parts[2] < 60 else { return nil }
    let seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
    return seconds == 0 ? .day(day) : .moment(day, seconds: seconds)
  }
}
