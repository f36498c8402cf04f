import Clauses
import Storage
import TestSupport

@testable import Records

/// Invented contracts for tests of lists: values of all frequencies, findable by words.
enum SpottingBase {
  /// Words, and how many contracts in a thousand hold each.
  static let words: [(word: String, perThousand: Int)] = [
    ("travaux", 600), ("entretien", 120), ("voirie", 60), ("toiture", 4), ("orgue", 1),
  ]

  /// Fills a base that holds none.
  static func fill(_ database: any Database, rows: Int, seed: UInt64 = 41) async throws {
    var dice = Dice(seed)
    let codes = (1...95).map { $0 < 10 ? "0\($0)" : "\($0)" }.filter { $0 != "20" }
    var entries: [(id: Int64, entry: AwardEntry)] = []
    var cells: [Spottings.Entry] = []
    for id in 1...Int64(rows) {
      let buyer = try SIRET("21\(dice.pick(codes))0000\(Int.random(in: 100...199, using: &dice))012")
      var object = "Objet \(id)"
      for (word, perThousand) in words where Int.random(in: 0..<1000, using: &dice) < perThousand {
        object += " \(word)s"
      }
      var notice = AwardNotice(
        key: .init(buyer: buyer, number: "N\(id)"), kind: dice.pick([.contract, .contract, .concession]), object: object
      )
      notice.amount = Euros(Int.random(in: 1...900_000, using: &dice))
      notice.cpv = CPVCode(dice.pick(["45000000", "45233140", "90910000", "90911200", "77310000", "33190000"]))
      notice.social = dice.pick([[], [], [], .init(rawValue: 1), .init(rawValue: 2)])
      let departement = DepartementCode(dice.pick(codes))
      func outcome() -> Verdict.Outcome { dice.pick([.yes, .yes, .yes, .no, .probable, .unknown]) }
      let cell = SpottingCell(
        end: Day(number: 20_000 + Int32.random(in: 0...2000, using: &dice)), duration: outcome(), amount: outcome(),
        nature: outcome(), people: outcome(), duty: .unknown, isAboveThreshold: false, recurrence: .recurring,
        hoursLow: 1, hoursUsual: 2, hoursHigh: 3, rank: Int32.random(in: 0...1000, using: &dice))
      entries.append(
        (id, AwardEntry(notice: notice, range: 0..<1, repairs: nil, departement: departement, for: database.dialect)))
      cells.append(Spottings.Entry(award: id, notice: notice, departement: departement, cell: cell, stamp: 1))
    }
    let (awards, spottings) = (entries, cells)
    try await database.write { db in
      try Awards.insert(awards, file: 1, in: db)
      try Spottings.save(spottings, in: db)
      try Spottings.index(awards.map { ($0.id, $0.entry) }, in: db)
      try db.execute("ANALYZE")
    }
  }
}
