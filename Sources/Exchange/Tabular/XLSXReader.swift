import Clauses

/// The parts of an Office Open XML workbook (ECMA-376), whichever program wrote it.
struct XLSXReader {
  let sheets: [WorkbookSheet]
  private let from1904: Bool
  private let strings: [String]
  private let isDate: [Bool]

  /// Reads everything but the sheets' cells.
  init(_ archive: borrowing Archive, limits: WorkbookLimits) throws {
    let roots = try Relations(archive, "_rels/.rels", limits)
    let book = roots.target(ofType: "/officeDocument", in: "") ?? "xl/workbook.xml"
    guard !book.hasSuffix(".bin") else {
      throw WorkbookProblem.form(
        name: archive.name, "c’est un classeur binaire (.xlsb). Enregistrez-le au format .xlsx, puis renvoyez-le.")
    }
    let folder = book.contains("/") ? String(book[...(book.lastIndex(of: "/") ?? book.startIndex)]) : ""
    let file = book.dropFirst(folder.count)
    let relations = try Relations(archive, "\(folder)_rels/\(file).rels", limits)
    let walker = BookWalker()
    guard let entry = archive.entries.first(where: { $0.name == book }) else {
      throw WorkbookProblem.form(
        name: archive.name, "ce n’est pas un classeur. Envoyez un fichier .xlsx, .ods ou .csv.")
    }
    try XMLWalk.run(walker, over: entry, of: archive, limit: limits.bytes)
    from1904 = walker.from1904
    sheets = walker.sheets.enumerated().compactMap { rank, sheet in
      relations.target(id: sheet.relation, in: folder).map {
        WorkbookSheet(name: sheet.name, isHidden: sheet.isHidden, part: $0, rank: rank)
      }
    }
    strings =
      try Self.read(relations.target(ofType: "/sharedStrings", in: folder), archive, limits) { StringsWalker() }?
      .strings ?? []
    isDate =
      try Self.read(relations.target(ofType: "/styles", in: folder), archive, limits) { StylesWalker() }?.isDate ?? []
  }

  private static func read<Walker: XMLWalker>(
    _ part: String?, _ archive: borrowing Archive, _ limits: WorkbookLimits, _ make: () -> Walker
  ) throws -> Walker? {
    guard let part, let entry = archive.entries.first(where: { $0.name == part }) else { return nil }
    let walker = make()
    try XMLWalk.run(walker, over: entry, of: archive, limit: limits.bytes)
    return walker
  }

  /// Hands the rows of a sheet over; gives its merged cells.
  func rows(
    of sheet: WorkbookSheet, _ archive: borrowing Archive, limits: WorkbookLimits, _ take: @escaping SheetBuilder.Taker
  ) throws -> [MergedCells] {
    guard let entry = archive.entries.first(where: { $0.name == sheet.part }) else {
      throw WorkbookProblem.archive(.missing(entry: sheet.part, archive: archive.name))
    }
    let walker = SheetWalker(
      SheetBuilder(limits: limits, take: take), strings: strings, isDate: isDate, from1904: from1904)
    try XMLWalk.run(walker, over: entry, of: archive, limit: limits.bytes)
    return walker.merged
  }
}

/// What a part leads to, by identifier.
private struct Relations {
  private final class Walker: XMLWalker {
    var found: [(id: String, type: String, target: String)] = []
    override func open(_ name: XMLName, _ attributes: XMLAttributes) {
      guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] else { return }
      found.append((id, attributes["Type"] ?? "", target))
    }
  }

  private let found: [(id: String, type: String, target: String)]

  init(_ archive: borrowing Archive, _ part: String, _ limits: WorkbookLimits) throws {
    let walker = Walker()
    if let entry = archive.entries.first(where: { $0.name == part }) {
      try XMLWalk.run(walker, over: entry, of: archive, limit: limits.bytes)
    }
    found = walker.found
  }

  func target(id: String, in folder: String) -> String? {
    found.first { $0.id == id }.map { Relations.path($0.target, in: folder) }
  }

  func target(ofType type: String, in folder: String) -> String? {
    found.first { $0.type.hasSuffix(type) }.map { Relations.path($0.target, in: folder) }
  }

  /// A target is from the root of the archive where it begins with a stroke, else from its part's folder.
  private static func path(_ target: String, in folder: String) -> String {
    guard !target.hasPrefix("/") else { return String(target.dropFirst()) }
    var parts = folder.split(separator: "/").map(String.init)
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}

private final class BookWalker: XMLWalker {
  var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  var from1904 = false

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "sheet", let title = attributes["name"], let relation = attributes["id"] {
      sheets.append((title, relation, attributes["state"].map { $0 != "visible" } ?? false))
    } else if name == "workbookPr" {
      from1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    }
  }
}

/// The texts that cells share; how they are pronounced is left out.
private final class StringsWalker: XMLWalker {
  var strings: [String] = []
  private var bytes: [UInt8] = []
  private var isText = false
  private var isPhonetic = false

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "t" { isText = !isPhonetic } else if name == "rPh" { isPhonetic = true }
  }

  override func close(_ name: XMLName) {
    if name == "t" {
      isText = false
    } else if name == "rPh" {
      isPhonetic = false
    } else if name == "si" {
      strings.append(String(decoding: bytes, as: UTF8.self))
      bytes.removeAll(keepingCapacity: true)
    }
  }

  override func text(_ text: UnsafeRawBufferPointer) { if isText { bytes.append(contentsOf: text) } }
}

/// Which styles show a number as a day.
private final class StylesWalker: XMLWalker {
  private var formats: [Int: Bool] = [:]
  private var isInCells = false
  var isDate: [Bool] = []

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "numFmt", let id = attributes.number("numFmtId"), let code = attributes["formatCode"] {
      formats[id] = StylesWalker.showsDay(code)
    } else if name == "cellXfs" {
      isInCells = true
    } else if name == "xf", isInCells {
      let id = attributes.number("numFmtId") ?? 0
      isDate.append(
        formats[id]
          ?? ((14...17).contains(id) || id == 22 || (27...31).contains(id) || id == 36 || (50...58).contains(id)))
    }
  }

  override func close(_ name: XMLName) { if name == "cellXfs" { isInCells = false } }

  /// Whether a format shows a year, a month or a day; hours alone are a duration.
  private static func showsDay(_ code: String) -> Bool {
    var (isQuoted, isBracketed, isEscaped) = (false, false, false)
    var (hasMonth, hasTime) = (false, false)
    for sign in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = sign != "\""
      } else if isBracketed {
        isBracketed = sign != "]"
      } else {
        switch sign {
        case "\"": isQuoted = true
        case "[": isBracketed = true
        case "\\", "_", "*": isEscaped = true
        case "y", "d": return true
        case "m": hasMonth = true
        case "h", "s": hasTime = true
        case ";": return hasMonth && !hasTime
        default: break
        }
      }
    }
    return hasMonth && !hasTime
  }
}

/// The cells of a sheet.
private final class SheetWalker: XMLWalker {
  private var builder: SheetBuilder
  private let strings: [String]
  private let isDate: [Bool]
  private let from1904: Bool
  private(set) var merged: [MergedCells] = []
  private var row = 0
  private var column = -1
  private var kind = Kind.number
  private var style = 0
  private var hasFormula = false
  private var hasValue = false
  private var isReading = false
  private var isPhonetic = false
  private var bytes: [UInt8] = []

  private enum Kind { case number, shared, text, truth, error, date }

  init(_ builder: SheetBuilder, strings: [String], isDate: [Bool], from1904: Bool) {
    (self.builder, self.strings, self.isDate, self.from1904) = (builder, strings, isDate, from1904)
  }

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "v" {
      (isReading, hasValue) = (true, true)
    } else if name == "c" {
      begin(attributes)
    } else if name == "row" {
      row = attributes.number("r") ?? row + 1
      column = -1
    } else if name == "t" {
      (isReading, hasValue) = (!isPhonetic, true)
    } else if name == "rPh" {
      isPhonetic = true
    } else if name == "f" {
      hasFormula = true
    } else if name == "mergeCell", let reference = attributes["ref"], let cells = SheetWalker.rectangle(reference) {
      if merged.count < builder.limits.rows { merged.append(cells) }
    }
  }

  private func begin(_ attributes: XMLAttributes) {
    column = attributes.bytes("r").flatMap { SheetWalker.column($0) } ?? column + 1
    style = attributes.number("s") ?? 0
    (hasFormula, hasValue) = (false, false)
    bytes.removeAll(keepingCapacity: true)
    kind = .number
    guard let type = attributes.bytes("t") else { return }
    switch (UInt8(bitPattern: type[0]), type[0] == 0 ? 0 : UInt8(bitPattern: type[1])) {
    case (0x73, 0): kind = .shared
    case (0x73, _), (0x69, _): kind = .text
    case (0x62, _): kind = .truth
    case (0x65, _): kind = .error
    case (0x64, _): kind = .date
    default: kind = .number
    }
  }

  override func close(_ name: XMLName) {
    if name == "v" || name == "t" {
      isReading = false
    } else if name == "c" {
      do { try builder.put(cell(), at: column) } catch { stop(error) }
    } else if name == "row" {
      do { if try !builder.end(row: row) { stop() } } catch { stop(error) }
    } else if name == "rPh" {
      isPhonetic = false
    }
  }

  override func text(_ text: UnsafeRawBufferPointer) { if isReading { bytes.append(contentsOf: text) } }

  private func cell() -> WorkbookCell {
    guard hasValue, !(bytes.isEmpty && kind != .text) else { return hasFormula ? .uncomputed : .empty }
    let text = String(decoding: bytes, as: UTF8.self)
    switch kind {
    case .shared:
      guard let place = Int(text), strings.indices.contains(place) else { return .error("#REF!") }
      return strings[place].isEmpty ? .empty : .text(strings[place])
    case .text: return text.isEmpty ? .empty : .text(text)
    case .truth: return .truth(text == "1" || text == "true")
    case .error: return .error(text)
    case .date: return SheetNumber.date(iso: text) ?? .text(text)
    case .number:
      if isDate.indices.contains(style), isDate[style], let date = SheetNumber.date(text, from1904: from1904) {
        return date
      }
      return SheetNumber.digits(text).map { .number($0) } ?? .text(text)
    }
  }

  /// The column of `AB12`, from 0.
  private static func column(_ reference: UnsafePointer<CChar>) -> Int? {
    var (sign, value) = (reference, 0)
    while (0x41...0x5A).contains(sign.pointee) {
      value = value * 26 + Int(sign.pointee - 0x40)
      guard value <= 18_278 else { return nil }
      sign += 1
    }
    return value > 0 ? value - 1 : nil
  }

  private static func rectangle(_ reference: String) -> MergedCells? {
    let corners = reference.split(separator: ":").compactMap { corner -> (row: Int, column: Int)? in
      let letters = corner.prefix { $0.isLetter }
      guard let column = String(letters).withCString({ column($0) }), let row = Int(corner.dropFirst(letters.count))
      else { return nil }
      return (row, column)
    }
    guard corners.count == 2, corners[0].row <= corners[1].row, corners[0].column <= corners[1].column else {
      return nil
    }
    return MergedCells(
      rows: corners[0].row...corners[1].row, columns: corners[0].column...corners[1].column)
  }
}
