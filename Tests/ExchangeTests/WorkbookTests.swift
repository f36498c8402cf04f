import Clauses
import Foundation
import Testing

@testable import Exchange

/// A ZIP archive of stored parts, made by hand.
private func zip(_ parts: [(name: String, text: String)]) -> [UInt8] {
  func little(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
  var (file, directory): ([UInt8], [UInt8]) = ([], [])
  for part in parts {
    let (name, bytes) = (Array(part.name.utf8), Array(part.text.utf8))
    let common =
      little(20, 2) + little(0x800, 2) + little(0, 2) + little(0, 4) + little(crc(bytes), 4)
      + little(UInt32(bytes.count), 4) + little(UInt32(bytes.count), 4) + little(UInt32(name.count), 2) + little(0, 2)
    directory +=
      little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
    directory += little(UInt32(file.count), 4) + name
    file += little(0x0403_4B50, 4) + common + name + bytes
  }
  let end =
    little(0x0605_4B50, 4) + little(0, 4) + little(UInt32(parts.count), 2) + little(UInt32(parts.count), 2)
    + little(UInt32(directory.count), 4) + little(UInt32(file.count), 4) + little(0, 2)
  return file + directory + end
}

private let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/// A workbook of one sheet, with texts and styles.
private func xlsx(_ rows: String, strings: String = "", styles: String = "", book: String = "", after: String = "")
  -> [UInt8]
{
  zip([
    (
      "_rels/.rels",
      "<Relationships><Relationship Id=\"r1\" Type=\"\(types)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    ),
    (
      "xl/workbook.xml",
      "<workbook xmlns:r=\"\(types)\">\(book)<sheets><sheet name=\"Achats\" sheetId=\"1\" r:id=\"s1\"/><sheet name=\"Notes\" state=\"hidden\" sheetId=\"2\" r:id=\"s2\"/></sheets></workbook>"
    ),
    (
      "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"s1\" Type=\"\(types)/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"s2\" Type=\"\(types)/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/><Relationship Id=\"t\" Type=\"\(types)/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"f\" Type=\"\(types)/styles\" Target=\"styles.xml\"/></Relationships>"
    ),
    ("xl/sharedStrings.xml", "<sst>\(strings)</sst>"),
    ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
    (
      "xl/worksheets/sheet1.xml",
      "<x:worksheet xmlns:x=\"x\"><x:sheetData>\(rows.replacing("<", with: "<x:").replacing("<x:/", with: "</x:"))</x:sheetData>\(after)</x:worksheet>"
    ),
  ])
}

private func ods(_ tables: String, styles: String = "") -> [UInt8] {
  zip([
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    (
      "content.xml",
      "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:calcext=\"c\" xmlns:style=\"s\">\(styles)<office:body><office:spreadsheet>\(tables)</office:spreadsheet></office:body></office:document-content>"
    ),
  ])
}

private func read(_ bytes: [UInt8], sheet: Int = 0, limits: WorkbookLimits = WorkbookLimits()) throws -> (
  rows: [WorkbookRow], merged: [MergedCells]
) {
  let file = try ScratchFile(bytes)
  let reader = try WorkbookReader(path: file.path, limits: limits)
  var rows: [WorkbookRow] = []
  let merged = try reader.rows(of: reader.sheets[sheet]) { row in
    rows.append(row)
    return true
  }
  return (rows, merged)
}

@Suite struct WorkbookTests {
  @Test func `a workbook of a spreadsheet gives words, numbers, days, truths, errors and what is not worked out`()
    throws
  {
    let found = try read(
      xlsx(
        """
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><v>0.30000000000000004</v></c><c r="D2" s="1"><v>46347</v></c></row>\
        <row r="3"><c t="inlineStr"><is><t>en </t><r><t>ligne</t></r></is></c><c t="b"><v>1</v></c><c t="e"><v>#DIV/0!</v></c><c><f>A1+1</f></c>\
        <c t="str"><f>B1</f><v>1 234,5</v></c><c s="2"><v>46347.395833333336</v></c><c s="3"><v>0.5</v></c></row><row r="9"><c r="A9"/></row>
        """,
        strings: "<si><t>Nettoyage </t><rPh><t>xx</t></rPh><r><t>&amp; vitres</t></r></si>",
        styles:
          "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/><numFmt numFmtId=\"165\" formatCode=\"[h]:mm\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>",
        after: "<mergeCells><mergeCell ref=\"A1:C2\"/></mergeCells>"))
    let day = try #require(Day("2026-11-21"))
    #expect(
      found.rows == [
        WorkbookRow(number: 2, cells: [.text("Nettoyage & vitres"), .empty, .number("0.3"), .day(day)]),
        WorkbookRow(
          number: 3,
          cells: [
            .text("en ligne"), .truth(true), .error("#DIV/0!"), .uncomputed, .text("1 234,5"),
            .moment(day, seconds: 34_200), .number("0.5"),
          ]),
      ])
    #expect(found.merged == [MergedCells(rows: 1...2, columns: 0...2)])
  }

  @Test func `the names of sheets, those that are hidden, and the days since 1904`() throws {
    let bytes = xlsx(
      "<row><c s=\"0\"><v>44885</v></c></row>", styles: "<cellXfs><xf numFmtId=\"14\"/></cellXfs>",
      book: "<workbookPr date1904=\"1\"/>")
    let file = try ScratchFile(bytes)
    let reader = try WorkbookReader(path: file.path)
    #expect(reader.sheets.map(\.name) == ["Achats", "Notes"] && reader.sheets.map(\.isHidden) == [false, true])
    let rows = try read(bytes, sheet: 1).rows
    #expect(rows == [WorkbookRow(number: 1, cells: [.day(try #require(Day("2026-11-21")))])])
  }

  @Test(arguments: [
    ("1", "1900-01-01"), ("59", "1900-02-28"), ("60", nil), ("61", "1900-03-01"), ("2958465", "9999-12-31"), ("0", nil),
    ("2958466", nil), ("-1", nil), ("nan", nil),
  ])
  func `serial numbers of days`(serial: String, day: String?) throws {
    #expect(SheetNumber.date(serial, from1904: false) == day.flatMap { Day($0) }.map { .day($0) })
  }

  @Test(arguments: [
    ("1E5", "100000"), ("1234.5600000000001", "1234.56"), ("-0.1", "-0.1"), ("12345678901234", "12345678901234"),
    ("1.5E-3", "0.0015"), ("89.99999999999999", "90"), ("0.1", "0.1"), ("abc", nil), ("1E300", nil),
    ("-1500000.25", "-1500000.25"),
    ("1.4999999999999999E+1", "15"),
  ])
  func `numbers as the spreadsheet shows them`(written: String, shown: String?) {
    #expect(SheetNumber.digits(written) == shown)
  }

  @Test func `an OpenDocument workbook gives the same`() throws {
    let found = try read(
      ods(
        """
        <table:table table:name="Une"><table:table-row><table:table-cell><text:p>non</text:p></table:table-cell></table:table-row></table:table>\
        <table:table table:name="Deux" table:style-name="ta2">\
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>Espaces<text:s text:c="2"/>verts</text:p><text:p>suite</text:p><office:annotation><text:p>note</text:p></office:annotation></table:table-cell>\
        <table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="currency" office:value="1234.5"><text:p>1 234,50 €</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell office:value-type="date" office:date-value="2026-11-21"><text:p>x</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="false"/>\
        <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>\
        <table:table-cell table:formula="of:=[.A1]"/><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3" office:value-type="float" office:value="1"/><table:covered-table-cell/></table:table-row>\
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
        """,
        styles: "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>"),
      sheet: 1)
    let text = WorkbookCell.text("Espaces  verts\nsuite")
    #expect(found.rows.count == 3)
    #expect(found.rows[0].cells == [text, .empty, .empty, .number("1234.5")] && found.rows[1].number == 2)
    #expect(
      found.rows[2].cells == [
        .day(try #require(Day("2026-11-21"))), .truth(false), .error("#DIV/0!"), .uncomputed, .number("1"),
      ])
    #expect(found.merged == [MergedCells(rows: 3...5, columns: 4...5)])
    let file = try ScratchFile(ods("<table:table table:name=\"Une\"/>"))
    #expect(try WorkbookReader(path: file.path).sheets.map(\.name) == ["Une"])
  }

  @Test func `a CSV file is a workbook of one sheet, whatever its name says`() throws {
    let found = try read(Array("Objet;Montant\r\n\r\nÉcole;1 000,50\r\n;\r\n".utf8))
    #expect(
      found.rows == [
        WorkbookRow(number: 1, cells: [.text("Objet"), .text("Montant")]),
        WorkbookRow(number: 3, cells: [.text("École"), .text("1 000,50")]),
      ])
  }

  @Test func `what is no workbook, or would be dangerous, is refused with what to do`() throws {
    let doctype =
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><workbook>&a;</workbook>"
    let cases: [([UInt8], String)] = [
      ([], "vide"), ([0xD0, 0xCF, 0x11, 0xE0, 1, 2], ".xls"), (Array("%PDF-1.7".utf8), "PDF"),
      (Array("PK\u{3}\u{4}coupé".utf8), "ZIP"), (zip([("word/document.xml", "<a/>")]), "pas un classeur"),
      (zip([("xl/workbook.xml", doctype)]), "interdite"), (zip([("xl/workbook.xml", "<workbook><sheets>")]), "abîmé"),
      (zip([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")]), "pas un classeur"),
      (zip([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", doctype)]), "interdite"),
    ]
    for (bytes, words) in cases {
      do {
        _ = try read(bytes)
        Issue.record("taken: \(words)")
      } catch {
        #expect("\(error)".contains(words), "\(error)")
      }
    }
  }

  @Test func `limits of rows, columns and cells, and a reader that has enough`() throws {
    let row = "<row><c><v>1</v></c><c r=\"D1\"><v>2</v></c></row>"
    let bytes = xlsx(String(repeating: row, count: 5))
    func limits(_ change: (inout WorkbookLimits) -> Void) -> WorkbookLimits {
      var limits = WorkbookLimits()
      change(&limits)
      return limits
    }
    for limit in [
      limits { $0.rows = 4 }, limits { $0.columns = 3 }, limits { $0.cells = 9 }, limits { $0.bytes = 100 },
    ] {
      #expect(throws: WorkbookProblem.self) { try read(bytes, limits: limit) }
    }
    #expect(try read(bytes, limits: limits { ($0.rows, $0.columns, $0.cells) = (5, 4, 10) }).rows.count == 5)
    // A row that repeats without end is counted before it is made.
    let endless = ods(
      "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"999999999\"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )
    #expect(throws: WorkbookProblem.self) { try read(endless) }
    let file = try ScratchFile(bytes)
    let reader = try WorkbookReader(path: file.path)
    var seen = 0
    try reader.rows(of: reader.sheets[0]) { _ in
      seen += 1
      return seen < 2
    }
    #expect(seen == 2)
    struct Enough: Error {}
    #expect(throws: Enough.self) { try reader.rows(of: reader.sheets[0]) { _ in throw Enough() } }
  }

  @Test func `what the writer wrote is read back, and a file cut or changed anywhere never stops the program`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "classeur-\(UUID().uuidString).xlsx").path
    defer { unlink(folder) }
    let day = try #require(Day("2027-03-01"))
    let writer = try XLSXWriter(
      path: folder, name: "Liste",
      columns: [SpreadsheetColumn("Objet"), SpreadsheetColumn("Montant", .money), SpreadsheetColumn("Fin", .day)],
      title: "Essai", day: day)
    for rank in 0..<50 {
      try writer.add([.text("Marché nº \(rank) à l’école <&>"), .money(Euros(cents: Int64(rank) * 1001)), .day(day)])
    }
    try writer.finish(about: [])
    let bytes = Array(try Data(contentsOf: URL(filePath: folder)))
    let rows = try read(bytes).rows
    #expect(rows.contains { $0.cells == [.text("Marché nº 7 à l’école <&>"), .number("70.07"), .day(day)] })
    var generator = SystemRandomNumberGenerator()
    var refused = 0
    for round in 0..<200 {
      var damaged = bytes
      if round.isMultiple(of: 2) {
        damaged.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
      } else {
        for _ in 0..<8 {
          damaged[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      do {
        _ = try read(damaged)
      } catch {
        refused += 1
        #expect(!"\(error)".isEmpty)
      }
    }
    #expect(refused > 50)
  }
}
