/// Which numbers of a table are hidden.
struct SecrecyPattern: Equatable {
  /// A number of a table.
  enum Place: Hashable {
    case cell(Int, Int), row(Int), column(Int), total
  }

  private(set) var hidden: Set<Place> = []

  var isEmpty: Bool { hidden.isEmpty }
  func contains(_ place: Place) -> Bool { hidden.contains(place) }
  mutating func hide(_ place: Place) { hidden.insert(place) }
}

/// Looks for few numbers to hide so that none can be worked out.
struct SecrecySearch {
  private let table: CrossTable
  private let limit: Int

  /// What is hidden already and stays so.
  private let kept: SecrecyPattern

  init(_ table: CrossTable, limit: Int, keeping kept: SecrecyPattern = .init()) {
    self.table = table
    self.limit = limit
    self.kept = kept
  }

  func pattern() -> SecrecyPattern {
    let network = SecrecyNetwork(table)
    let primary = network.edges.indices.filter { index in
      let edge = network.edges[index]
      return (1..<max(limit, 1)).contains(edge.count) || edge.places.contains(where: kept.contains)
    }
    guard !primary.isEmpty || (1..<max(limit, 1)).contains(table.count) else { return SecrecyPattern() }
    let hidesNought = primary.contains { network.edges[$0].count == 0 }
    guard table.count >= limit, !hidesNought, let hidden = search(network, Set(primary)) else { return whole() }
    var pattern = SecrecyPattern()
    for edge in hidden { network.edges[edge].places.forEach { pattern.hide($0) } }
    return pattern
  }

  /// Everything hidden; the total of the table only where it is small itself.
  private func whole() -> SecrecyPattern {
    var pattern = SecrecyPattern()
    let isSmall = table.count < limit
    for row in 0..<table.rows {
      // The total of an only row or column is that of the table.
      if isSmall || table.rows > 1 { pattern.hide(.row(row)) }
      for column in 0..<table.columns {
        pattern.hide(.cell(row, column))
        if isSmall || table.columns > 1 { pattern.hide(.column(column)) }
      }
    }
    if isSmall { pattern.hide(.total) }
    return pattern
  }

  /// The primary numbers and those that protect them; nil where some cannot be protected.
  private func search(_ network: SecrecyNetwork, _ primary: Set<Int>) -> Set<Int>? {
    var hidden = primary
    while let (edge, measure) = network.exposed(hidden) {
      guard let cycle = network.cheapestCycle(through: edge, measure, hidden) else { return nil }
      hidden.formUnion(cycle)
    }
    // What a later cycle made needless is shown again: totals first, then the greatest numbers.
    let added = hidden.subtracting(primary).sorted { a, b in
      let (a, b) = (network.edges[a], network.edges[b])
      return (a.isTotal ? 0 : 1, -a.count, a.order) < (b.isTotal ? 0 : 1, -b.count, b.order)
    }
    for edge in added {
      let fewer = hidden.subtracting([edge])
      if network.exposed(fewer) == nil { hidden = fewer }
    }
    return hidden
  }
}

/// A table as a network: persons flow from the whole to rows, cells, columns and back, so that what can vary while all
/// shown numbers stay is a cycle of hidden ones.
struct SecrecyNetwork {
  /// What flows.
  enum Measure { case count, hours }

  /// A number of the table, from one knot of the network to another.
  struct Edge {
    let from: Int
    let to: Int
    let count: Int
    let hours: Int64
    /// Its places in the table: several where a total repeats a cell.
    let places: [SecrecyPattern.Place]
    let isTotal: Bool
    /// Its rank in the table.
    let order: Int

    /// How much lower it may be for a reader who knows that zeros are shown.
    func slack(_ measure: Measure) -> Int64 { measure == .count ? Int64(count - 1) : hours }
  }

  /// What a search may still look at: past that no way is found any more, so that everything stays hidden.
  private final class Effort {
    var left = 20_000_000
  }

  private(set) var edges: [Edge] = []
  private let knots: Int
  private let effort = Effort()
  /// Hours that are nought everywhere tell nothing, and cannot be kept from being known.
  private let measures: [Measure]

  init(_ table: CrossTable) {
    measures = (table.allHours?.hundredths ?? 0) > 0 ? [.count, .hours] : [.count]
    let isLine = table.rows == 1 || table.columns == 1
    knots = isLine ? 2 : table.rows + table.columns + 2
    let sink = knots - 1
    for row in 0..<table.rows {
      for column in 0..<table.columns {
        let place = SecrecyPattern.Place.cell(row, column)
        // In a table of one column the total of a row is its cell, and the other way round.
        let places = isLine ? [place, table.columns == 1 ? .row(row) : .column(column)] : [place]
        add(
          isLine ? 0 : 1 + row, isLine ? sink : 1 + table.rows + column, table.counts[row][column],
          table.hours?[row][column], places, isTotal: false)
      }
    }
    guard !isLine else { return }
    for row in 0..<table.rows { add(0, 1 + row, table.rowCount(row), table.rowHours(row), [.row(row)], isTotal: true) }
    for column in 0..<table.columns {
      add(
        1 + table.rows + column, sink, table.columnCount(column), table.columnHours(column), [.column(column)],
        isTotal: true)
    }
  }

  private mutating func add(
    _ from: Int, _ to: Int, _ count: Int, _ hours: Hours?, _ places: [SecrecyPattern.Place], isTotal: Bool
  ) {
    edges.append(
      Edge(
        from: from, to: to, count: count, hours: hours?.hundredths ?? 0, places: places, isTotal: isTotal,
        order: edges.count))
  }

  /// The first hidden number that has a single possible value, and what of it is known.
  func exposed(_ hidden: Set<Int>) -> (edge: Int, measure: Measure)? {
    for edge in hidden.sorted(by: { (edges[$0].count, $0) < (edges[$1].count, $1) }) {
      for measure in measures {
        let cost = { (other: Int) in hidden.contains(other) ? Cost.nothing : nil }
        if cycle(through: edge, measure, cost) == nil { return (edge, measure) }
      }
    }
    return nil
  }

  /// The numbers to hide so that one can vary, at the least loss; nil where there are none.
  func cheapestCycle(through edge: Int, _ measure: Measure, _ hidden: Set<Int>) -> [Int]? {
    cycle(through: edge, measure) { other in
      if hidden.contains(other) { return .nothing }
      let number = edges[other]
      guard number.count > 0 else { return nil }
      return Cost(totals: number.isTotal ? 1 : 0, cells: number.isTotal ? 0 : 1, persons: number.count)
    }
  }

  /// What hiding costs: totals first, then how many cells, then how many persons they count.
  private struct Cost: Comparable {
    var totals = 0
    var cells = 0
    var persons = 0
    static let nothing = Cost()
    static func < (a: Cost, b: Cost) -> Bool { (a.totals, a.cells, a.persons) < (b.totals, b.cells, b.persons) }
    static func + (a: Cost, b: Cost) -> Cost {
      Cost(totals: a.totals + b.totals, cells: a.cells + b.cells, persons: a.persons + b.persons)
    }
  }

  private func cycle(through edge: Int, _ measure: Measure, _ cost: (Int) -> Cost?) -> [Int]? {
    let (number, more) = (edges[edge], path(edges[edge].to, edges[edge].from, without: edge, measure, cost))
    let less =
      number.slack(measure) > 0 ? path(number.from, number.to, without: edge, measure, cost) : nil
    switch (more, less) {
    case (let more?, let less?): return less.cost < more.cost ? less.edges : more.edges
    case (let more?, nil): return more.edges
    case (nil, let less?): return less.edges
    case (nil, nil): return nil
    }
  }

  /// The cheapest way from one knot to another along numbers that may grow, or against numbers that may shrink.
  private func path(
    _ start: Int, _ end: Int, without excluded: Int, _ measure: Measure, _ cost: (Int) -> Cost?
  ) -> (cost: Cost, edges: [Int])? {
    var best: [Cost?] = Array(repeating: nil, count: knots)
    var by: [(edge: Int, knot: Int)?] = Array(repeating: nil, count: knots)
    best[start] = .nothing
    var changed = true
    while changed {
      changed = false
      effort.left -= edges.count
      guard effort.left > 0 else { return nil }
      for (index, edge) in edges.enumerated() where index != excluded {
        guard let price = cost(index) else { continue }
        for (from, to, isOpen) in [(edge.from, edge.to, true), (edge.to, edge.from, edge.slack(measure) > 0)] {
          guard isOpen, let here = best[from] else { continue }
          let next = here + price
          if let known = best[to], known <= next { continue }
          best[to] = next
          by[to] = (index, from)
          changed = true
        }
      }
    }
    guard let total = best[end] else { return nil }
    var edges: [Int] = []
    var knot = end
    while knot != start, let step = by[knot] {
      edges.append(step.edge)
      knot = step.knot
    }
    return (total, edges)
  }
}
