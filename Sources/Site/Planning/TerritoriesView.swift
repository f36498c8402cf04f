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
      caption: name.map { Say.name($0) } ?? "Départements",
      columns: [.text("Département"), .number("Marchés"), .number("Structures d’insertion")],
      rows: lines.map { line in
        [
          "<a href=\"\(Address.planning(.territory(line.code.code)))\">\(line.code.code) \(Say.name(line.name))</a>",
          "\(French.integer(line.contracts))", "\(French.integer(line.structures))",
        ]
      })
    return table.html
  }

  /// A map of mainland France and Corsica, shaded by number of contracts; the tables say the same.
  private var map: HTML {
    let drawn = model.lines.compactMap { line -> (line: TerritoryList.Line, outline: Outline)? in
      guard line.code.code.utf8.count == 2 else { return nil }
      return line.outline.flatMap { Outline($0)?.coarse(by: 20) }.map { (line, $0) }
    }
    let greatest = drawn.map(\.line.contracts).max() ?? 0
    guard greatest > 0, let box = Outline.box(of: drawn.map(\.outline)) else { return .empty }
    let areas = drawn.map { line, outline in
      TerritoryMap.Area(
        name: "\(Say.name(line.name))\u{202F}: \(French.count(line.contracts, "marché"))", path: outline.path,
        step: line.contracts == 0 ? nil : 1 + line.contracts * 4 / greatest)
    }
    let title = "Marchés par département\u{202F}: plus la teinte est forte, plus ils sont nombreux"
    return TerritoryMap(title: title, viewBox: box, areas: areas).html
  }
}
