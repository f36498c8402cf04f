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
    .socialSecurityYearlyCeiling,
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
    try check(.socialSecurityYearlyCeiling, "48060.00", .verified)
    try check(.socialSecurityHourlyCeiling, "30.00", .memory)
    let eve = try #require(Day("2025-12-31"))
    #expect(amounts[.minimumHourlyWage, on: eve]?.value == Euros(cents: 1188))
  }

  @Test func `the hourly ceiling is the yearly one over a year of work, to the euro`() throws {
    let figures = try Facts.figures(in: FactsFilesTests.folder)
    for year in 2018...2026 {
      let day = try #require(Day(year: year, month: 7, day: 1))
      let hourly = try figures.amounts.figure(.socialSecurityHourlyCeiling, on: day).value
      let yearly = try figures.amounts.figure(.socialSecurityYearlyCeiling, on: day).value
      #expect((Quotient(yearly).divided(by: Quotient(1_607)))?.whole() == Int128(hourly.cents / 100), "\(year)")
    }
  }
}
