internal import Clauses

/// Finds figures of one name that hold on the same day in one layer, where nobody could tell which one counts.
enum Overlaps {
  static func refuse(in contents: Figures.Contents, folder: String) throws(FactsError) {
    var spans: [String: [(from: Day?, to: Day?)]] = [:]
    func see<Value>(_ figure: Figure<Value>) throws(FactsError) {
      for span in spans[figure.id] ?? [] where meet(span, (figure.from, figure.to)) {
        throw FactsError(
          file: folder, entry: "«\u{A0}\(figure.id)\u{A0}»",
          advice:
            "deux entrées valent le même jour\u{202F}; "
            + "séparez leurs dates «\u{A0}from\u{A0}» et «\u{A0}to\u{A0}», ou n’en gardez qu’une."
        )
      }
      spans[figure.id, default: []].append((figure.from, figure.to))
    }
    for figure in contents.amounts { try see(figure) }
    for figure in contents.counts { try see(figure) }
    for figure in contents.days { try see(figure) }
    for figure in contents.hours { try see(figure) }
    for figure in contents.percents { try see(figure) }
    for figure in contents.words { try see(figure) }
    for figure in contents.choices { try see(figure) }
    for row in contents.technicities { try see(row.content) }
    for row in contents.families { try see(row.content) }
    for row in contents.labourShares { try see(row.content.usual) }
    for row in contents.insertionRates { try see(row.content.usual) }
    for row in contents.hourlyCosts { try see(row.content.usual) }
    for figure in contents.segments { try see(figure) }
    for figure in contents.scaleRungs { try see(figure) }
    for figure in contents.departements { try see(figure) }
    for figure in contents.holidays { try see(figure) }
    for figure in contents.articles { try see(figure) }
    for figure in contents.possibilities { try see(figure) }
    for figure in contents.reservations { try see(figure) }
    for figure in contents.publications { try see(figure) }
    for figure in contents.noticeFields { try see(figure) }
    for figure in contents.publics { try see(figure) }
    for figure in contents.processings { try see(figure) }
    for figure in contents.wordings { try see(figure) }
  }

  private static func meet(_ a: (from: Day?, to: Day?), _ b: (from: Day?, to: Day?)) -> Bool {
    if let end = a.to, let start = b.from, end < start { return false }
    if let end = b.to, let start = a.from, end < start { return false }
    return true
  }
}
