import Clauses
import Testing

@Suite struct CalibrationComparisonTests {
  private func calibrator() throws -> Calibrator { try Calibrator(figures: Reference.figures(), on: Reference.today) }

  @Test func `the first lot of the school group by three methods, the spread explained`() throws {
    var given = Calibration.Case()
    given.amount = Euros(2_400_000)
    given.labourShare = Percent(45)
    given.insertionRate = Percent(5)
    given.hourlyCost = Euros(32)
    given.months = 16
    given.count = Quotient(1)
    let comparison = try calibrator().compare(given)
    #expect(comparison.sizings.map(\.method) == [.labourShare, .fullTimeEquivalent, .scale])
    #expect(comparison.sizings.map(\.hours) == [Hours(1688), Hours(2143), Hours(900)])
    #expect(comparison.lowest?.method == .labourShare && comparison.highest?.method == .fullTimeEquivalent)
    #expect(comparison.median == Hours(hundredths: 191_550), "the placements of the scale are no hours of insertion")
    #expect(comparison.excluded.map(\.method) == [.labourHours, .cleaningTakeover, .perInvoiced])
    #expect(comparison.excluded.first?.gaps.map(\.field) == [.hours])
    let sentences = comparison.derivation.findings.map(\.sentence.plain)
    let spread = "De 1 688 h (part de main-d’œuvre) à 2 143 h (équivalents temps plein) : un écart de 455 h."
    #expect(sentences.contains(spread))
    #expect(sentences.contains { $0.hasSuffix("équivalent à un taux de 6,35 % de la main-d’œuvre.") })
    #expect(comparison.derivation.steps.map(\.label).first == "Part de main-d’œuvre")
  }

  @Test func `the scale of training placements stands beside, with its remark, whatever its hours`() throws {
    var given = Calibration.Case()
    given.amount = Euros(2_400_000)
    given.labourShare = Percent(45)
    given.insertionRate = Percent(5)
    given.hourlyCost = Euros(32)
    let comparison = try calibrator().compare(given)
    #expect(comparison.compared.map(\.method) == [.labourShare] && comparison.beside.map(\.method) == [.scale])
    #expect(comparison.median == Hours(1688) && comparison.lowest == comparison.highest)
    #expect(comparison.derivation.findings.map(\.code) == ["scaleNeedsDuration", "trainingScale"])
    var only = Calibration.Case()
    only.amount = Euros(100_000)
    let alone = try calibrator().compare(only)
    #expect(alone.median == nil && alone.beside.map(\.hours) == [Hours(300)])
    #expect(alone.derivation.findings.map(\.code) == ["noMethodApplies", "trainingScale"])
    #expect(alone.derivation.findings.first?.sentence.hasPrefix("Aucune autre méthode") == true)
    #expect(Calibration.Method.allCases.filter(\.isSeparateObjective) == [.scale])
  }

  @Test func `all six methods can apply to one case`() throws {
    var given = Calibration.Case()
    given.cpv = CPVCode("90911200")
    given.amount = Euros(600_000)
    given.months = 36
    given.monthlyHoursTakenOver = Hours(300)
    given.labourHours = Hours(19_200)
    given.eurosPerHour = Euros(2000)
    given.invoiced = Euros(600_000)
    given.count = Quotient(1)
    let comparison = try calibrator().compare(given)
    #expect(comparison.sizings.map(\.method) == Calibration.Method.allCases)
    #expect(comparison.excluded.isEmpty)
    #expect(comparison.derivation.findings.filter { $0.code.hasPrefix("spread.") }.count == 5)
    #expect(comparison.sizings.map(\.hours) == [1344, 1344, 924, 300, 4821, 900].map { Hours($0) })
    #expect(comparison.median == Hours(1344), "the middle one of the five that count hours of insertion")
  }

  @Test func `one method alone has no spread, and none says what to give`() throws {
    var given = Calibration.Case()
    given.count = Quotient(1)
    let one = try calibrator().compare(given)
    #expect(one.sizings.count == 1 && one.derivation.findings.isEmpty)
    let none = try calibrator().compare(Calibration.Case())
    #expect(none.median == nil && none.lowest == nil)
    #expect(none.derivation.findings.map(\.code) == ["noMethodApplies"])
  }

  // MARK: - Past lots

  private func lot(_ euros: Int, _ hours: Int) -> Calibration.PastLot {
    .init(label: "Lot à \(euros)", amount: Euros(euros), hours: Hours(hours))
  }

  @Test(
    arguments: [
      (500, .below), (600, .lowerHalf), (700, .lowerHalf), (800, .median), (833, .upperHalf), (1000, .upperHalf),
      (1001, .above),
    ] as [(Int, Calibration.Standing.Position)])
  func `an effort is placed among past lots by hours for 100 000 euros`(
    hours: Int, position: Calibration.Standing.Position
  ) throws {
    let past = [lot(100_000, 80), lot(200_000, 120), lot(50_000, 50)]
    let standing = try #require(
      try calibrator().standing(of: Hours(hours), amount: Euros(1_000_000), among: past))
    #expect(standing.base == Euros(100_000))
    #expect(standing.ratio == Hours(hundredths: Int64(hours) * 10))
    #expect(standing.past.map(\.ratio) == [60, 80, 100].map { Hours($0) })
    #expect(standing.median == Hours(80))
    #expect(standing.position == position)
    let isAlone = position == .below || position == .above
    #expect(standing.derivation.findings.map(\.code) == ["standing"])
    #expect(standing.derivation.findings.first?.level == (isAlone ? .warning : .information))
    #expect(standing == standing)
  }

  @Test func `few past lots, lots without amount and no lots at all are told`() throws {
    let few = try #require(
      try calibrator().standing(
        of: Hours(833), amount: Euros(1_000_000), among: [lot(100_000, 80), lot(100_000, 81), lot(0, 9)]))
    #expect(few.median == Hours(hundredths: 8050))
    #expect(few.derivation.findings.map(\.code) == ["lotsWithoutAmount", "standing", "fewPastLots"])
    let none = try #require(try calibrator().standing(of: Hours(833), amount: Euros(1_000_000), among: []))
    #expect(none.median == nil && none.position == nil)
    #expect(none.derivation.findings.map(\.code) == ["noPastLots"])
    #expect(try calibrator().standing(of: Hours(833), amount: Euros(0), among: []) == nil)
    #expect(Set(Calibration.Standing.Position.allCases.map(\.french)).count == 5)
  }
}
