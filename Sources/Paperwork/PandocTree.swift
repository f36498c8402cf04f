import Clauses
import Foundation

/// A document as pandoc's own tree, written as JSON: pandoc reads no markup, so no sign of a text can be any.
///
/// The form is that of pandoc-types 1.22.2.1 (pandoc 2.17). Styles are those of the models that `setup/reference.py`
/// makes.
struct PandocTree {
  private typealias Node = PandocNode
  private let format: PaperFormat
  private let paper: Paper

  /// The tree of a document that is ready to print (``Paper/proof``).
  init(_ paper: Paper, _ format: PaperFormat) {
    self.paper = paper
    self.format = format
  }

  /// The bytes of the tree.
  func json() throws -> [UInt8] {
    var meta: [String: Node] = [
      "title": .element("MetaInlines", .list(inlines(paper.title))),
      "lang": .element("MetaString", "fr-FR"),
      "author": .element("MetaInlines", .list(inlines(paper.author))),
      "date": .element("MetaInlines", .list(inlines(paper.dateInWords))),
    ]
    if let text = paper.subtitle { meta["subtitle"] = .element("MetaInlines", .list(inlines(text))) }
    var content: [Node] = []
    if let status = paper.status { content.append(.styled("Status", [.paragraph(inlines(status))])) }
    if !paper.facts.isEmpty { content.append(facts(paper.facts)) }
    content += paper.blocks.flatMap(blocks)
    let document: Node = .object([
      "pandoc-api-version": [1, 22, 2, 1], "meta": .object(meta), "blocks": .list(content),
    ])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(document))
  }

  /// A text, cut where it has spaces and line feeds; all the spaces stay.
  private func inlines(_ text: String) -> [Node] {
    var inlines: [Node] = []
    var word = ""
    var isAfterSpace = false
    for sign in text {
      guard sign == " " || sign == "\n" else {
        word.append(sign)
        isAfterSpace = false
        continue
      }
      if !word.isEmpty { inlines.append(.element("Str", .text(word))) }
      word = ""
      let isSpace = sign == " "
      // OpenDocument takes spaces in a row for one, unless they are tags.
      let space = isAfterSpace && format == .odt ? raw("<text:s />") : .element("Space")
      inlines.append(isSpace ? space : .element("LineBreak"))
      isAfterSpace = isSpace
    }
    if !word.isEmpty { inlines.append(.element("Str", .text(word))) }
    return inlines
  }

  /// A tag of OpenDocument; never anything of the document's own text.
  private func raw(_ tag: StaticString) -> Node { .element("RawInline", ["opendocument", .text("\(tag)")]) }

  private func strong(_ text: String) -> [Node] {
    text.isEmpty ? [] : [.element("Strong", .list(inlines(text)))]
  }

  /// Pandoc gives a stretch of text its style in Word only; in OpenDocument the tags stand around it.
  private func gap(_ text: String) -> [Node] {
    guard format == .odt else { return [.element("Span", [Node.style("Gap"), .list(inlines(text))])] }
    return [raw(#"<text:span text:style-name="Gap">"#)] + inlines(text) + [raw("</text:span>")]
  }

  private func runs(_ runs: [Paper.Run]) -> [Node] {
    runs.flatMap { run -> [Node] in
      switch run.kind {
      case .plain: inlines(run.text)
      case .strong: strong(run.text)
      case .gap: gap(run.text)
      }
    }
  }

  private func blocks(_ block: Paper.Block) -> [Node] {
    switch block {
    case .heading(let level, let text):
      [.element("Header", [.whole(level.rawValue), Node.plainAttributes, .list(inlines(text))])]
    case .paragraph(let text): [.paragraph(runs(text))]
    case .list(let items): [.element("BulletList", .list(items.map { .list([.plain(runs($0))]) }))]
    case .table(let table): [self.table(table)]
    case .note(let title, let lines):
      (title.isEmpty ? [] : [.styled("NoteTitle", [.paragraph(inlines(title))])])
        + (lines.isEmpty ? [] : [.styled("Note", lines.map { .paragraph(inlines($0)) })])
    case .signature(let parties): [signatures(parties)]
    }
  }
}

/// Tables.
extension PandocTree {
  private struct Column {
    var share: Double
    var isNumber = false
  }

  /// The table at the head: names in bold, no line of titles.
  private func facts(_ facts: [Paper.Fact]) -> Node {
    table(
      columns: [Column(share: 0.29), Column(share: 0.71)],
      rows: facts.map { [[.plain(strong($0.name))], [.plain(inlines($0.value))]] })
  }

  private func table(_ table: Paper.Table) -> Node {
    self.table(
      caption: table.caption, columns: PandocTree.columns(table), titles: table.columns.map(\.title),
      rows: table.rows.map { row in row.map { [.plain(inlines($0))] } })
  }

  /// Boxes two by two, or the three of three parties; a party signs in its cell, below its name.
  private func signatures(_ parties: [String]) -> Node {
    let across = parties.count == 3 ? 3 : min(parties.count, 2)
    let boxes = parties.map { party -> [Node] in
      var inside = strong(party)
      for line in ["", "Nom et qualité\(French.thin):", "", "Date\(French.thin):", "", "Signature\(French.thin):"] {
        if !inside.isEmpty { inside.append(.element("LineBreak")) }
        inside += inlines(line)
      }
      // The last line break of a paragraph shows nothing by itself.
      inside += Array(repeating: .element("LineBreak"), count: 4) + [.element("Str", .text(French.noBreak))]
      return [.styled("SignatureCell", [.paragraph(inside)])]
    }
    let rows = stride(from: 0, to: boxes.count, by: across).map { start in
      let row = Array(boxes[start..<min(start + across, boxes.count)])
      return row + Array(repeating: [.plain([])], count: across - row.count)
    }
    return table(columns: Array(repeating: Column(share: 1 / Double(across)), count: across), rows: rows)
  }

  /// The width of each column by the length of what it holds; the square root keeps one long text from starving the
  /// others.
  private static func columns(_ table: Paper.Table) -> [Column] {
    let lengths = table.columns.enumerated().map { index, column in
      let longest = table.rows.reduce(column.title.count) { max($0, $1[index].count) }
      return Double(min(max(longest, 6), 160)).squareRoot()
    }
    let sum = lengths.reduce(0, +)
    return zip(lengths, table.columns).map { Column(share: $0 / sum, isNumber: $1.isNumber) }
  }

  private func table(
    caption: String = "", columns: [Column], titles: [String] = [], rows: [[[Node]]]
  ) -> Node {
    let specification = columns.map { column -> Node in
      [
        .element(column.isNumber ? "AlignRight" : "AlignLeft"),
        .element("ColWidth", .part((column.share * 10_000).rounded() / 10_000)),
      ]
    }
    let head = titles.isEmpty ? [] : [row(titles.map { [.plain(inlines($0))] })]
    return .element(
      "Table",
      [
        Node.plainAttributes,
        [.nothing, .list(caption.isEmpty ? [] : [.plain(inlines(caption))])],
        .list(specification),
        [Node.plainAttributes, .list(head)],
        [[Node.plainAttributes, 0, [], .list(rows.map(row))]],
        [Node.plainAttributes, []],
      ])
  }

  private func row(_ cells: [[Node]]) -> Node {
    [
      Node.plainAttributes,
      .list(cells.map { [Node.plainAttributes, .element("AlignDefault"), 1, 1, .list($0)] }),
    ]
  }
}
