import Clauses
import Foundation

/// What pandoc cannot say, put into the files that it wrote: head and foot of each page, and how some tables look.
///
/// Only whole tags are looked for: a text of the document holds none, for its `<` is written `&lt;`.
struct Finish {
  private let format: PaperFormat
  private let marks: [String: String]

  init(_ paper: Paper, _ format: PaperFormat) {
    self.format = format
    marks = [
      "heading": Finish.shortened(paper.title, 80),
      "number": Finish.shortened(paper.number, 24),
      "version": "Version \(paper.version) du \(paper.dateInWords)",
    ].mapValues(Finish.escaped)
  }

  /// The members of the file, finished.
  func applied(to members: [ZipFile.Member]) -> [ZipFile.Member] {
    members.map { member in
      var member = member
      if let change = change(of: member.name) {
        member.bytes = Array(change(String(decoding: member.bytes, as: UTF8.self)).utf8)
      }
      return member
    }
  }

  private func change(of name: String) -> ((String) -> String)? {
    switch (format, name) {
    case (.docx, "word/document.xml"): wordTables
    case (.docx, _) where name.hasPrefix("word/header") || name.hasPrefix("word/footer"): filled
    case (.odt, "content.xml"): writerTables
    case (.odt, "styles.xml"): filled
    default: nil
    }
  }

  /// The head or foot with its marks replaced, in one pass: what a value holds is not looked at again.
  private func filled(_ text: String) -> String {
    let parts = text.components(separatedBy: "{{")
    return parts.dropFirst().reduce(parts.first ?? "") { text, part in
      guard let end = part.firstRange(of: "}}"), let value = marks[String(part[..<end.lowerBound])] else {
        return text + "{{" + part
      }
      return text + value + part[end.upperBound...]
    }
  }

  /// Boxes to sign have no lines of a table around them, and stay on one page.
  private func wordTables(_ text: String) -> String {
    Finish.tables(of: text, "<w:tbl>", "</w:tbl>", holding: #"<w:pStyle w:val="SignatureCell" />"#) { table in
      table.replacing(#"<w:tblStyle w:val="Table" />"#, with: #"<w:tblStyle w:val="Signatures" />"#)
        .replacing("<w:tr><w:tc>", with: "<w:tr><w:trPr><w:cantSplit /></w:trPr><w:tc>")
    }
  }

  /// Cells have lines and room; those to sign have room only.
  private func writerTables(_ text: String) -> String {
    let cell = #"<table:table-cell table:style-name="TableRowCell""#
    let text = Finish.tables(
      of: text, "<table:table ", "</table:table>", holding: #"<text:p text:style-name="SignatureCell">"#
    ) {
      $0.replacing(cell, with: #"<table:table-cell table:style-name="SignatureTableCell""#)
    }
    let styles = Finish.writerCells.map { name, properties in
      #"<style:style style:name="\#(name)" style:family="table-cell"><style:table-cell-properties "#
        + #"fo:padding="0.14cm" \#(properties) /></style:style>"#
    }
    var kept = text
    for name in ["TableHeaderRowCell", "TableRowCell"] {
      guard let start = kept.firstRange(of: #"<style:style style:name="\#(name)""#),
        let end = kept[start.upperBound...].firstRange(of: "</style:style>")
      else { continue }
      kept.removeSubrange(start.lowerBound..<end.upperBound)
    }
    guard let end = kept.firstRange(of: "</office:automatic-styles>") else { return text }
    return kept[..<end.lowerBound] + styles.joined() + kept[end.lowerBound...]
  }

  private static let writerCells: KeyValuePairs = [
    "TableHeaderRowCell": #"fo:border-left="none" fo:border-right="none" fo:border-top="1pt solid #0B5D55" "#
      + ##"fo:border-bottom="0.5pt solid #0B5D55" fo:background-color="#F1F5F4" style:vertical-align="bottom""##,
    "TableRowCell": #"fo:border-left="none" fo:border-right="none" fo:border-top="none" "#
      + ##"fo:border-bottom="0.5pt solid #B9C2CB""##,
    "SignatureTableCell": #"fo:border="none""#,
  ]

  /// The text with a change in those of its tables that hold this tag.
  private static func tables(
    of text: String, _ opening: String, _ closing: String, holding tag: String, _ change: (String) -> String
  ) -> String {
    let parts = text.components(separatedBy: opening)
    return parts.dropFirst().reduce(parts.first ?? "") { text, part in
      guard let end = part.firstRange(of: closing), part[..<end.lowerBound].contains(tag) else {
        return text + opening + part
      }
      return text + change(opening + part[..<end.lowerBound]) + part[end.lowerBound...]
    }
  }

  private static func shortened(_ text: String, _ length: Int) -> String {
    text.count <= length ? text : text.prefix(length - 1) + "…"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
