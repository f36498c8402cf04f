internal import Clauses

extension Rule {
  /// A table of persons as an audience may see it.
  static let secrecy = Rule(
    name: "secrecy",
    summary: "Masque les petits effectifs d’un tableau de personnes, et ce qui permettrait de les retrouver.",
    fields: [
      ("audience", "qui lit\u{202F}: facilitator, national, coordination, buyer, company ou public"),
      ("subject", "ce que disent les nombres\u{202F}: persons (par défaut) ou performance, jamais masquée"),
      ("day", "le jour dont le seuil s’applique\u{202F}; à défaut aujourd’hui"),
      (
        "cells",
        "les cases\u{202F}: row, column (absent si le tableau n’a qu’une dimension), count, hours\u{202F}; une case absente vaut 0"
      ),
    ],
    example: """
      {"audience": "buyer", "cells": [
        {"row": "femmes", "column": "QPV", "count": 3, "hours": 450}, {"row": "femmes", "column": "hors QPV", "count": 12, "hours": 1800},
        {"row": "hommes", "column": "QPV", "count": 8, "hours": 1200}, {"row": "hommes", "column": "hors QPV", "count": 20, "hours": 3100}]}
      """
  ) { input, context throws(RuleFaults) in
    let audience = input.choice("audience", Secrecy.Audience.self)
    let subject = input.choice("subject", Secrecy.Subject.self, required: false) ?? .persons
    let day = input.day("day", required: false) ?? context.today
    let cells = input.objects("cells", most: 2500) { SecrecyCell(&$0) }
    try input.check()
    guard !cells.isEmpty else {
      throw RuleFaults([RuleFault("/cells", "Le tableau est vide\u{202F}: donnez ses cases.")])
    }
    let hasColumns = cells[0].column != nil
    for (index, cell) in cells.enumerated() {
      if (cell.column != nil) != hasColumns {
        input.fault(
          "cells",
          "La case nº\u{A0}\(index + 1) n’a pas la même forme que la première\u{202F}: «\u{A0}column\u{A0}» partout, ou nulle part."
        )
      }
    }
    let rows = SecrecyCell.distinct(cells.map(\.row))
    let columns = SecrecyCell.distinct(cells.map { $0.column ?? "" })
    var counts = Array(repeating: Array(repeating: 0, count: columns.count), count: rows.count)
    var hours = Array(repeating: Array(repeating: Hours(0), count: columns.count), count: rows.count)
    var seen: Set<[String]> = []
    for (index, cell) in cells.enumerated() {
      guard let row = rows.firstIndex(of: cell.row), let column = columns.firstIndex(of: cell.column ?? "") else {
        continue
      }
      if !seen.insert([cell.row, cell.column ?? ""]).inserted {
        input.fault("cells", "La case nº\u{A0}\(index + 1) est donnée deux fois\u{202F}: gardez-en une.")
      }
      counts[row][column] = cell.count
      hours[row][column] = cell.hours ?? Hours(0)
    }
    try input.check()
    let hasHours = cells.contains { $0.hours != nil }
    let table = try input.unwrap(CrossTable(counts: counts, hours: hasHours ? hours : nil))
    let reader = try input.unwrap(audience)
    let shown = try Rule.withFigures { () throws(MissingFigure) in
      try Secrecy.applied(to: table, for: reader, subject: subject, on: day, figures: context.figures)
    }
    func named(_ name: String, _ values: [String], _ totals: [Secrecy.Cell]) -> RuleJSON {
      .list(zip(values, totals).map { .object([(name, .text($0))] + $1.jsonFields) })
    }
    let body = zip(rows, shown.cells).flatMap { row, line in
      zip(columns, line).map { column, cell -> RuleJSON in
        .object([("row", .text(row))] + (hasColumns ? [("column", .text(column))] : []) + cell.jsonFields)
      }
    }
    return .object(
      [
        ("cells", .list(body)), ("rows", named("row", rows, shown.rowTotals)),
        ("columns", hasColumns ? named("column", columns, shown.columnTotals) : .list([])),
        ("total", .object(shown.total.jsonFields)), ("hidden", .whole(shown.hiddenCells)),
      ] + shown.derivation.fields)
  }
}

/// A cell as given.
private struct SecrecyCell {
  let row: String
  let column: String?
  let count: Int
  let hours: Hours?

  init?(_ input: inout RuleInput) {
    let row = input.text("row", most: 200)
    column = input.text("column", required: false, most: 200)
    let count = input.whole("count")
    hours = input.hours("hours", required: false)
    guard let row, let count else { return nil }
    self.row = row
    self.count = count
  }

  /// The values in the order in which they first come.
  static func distinct(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension Secrecy.Cell {
  /// `count`, `hours`, `hidden`.
  var jsonFields: [(name: String, value: RuleJSON)] {
    [
      ("count", count.map { .whole($0) } ?? .null), ("hours", RuleAnswer.hours(hours)), ("hidden", .flag(isHidden)),
    ]
  }
}
