import Clauses
import Facts
import Testing

@Suite struct FactsFilesTests {
  static let folder = String(#filePath.dropLast("Tests/FactsTests/FactsFilesTests.swift".count)) + "share/facts"

  private func visit(_ contents: Figures.Contents, _ check: (FigureReference) -> Void) {
    contents.amounts.forEach { check($0.reference) }
    contents.counts.forEach { check($0.reference) }
    contents.days.forEach { check($0.reference) }
    contents.hours.forEach { check($0.reference) }
    contents.words.forEach { check($0.reference) }
    contents.choices.forEach { check($0.reference) }
    contents.percents.forEach { check($0.reference) }
    contents.technicities.forEach { check($0.content.reference) }
    contents.families.forEach { check($0.content.reference) }
    for row in contents.labourShares + contents.insertionRates {
      for figure in [row.content.low, row.content.usual, row.content.high] { check(figure.reference) }
    }
    for row in contents.hourlyCosts {
      for figure in [row.content.low, row.content.usual, row.content.high] { check(figure.reference) }
    }
    for segment in contents.segments {
      check(segment.reference)
      for words in [segment.value.jobs, segment.value.possibilities, segment.value.waysIn] { check(words.reference) }
      if let share = segment.value.labourShare {
        for figure in [share.low, share.usual, share.high] { check(figure.reference) }
      }
      if let cost = segment.value.hourlyCost {
        for figure in [cost.low, cost.usual, cost.high] { check(figure.reference) }
      }
    }
    contents.scaleRungs.forEach { check($0.reference) }
    contents.departements.forEach { check($0.reference) }
    contents.holidays.forEach { check($0.reference) }
    contents.percents.forEach { check($0.reference) }
    contents.articles.forEach { check($0.reference) }
    contents.possibilities.forEach { check($0.reference) }
    contents.reservations.forEach { check($0.reference) }
    contents.publications.forEach { check($0.reference) }
    contents.noticeFields.forEach { check($0.reference) }
    contents.processings.forEach { check($0.reference) }
    for figure in contents.publics {
      check(figure.reference)
      figure.value.proofs.forEach { check($0.reference) }
    }
  }

  @Test func `every figure has a label, a value, a source and a status that is told in French`() throws {
    var count = 0
    visit(try Facts.contents(of: Self.folder)) { figure in
      count += 1
      #expect(!figure.label.isEmpty && !figure.value.isEmpty && figure.source.count > 3, "\(figure.id)")
      #expect(!figure.status.french.isEmpty, "\(figure.id)")
      for text in [figure.label, figure.source, figure.note ?? ""] {
        for sign in [" :", " ;", " %", " €", "'"] { #expect(!text.contains(sign), "\(figure.id): \(text)") }
      }
    }
    #expect(count > 400)
  }

  @Test func `the figures are enough for the rules of today`() throws {
    let figures = try Facts.figures(in: Self.folder)
    let day = try #require(Day("2026-11-21"))
    _ = try SpottingRules(figures: figures, asOf: day)
    _ = try Calibrator(figures: figures, on: day)
    _ = try FeasibilityRules(figures: figures, on: day)
  }

  @Test func `the thresholds of the law are those of its dossier`() throws {
    let figures = try Facts.figures(in: Self.folder)
    let day = try #require(Day("2026-11-21"))
    #expect(try figures.amounts.figure(.thresholdCentral, on: day).value == Euros(140_000))
    #expect(try figures.amounts.figure(.thresholdOther, on: day).value == Euros(216_000))
    #expect(try figures.amounts.figure(.thresholdEntity, on: day).value == Euros(432_000))
    #expect(try figures.amounts.figure(.thresholdWorks, on: day).value == Euros(5_404_000))
    #expect(try figures.amounts.figure(.thresholdConcession, on: day).value == Euros(5_404_000))
    #expect(try figures.days.figure(.dutyContracts, on: day).value == Day("2026-08-22"))
    #expect(try figures.hours.figure(.cleaningFloor, on: day).value == Hours(150))
  }

  @Test func `the points of priority add up to a thousand`() throws {
    let counts = try Facts.figures(in: Self.folder).counts
    let day = try #require(Day("2026-11-21"))
    var total = 4 * (try counts.figure(.priorityPerCriterion, on: day).value)
    let others: [FigureKey<Int>] = [
      .priorityDuty, .priorityConsideration, .priorityKnownEnd, .priorityHours, .priorityRecurring,
    ]
    for key in others { total += try counts.figure(key, on: day).value }
    #expect(total == 1000)
    let recurring = try counts.figure(.priorityRecurring, on: day).value
    let divisor = try counts.figure(.priorityOneOffDivisor, on: day).value
    #expect((total - recurring) / divisor < recurring, "an operation done once would pass one that comes back")
  }

  @Test func `every family belongs to a known segment and the segments are fourteen`() throws {
    let figures = try Facts.figures(in: Self.folder)
    let segments = Set(figures.segments.map(\.value.code))
    #expect(segments.count == 14)
    for family in figures.families.map(\.content.value) {
      if let segment = family.segment { #expect(segments.contains(segment), "\(family.code)") }
    }
    #expect(Set(figures.families.compactMap(\.content.value.segment)) == segments)
  }
}
