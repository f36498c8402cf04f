import Clauses
import Facts
import Testing

@Suite struct WageFactsTests {
  private func figures(_ key: FigureKey<Euros>) throws -> [Figure<Euros>] {
    try Facts.figures(in: FactsFilesTests.folder).amounts.all.filter { $0.id == key.id }
      .sorted { ($0.from ?? Day(number: .min)) < ($1.from ?? Day(number: .min)) }
  }

  @Test(arguments: [
    FigureKey<Euros>.minimumHourlyWage, .minimumHourlyWageMayotte, .socialSecurityHourlyCeiling,
  ])
  func `wages and ceilings follow each other without gap and never fall`(key: FigureKey<Euros>) throws {
    let all = try figures(key)
    #expect(all.count >= 5)
    for (earlier, later) in zip(all, all.dropFirst()) {
      #expect(earlier.to?.adding(days: 1) == later.from, "\(key.id) after \(earlier.from?.description ?? "")")
      #expect(earlier.value < later.value, "\(key.id)")
    }
  }

  @Test func `the figures of 2026 are those of the dossier, with how sure they are`() throws {
    let day = try #require(Day("2026-11-21"))
    let amounts = try Facts.figures(in: FactsFilesTests.folder).amounts
    func check(_ key: FigureKey<Euros>, _ value: String, _ status: FigureStatus) throws {
      let figure = try amounts.figure(key, on: day)
      #expect(figure.value.description == value)
      #expect(figure.status == status)
    }
    try check(.minimumHourlyWage, "12.02", .verified)
    try check(.minimumHourlyWageMayotte, "9.33", .verified)
    try check(.socialSecurityHourlyCeiling, "30.00", .memory)
    let eve = try #require(Day("2025-12-31"))
    #expect(amounts[.minimumHourlyWage, on: eve]?.value == Euros(cents: 1188))
  }

  @Test func `what the programme chose is said to be a choice, and full time stands for itself`() throws {
    let figures = try Facts.figures(in: FactsFilesTests.folder)
    let day = try #require(Day("2026-11-21"))
    for id in ["progress.watchBelow", "progress.lateBelow", "progress.seriousBelow"] {
      #expect(try figures.percents.figure(.init(id), on: day).status == .derived, "\(id)")
    }
    for id in ["progress.recentMonths", "deadline.annualReportDays"] {
      #expect(try figures.counts.figure(.init(id), on: day).status == .derived, "\(id)")
    }
    let priority = try figures.hours.figure(.priorityHoursFull, on: day)
    #expect(try priority.value == figures.hours.figure(.init("fullTime.worked"), on: day).value)
    #expect(priority.status == .derived && priority.note?.contains("fullTime.worked") == true)
    let chosen = figures.contents.counts.map(\.reference) + figures.contents.percents.map(\.reference)
    for reference in chosen where reference.source.hasPrefix("Choix d") {
      #expect(reference.status == .derived, "\(reference.id)")
    }
  }

  @Test func `a wage checked only up to a day says so`() throws {
    let figures = try Facts.figures(in: FactsFilesTests.folder)
    let day = try #require(Day("2026-11-21"))
    for key in [FigureKey<Euros>.minimumHourlyWage, .minimumHourlyWageMayotte] {
      let checked = try figures.days.figure(.checkedUntil(key), on: day)
      #expect(checked.status == .open && checked.value == Day("2026-01-01"))
    }
  }
}
