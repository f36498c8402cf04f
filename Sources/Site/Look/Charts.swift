import Clauses

/// Charts drawn on the server as SVG, without style attributes; each has the same figures in a table beside it.
///
/// Colours and type come from the classes of `theme.css`. The picture's title says in one sentence what it shows, for those who do not see it.
public enum Chart {
  /// One bar: its name, its number, where it leads.
  public struct Bar: Sendable {
    /// The name under or beside the bar.
    public let label: String
    /// What the table says where the chart's label is short; the label otherwise.
    public let longLabel: String
    /// The number.
    public let value: Int
    /// What stands under the label, such as a year; nil for nothing.
    public let sublabel: String?
    /// Where a press on the bar leads.
    public let address: Address?

    /// A bar from its parts.
    public init(
      _ label: String, longLabel: String? = nil, sublabel: String? = nil, value: Int, address: Address? = nil
    ) {
      self.label = label
      self.sublabel = sublabel
      self.longLabel = longLabel ?? label
      self.value = value
      self.address = address
    }
  }

  /// How a chart stands on a phone.
  private enum Shape {
    /// It is narrow everywhere.
    case narrow
    /// It shrinks, and its letters grow.
    case fitting
    /// Its numbers are too long to shrink: it scrolls.
    case scrolling

    var name: HTML {
      switch self {
      case .narrow: "chart-narrow"
      case .fitting: "chart-fit"
      case .scrolling: "chart-wide"
      }
    }
  }

  /// Upright bars, for months: the order is the reader's, labels may be short.
  public static func columns(id: String, title: String, unit: String, heads: (String, String), bars: [Bar]) -> HTML {
    let height = 180
    let step = 720 / max(bars.count, 1)
    let width = step * max(bars.count, 1)
    let greatest = max(bars.map(\.value).max() ?? 0, 1)
    let drawn = each(bars.enumerated()) { index, bar in
      column(bar, x: index * step, step: step, height: height, greatest: greatest)
    }
    let svg: HTML = """
      <svg viewBox="-20 0 \(width + 40) \(height + 86)" role="img" aria-labelledby="\(id)-titre">\
      <title id="\(id)-titre">\(title). \(summary(bars, unit: unit))</title>\
      <path class="axis" d="M0 \(height + 30)H\(width)"/>\(drawn)</svg>
      """
    return figure(svg, greatest < 100 ? .fitting : .scrolling, title: title, heads: heads, bars: bars)
  }

  private static func column(_ bar: Bar, x: Int, step: Int, height: Int, greatest: Int) -> HTML {
    let length = bar.value == 0 ? 0 : max(2, bar.value * height / greatest)
    let top = height + 30 - length
    let middle = x + step / 2
    return """
      <rect class="bar" x="\(x + step / 8)" y="\(top)" width="\(step - step / 4)" height="\(length)"/>\
      \(when(bar.value > 0, "<text class=\"value middle\" x=\"\(middle)\" y=\"\(top - 5)\">\(French.integer(bar.value))</text>"))\
      <text class="label middle" x="\(middle)" y="\(height + 52)">\(bar.label)</text>\
      \(when(bar.sublabel) { "<text class=\"label middle\" x=\"\(middle)\" y=\"\(height + 78)\">\($0)</text>" })
      """
  }

  /// Lying bars with the name above each, for families: they stay readable on a phone.
  public static func bars(id: String, title: String, unit: String, heads: (String, String), bars: [Bar]) -> HTML {
    let width = 360
    let greatest = max(bars.map(\.value).max() ?? 0, 1)
    let drawn = each(bars.enumerated()) { index, bar in
      row(bar, y: index * 44, width: width - 50, greatest: greatest)
    }
    let svg: HTML = """
      <svg viewBox="0 0 \(width) \(bars.count * 44)" role="img" aria-labelledby="\(id)-titre">\
      <title id="\(id)-titre">\(title). \(summary(bars, unit: unit))</title>\(drawn)</svg>
      """
    return figure(svg, .narrow, title: title, heads: heads, bars: bars)
  }

  private static func row(_ bar: Bar, y: Int, width: Int, greatest: Int) -> HTML {
    let length = bar.value == 0 ? 0 : max(2, bar.value * width / greatest)
    return """
      <text class="label" x="0" y="\(y + 14)">\(bar.label)</text>\
      <rect class="bar" x="0" y="\(y + 20)" width="\(length)" height="16"/>\
      <text class="value" x="\(length + 6)" y="\(y + 33)">\(French.integer(bar.value))</text>
      """
  }

  /// One bar cut in shares, each with its words: for two or three parts of a whole.
  public static func share(id: String, title: String, unit: String, heads: (String, String), parts: [Bar]) -> HTML {
    let width = 360
    let whole = max(parts.reduce(0) { $0 + $1.value }, 1)
    var x = 0
    var drawn = HTML.empty
    for (index, part) in parts.enumerated() {
      let length = part.value * width / whole
      drawn += sharePart(part, x: x, length: length, index: index, whole: whole)
      x += length
    }
    let svg: HTML = """
      <svg viewBox="0 0 \(width) \(40 + parts.count * 22)" role="img" aria-labelledby="\(id)-titre">\
      <title id="\(id)-titre">\(title). \(summary(parts, unit: unit))</title>\(drawn)</svg>
      """
    return figure(svg, .narrow, title: title, heads: heads, bars: parts)
  }

  private static let steps: [HTML] = ["bar-5", "bar-2", "bar-1", "bar-3", "bar-4"]

  private static func sharePart(_ part: Bar, x: Int, length: Int, index: Int, whole: Int) -> HTML {
    let step = steps[index % steps.count]
    let y = 56 + index * 22
    return """
      <rect class="\(step)" x="\(x)" y="4" width="\(length)" height="28"/>\
      <rect class="\(step)" x="0" y="\(y - 12)" width="14" height="14"/>\
      <text x="22" y="\(y)">\(part.label)\u{202F}: \(French.integer(part.value)) (\(percent(part.value, of: whole)))</text>
      """
  }

  /// `12 %`, rounded; `moins de 1 %` rather than a zero that is not one.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let rounded = (part * 200 + whole) / (whole * 2)
    if rounded == 0, part > 0 { return "moins de 1\(French.thin)%" }
    return "\(rounded)\(French.thin)%"
  }

  private static func figure(_ svg: HTML, _ shape: Shape, title: String, heads: (String, String), bars: [Bar]) -> HTML {
    let rows: [[HTML]] = bars.map { bar in
      let name: HTML = bar.address.map { "<a href=\"\($0)\">\(bar.longLabel)</a>" } ?? "\(bar.longLabel)"
      return [name, "\(French.integer(bar.value))"]
    }
    let table = Table(caption: title, columns: [.text(heads.0), .number(heads.1)], rows: rows)
    // A chart with long numbers scrolls on a phone rather than shrinking until nobody can read it.
    let scrolls = shape == .scrolling
    let picture: HTML = """
      <div class="\(shape.name)"\(when(scrolls, " tabindex=\"0\" role=\"group\" aria-label=\"\(title)\""))>\
      \(svg)</div>\(when(scrolls, "<p class=\"source scroll-hint\">Faites glisser le graphique pour voir la suite.</p>"))
      """
    return """
      <figure class="chart"><figcaption>\(title)</figcaption>\(picture)\
      <details><summary>Les chiffres en tableau</summary>\(table.html)</details></figure>

      """
  }

  private static func summary(_ bars: [Bar], unit: String) -> String {
    guard let greatest = bars.max(by: { $0.value < $1.value }), greatest.value > 0 else { return "Aucune valeur." }
    return "Le plus grand\(French.thin): \(greatest.longLabel), \(French.integer(greatest.value)) \(unit)."
  }
}

/// A map of a territory from outlines that are already SVG paths, each with its name.
public struct TerritoryMap: Sendable {
  /// One area.
  public struct Area: Sendable {
    /// Its name, shown when pointed at and read aloud.
    public let name: String
    /// Its outline, in the units of the view box.
    public let path: String
    /// Its shade, 1 (least) to 5 (most); nil for none.
    public let step: Int?

    /// An area from its parts.
    public init(name: String, path: String, step: Int? = nil) {
      self.name = name
      self.path = path
      self.step = step
    }
  }

  /// What the map shows.
  public let title: String
  /// Left, top, width and height of the view.
  public let viewBox: (x: Int, y: Int, width: Int, height: Int)
  /// Its areas.
  public let areas: [Area]

  /// A map from its parts.
  public init(title: String, viewBox: (x: Int, y: Int, width: Int, height: Int), areas: [Area]) {
    self.title = title
    self.viewBox = viewBox
    self.areas = areas
  }

  /// The markup; the page says the same in words or in a table beside it.
  public var html: HTML {
    """
    <figure class="chart map"><svg viewBox="\(viewBox.x) \(viewBox.y) \(viewBox.width) \(viewBox.height)" role="img" \
    aria-label="\(title)">\(each(areas) { area in
      "<path class=\"area\(when(area.step) { " bar-\(min(max($0, 1), 5))" })\" d=\"\(area.path)\"><title>\(area.name)</title></path>"
    })</svg></figure>

    """
  }
}
