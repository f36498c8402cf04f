import Clauses
import Testing

@Suite struct InverseCalibrationTests {
  private func find(
    _ field: Calibration.Field, _ hours: Int? = nil, by method: Calibration.Method,
    _ fill: (inout Calibration.Case) -> Void
  ) throws -> Calibration.Answer {
    var given = Calibration.Case()
    fill(&given)
    return try Calibrator(figures: Reference.figures(), on: Reference.today)
      .find(.init(field, hours: hours.map { Hours($0) }), in: given, by: method)
  }

  private func building(_ given: inout Calibration.Case) {
    given.amount = Euros(1_000_000)
    given.labourShare = Percent(50)
    given.insertionRate = Percent(5)
    given.hourlyCost = Euros(30)
  }

  private func cleaning(_ given: inout Calibration.Case) {
    given.amount = Euros(600_000)
    given.months = 36
    given.monthlyHoursTakenOver = Hours(300)
    given.insertionRate = Percent(20)
    given.hourlyCost = Euros(25)
  }

  @Test func `which rate gives 500 hours: three percent of the labour of a million`() throws {
    let answer = try find(.insertionRate, 500, by: .labourShare, building)
    #expect(answer.value == .share(Percent(3)))
    #expect(answer.sizing?.exactHours == Hours(500))
    #expect(
      answer.derivation.steps.first?.sentence.plain
        == "Le taux d’insertion à atteindre : 500 h × 30 € ÷ (1 000 000 € × 50 %) = 3 %")
    #expect(answer.derivation.findings.map(\.code) == ["unusualRate", "floorFromCleaning"])
  }

  @Test func `from which amount is a clause worth it: 180 000 euros of building`() throws {
    let answer = try find(.amount, by: .labourShare, building)
    #expect(answer.target == Hours(150))
    #expect(answer.value == .euros(Euros(180_000)))
    #expect(answer.sizing?.isWorthwhile == true)
  }

  @Test func `which amount or which share gives 500 hours`() throws {
    #expect(try find(.amount, 500, by: .labourShare, building).value == .euros(Euros(600_000)))
    #expect(try find(.labourShare, 500, by: .labourShare, building).value == .share(Percent(30)))
    // 150 × 32 ÷ (35 % × 5 %) = 274 285.71 €: the euro above.
    let up = try find(.amount, by: .labourShare) {
      $0.labourShare = Percent(35)
      $0.insertionRate = Percent(5)
      $0.hourlyCost = Euros(32)
    }
    #expect(up.value == .euros(Euros(274_286)))
  }

  @Test func `hours of labour are asked for backwards too`() throws {
    let rate = try find(.insertionRate, 2000, by: .labourHours) { $0.labourHours = Hours(40_000) }
    #expect(rate.value == .share(Percent(5)))
    let hours = try find(.hours, 2000, by: .labourHours) { $0.insertionRate = Percent(5) }
    #expect(hours.value == .hours(Hours(40_000)))
    #expect(hours.value?.french.plain == "40 000 h")
  }

  @Test func `cleaning with staff taken over is turned round`() throws {
    #expect(try find(.insertionRate, 2640, by: .cleaningTakeover, cleaning).value == .share(Percent(20)))
    #expect(try find(.amount, 2640, by: .cleaningTakeover, cleaning).value == .euros(Euros(600_000)))
    let full = try find(.insertionRate, 100, by: .cleaningTakeover) {
      cleaning(&$0)
      $0.monthlyHoursTakenOver = Hours(5000)
    }
    #expect(full.value == nil && full.sizing == nil)
    #expect(full.derivation.findings.map(\.code) == ["unreachable"])
    let nothing = try find(.amount, 100, by: .cleaningTakeover) {
      cleaning(&$0)
      $0.insertionRate = Percent(0)
    }
    #expect(nothing.value == nil)
  }

  @Test func `what must be invoiced, how many posts, which rung`() throws {
    func framework(_ given: inout Calibration.Case) {
      given.eurosPerHour = Euros(2000)
      given.trigger = Euros(2_700_000)
    }
    #expect(try find(.invoiced, 150, by: .perInvoiced, framework).value == .euros(Euros(3_000_000)))
    for (hours, euros) in [(150, 2_700_000), (1350, 2_700_000), (1351, 2_702_000)] {
      let answer = try find(.invoiced, hours, by: .perInvoiced) {
        framework(&$0)
        $0.catchesUp = true
      }
      #expect(answer.value == .euros(Euros(euros)))
    }
    let posts = try find(.count, 3214, by: .fullTimeEquivalent) { _ in }
    #expect(posts.value == .number(Quotient(2)))
    #expect(posts.value?.french == "2")
    let year = try find(.count, 1607, by: .fullTimeEquivalent) { $0.months = 24 }
    #expect(year.value == Quotient(1, over: 2).map { .number($0) })
    #expect(try find(.amount, 150, by: .scale) { _ in }.value == .euros(Euros(1)))
    #expect(try find(.amount, 151, by: .scale) { _ in }.value == .euros(Euros(100_000)))
    #expect(try find(.amount, 900, by: .scale) { _ in }.value == .euros(Euros(400_000)))
    #expect(try find(.amount, 901, by: .scale) { _ in }.value == nil)
  }

  @Test func `beyond the whole there is no rate, and the most that the contract gives is told`() throws {
    let answer = try find(.insertionRate, 20_000, by: .labourShare, building)
    #expect(answer.value == nil)
    #expect(answer.sizing?.exactHours == Hours(hundredths: 1_666_667))
    let finding = try #require(answer.derivation.findings.first { $0.code == "unreachable" })
    #expect(finding.sentence.plain == "Même à 100 %, ce contrat ne donne que 16 666,67 h sur 20 000 h.")
    let none = try find(.insertionRate, 20, by: .labourHours) { $0.labourHours = Hours(0) }
    #expect(none.value == nil && none.sizing == nil)
    let tooMany = try find(.hours, 900_000_000, by: .labourHours) { $0.insertionRate = Percent(5) }
    #expect(tooMany.value == nil)
    let tooMuch = try find(.amount, 900_000_000, by: .labourShare) {
      building(&$0)
      $0.insertionRate = Percent(basisPoints: 1)
    }
    #expect(tooMuch.value == nil)
  }

  @Test func `missing values, fields that a method does not know and hours of nothing are refused`() throws {
    func fields(_ body: () throws -> Calibration.Answer) -> [Calibration.Field] {
      (#expect(throws: Calibration.Gaps.self) { _ = try body() })?.all.map(\.field) ?? []
    }
    #expect(fields { try find(.insertionRate, 5, by: .labourShare) { _ in } } == [.amount, .labourShare, .hourlyCost])
    #expect(fields { try find(.amount, 5, by: .labourShare) { _ in } } == [.labourShare, .insertionRate, .hourlyCost])
    #expect(fields { try find(.labourShare, 5, by: .labourShare) { _ in } } == [.amount, .insertionRate, .hourlyCost])
    #expect(fields { try find(.insertionRate, 5, by: .labourHours) { _ in } } == [.hours])
    #expect(fields { try find(.hours, 5, by: .labourHours) { _ in } } == [.insertionRate])
    #expect(fields { try find(.amount, 5, by: .cleaningTakeover) { _ in } } == [.months, .monthlyHoursTakenOver])
    #expect(
      fields { try find(.insertionRate, 5, by: .cleaningTakeover) { _ in } }
        == [.months, .monthlyHoursTakenOver, .amount])
    #expect(fields { try find(.invoiced, 5, by: .perInvoiced) { _ in } } == [.eurosPerHour])
    #expect(fields { try find(.count, 5, by: .fullTimeEquivalent) { $0.hoursPerYear = Hours(0) } } == [.hoursPerYear])
    #expect(fields { try find(.count, 5, by: .labourShare, building) } == [.count])
    #expect(fields { try find(.insertionRate, 0, by: .labourShare, building) } == [.insertionRate])
  }

  @Test func `the value found reaches the hours and a hundredth of a percent less does not`() throws {
    let calibrator = try Calibrator(figures: Reference.figures(), on: Reference.today)
    for seed in UInt64(0)..<500 {
      var dice = SeededGenerator(seed)
      var given = Calibration.Case()
      given.amount = Euros(cents: Int64.random(in: 1_000_000...1_000_000_000, using: &dice))
      given.labourShare = Percent(basisPoints: Int.random(in: 500...10_000, using: &dice))
      given.hourlyCost = Euros(cents: Int64.random(in: 1500...6000, using: &dice))
      let hours = Hours(Int.random(in: 1...5000, using: &dice))
      let answer = try calibrator.find(.init(.insertionRate, hours: hours), in: given, by: .labourShare)
      guard case .share(let rate)? = answer.value else {
        given.insertionRate = Percent(100)
        #expect(try calibrator.size(given, by: .labourShare).exact < Quotient(hours), "seed \(seed)")
        continue
      }
      given.insertionRate = rate
      #expect(try calibrator.size(given, by: .labourShare).exact >= Quotient(hours), "seed \(seed)")
      given.insertionRate = Percent(basisPoints: rate.basisPoints - 1)
      #expect(try calibrator.size(given, by: .labourShare).exact < Quotient(hours), "seed \(seed)")
    }
  }
}
