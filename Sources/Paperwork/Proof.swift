import Clauses

extension Paper {
  /// The same document as all formats can print it.
  ///
  /// Signs that no format may hold are gone, headings skip no level (readers by ear move by them, and PDF/UA asks for
  /// it), rows are as wide as their table, and what is empty is left out, save the title.
  var proof: Paper {
    var level = 0
    var blocks: [Block] = []
    for block in self.blocks {
      switch block {
      case .heading(let wanted, let text):
        let text = text.printable.joined
        guard !text.isEmpty else { continue }
        level = min(wanted.rawValue, level + 1)
        blocks.append(.heading(Level(rawValue: level) ?? .first, text))
      case .paragraph(let runs):
        let runs = printable(runs)
        if !runs.isEmpty { blocks.append(.paragraph(runs)) }
      case .list(let items):
        let items = items.map(printable).filter { !$0.isEmpty }
        if !items.isEmpty { blocks.append(.list(items)) }
      case .table(let table):
        if let table = table.proof { blocks.append(.table(table)) }
      case .note(let title, let lines):
        let lines = lines.map(\.printable).filter { !$0.isEmpty }
        let title = title.printable.joined
        if !title.isEmpty || !lines.isEmpty { blocks.append(.note(title: title, lines)) }
      case .signature(let parties):
        if !parties.isEmpty { blocks.append(.signature(parties.map(\.printable.joined))) }
      }
    }
    let number = number.printable.joined
    let title = title.printable.joined
    return Paper(
      title: !title.isEmpty ? title : !number.isEmpty ? number : "Document",
      subtitle: subtitle?.printable.joined.nonEmpty,
      number: number, version: version, author: author.printable.joined, date: date,
      status: status?.printable.joined.nonEmpty,
      facts: facts.map { Fact($0.name.printable.joined, $0.value.printable) }
        .filter { !$0.name.isEmpty || !$0.value.isEmpty },
      blocks: blocks)
  }

  private func printable(_ runs: [Run]) -> [Run] {
    runs.map { Run($0.text.printable, $0.kind) }.filter { !$0.text.isEmpty }
  }

  /// `12 mars 2026`, held together by no-break spaces.
  var dateInWords: String {
    let (year, month, day) = date.parts
    return "\(day == 1 ? "1er" : String(day))\(French.noBreak)\(French.months[month - 1])\(French.noBreak)\(year)"
  }
}

extension Paper.Table {
  /// The table with rows of one width, or nil when it has no column.
  fileprivate var proof: Paper.Table? {
    let width = max(columns.count, rows.map(\.count).max() ?? 0)
    guard width > 0 else { return nil }
    let columns = columns.map { Column($0.title.printable.joined, isNumber: $0.isNumber) }
    return Paper.Table(
      caption: caption.printable.joined,
      columns: columns + Array(repeating: Column(""), count: width - columns.count),
      rows: rows.map { row in row.map(\.printable) + Array(repeating: "", count: width - row.count) })
  }
}

extension String {
  /// The text without the control characters that XML forbids, nor the signs that turn the direction of what follows: a
  /// page must read as its text does.
  var printable: String {
    guard unicodeScalars.contains(where: { $0.isUnprintable || $0 == "\r" || $0 == "\t" }) else { return self }
    var scalars = String.UnicodeScalarView()
    var previous: Unicode.Scalar = "\0"
    for scalar in unicodeScalars {
      switch scalar {
      case "\r": scalars.append("\n")
      case "\n" where previous == "\r": break
      case "\t": scalars.append(" ")
      case _ where scalar.isUnprintable: break
      default: scalars.append(scalar)
      }
      previous = scalar
    }
    return String(scalars)
  }

  /// The text on one line.
  var joined: String {
    contains(where: \.isNewline) ? split(whereSeparator: \.isNewline).joined(separator: " ") : self
  }

  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

extension Unicode.Scalar {
  fileprivate var isUnprintable: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D: false
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB: true
    default: value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
  }
}
