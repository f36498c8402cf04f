import Casework
import Clauses
import Storage
import TestSupport
import Testing

@Suite struct SpottingFilterTests {
  @Test(arguments: Engine.allCases)
  func `every filter finds what a plain reading of all contracts finds`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load(AwardText.invented(700, seed: 21), in: world, place)
      try await loadStructures(StructureText.csv(12), in: world, place)
      let all = try await items(in: world)
      var dice = Dice(22)
      var hits = 0
      for round in 0..<max(testCount(120), 120) {
        let filter = invented(&dice, fields: round % 4 + 1)
        let order = dice.pick(SpottingFilter.Order.allCases)
        let found = try await items(filter, order, in: world)
        let expected = all.filter { passes($0, filter) }
        #expect(Set(found.map(\.id)) == Set(expected.map(\.id)), "\(filter)")
        #expect(found.count == expected.count && isSorted(found, order), "\(filter) \(order)")
        let summary = try await SummariseSpotting(filter: filter).run(as: .visitor, in: world)
        let counts = [
          summary.considered, summary.duration, summary.amount, summary.nature, summary.people, summary.all,
          summary.withSocialConsideration, summary.aboveThreshold,
        ]
        #expect(
          counts == [
            expected.count, expected.count { $0.cell.duration.meets }, expected.count { $0.cell.amount.meets },
            expected.count { $0.cell.nature.meets }, expected.count { $0.cell.people.meets },
            expected.count { $0.cell.meetsAll }, expected.count { $0.social.isPositive },
            expected.count { $0.cell.isAboveThreshold },
          ], "\(filter)")
        if !expected.isEmpty { hits += 1 }
      }
      #expect(hits > 40)
    }
  }

  private func invented(_ dice: inout Dice, fields: Int) -> SpottingFilter {
    var filter = SpottingFilter()
    for _ in 0..<fields {
      switch Int.random(in: 0..<11, using: &dice) {
      case 0: filter.kind = dice.pick([.contract, .concession])
      case 1: filter.departement = DepartementCode(dice.pick(["77", "40", "2A", "974", "75", "33", "01"]))
      case 2:
        filter.buyer = dice.pick([
          "21770288100012", "217702881", "22770001 000019", "commune", "œuvre", "ecologie ministere", "VILLE d’île",
          "9",
        ])
      case 3: filter.cpv = dice.pick(["45", "90", "909", "4523", "71240000", "09", "03", "99"])
      case 4: filter.amountFrom = dice.pick([Euros(0), Euros(9000), Euros(100_000), Euros(140_000)])
      case 5: filter.amountTo = dice.pick([Euros(0), Euros(100_000), Euros(250_000)])
      case 6: filter.from = Month(dice.pick(["2024-01", "2026-06", "2027-02"]))
      case 7: filter.to = Month(dice.pick(["2025-12", "2027-02", "2030-01"]))
      case 8: filter.consideration = dice.pick(SpottingFilter.Consideration.allCases)
      case 9: filter.criteria = Set(SpottingFilter.Criterion.allCases.filter { _ in dice.chance(40) })
      default:
        filter.text = dice.pick([
          "ecole", "oeuvre", "œuvre gros", "NETTOY", "hôp", "2e", "a86", "été", "n° 3", "melun voirie",
        ])
      }
    }
    return filter
  }

  private func passes(_ item: SpottingItem, _ filter: SpottingFilter) -> Bool {
    if let kind = filter.kind, item.kind != kind { return false }
    if let departement = filter.departement, item.departement != departement { return false }
    if let buyer = filter.buyer {
      let digits = buyer.filter { $0 != " " }
      if digits.count >= 9, digits.allSatisfy(\.isNumber) {
        guard item.buyer.digits.hasPrefix(digits) else { return false }
      } else {
        let name = (item.buyerName ?? "").folded
        guard buyer.folded.split(separator: " ").allSatisfy({ name.contains($0) }) else { return false }
      }
    }
    if let cpv = filter.cpv, item.cpv?.digits.hasPrefix(cpv) != true { return false }
    if let from = filter.amountFrom, (item.amount ?? Euros(cents: -1)) < from { return false }
    if let to = filter.amountTo {
      guard let amount = item.amount, amount <= to else { return false }
    }
    if filter.from != nil || filter.to != nil {
      guard let end = item.cell.end else { return false }
      if let from = filter.from, end.month < from { return false }
      if let to = filter.to, end.month > to { return false }
    }
    switch filter.consideration {
    case .declared: guard item.social.isPositive else { return false }
    case .none?: guard item.social == .none else { return false }
    case .unstated: guard item.social == .unstated else { return false }
    case nil: break
    }
    for criterion in filter.criteria {
      let outcome =
        switch criterion {
        case .duration: item.cell.duration
        case .amount: item.cell.amount
        case .nature: item.cell.nature
        case .people: item.cell.people
        }
      guard outcome.meets else { return false }
    }
    if let text = filter.text {
      let words = "\(item.object) \(item.buyerName ?? "")".folded.split(separator: " ")
      for word in text.folded.split(separator: " ") where !words.contains(where: { $0.hasPrefix(word) }) {
        return false
      }
    }
    return true
  }

  private func isSorted(_ list: [SpottingItem], _ order: SpottingFilter.Order) -> Bool {
    zip(list, list.dropFirst()).allSatisfy { a, b in
      switch order {
      case .priority: (a.cell.rank, a.id) > (b.cell.rank, b.id)
      case .end: (a.cell.end?.number ?? .max, a.id) < (b.cell.end?.number ?? .max, b.id)
      case .amount: (a.amount?.cents ?? -1, a.id) > (b.amount?.cents ?? -1, b.id)
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `whatever is typed as text finds or does not find, and never fails`(engine: Engine) async throws {
    try await withWorld(engine) { world, place in
      _ = try await load(
        [
          AwardText("1") { $0.object = "Réfection de l’École, gros-œuvre" },
          AwardText("2") { $0.object = "ECOLES et ŒUVRES — 2ème tranche" },
          AwardText("3") { $0.object = "日本語 Łódź ßtraße" },
          AwardText("4") { $0.object = "www.exemple.fr user@exemple.fr 12.5e3 1/2 -7 a_b c'd" },
        ], in: world, place)
      func numbers(_ text: String) async throws -> [String] {
        var filter = SpottingFilter()
        filter.text = text
        return try await items(filter, .end, in: world).map(\.number).sorted()
      }
      let expected: [(String, [String])] = [
        ("ecole", ["1", "2"]), ("École", ["1", "2"]), ("oeuvre", ["1", "2"]), ("œuvre", ["1", "2"]), ("écoles", ["2"]),
        ("gros oeuvre", ["1"]), ("l'ecole\" OR *", []), ("l'ecole\"", ["1"]), ("'; --", ["1", "2", "3", "4"]),
        ("2eme", ["2"]), ("lodz", ["3"]), ("sstrasse", ["3"]), ("exemple", ["4"]), ("fr", ["4"]), ("5e3", ["4"]),
        ("b c d", ["4"]), ("ecole\0", ["1", "2"]), ("\0", ["1", "2", "3", "4"]), ("👷🏽 ecole 🏗", ["1", "2"]),
        ("NEAR(ecole", []), ("ecole:*", ["1", "2"]), ("ecole & !ecole", ["1", "2"]), ("%", ["1", "2", "3", "4"]),
      ]
      for (text, wanted) in expected { #expect(try await numbers(text) == wanted, "\(text)") }
      #expect(try await numbers(String(repeating: "é", count: 10_000)).isEmpty)
      #expect(try await numbers(String(repeating: "日", count: 10_000)).isEmpty)
      #expect(try await numbers(String(repeating: "mot ", count: 2500)).isEmpty)
      for hostile in ["'", "\0", "%' OR 1=1 --", String(repeating: "9", count: 10_000), "👷", "12345678901234567"] {
        var filter = SpottingFilter()
        filter.buyer = hostile
        _ = try await items(filter, in: world)
        filter = SpottingFilter()
        filter.cpv = hostile
        #expect(try await items(filter, in: world).isEmpty, "\(hostile)")
        var near = StructureFilter()
        near.near = hostile
        near.text = hostile
        near.family = hostile
        near.kilometres = .max
        _ = try await ListStructures(filter: near, page: .max).run(as: .visitor, in: world)
      }
    }
  }
}
