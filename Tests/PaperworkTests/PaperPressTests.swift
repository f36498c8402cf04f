import Clauses
import Foundation
import Paperwork
import Testing

@Suite(.enabled(if: Tool.canRead, "typst, pandoc or poppler-utils absent")) struct PaperPressTests {
  @Test(arguments: PaperFormat.allCases) func `hostile text is printed as it stands`(format: PaperFormat) async throws {
    let words = try await words(of: #require(press.print([.absurd], as: format).first), format)
    let literal = hostile.tight
    for mark in [
      "TITRE", "ETAT", "NOM", "VALEUR", "INTERTITRE", "PARAGRAPHE", "GRAS", "LACUNE", "POINT", "LEGENDE", "NOTE",
      "REMARQUE", "SIGNATAIRE", "AUTEUR",
    ] {
      #expect(holds(words, mark + literal), "\(mark)")
    }
    #expect(holds(words, String(repeating: "w", count: 200)))
    #expect(holds(words, "contrôleLIGNE2LIGNE4deuxespacesfin"))
    #expect(holds(words, "été") || holds(words, "e\u{301}te\u{301}"))
    #expect(!holds(words, "root:"))
    #expect(holds(words, format == .pdf ? "SOUSTITRE[U+1F600]" : "SOUSTITRE😀"))
  }

  @Test(arguments: PaperFormat.allCases) func `hostile cells are printed as they stand`(format: PaperFormat)
    async throws
  {
    var paper = Paper.usual
    paper.blocks = [.table(.init(caption: "", columns: [.init("C1 \(hostile)")], rows: [["C2 \(hostile)"], [""]]))]
    let words = try await words(of: #require(press.print([paper], as: format).first), format)
    let literal = hostile.tight
    #expect(holds(words, "C1\(literal)C2\(literal)"))
  }

  @Test(arguments: PaperFormat.allCases) func `a table of five hundred rows is whole`(format: PaperFormat) async throws
  {
    var paper = Paper.usual
    paper.blocks = [
      .table(
        .init(
          caption: "Longue", columns: [.init("Rang", isNumber: true), .init("Texte")],
          rows: (1...500).map { ["n\($0)", "ligne \($0)"] }))
    ]
    let bytes = try #require(try await press.print([paper], as: format).first)
    let words = try await words(of: bytes, format)
    for row in [1, 250, 500] { #expect(holds(words, "n\(row)ligne\(row)")) }
    switch format {
    case .pdf:
      let scratch = try Scratch()
      let path = try scratch.write(bytes, as: "a.pdf")
      let pages = try await Tool.output(Tool.pdftotext ?? "", ["-layout", path, "-"]).split(separator: "\u{C}")
      #expect(pages.count > 5)
      for (index, page) in pages.enumerated() where page.contains("ligne") {
        #expect(page.contains("Rang"))
        #expect(page.contains("Page \(index + 1) sur \(pages.count)"))
      }
    case .docx: #expect(try await member("word/document.xml", of: bytes).contains("<w:tblHeader"))
    case .odt: #expect(try await member("content.xml", of: bytes).contains("<table:table-header-rows>"))
    }
  }

  @Test(arguments: [Paper.usual, .absurd]) func `a PDF is tagged and says that it may be kept`(paper: Paper)
    async throws
  {
    let bytes = try #require(try await press.print([paper], as: .pdf).first)
    let text = String(decoding: bytes, as: UTF8.self)
    for mark in [
      "/MarkInfo<</Marked true", "/StructTreeRoot", "/Lang(fr-FR)", "pdfaid:part>3<", "pdfaid:conformance>A<",
      "pdfuaid:part>1<", "/DisplayDocTitle true",
    ] {
      #expect(holds(text, mark), "\(mark)")
    }
    let scratch = try Scratch()
    let path = try scratch.write(bytes, as: "a.pdf")
    let tags = try await Tool.output(Tool.pdfinfo ?? "", ["-struct", path])
    for tag in ["H1", "H2", "Table", "THead", "TH", "L", "LI", "Caption"] where tag != "H2" || paper == .usual {
      #expect(tags.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix(tag) }, "\(tag)")
    }
  }

  @Test func `the same documents give the same bytes later`() async throws {
    var first: [[[UInt8]]] = []
    for format in PaperFormat.allCases { first.append(try await press.print([.usual, .absurd], as: format)) }
    // The dates of a ZIP count by two seconds.
    try await Task.sleep(for: .milliseconds(2100))
    for (format, earlier) in zip(PaperFormat.allCases, first) {
      #expect(try await press.print([.usual, .absurd], as: format) == earlier, "\(format)")
    }
    #expect(Set(first.flatMap { $0 }).count == 6)
  }

  @Test func `fifty documents come in their order`() async throws {
    let papers = (1...50).map { index in
      var paper = Paper.usual
      paper.title = "Document \(index)."
      return paper
    }
    let files = try await press.print(papers, as: .pdf)
    #expect(files.count == 50)
    for (index, file) in files.enumerated() {
      #expect(holds(String(decoding: file, as: UTF8.self), ">Document \(index + 1).<"))
    }
    let word = try await press.print(Array(papers[..<3]), as: .docx)
    for (index, file) in word.enumerated() {
      #expect(try await member("docProps/core.xml", of: file).contains(">Document \(index + 1).<"))
    }
    #expect(try await press.print([], as: .pdf).isEmpty)
  }

  @Test func `title, number, version and page are on each page`() async throws {
    var paper = Paper.usual
    paper.title = "A & <b>{{number}}"
    let word = try #require(try await press.print([paper], as: .docx).first)
    #expect(try await plain(member("word/header1.xml", of: word)).contains("A & <b>{{number}}CS-2026-0042"))
    let foot = try await plain(member("word/footer1.xml", of: word))
    #expect(foot.contains("Version 2 du 2\u{A0}mars\u{A0}2026"))
    #expect(foot.contains("NUMPAGES"))
    let styles = try await member("styles.xml", of: #require(press.print([paper], as: .odt).first))
    #expect(plain(styles).tight.contains("A&<b>{{number}}CS-2026-0042"))
    #expect(styles.contains("<text:page-count>"))
  }

  @Test func `gaps, levels, numbers and boxes keep their manner`() async throws {
    var paper = Paper.usual
    paper.blocks.insert(.heading(.third, "Sans parents"), at: 0)
    let word = try await member("word/document.xml", of: #require(press.print([paper], as: .docx).first))
    #expect(count(of: #"<w:rStyle w:val="Gap" />"#, in: word) >= 2)
    #expect(!holds(word, "Heading3\" /></w:pPr><w:r><w:t xml:space=\"preserve\">Sans parents"))
    #expect(count(of: #"<w:tblStyle w:val="Signatures" />"#, in: word) == 1)
    #expect(word.contains(#"<w:jc w:val="right" />"#))
    let writer = try await member("content.xml", of: #require(press.print([paper], as: .odt).first))
    #expect(count(of: #"<text:span text:style-name="Gap">"#, in: writer) == 2)
    #expect(count(of: #"table:style-name="SignatureTableCell""#, in: writer) == 2)
    #expect(count(of: #"style:name="TableRowCell""#, in: writer) == 1)
  }

  @Test func `an ODT begins with its type`() async throws {
    let bytes = try #require(try await press.print([.usual], as: .odt).first)
    #expect(String(decoding: bytes[30..<38], as: UTF8.self) == "mimetype")
    #expect(String(decoding: bytes[38...].prefix(39), as: UTF8.self) == PaperFormat.odt.mimeType)
  }
}
