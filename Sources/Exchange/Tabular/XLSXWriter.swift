import CXlsxWriter
public import Clauses

#if canImport(Glibc)
  import Glibc
#endif

/// Writes an XLSX workbook row by row in constant memory: the table first, then a sheet « À propos » with its filters and sources.
///
/// Titles are frozen and repeated in print, columns have filters, numbers, euros and dates are real ones in French formats. The same rows and day give
/// the same bytes. A writer left without ``finish(about:)`` removes its file.
public final class XLSXWriter {
  /// The rows under the titles that an XLSX sheet can hold.
  public static let rowLimit = 1_048_575
  /// The characters that a cell can hold; longer texts are cut there with « … ».
  public static let textLimit = 32_767

  private let path: String
  private let columns: [SpreadsheetColumn]
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private var formats: [UnsafeMutablePointer<lxw_format>?] = []
  private var row: UInt32 = 0

  /// Starts a workbook at a path, where nothing of value may stand.
  ///
  /// - `name` is the table's sheet (31 characters, without `[]:*?/\`); `day` is written as the day of creation.
  public init(path: String, name: String, columns: [SpreadsheetColumn], title: String, day: Day)
    throws(SpreadsheetProblem)
  {
    var options = lxw_workbook_options()
    options.constant_memory = 1
    guard let workbook = workbook_new_opt(path, &options) else { throw .unwritable("création impossible") }
    guard let sheet = workbook_add_worksheet(workbook, XLSXWriter.sheetName(name)) else {
      workbook_close(workbook)
      unlink(path)
      throw .unwritable("nom de feuille refusé")
    }
    self.path = path
    self.columns = columns
    self.workbook = workbook
    self.sheet = sheet
    XLSXWriter.describe(workbook, title: title, day: day)
    formats = columns.map { XLSXWriter.format(workbook, $0.kind) }
    for (index, column) in columns.enumerated() {
      worksheet_set_column(sheet, UInt16(index), UInt16(index), column.width, nil)
    }
    worksheet_freeze_panes(sheet, 1, 0)
    worksheet_repeat_rows(sheet, 0, 0)
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)
    worksheet_fit_to_pages(sheet, 1, 0)
    let header = XLSXWriter.headerFormat(workbook)
    for (index, column) in columns.enumerated() {
      try check(XLSXWriter.write(column.title, sheet, 0, UInt16(index), header))
    }
  }

  deinit {
    guard let workbook else { return }
    workbook_close(workbook)
    unlink(path)
  }

  /// Adds one row, a cell a column; cells beyond the columns are left out.
  public func add(_ cells: [SpreadsheetCell]) throws(SpreadsheetProblem) {
    guard row < XLSXWriter.rowLimit else { throw .tooManyRows(limit: XLSXWriter.rowLimit) }
    row += 1
    for (index, cell) in cells.prefix(columns.count).enumerated() {
      try check(write(cell, UInt16(index), formats[index]))
    }
  }

  /// Adds the sheet « À propos » and closes the file.
  public func finish(about notes: [SpreadsheetNote] = []) throws(SpreadsheetProblem) {
    guard let workbook else { return }
    if row > 0, !columns.isEmpty { worksheet_autofilter(sheet, 0, 0, row, UInt16(columns.count - 1)) }
    if !notes.isEmpty { try about(notes, workbook) }
    self.workbook = nil
    let code = workbook_close(workbook)
    guard code.rawValue == 0 else {
      unlink(path)
      throw .unwritable(XLSXWriter.words(code))
    }
  }

  private func about(_ notes: [SpreadsheetNote], _ workbook: UnsafeMutablePointer<lxw_workbook>)
    throws(SpreadsheetProblem)
  {
    guard let second = workbook_add_worksheet(workbook, "À propos") else { return }
    worksheet_set_column(second, 0, 0, 100, nil)
    let heading = workbook_add_format(workbook)
    format_set_bold(heading)
    let plain = workbook_add_format(workbook)
    format_set_text_wrap(plain)
    format_set_align(plain, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    var row: UInt32 = 0
    for note in notes {
      try check(XLSXWriter.write(note.heading, second, row, 0, heading))
      row += 1
      for line in note.lines {
        try check(XLSXWriter.write(line, second, row, 0, plain))
        row += 1
      }
      row += 1
    }
  }

  private func write(_ cell: SpreadsheetCell, _ column: UInt16, _ format: UnsafeMutablePointer<lxw_format>?)
    -> lxw_error
  {
    switch cell {
    case .empty: return LXW_NO_ERROR
    case .text(let text): return XLSXWriter.write(text, sheet, row, column, format)
    case .integer(let value): return worksheet_write_number(sheet, row, column, Double(value), format)
    // A cell of a spreadsheet is a binary number whatever is done: the quotient is the nearest one.
    case .money(let amount): return worksheet_write_number(sheet, row, column, Double(amount.cents) / 100, format)
    case .hours(let hours): return worksheet_write_number(sheet, row, column, Double(hours.hundredths) / 100, format)
    case .day(let day):
      // Day 61 of the spreadsheets' calendar is 1 March 1900; before, that calendar holds a 29 February that was none.
      let serial = Int(day.number) + 25_569
      guard serial > 60 else { return XLSXWriter.write(day.french, sheet, row, column, nil) }
      return worksheet_write_number(sheet, row, column, Double(serial), format)
    case .link(let text, let address):
      let lower = address.prefix(8).lowercased()
      guard lower.hasPrefix("https://") || lower.hasPrefix("http://"), address.utf8.count < 2000, !text.isEmpty else {
        return XLSXWriter.write(text, sheet, row, column, nil)
      }
      let words = text.utf8.count > 2000 ? String(text.prefix(500)) : text
      // A sheet holds at most 65,530 links: past them the words stay.
      let code = worksheet_write_url_opt(sheet, row, column, address, format, words, nil)
      return code.rawValue == 0 ? code : XLSXWriter.write(text, sheet, row, column, nil)
    }
  }

  private func check(_ code: lxw_error) throws(SpreadsheetProblem) {
    guard code.rawValue == 0 else { throw .unwritable(XLSXWriter.words(code)) }
  }
}

extension XLSXWriter {
  /// A workbook as bytes, made in a private temporary file; for tables that fit in memory.
  public static func bytes(
    name: String, columns: [SpreadsheetColumn], title: String, day: Day, about: [SpreadsheetNote] = [],
    rows: some Sequence<[SpreadsheetCell]>
  ) throws(SpreadsheetProblem) -> [UInt8] {
    var template = Array((temporaryFolder + "/marchepied-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .unwritable(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    let path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    defer { unlink(path) }
    let writer = try XLSXWriter(path: path, name: name, columns: columns, title: title, day: day)
    for row in rows { try writer.add(row) }
    try writer.finish(about: about)
    return try contents(path)
  }

  private static var temporaryFolder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  private static func contents(_ path: String) throws(SpreadsheetProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritable(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: max(size, 0)) { buffer, count in
      while count < size {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + count }, size - count, count)
        guard got > 0 else {
          failed = true
          return
        }
        count += got
      }
    }
    guard !failed, size > 0 else { throw .unwritable("relecture impossible") }
    return bytes
  }

  fileprivate static func write(
    _ text: String, _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ row: UInt32, _ column: UInt16,
    _ format: UnsafeMutablePointer<lxw_format>?
  ) -> lxw_error {
    guard !text.isEmpty else { return LXW_NO_ERROR }
    // Two signs that no XML may hold would make the whole workbook unreadable.
    if text.utf8.contains(0xEF), text.unicodeScalars.contains(where: isNoncharacter) {
      let sound = String(String.UnicodeScalarView(text.unicodeScalars.map { isNoncharacter($0) ? "\u{FFFD}" : $0 }))
      return write(sound, sheet, row, column, format)
    }
    // A cell's limit counts UTF-16 units; most texts are far from it.
    guard text.utf8.count > textLimit, text.utf16.count > textLimit else {
      return worksheet_write_string(sheet, row, column, text, format)
    }
    var units = 0
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      units += scalar.value > 0xFFFF ? 2 : 1
      guard units < textLimit else { break }
      kept.append(scalar)
    }
    return worksheet_write_string(sheet, row, column, String(kept) + "…", format)
  }

  private static func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFFFE || scalar.value == 0xFFFF
  }

  fileprivate static func sheetName(_ name: String) -> String {
    let allowed = name.filter { !"[]:*?/\\'".contains($0) }.prefix(31)
    return allowed.isEmpty ? "Feuille 1" : String(allowed)
  }

  fileprivate static func describe(_ workbook: UnsafeMutablePointer<lxw_workbook>, title: String, day: Day) {
    withCopy(of: title) { title in
      withCopy(of: "Marchepied") { author in
        var properties = lxw_doc_properties()
        properties.title = title
        properties.author = author
        properties.created = Int(day.number) * 86_400
        workbook_set_properties(workbook, &properties)
      }
    }
  }

  private static func withCopy(of text: String, _ body: (UnsafeMutablePointer<CChar>?) -> Void) {
    var copy = Array(text.utf8CString)
    copy.withUnsafeMutableBufferPointer { body($0.baseAddress) }
  }

  fileprivate static func headerFormat(_ workbook: UnsafeMutablePointer<lxw_workbook>) -> UnsafeMutablePointer<
    lxw_format
  >? {
    let format = workbook_add_format(workbook)
    format_set_bold(format)
    format_set_text_wrap(format)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    format_set_bg_color(format, 0xE8EEF5)
    format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    return format
  }

  fileprivate static func format(
    _ workbook: UnsafeMutablePointer<lxw_workbook>, _ kind: SpreadsheetColumn.Kind
  ) -> UnsafeMutablePointer<lxw_format>? {
    let format = workbook_add_format(workbook)
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    switch kind {
    case .text:
      format_set_num_format(format, "@")
      format_set_text_wrap(format)
    case .integer: format_set_num_format(format, "#,##0")
    case .money: format_set_num_format(format, "#,##0.00\\ [$€-40C]")
    case .hours: format_set_num_format(format, "#,##0.00\\ \"h\"")
    case .day: format_set_num_format(format, "[$-40C]dd/mm/yyyy")
    case .link:
      format_set_font_color(format, 0x0B5394)
      format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
    }
    return format
  }

  fileprivate static func words(_ code: lxw_error) -> String {
    lxw_strerror(code).map { String(cString: $0) } ?? "erreur \(code.rawValue)"
  }
}
