import Clauses
import Storage
import TestSupport
import Testing

@testable import Records

/// However a list is read, it holds what its filter says, in its order.
@Suite struct SpottingReadingTests {
  private static let seed: UInt64 = 20_261_121

  private func query(_ dice: inout Dice) -> SpottingQuery {
    var query = SpottingQuery()
    func often(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &dice) == 0 }
    if often(4) { query.departement = DepartementCode(dice.pick(["77", "13", "01"])) }
    if often(8) { query.buyer = "21770000" }
    if often(3) { query.cpv = dice.pick(["45", "909", "33", "12"]) }
    if often(3) { query.from = Month(dice.pick(["2025-01", "2027-01"])) }
    if often(3) { query.to = Month(dice.pick(["2027-01", "2027-06", "2030-12"])) }
    if often(4) { query.amountFrom = Euros(dice.pick([1000, 500_000, 895_000])) }
    if often(6) { query.amountTo = Euros(dice.pick([5000, 800_000])) }
    if often(4) { query.consideration = dice.pick(SpottingQuery.Consideration.allCases) }
    if often(3) { query.criteria = Int.random(in: 1...15, using: &dice) }
    if often(8) { query.kind = .concession }
    if often(2) {
      query.text = dice.pick(["travaux", "entret", "voirie", "toiture", "orgue", "travaux voirie", "absent"])
    }
    return query
  }

  /// The rows of a filter, found without any of the ways in which pages are read.
  private func plain(_ query: SpottingQuery, _ order: SpottingQuery.Order, _ db: any Connection) throws -> [Int64] {
    let column: SQL =
      switch order {
      case .priority: "s.rank DESC, s.award DESC"
      case .end: "s.ends, s.award"
      case .amount: "s.amount DESC, s.award DESC"
      }
    return try db.scalars(
      Int64.self, "SELECT s.award FROM spotting s \(query.condition(db.dialect)) ORDER BY \(column)")
  }

  @Test(arguments: Engine.allCases)
  func `pages in any direction and their count agree with the filter`(engine: Engine) async throws {
    try await withDatabase(engine, migrations: Schema.migrations) { database in
      try await SpottingBase.fill(database, rows: 16_000)
      var dice = Dice(Self.seed)
      var ways: Set<String> = []
      for turn in 0..<max(testCount(150), 150) {
        let (query, order) = (query(&dice), dice.pick(SpottingQuery.Order.allCases))
        let place = Int.random(in: 0...400, using: &dice)
        let label: Comment = "seed \(Self.seed), turn \(turn): \(query), \(order), \(place)"
        let (all, first, after, before, count, again, way) = try await database.read { db in
          let all = try plain(query, order, db)
          let first = try SpottingLists.lines(query, order: order, start: .first, limit: 51, in: db)
          var (after, before): ([Int64], [Int64]) = ([], [])
          if place < all.count {
            let here = try #require(
              try SpottingLists.lines(query, order: order, start: .first, limit: place + 1, in: db).last)
            let cursor = SpottingLists.Cursor(here, in: order)
            after = try SpottingLists.lines(query, order: order, start: .after(cursor), limit: 51, in: db).map(\.award)
            before = try SpottingLists.lines(query, order: order, start: .before(cursor), limit: 51, in: db).map(
              \.award)
          }
          let words = try SpottingWords.find(query, in: db)
          let reading = SpottingLists.Reading(query, order: order, start: .first, limit: 51, words: words)
          let way = "\(reading.looksAhead) \(words.map { $0.count == 0 ? "none" : $0.areFew ? "few" : "many" } ?? "")"
          return (
            all, first.map(\.award), after, before, try SpottingLists.count(query, upTo: 1000, in: db),
            try SpottingLists.count(query, upTo: 1000, in: db), way
          )
        }
        ways.insert(way)
        #expect(first == Array(all.prefix(51)), label)
        if place < all.count {
          #expect(after == Array(all.dropFirst(place + 1).prefix(51)), label)
          #expect(before == Array(all.prefix(place).suffix(51)), label)
        }
        #expect(count == min(all.count, 1001) && again == count, label)
      }
      // Every way of reading came up.
      #expect(ways == ["true ", "false ", "true many", "false many", "false few", "false none"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a list and its count follow the base, whoever changes it`(engine: Engine) async throws {
    try await withTestBase(engine, migrations: Schema.migrations) { base in
      let (database, other) = (try base.open(connections: 1), try base.open(connections: 1))
      try await SpottingBase.fill(database, rows: 3000)
      var query = SpottingQuery()
      query.text = "travaux"
      query.cpv = "45"
      let asked = query
      for _ in 0..<3 {
        for _ in 0..<2 {
          let (all, first, count) = try await database.read { db in
            (
              try plain(asked, .priority, db),
              try SpottingLists.lines(asked, order: .priority, start: .first, limit: 51, in: db).map(\.award),
              try SpottingLists.count(asked, upTo: 1000, in: db)
            )
          }
          #expect(first == Array(all.prefix(51)))
          #expect(count == min(all.count, 1001))
        }
        let best = try await database.read { try plain(asked, .priority, $0).prefix(20).map { $0 } }
        try await other.write { try $0.execute("DELETE FROM spotting WHERE award IN \(SQL.list(best))") }
      }
      try await database.close()
      try await other.close()
    }
  }
}
