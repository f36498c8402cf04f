import Clauses
import Foundation
import Paperwork
import Testing

@Suite struct PaperBundleTests {
  @Test func `another program reads the files under their names`() async throws {
    let bundle = PaperBundle(
      [
        .init(name: "Annexe – lot n°\u{A0}3, élagage.pdf", bytes: Array("un".utf8)),
        .init(name: "vide.odt", bytes: []), .init(name: "long.docx", bytes: Array(repeating: 0x61, count: 3_000_000)),
      ], date: day)
    let bytes = try #require(bundle.zipped())
    #expect(try await member("Annexe – lot n°\u{A0}3, élagage.pdf", of: bytes) == "un")
    #expect(try await member("vide.odt", of: bytes).isEmpty)
    #expect(try await member("long.docx", of: bytes).count == 3_000_000)
    #expect(bytes.count < 10_000)
    #expect(bundle.zipped() == bytes)
  }

  @Test(arguments: [
    ("../../etc/passwd", "-..-etc-passwd"), (#"C:\a\b.pdf"#, "C--a-b.pdf"), ("", "document"), ("...", "document"),
    (" .pdf", "pdf"), ("con.pdf", "con-.pdf"), ("a\u{0}b\n\u{202E}c.pdf", "ab c.pdf"), ("fin. .pdf", "fin.pdf"),
    ("marché 2026/17 ?.odt", "marché 2026-17 -.odt"), ("n° 3. Espaces verts", "n° 3. Espaces verts"),
  ]) func `a name stays in its folder and opens everywhere`(given: String, kept: String) {
    #expect(PaperBundle.safeName(given) == kept)
  }

  @Test func `a long name keeps its ending`() {
    let name = PaperBundle.safeName(String(repeating: "é", count: 400) + ".docx")
    #expect(name.hasSuffix("é.docx"))
    #expect(name.utf8.count <= 180)
  }

  @Test func `two files of one name both stay`() async throws {
    let bytes = try #require(
      PaperBundle(
        [
          .init(name: "a.pdf", bytes: [0x31]), .init(name: "A.pdf", bytes: [0x32]), .init(name: "a.pdf", bytes: [0x33]),
        ], date: day
      ).zipped())
    #expect(try await member("a.pdf", of: bytes) == "1")
    #expect(try await member("A (2).pdf", of: bytes) == "2")
    #expect(try await member("a (3).pdf", of: bytes) == "3")
  }

  @Test func `an empty archive is one`() throws {
    #expect(PaperBundle([], date: day).zipped()?.count == 22)
  }

  @Test func `a day before ZIP existed is the first that it knows`() throws {
    let early = try #require(Day(year: 1901, month: 3, day: 2))
    let first = try #require(Day(year: 1980, month: 3, day: 2))
    let entry = PaperBundle.Entry(name: "a", bytes: [1])
    #expect(PaperBundle([entry], date: early).zipped() == PaperBundle([entry], date: first).zipped())
  }
}
