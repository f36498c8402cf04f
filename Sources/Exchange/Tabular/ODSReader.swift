import Clauses

/// The sheets of an OpenDocument workbook (ISO/IEC 26300): one part holds them all.
struct ODSReader {
  static let part = "content.xml"
  let sheets: [WorkbookSheet]

  /// Reads the names of the sheets.
  init(_ archive: borrowing Archive, limits: WorkbookLimits) throws {
    let walker = NamesWalker()
    try XMLWalk.run(walker, over: try Self.content(archive), of: archive, limit: limits.bytes)
    sheets = walker.names.enumerated().map {
      WorkbookSheet(name: $1.name, isHidden: walker.hidden.contains($1.style), part: Self.part, rank: $0)
    }
  }

  private static func content(_ archive: borrowing Archive) throws -> Archive.Entry {
    guard let entry = archive.entries.first(where: { $0.name == part }) else {
      throw WorkbookProblem.archive(.missing(entry: part, archive: archive.name))
    }
    return entry
  }

  /// Hands the rows of a sheet over; gives its merged cells.
  func rows(
    of sheet: WorkbookSheet, _ archive: borrowing Archive, limits: WorkbookLimits, _ take: @escaping SheetBuilder.Taker
  ) throws -> [MergedCells] {
    let walker = TableWalker(SheetBuilder(limits: limits, take: take), rank: sheet.rank)
    try XMLWalk.run(walker, over: try Self.content(archive), of: archive, limit: limits.bytes)
    return walker.merged
  }
}

private final class NamesWalker: XMLWalker {
  var names: [(name: String, style: String)] = []
  /// Styles of tables that are not shown.
  var hidden: Set<String> = []
  private var style = ""

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "table" {
      names.append((attributes["name"] ?? "", attributes["style-name"] ?? ""))
    } else if name == "style" {
      style = attributes["name"] ?? ""
    } else if name == "table-properties", attributes["display"] == "false" {
      hidden.insert(style)
    }
  }
}

private final class TableWalker: XMLWalker {
  private var builder: SheetBuilder
  private let rank: Int
  private(set) var merged: [MergedCells] = []
  private var seen = -1
  private var depth = 0
  private var isInside = false
  private var row = 1
  private var rowTimes = 1
  private var column = 0
  private var cellTimes = 1
  private var isCell = false
  private var value: Value?
  private var hasFormula = false
  private var isReading = false
  private var skipped = 0
  private var paragraphs = 0
  private var bytes: [UInt8] = []

  private enum Value { case number(String), date(String), truth(Bool), error, text(String?) }

  init(_ builder: SheetBuilder, rank: Int) { (self.builder, self.rank) = (builder, rank) }

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "table" {
      depth += 1
      if depth == 1 {
        seen += 1
        isInside = seen == rank
      }
    }
    guard isInside, depth == 1 else { return }
    // What someone noted beside a cell is not what it holds.
    if skipped > 0 || name == "annotation" {
      skipped += 1
    } else if name == "table-row" {
      rowTimes = attributes.number("number-rows-repeated") ?? 1
      column = 0
    } else if name == "table-cell" || name == "covered-table-cell" {
      begin(attributes)
    } else if isCell {
      if name == "p" {
        if paragraphs > 0 { bytes.append(0x0A) }
        paragraphs += 1
        isReading = true
      } else if name == "s" {
        for _ in 0..<min(attributes.number("c") ?? 1, 1000) { bytes.append(0x20) }
      } else if name == "tab" {
        bytes.append(0x09)
      } else if name == "line-break" {
        bytes.append(0x0A)
      }
    }
  }

  private func begin(_ attributes: XMLAttributes) {
    (isCell, paragraphs, isReading) = (true, 0, false)
    bytes.removeAll(keepingCapacity: true)
    cellTimes = attributes.number("number-columns-repeated") ?? 1
    hasFormula = attributes.bytes("formula") != nil
    let (wide, high) = (attributes.number("number-columns-spanned") ?? 1, attributes.number("number-rows-spanned") ?? 1)
    if wide > 1 || high > 1, merged.count < builder.limits.rows {
      merged.append(MergedCells(rows: row...(row + max(high, 1) - 1), columns: column...(column + max(wide, 1) - 1)))
    }
    value = nil
    switch attributes["value-type"] {
    case "float", "percentage", "currency": value = attributes["value"].map { .number($0) }
    case "date": value = attributes["date-value"].map { .date($0) }
    case "boolean": value = .truth(attributes["boolean-value"] == "true")
    case "string": value = .text(attributes["string-value"])
    case "error": value = .error
    default: break
    }
  }

  override func close(_ name: XMLName) {
    if name == "table" {
      if depth == 1, isInside {
        isInside = false
        stop()
      }
      depth -= 1
      return
    }
    guard isInside, depth == 1 else { return }
    if skipped > 0 {
      skipped -= 1
    } else if name == "p" {
      isReading = false
    } else if name == "table-cell" || name == "covered-table-cell" {
      do { try end() } catch { stop(error) }
    } else if name == "table-row" {
      do { if try !builder.end(row: row, times: rowTimes) { stop() } } catch { stop(error) }
      row += rowTimes
    }
  }

  override func text(_ text: UnsafeRawBufferPointer) {
    if isInside, isReading, skipped == 0 { bytes.append(contentsOf: text) }
  }

  /// Puts the cell at each place where it stands.
  private func end() throws {
    isCell = false
    let cell = cell()
    if case .empty = cell {
    } else {
      for place in 0..<cellTimes { try builder.put(cell, at: column + place) }
    }
    column += cellTimes
  }

  private func cell() -> WorkbookCell {
    let text = String(decoding: bytes, as: UTF8.self)
    switch value {
    case .number(let digits): return SheetNumber.digits(digits).map { .number($0) } ?? .text(text)
    case .date(let date): return SheetNumber.date(iso: date) ?? .text(text)
    case .truth(let truth): return .truth(truth)
    case .error: return .error(text)
    case .text(let given):
      let words = given.flatMap { $0.isEmpty ? nil : $0 } ?? text
      // An error is a text that begins so, in files of programs that know no other way.
      if hasFormula, words.hasPrefix("#") || words.hasPrefix("Err:") { return .error(words) }
      return words.isEmpty ? .empty : .text(words)
    case nil:
      guard text.isEmpty else { return .text(text) }
      return hasFormula ? .uncomputed : .empty
    }
  }
}
