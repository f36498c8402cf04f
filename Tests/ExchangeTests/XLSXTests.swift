import Clauses
import Foundation
import Testing

@testable import Exchange

private let columns = [
  SpreadsheetColumn("Objet"), SpreadsheetColumn("SIRET"), SpreadsheetColumn("Lots", .integer),
  SpreadsheetColumn("Montant", .money), SpreadsheetColumn("Effort", .hours), SpreadsheetColumn("Fin", .day),
  SpreadsheetColumn("Fiche", .link),
]

private func workbook(_ rows: [[SpreadsheetCell]]) throws -> [UInt8] {
  let day = try #require(Day("2026-11-21"))
  return try XLSXWriter.bytes(
    name: "Repérage", columns: columns, title: "Marchés", day: day,
    about: [
      SpreadsheetNote("Filtres", ["Département\u{202F}: 77"]), SpreadsheetNote("Sources", ["Données essentielles"]),
    ],
    rows: rows)
}

private func temporaryFile(_ bytes: [UInt8]) throws -> String {
  let path = FileManager.default.temporaryDirectory.appending(path: "marchepied-\(UUID().uuidString)").path
  try Data(bytes).write(to: URL(filePath: path))
  return path
}

private func member(_ name: String, of bytes: [UInt8]) throws -> String {
  let path = try temporaryFile(bytes)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return String(decoding: try Archive(path: path).read(name, limit: 1 << 24, ratio: 10_000), as: UTF8.self)
}

private func hostile() throws -> [[SpreadsheetCell]] {
  [
    [
      .text("=1+1 & <b>é</b>"), .text("00012345600011"), .integer(1234), .money(Euros(cents: 123_456)),
      .hours(Hours(hundredths: 15_025)), .day(try #require(Day("2026-11-21"))),
      .link("voir", address: "javascript:alert(1)"),
    ],
    [
      .text("http://exemple.fr"), .empty, .empty, .empty, .empty, .empty,
      .link("voir", address: "https://exemple.fr/1"),
    ],
  ]
}

@Suite struct XLSXTests {
  @Test func `texts stay texts, numbers are numbers and days are real dates`() throws {
    let sheet = try member("xl/worksheets/sheet1.xml", of: try workbook(try hostile()))
    #expect(!sheet.contains("<f>"))
    #expect(sheet.contains("=1+1 &amp; &lt;b&gt;é&lt;/b&gt;"))
    #expect(sheet.contains(">00012345600011<"))
    #expect(sheet.contains("<v>1234.56</v>"))
    #expect(sheet.contains("<v>150.25</v>"))
    #expect(sheet.contains("<v>46347</v>"))
  }

  @Test func `only web addresses become links`() throws {
    let bytes = try workbook(try hostile())
    let links = try member("xl/worksheets/_rels/sheet1.xml.rels", of: bytes)
    #expect(links.contains("https://exemple.fr/1"))
    #expect(!links.contains("javascript"))
    #expect(!links.contains("http://exemple.fr"))
  }

  @Test func `titles are frozen and filtered, formats are French`() throws {
    let bytes = try workbook(try hostile())
    let sheet = try member("xl/worksheets/sheet1.xml", of: bytes)
    #expect(sheet.contains("state=\"frozen\""))
    #expect(sheet.contains("<autoFilter ref=\"A1:G3\""))
    let styles = try member("xl/styles.xml", of: bytes)
    #expect(styles.contains("#,##0.00\\ [$€-40C]"))
    #expect(styles.contains("[$-40C]dd/mm/yyyy"))
  }

  @Test func `a second sheet tells filters and sources`() throws {
    let bytes = try workbook(try hostile())
    #expect(try member("xl/workbook.xml", of: bytes).contains("name=\"À propos\""))
    let about = try member("xl/worksheets/sheet2.xml", of: bytes)
    #expect(about.contains("Département\u{202F}: 77") && about.contains("Sources"))
  }

  @Test func `the same rows and day give the same bytes`() throws {
    #expect(try workbook(try hostile()) == (try workbook(try hostile())))
  }

  @Test func `signs that XML forbids never make a workbook unreadable`() throws {
    let sheet = try member(
      "xl/worksheets/sheet1.xml", of: try workbook([[.text("a\u{FFFE}\u{FFFF}\u{1}\u{B}b\u{FB01}")]]))
    #expect(sheet.contains("a\u{FFFD}\u{FFFD}"))
    #expect(sheet.contains("b\u{FB01}<"))
    #expect(!sheet.unicodeScalars.contains { [0xFFFE, 0xFFFF, 1, 0xB].contains($0.value) })
  }

  @Test func `a text beyond a cell's limit is cut there`() throws {
    let sheet = try member(
      "xl/worksheets/sheet1.xml", of: try workbook([[.text(String(repeating: "é", count: 40_000))]]))
    #expect(sheet.contains("é…<"))
  }

  @Test func `a workbook that is left unfinished leaves no file`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "marchepied-\(UUID().uuidString).xlsx").path
    do {
      let day = try #require(Day("2026-11-21"))
      let writer = try XLSXWriter(path: path, name: "a/b:c", columns: columns, title: "", day: day)
      try writer.add([.text("x")])
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a folder that cannot be written is said in French`() throws {
    let day = try #require(Day("2026-11-21"))
    let problem = #expect(throws: SpreadsheetProblem.self) {
      let writer = try XLSXWriter(path: "/nulle-part/x.xlsx", name: "a", columns: columns, title: "", day: day)
      try writer.finish()
    }
    #expect(try #require(problem).description.contains("Vérifiez"))
  }

  @Test func `a file that is no archive, or lacks a member, is refused clearly`() throws {
    let path = try temporaryFile(Array("bonjour".utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: Archive.Problem.self) { _ = try Archive(path: path) }
    #expect(throws: Archive.Problem.self) { try member("absent.xml", of: try workbook([])) }
  }

  @Test func `a member that unpacks to too much is refused`() throws {
    let rows = Array(repeating: [SpreadsheetCell.text(String(repeating: "a", count: 30_000))], count: 200)
    let path = try temporaryFile(try workbook(rows))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let archive = try Archive(path: path)
    let name = "xl/worksheets/sheet1.xml"
    let entry = try #require(archive.entries.first { $0.name == name })
    #expect(throws: Archive.Problem.tooLarge(entry: name, limit: 1 << 20)) {
      _ = try archive.read(name, limit: 1 << 20)
    }
    #expect(throws: Archive.Problem.tooDense(entry: name)) { _ = try archive.read(entry, limit: 1 << 30, ratio: 20) }
    #expect(UInt64(try archive.read(entry, limit: 1 << 30, ratio: 1_000_000).count) == entry.size)
  }
}
