import Clauses
import Testing

@Suite struct ProgressTests {
  private func curve(
    _ measure: ProgressCurve.Measure = .months, plan: [ProgressCurve.PlannedMonth] = []
  ) throws -> ProgressCurve {
    try #require(ProgressCurve(from: day(2026, 12, 1), to: day(2028, 3, 31), measure: measure, plan: plan))
  }

  private func progress(
    _ due: String, _ credited: String, on day: Day = day(2027, 6, 30), plan: [ProgressCurve.PlannedMonth] = [],
    measure: ProgressCurve.Measure = .months, _ change: (inout LotProgress.Case) -> Void = { _ in }
  ) throws -> LotProgress {
    var given = LotProgress.Case(due: h(due), credited: h(credited), curve: try curve(measure, plan: plan))
    change(&given)
    return try LotProgress(given, on: day, figures: sharedFigures.get())
  }

  @Test func `A has 512 hours where 443.1 were expected after 7 months of 16`() throws {
    let a = try progress("1012.8", "512")
    #expect(a.expected == h("443.1"))
    #expect(a.level == .onTrack && a.missingAtEnd == Hours(0) && a.advised == nil)
    #expect(a.sentence.plain == "À ce rythme, les 1 012,8 h à faire seront atteintes.")
    let plan = (0..<16).map { ProgressCurve.PlannedMonth(month: month("2026-12").adding($0), hours: h("63.3")) }
    let planned = try progress("1012.8", "512", plan: plan)
    #expect(planned.expected == h("443.1") && planned.derivation.findings.isEmpty)
  }

  @Test func `B has 120 hours where 295.4 were expected, ends at 274.3 and will miss 400.9`() throws {
    let b = try progress("675.2", "120")
    #expect(b.expected == h("295.4") && b.missing == h("555.2"))
    #expect(b.forecast == h("274.29") && b.missingAtEnd == h("400.91") && b.pace == h("17.14"))
    #expect(b.level == .serious)
    #expect(
      b.sentence.plain
        == "À ce rythme il manquera 400,9 h ; une personne de plus à temps plein à partir de juillet suffit.")
    #expect(
      b.derivation.steps.map(\.sentence.plain).contains(
        "Il manquera : 675,2 h − 274,29 h (arrondi) = 400,91 h (arrondi)"))
  }

  @Test func `once 80 hours are excused the forecast says 320.9`() throws {
    let b = try progress("675.2", "120") { $0.excused = Hours(80) }
    #expect(b.missingAtEnd == h("320.91") && b.due == h("675.2") && b.missing == h("475.2"))
    #expect(b.sentence.plain.hasPrefix("À ce rythme il manquera 320,9 h ;"))
  }

  @Test func `at this pace 640 hours miss and one more person from March is enough`() throws {
    let given = LotProgress.Case(
      due: Hours(1000), credited: Hours(60),
      curve: try #require(ProgressCurve(from: day(2026, 12, 1), to: day(2027, 8, 31))))
    var late = given
    late.credited = Hours(120)
    let state = try LotProgress(late, on: day(2027, 2, 28), figures: sharedFigures.get())
    #expect(state.missingAtEnd == Hours(640))
    #expect(
      state.sentence.plain
        == "À ce rythme il manquera 640 h ; une personne de plus à temps plein à partir de mars suffit.")
    #expect(
      state.advised?.persons == 1 && state.advised?.from == month("2027-03") && state.advised?.hours == h("803.52"))
    late.credited = Hours(0)
    let more = try LotProgress(late, on: day(2027, 2, 28), figures: sharedFigures.get())
    #expect(
      more.sentence.plain
        == "À ce rythme il manquera 1 000 h ; 2 personnes de plus à temps plein à partir de mars suffisent.")
    late.basis = .paid
    late.due = Hours(900)
    let paid = try LotProgress(late, on: day(2027, 2, 28), figures: sharedFigures.get())
    #expect(paid.advised?.persons == 1 && paid.advised?.from == month("2027-03") && paid.advised?.hours == h("910.02"))
  }

  @Test func `months in French take their elision, and their year when far`() throws {
    let state = try progress("1000", "10", on: day(2027, 3, 31))
    #expect(state.sentence.plain.contains("à partir d’avril suffit"))
    let begun = try progress("1000", "0", on: day(2026, 12, 1)) {
      $0.hiring = .init(from: month("2028-01"))
    }
    #expect(begun.whatIf?.sentence.plain.contains("à partir de janvier 2028") == true)
  }

  @Test func `before the first day nothing is expected, after the last what misses misses`() throws {
    let before = try progress("100", "0", on: day(2026, 11, 30))
    #expect(before.expected == Hours(0) && before.pace == nil && before.forecast == nil && before.level == .onTrack)
    #expect(before.sentence.plain == "L’exécution n’a pas commencé : 100 h sont à faire.")
    let over = try progress("100", "60", on: day(2028, 3, 31))
    #expect(over.level == .serious && over.missingAtEnd == Hours(40) && over.advised == nil)
    #expect(over.sentence.plain == "L’exécution est finie : il manque 40 h.")
    let done = try progress("100", "120", on: day(2028, 4, 30))
    #expect(done.level == .complete && done.surplus == Hours(20))
    #expect(done.sentence.plain == "Les 100 h à faire sont atteintes.")
    let last = try progress("100", "60", on: day(2028, 3, 15))
    #expect(last.sentence.plain.contains("il ne reste aucun mois entier pour embaucher"))
  }

  @Test func `levels follow the limits of the reference figures`() throws {
    // 160 h over 16 months: 70 h expected on 30 June 2027.
    let levels = try ["70", "69.99", "63", "62.99", "35", "34.99", "160"].map { try progress("160", $0).level }
    #expect(levels == [.onTrack, .watch, .watch, .late, .late, .serious, .complete])
    #expect(Set(LotProgress.Level.allCases.map(\.french)).count == 5)
  }

  @Test func `time passes by months or by days, a part of a month by its days`() throws {
    let byMonths = try curve()
    #expect(byMonths.length == Quotient(16) && byMonths.elapsed(on: day(2027, 6, 30)) == Quotient(7))
    #expect(byMonths.elapsed(on: day(2026, 12, 31)) == Quotient(1))
    #expect(byMonths.elapsed(on: day(2027, 2, 14)) == Quotient(5, over: 2))
    #expect(byMonths.elapsed(on: day(2026, 11, 30)) == Quotient(0))
    #expect(byMonths.left(after: day(2028, 3, 31)) == Quotient(0))
    let byDays = try curve(.days)
    #expect(byDays.length == Quotient(487) && byDays.elapsed(on: day(2027, 6, 30)) == Quotient(212))
    #expect(byDays.elapsed(on: day(2026, 11, 1)) == Quotient(0))
    #expect(try progress("487", "0", measure: .days).expected == Hours(212))
    let leap = try #require(ProgressCurve(from: day(2028, 2, 1), to: day(2028, 2, 29)))
    #expect(leap.length == Quotient(1) && leap.elapsed(on: day(2028, 2, 28)) == Quotient(28, over: 29))
    #expect(ProgressCurve(from: day(2027, 1, 2), to: day(2027, 1, 1)) == nil)
    #expect(byMonths.points(of: Hours(16)).map(\.hours) == (1...16).map { Hours($0) })
  }

  @Test func `a plan is followed as it is, and told where it does not add up or leaves the time`() throws {
    let plan = [
      ProgressCurve.PlannedMonth(month: month("2026-12"), hours: Hours(10)),
      .init(month: month("2027-02"), hours: Hours(28)), .init(month: month("2028-04"), hours: Hours(100)),
    ]
    let state = try progress("100", "0", on: day(2027, 2, 14), plan: plan)
    #expect(state.expected == Hours(24))
    #expect(state.derivation.findings.map(\.code) == ["planTotal", "planOutside"])
    #expect(try progress("100", "0", on: day(2026, 11, 30), plan: plan).expected == Hours(0))
    #expect(try progress("20", "0", on: day(2027, 3, 1), plan: plan).expected == Hours(20))
  }

  @Test func `the recent pace is that of the last whole months`() throws {
    let months = (0..<7).map { index in
      ProgressCurve.PlannedMonth(month: month("2026-12").adding(index), hours: index < 4 ? Hours(0) : Hours(40))
    }
    let recent = try progress("675.2", "120") {
      $0.months = months
      $0.pace = .recent
    }
    #expect(recent.pace == Hours(40) && recent.forecast == Hours(480) && recent.missingAtEnd == h("195.2"))
    let within = try progress("675.2", "120", on: day(2027, 7, 15)) {
      $0.months = months
      $0.pace = .recent
    }
    #expect(within.pace == Hours(40))
    let unknown = try progress("675.2", "120") { $0.pace = .recent }
    #expect(unknown.pace == h("17.14") && unknown.derivation.findings.map(\.code) == ["recentPaceUnknown"])
  }

  @Test func `what if one more person came for 35 hours a week from a month`() throws {
    let b = try progress("675.2", "120") { $0.hiring = .init(weeklyHours: Hours(35), from: month("2028-02")) }
    let whatIf = try #require(b.whatIf)
    #expect(whatIf.added == h("267.84") && whatIf.forecast == h("542.13") && whatIf.missingAtEnd == h("133.07"))
    #expect(
      whatIf.sentence.plain
        == "Avec 1 personne de plus à 35 h par semaine à partir de février, il manquera encore 133,1 h.")
    let half = try progress("675.2", "120") {
      $0.hiring = .init(persons: 2, weeklyHours: h("17.5"), from: month("2027-10"))
    }
    #expect(half.whatIf?.added == h("803.52") && half.whatIf?.missingAtEnd == Hours(0))
    #expect(half.whatIf?.sentence.plain.hasSuffix("le compte y est.") == true)
    let past = try progress("675.2", "120") { $0.hiring = .init(from: month("2026-12")) }
    #expect(past.whatIf?.added == h("1205.28"))
    let after = try progress("675.2", "120") { $0.hiring = .init(from: month("2028-04")) }
    #expect(after.whatIf?.added == Hours(0))
  }

  @Test func `what misses at the end and the pace agree, and the advice is enough and no more`() throws {
    for seed in UInt64(0)..<500 {
      var dice = SeededGenerator(seed)
      let from = day(2026, 1, 1).adding(days: Int.random(in: 0...700, using: &dice))
      let to = from.adding(days: Int.random(in: 0...1200, using: &dice))
      let on = from.adding(days: Int.random(in: -20...1300, using: &dice))
      let measure = ProgressCurve.Measure.allCases.randomElement(using: &dice) ?? .months
      var given = LotProgress.Case(
        due: Hours(hundredths: Int64.random(in: 0...500_000, using: &dice)),
        credited: Hours(hundredths: Int64.random(in: 0...300_000, using: &dice)),
        curve: try #require(ProgressCurve(from: from, to: to, measure: measure)))
      given.excused = Hours(hundredths: Int64.random(in: 0...200_000, using: &dice))
      let state = try LotProgress(given, on: on, figures: sharedFigures.get())
      #expect(
        state.credited - state.surplus + state.excused + state.missing == state.due, "seed \(seed)")
      #expect(state.expected <= state.due - state.excused, "seed \(seed)")
      let spent = given.curve.elapsed(on: on) + given.curve.left(after: on)
      #expect(spent == given.curve.length, "seed \(seed)")
      if let advice = state.advised, let missing = state.missingAtEnd {
        #expect(advice.hours >= missing, "seed \(seed)")
        let fewer =
          Quotient(advice.hours) * (Quotient(Int128(advice.persons - 1), over: Int128(advice.persons)) ?? Quotient(0))
        #expect(fewer <= Quotient(missing), "seed \(seed)")
      }
    }
  }
}
