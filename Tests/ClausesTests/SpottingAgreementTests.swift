import Clauses
import Testing

@Suite struct SpottingAgreementTests {
  private func random(_ seed: UInt64) throws -> AwardNotice {
    var dice = SeededGenerator(seed)
    let buyers = ["21770288100012", "11000001200014", "19770922500010", "26330582200012"]
    let cpv = [
      "45210000", "45442100", "90910000", "71240000", "39100000", "79992000", "77310000", "48000000", "00000000",
    ]
    let places = ["77000", "20200", "97400", "2A004", "75", "999", ""]
    var notice = AwardNotice(
      key: .init(buyer: try SIRET(buyers.randomElement(using: &dice) ?? ""), number: "\(seed)"),
      kind: Int.random(in: 0..<5, using: &dice) == 0 ? .concession : .contract,
      object: ["Entretien", "Construction", "Travaux à bons de commande", ""].randomElement(using: &dice) ?? "")
    notice.cpv =
      Bool.random(using: &dice) ? cpv.randomElement(using: &dice).flatMap { CPVCode($0) } : CPVCode("90911200")
    notice.durationMonths = [nil, 0, 1, 2, 3, 12, 48, 5000].randomElement(using: &dice) ?? nil
    let cents = [nil, 0, 9_999_999, 10_000_000, 21_600_000, 540_400_000, Int64.max / 1000]
    notice.amount = (cents.randomElement(using: &dice) ?? nil).map { Euros(cents: $0) }
    notice.notified = Bool.random(using: &dice) ? Day(number: Int32.random(in: 10_000...22_000, using: &dice)) : nil
    notice.place = places.randomElement(using: &dice).map {
      .init(code: $0, kind: AwardNotice.Place.Kind.allCases.randomElement(using: &dice))
    }
    notice.nature = AwardNotice.Nature.allCases.randomElement(using: &dice)
    notice.techniques = .init(rawValue: Int.random(in: 0..<64, using: &dice))
    notice.modalities = .init(rawValue: Int.random(in: 0..<8, using: &dice))
    notice.social = .init(rawValue: Int.random(in: 0..<16, using: &dice))
    if Bool.random(using: &dice) {
      var amendment = AwardNotice.Amendment()
      amendment.durationMonths = [nil, 6, 60].randomElement(using: &dice) ?? nil
      amendment.amount = [nil, Euros(7), Euros(700_000)].randomElement(using: &dice) ?? nil
      notice.amendments = [amendment, AwardNotice.Amendment()]
    }
    return notice
  }

  @Test func `what is explained is what is stored`() throws {
    let rules = try Reference.rules()
    for seed in UInt64(0)..<4000 {
      let notice = try random(seed)
      let departement = PlaceResolution.resolve(notice.place, existing: rules.figures.departements).departement
      let structures = seed % 3 == 0 ? nil : StructuresNearby(count: Int(seed % 20), listIsPartial: seed % 2 == 0)
      let cell = rules.judge(notice, departement: departement, structures: structures)
      let told = rules.explain(notice, departement: departement, structures: structures)
      #expect(told.cell == cell, "seed \(seed)")
      #expect(told.duration.outcome == cell.duration && told.amount.outcome == cell.amount, "seed \(seed)")
      #expect(told.nature.outcome == cell.nature && told.people.outcome == cell.people, "seed \(seed)")
      #expect(told.duty.outcome == cell.duty && told.duty.isAboveThreshold == cell.isAboveThreshold, "seed \(seed)")
      #expect(told.hours.range.map { Int32($0.usual.hundredths / 100) } == cell.hoursUsual, "seed \(seed)")
      #expect(told.priority.rank == Int(cell.rank) && (0...1000).contains(told.priority.rank), "seed \(seed)")
      #expect((told.end == nil) == told.endReason.hasPrefix("Fin inconnue"), "seed \(seed)")
      if let range = told.hours.range { #expect(range.low <= range.usual && range.usual <= range.high, "seed \(seed)") }
      for verdict in told.criteria.map(\.verdict) { #expect(verdict.reason.hasSuffix("."), "seed \(seed)") }
      for text in [told.duty.reason, told.hours.reason, told.priority.sentence, told.endReason] {
        #expect(text.hasSuffix(".") && !text.contains("  ") && !text.contains(" :"), "seed \(seed): \(text)")
      }
      #expect(!told.duty.reason.lowercased().contains("aucune obligation"), "seed \(seed)")
    }
  }

  @Test func `what holds after amendments is what the terms say`() throws {
    for seed in UInt64(0)..<500 {
      let notice = try random(seed)
      let end = notice.runsFrom.flatMap { from in notice.terms.durationMonths.flatMap { from.lastDay(ofMonths: $0) } }
      #expect(notice.expectedEnd == end, "seed \(seed)")
    }
  }

  @Test func `the order does not depend on the day while the figures stay the same`() throws {
    let early = try Reference.rules(asOf: day(2026, 8, 22))
    let late = try Reference.rules(asOf: day(2027, 12, 31))
    #expect(early.version == late.version)
    for seed in UInt64(0)..<500 {
      let notice = try random(seed)
      #expect(
        early.judge(notice, departement: nil, structures: nil) == late.judge(notice, departement: nil, structures: nil),
        "seed \(seed)")
    }
  }
}
