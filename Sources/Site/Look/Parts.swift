/// Small parts that pages share.
public enum Parts {
  /// A row of key figures: what is counted, and its number as text.
  public static func keyFigures(_ figures: [(label: String, value: String)]) -> HTML {
    """
    <dl class="key-figures">\
    \(each(figures) { "<div><dt>\($0.label)</dt><dd>\($0.value)</dd></div>" })</dl>

    """
  }

  /// Terms and what is known of them; a term without value says so rather than staying blank.
  public static func definitions(_ pairs: [(term: String, value: HTML)]) -> HTML {
    """
    <dl class="definitions">\
    \(each(pairs) { pair in
      "<dt>\(pair.term)</dt><dd>\(pair.value.isEmpty ? "<span class=\"text-body-secondary\">non renseigné</span>" : pair.value)</dd>"
    })</dl>

    """
  }

  /// Nothing to show: says why, and what to do next.
  public static func empty(title: String, _ next: HTML) -> HTML {
    "<div class=\"empty-state\"><h2>\(title)</h2>\(next)</div>\n"
  }

  /// A word with a shape before it, so that colour is never alone.
  public static func status(_ tone: Tone, _ word: String) -> HTML {
    "<span class=\"status \(tone.name)\">\(word)</span>"
  }

  /// An aside.
  public static func note(_ tone: Tone = .neutral, _ html: HTML) -> HTML {
    "<div class=\"note\(when(tone == .warning, " note-warning"))\(when(tone == .late, " note-late"))\">\(html)</div>\n"
  }

  /// Previous and next of a list that is read page by page; nothing where there is only one page.
  public static func pager(label: String, previous: Address?, next: Address?) -> HTML {
    guard previous != nil || next != nil else { return .empty }
    return """
      <nav class="pager" aria-label="\(label)">\
      \(when(previous) { "<a class=\"btn btn-outline-primary\" rel=\"prev\" href=\"\($0)\">Précédents</a>" })\
      \(when(next) { "<a class=\"btn btn-outline-primary\" rel=\"next\" href=\"\($0)\">Suivants</a>" })</nav>

      """
  }
}

/// How good or urgent something is.
public enum Tone: Sendable, Hashable {
  /// Neither good nor bad.
  case neutral
  /// Well.
  case good
  /// To look at.
  case warning
  /// Late, or failed.
  case late

  var name: HTML {
    switch self {
    case .neutral: "is-neutral"
    case .good: "is-good"
    case .warning: "is-warning"
    case .late: "is-late"
    }
  }
}

/// A table: its caption says what it holds, each head its column, the first cell of a row is the row's own head.
public struct Table: Sendable {
  /// One column.
  public struct Column: Sendable {
    /// Its head.
    public let label: String
    /// Whether its cells are numbers, aligned on the right.
    public let isNumber: Bool

    /// A column of words.
    public static func text(_ label: String) -> Column { Column(label: label, isNumber: false) }
    /// A column of numbers.
    public static func number(_ label: String) -> Column { Column(label: label, isNumber: true) }
  }

  /// What the table holds.
  public let caption: String
  /// Its columns.
  public let columns: [Column]
  /// Its rows, a cell a column.
  public let rows: [[HTML]]

  /// A table from its parts.
  public init(caption: String, columns: [Column], rows: [[HTML]]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }

  /// The markup; rows become cards on a phone.
  public var html: HTML {
    """
    <table class="table cards"><caption>\(caption)</caption><thead><tr>\
    \(each(columns) { "<th scope=\"col\"\(numberClass($0))>\($0.label)</th>" })</tr></thead><tbody>
    \(each(rows) { row($0) })</tbody></table>

    """
  }

  private func row(_ cells: [HTML]) -> HTML {
    var html: HTML = "<tr>"
    for (column, cell) in zip(columns, cells) {
      html +=
        html.bytes.count == 4
        ? "<th scope=\"row\"\(numberClass(column))>\(cell)</th>"
        : "<td data-label=\"\(column.label)\"\(numberClass(column))>\(cell)</td>"
    }
    html += "</tr>\n"
    return html
  }

  private func numberClass(_ column: Column) -> HTML { when(column.isNumber, " class=\"number\"") }
}
