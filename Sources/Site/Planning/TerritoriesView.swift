import Casework
import Clauses

/// Every département by region, with what is known of it.
struct TerritoriesView {
  let model: TerritoryList

  var page: Page {
    Page(title: "Territoires", section: .territories, lead: "Que sait-on de chaque département\u{202F}?") {
      """
      \(when(!model.territoriesAreLoaded, Parts.note(.warning, notLoaded)))\(map)\(each(regions) { region($0.name, $0.lines) })
      """
    }
  }

  private let notLoaded: HTML = """
    <p>Les communes et les régions ne sont pas chargées\u{202F}: lancez <code>marchepied import territories</code>.</p>
    """

  /// Regions in the order of names, départements without one last.
  private var regions: [(name: String?, lines: [TerritoryList.Line])] {
    let groups = Dictionary(grouping: model.lines, by: \.region)
    return groups.sorted { a, b in
      guard let first = a.key else { return false }
      guard let second = b.key else { return true }
      return first.folded < second.folded
    }.map { (name: $0.key, lines: $0.value) }
  }

  private func region(_ name: String?, _ lines: [TerritoryList.Line]) -> HTML {
    let table = Table(
      caption: name ?? "Départements",
      columns: [.text("Département"), .number("Marchés"), .number("Structures d’insertion")],
      rows: lines.map { line in
        [
          "<a href=\"\(Address.planning(.territory(line.code.code)))\">\(line.code.code) \(line.name)</a>",
          "\(French.integer(line.contracts))", "\(French.integer(line.structures))",
        ]
      })
    return table.html
  }

  /// A map of mainland France and Corsica, shaded by number of contracts; the tables say the same.
  private var map: HTML {
    let lines = model.lines.filter { $0.outline != nil && $0.code.code.utf8.count == 2 }
    let greatest = lines.map(\.contracts).max() ?? 0
    guard greatest > 0, let box = Outline.box(of: lines.compactMap(\.outline)) else { return .empty }
    let areas = lines.map { line in
      TerritoryMap.Area(
        name: "\(line.name)\u{202F}: \(French.count(line.contracts, "marché"))", path: line.outline ?? "",
        step: line.contracts == 0 ? nil : 1 + line.contracts * 4 / greatest)
    }
    return TerritoryMap(
      title: "Marchés par département\u{202F}: plus la teinte est forte, plus ils sont nombreux", viewBox: box,
      areas: areas
    )
    .html
  }
}

/// Reads the outlines that the base keeps: `M x y`, relative `l dx dy…`, `z`.
enum Outline {
  /// The box that holds every outline, with a small margin; nil where there is no point.
  static func box(of paths: [String]) -> (x: Int, y: Int, width: Int, height: Int)? {
    var least = (x: Int.max, y: Int.max)
    var most = (x: Int.min, y: Int.min)
    for path in paths {
      for point in points(path) {
        least = (min(least.x, point.x), min(least.y, point.y))
        most = (max(most.x, point.x), max(most.y, point.y))
      }
    }
    guard least.x <= most.x else { return nil }
    let margin = max(most.x - least.x, most.y - least.y) / 50 + 1
    return (least.x - margin, least.y - margin, most.x - least.x + 2 * margin, most.y - least.y + 2 * margin)
  }

  /// The corners of an outline; a path of another kind gives what could be read.
  private static func points(_ path: String) -> [(x: Int, y: Int)] {
    var points: [(x: Int, y: Int)] = []
    var numbers: [Int] = []
    var isRelative = false
    var number = 0
    var sign = 1
    var digits = 0
    func take() {
      if digits > 0 { numbers.append(sign * number) }
      (number, sign, digits) = (0, 1, 0)
      guard numbers.count == 2 else { return }
      let from = isRelative ? points.last ?? (x: 0, y: 0) : (x: 0, y: 0)
      points.append((from.x + numbers[0], from.y + numbers[1]))
      numbers = []
      isRelative = true
    }
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39 where digits < 9:
        number = number * 10 + Int(byte - 0x30)
        digits += 1
      case 0x2D:
        take()
        sign = -1
      case 0x4D, 0x4C:
        take()
        isRelative = false
      case 0x6C:
        take()
        isRelative = true
      default: take()
      }
    }
    take()
    return points
  }
}
