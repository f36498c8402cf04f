import Clauses
import Testing

/// Works out by trying every number what a reader of a masked table can know, apart from the program's own search.
private struct Reader {
  let table: [[Int]]
  let shown: Secrecy
  /// The least that a hidden number may be: one, for zeros are shown, unless everything is hidden.
  let least: Int

  /// Whether a table that agrees with all that is shown gives a place another number than the true one.
  func canDiffer(_ place: (row: Int?, column: Int?)) -> Bool {
    let truth = value(table, place)
    var guess = table.map { $0.map { _ in 0 } }
    return tries(&guess, 0) { value($0, place) != truth }
  }

  private func value(_ numbers: [[Int]], _ place: (row: Int?, column: Int?)) -> Int {
    switch place {
    case (let row?, let column?): numbers[row][column]
    case (let row?, nil): numbers[row].reduce(0, +)
    case (nil, let column?): numbers.reduce(0) { $0 + $1[column] }
    case (nil, nil): numbers.joined().reduce(0, +)
    }
  }

  private func tries(_ guess: inout [[Int]], _ index: Int, _ isWanted: ([[Int]]) -> Bool) -> Bool {
    let (rows, columns) = (table.count, table[0].count)
    if index == rows * columns {
      guard value(guess, (nil, nil)) == value(table, (nil, nil)) else { return false }
      return isWanted(guess)
    }
    let (row, column) = (index / columns, index % columns)
    let all = value(table, (nil, nil))
    let spent = guess.joined().prefix(index).reduce(0, +)
    let inRow = guess[row].prefix(column).reduce(0, +)
    let inColumn = guess.prefix(row).reduce(0) { $0 + $1[column] }
    let rowSum = shown.rowTotals[row].isHidden ? nil : value(table, (row, nil))
    let columnSum = shown.columnTotals[column].isHidden ? nil : value(table, (nil, column))
    var choices: ClosedRange<Int>
    if shown.cells[row][column].isHidden {
      let most = min(all - spent, (rowSum ?? all) - inRow, (columnSum ?? all) - inColumn)
      guard most >= least else { return false }
      choices = least...most
    } else {
      choices = table[row][column]...table[row][column]
    }
    if column == columns - 1, let rowSum {
      guard choices.contains(rowSum - inRow) else { return false }
      choices = (rowSum - inRow)...(rowSum - inRow)
    }
    if row == rows - 1, let columnSum {
      guard choices.contains(columnSum - inColumn) else { return false }
      choices = (columnSum - inColumn)...(columnSum - inColumn)
    }
    for choice in choices {
      guess[row][column] = choice
      if tries(&guess, index + 1, isWanted) { return true }
    }
    guess[row][column] = 0
    return false
  }
}

@Suite struct SecrecyTests {
  private let today = Reference.today

  private func masked(_ counts: [[Int]], hours: [[Int]]? = nil, _ audience: Secrecy.Audience = .buyer) throws -> Secrecy
  {
    let table = try #require(
      CrossTable(counts: counts, hours: hours.map { $0.map { $0.map { Hours(hundredths: Int64($0)) } } }))
    return try Secrecy.applied(to: table, for: audience, on: today, figures: Reference.figures())
  }

  private func hiddenOf(_ shown: Secrecy) -> [[Int?]] { shown.cells.map { $0.map(\.count) } }

  @Test func `nothing is hidden when nothing is small`() throws {
    let shown = try masked([[5, 6], [0, 7]], hours: [[1, 2], [3, 4]])
    #expect(hiddenOf(shown) == [[5, 6], [0, 7]] && shown.hiddenCells == 0 && shown.total.count == 18)
    #expect(shown.total.hours == Hours(hundredths: 10) && shown.derivation.findings.isEmpty)
    #expect(hiddenOf(try masked([[0], [0]])) == [[0], [0]])
  }

  @Test func `a small number takes the smallest other one with it, and hours go with their count`() throws {
    let shown = try masked([[3], [12], [8], [0]], hours: [[450], [1800], [1200], [0]])
    #expect(hiddenOf(shown) == [[nil], [12], [nil], [0]])
    #expect(shown.cells.map { $0[0].hours?.hundredths } == [nil, 1800, nil, 0])
    #expect(shown.rowTotals.map(\.count) == [nil, 12, nil, 0] && shown.columnTotals[0].count == 23)
    #expect(shown.total.count == 23 && shown.derivation.findings.map(\.code) == ["masked"])
    #expect(shown.derivation.figures.map(\.id) == ["secrecy.minimum"] && Secrecy.Cell.hiddenText == "masqué")
  }

  @Test func `one small cell of a table hides three others, its margins stay`() throws {
    let shown = try masked([[2, 10, 11], [12, 13, 14], [15, 16, 17]])
    #expect(shown.hiddenCells == 4 && shown.rowTotals.allSatisfy { !$0.isHidden })
    #expect(hiddenOf(shown) == [[nil, nil, 11], [nil, nil, 14], [15, 16, 17]])
    let line = try masked([[2, 10, 11]])
    #expect(hiddenOf(line) == [[nil, nil, 11]] && line.columnTotals.map(\.count) == [nil, nil, 11])
    #expect(line.rowTotals[0].count == 23)
  }

  @Test func `a margin that is small is hidden too`() throws {
    let shown = try masked([[1, 2, 0], [10, 20, 30]])
    #expect(shown.rowTotals[0].isHidden && shown.rowTotals[1].isHidden && shown.total.count == 63)
    #expect(shown.cells[0][2].count == 0, "a zero tells of nobody and is shown")
  }

  @Test func `fewer persons than the limit in all hide everything, zeros and total included`() throws {
    let shown = try masked([[3, 0], [0, 0]], hours: [[9, 0], [0, 0]])
    #expect(shown.hiddenCells == 4 && shown.total.isHidden && shown.total.hours == nil)
    #expect(shown.rowTotals.allSatisfy(\.isHidden) && shown.columnTotals.allSatisfy(\.isHidden))
    #expect(try masked([[4]]).columnTotals[0].isHidden && masked([[5]]).total.count == 5)
  }

  @Test func `ones that only the zeros would give away hide the zeros as well`() throws {
    let shown = try masked([[1], [1], [1], [1], [1], [0]])
    #expect(shown.hiddenCells == 6 && shown.total.count == 5 && shown.columnTotals[0].count == 5)
    let line = try masked([[1, 1, 1, 1, 1]])
    #expect(line.hiddenCells == 5 && line.rowTotals[0].count == 5)
    let pair = try masked([[1], [1], [9]])
    #expect(pair.hiddenCells == 3, "two ones would be known from their sum")
  }

  @Test func `the facilitator and the national file see everything, and performance is never masked`() throws {
    for audience in Secrecy.Audience.allCases {
      let shown = try masked([[1, 9], [8, 2]], audience)
      #expect(audience.isMasked == (shown.hiddenCells > 0), "\(audience.rawValue)")
      #expect(!audience.french.isEmpty && (audience.isMasked || shown.derivation.steps.count == 1))
      let table = try #require(CrossTable(counts: [[1, 9], [8, 2]]))
      let told = try Secrecy.applied(
        to: table, for: audience, subject: .performance, on: today, figures: Reference.figures())
      #expect(told.hiddenCells == 0)
    }
  }

  @Test func `a table is rectangular and counts persons`() {
    #expect(
      CrossTable(counts: []) == nil && CrossTable(counts: [[]]) == nil && CrossTable(counts: [[1], [1, 2]]) == nil)
    #expect(CrossTable(counts: [[-1]]) == nil && CrossTable(counts: [[1]], hours: [[]]) == nil)
    #expect(CrossTable(counts: [[1]], hours: [[Hours(-1)]]) == nil && CrossTable(counts: [[1]])?.allHours == nil)
  }

  @Test func `hours that would give a number away are hidden beside some that are not nought`() throws {
    let shown = try masked([[2], [6], [20]], hours: [[0], [0], [500]])
    #expect(hiddenOf(shown) == [[nil], [6], [nil]], "two hidden numbers with no hours at all would both be known")
  }

  /// A random table; small numbers are frequent.
  private func random(_ dice: inout SeededGenerator, rows: Int, columns: Int, most: Int) -> [[Int]] {
    (0..<rows).map { _ in
      (0..<columns).map { _ in
        Bool.random(using: &dice) ? Int.random(in: 0...4, using: &dice) : Int.random(in: 0...most, using: &dice)
      }
    }
  }

  private func check(_ counts: [[Int]], _ hours: [[Int]], _ figures: Figures, _ seed: UInt64) throws {
    let table = try #require(
      CrossTable(counts: counts, hours: hours.map { $0.map { Hours(hundredths: Int64($0)) } }))
    let shown = try Secrecy.applied(to: table, for: .public, on: today, figures: figures)
    let (rows, columns) = (counts.count, counts[0].count)
    let small =
      counts.joined().contains { (1...4).contains($0) }
      || (0..<rows).contains { (1...4).contains(table.rowCount($0)) }
      || (0..<columns).contains { (1...4).contains(table.columnCount($0)) }
    let hidesNought = (0..<rows).contains { row in
      (0..<columns).contains { counts[row][$0] == 0 && shown.cells[row][$0].isHidden }
    }
    #expect((shown.hiddenCells > 0) == small, "seed \(seed): \(counts)")
    let all = shown.cells.joined() + shown.rowTotals + shown.columnTotals + [shown.total]
    for cell in all { #expect(cell.count.map { $0 == 0 || $0 > 4 } ?? true, "seed \(seed): \(counts)") }
    for cell in all { #expect(cell.isHidden == (cell.hours == nil), "seed \(seed)") }
    // Where every number is hidden, zeros are, so that a reader may not take one as the least.
    let isWhole =
      shown.hiddenCells == rows * columns && (rows == 1 || shown.rowTotals.allSatisfy(\.isHidden))
      && (columns == 1 || shown.columnTotals.allSatisfy(\.isHidden))
    #expect(!hidesNought || isWhole, "seed \(seed): \(counts)")
    let persons = Reader(table: counts, shown: shown, least: isWhole ? 0 : 1)
    let worked = Reader(table: hours, shown: shown, least: 0)
    var places: [(row: Int?, column: Int?)] = []
    for row in 0..<rows {
      for column in 0..<columns where shown.cells[row][column].isHidden && rows * columns > 1 {
        places.append((row, column))
      }
      if shown.rowTotals[row].isHidden, rows > 1 { places.append((row, nil)) }
    }
    for column in 0..<columns where shown.columnTotals[column].isHidden && columns > 1 { places.append((nil, column)) }
    for place in places {
      #expect(persons.canDiffer(place), "seed \(seed): \(counts) \(place) can be worked out")
      if table.allHours != Hours(0) {
        #expect(worked.canDiffer(place), "seed \(seed): \(counts) \(hours) \(place) can be worked out from hours")
      }
    }
    let again = try Secrecy.applied(to: table, for: .public, after: shown, on: today, figures: figures)
    #expect(again.cells == shown.cells && again.rowTotals == shown.rowTotals, "seed \(seed): \(counts)")
    #expect(again.columnTotals == shown.columnTotals && again.total == shown.total, "seed \(seed): \(counts)")
  }

  @Test func `no hidden number of a list can be worked out, nor its hours`() throws {
    let figures = try Reference.figures()
    for seed in UInt64(0)..<400 {
      var dice = SeededGenerator(seed)
      let rows = Int.random(in: 1...5, using: &dice)
      let counts = random(&dice, rows: rows, columns: 1, most: 9)
      let hours = counts.map { $0.map { $0 == 0 ? 0 : Int.random(in: 0...6, using: &dice) } }
      try check(counts, hours, figures, seed)
      let turned = [counts.map { $0[0] }]
      try check(turned, [hours.map { $0[0] }], figures, seed)
    }
  }

  @Test func `no hidden number of a table can be worked out, nor its hours`() throws {
    let figures = try Reference.figures()
    for seed in UInt64(1000)..<1300 {
      var dice = SeededGenerator(seed)
      let (rows, columns) = (Int.random(in: 2...3, using: &dice), Int.random(in: 2...3, using: &dice))
      let counts = random(&dice, rows: rows, columns: columns, most: 9)
      let hours = counts.map { $0.map { $0 == 0 ? 0 : Int.random(in: 0...5, using: &dice) } }
      try check(counts, hours, figures, seed)
    }
  }

  @Test func `a list never hides more numbers than it must`() throws {
    for seed in UInt64(0)..<300 {
      var dice = SeededGenerator(seed)
      let counts = random(&dice, rows: Int.random(in: 2...6, using: &dice), columns: 1, most: 12).map { $0[0] }
      let total = counts.reduce(0, +)
      let small = counts.indices.filter { (1...4).contains(counts[$0]) }
      let shown = try masked(counts.map { [$0] })
      guard total > 4, !small.isEmpty else { continue }
      // Hidden numbers of at least one are safe when there are several and their sum is more than their number.
      let others = counts.indices.filter { counts[$0] > 4 }
      let fewest = (0...others.count).first { extra in
        let taken = others.map { counts[$0] }.sorted(by: >).prefix(extra)
        let number = small.count + extra
        return number > 1 && small.reduce(0) { $0 + counts[$1] } + taken.reduce(0, +) > number
      }
      #expect(shown.hiddenCells == fewest.map { small.count + $0 } ?? counts.count, "seed \(seed): \(counts)")
    }
  }

  @Test func `a large table is masked at once and the same way each time`() throws {
    var dice = SeededGenerator(7)
    let counts = random(&dice, rows: 18, columns: 8, most: 60)
    let first = try masked(counts)
    #expect(first == (try masked(counts)) && first.hiddenCells < 18 * 8)
  }
}
