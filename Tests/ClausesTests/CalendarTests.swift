import Clauses
import Testing

@Suite struct CalendarTests {
  private func calendar(_ area: HolidayArea = .metropole, keepsGoodFriday: Bool = true) throws -> WorkingCalendar {
    WorkingCalendar(area, figures: try Reference.figures(), keepsGoodFriday: keepsGoodFriday)
  }

  /// Easter by another published algorithm (Oudin, 1940), to check ours against.
  private func oudin(_ year: Int) -> Day? {
    let g = year % 19
    let c = year / 100
    let h = (c - c / 4 - (8 * c + 13) / 25 + 19 * g + 15) % 30
    let i = h - (h / 28) * (1 - (29 / (h + 1)) * ((21 - g) / 11))
    let j = (year + year / 4 + i + 2 - c + c / 4) % 7
    let l = i - j
    let month = 3 + (l + 40) / 44
    return Day(year: year, month: month, day: l + 28 - 31 * (month / 4))
  }

  @Test func `days of the week are those of the calendar`() {
    #expect(day(1970, 1, 1).weekday == .thursday)
    #expect(day(2026, 11, 21).weekday == .saturday)
    #expect(day(2028, 2, 29).weekday == .tuesday)
    #expect(day(1900, 1, 1).weekday == .monday)
    #expect(day(1, 1, 1).weekday == .monday)
    #expect(
      Weekday.allCases.map(\.french).joined(separator: " ") == "lundi mardi mercredi jeudi vendredi samedi dimanche")
  }

  @Test(arguments: [
    "1900-04-15", "1913-03-23", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24",
    "2016-03-27", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "2049-04-18",
    "2076-04-19", "2100-03-28",
  ])
  func `Easter falls on its published day`(text: String) throws {
    let easter = try #require(Day(text))
    #expect(Day.easter(of: easter.parts.year) == easter)
  }

  @Test func `Easter is a Sunday from 22 March to 25 April and agrees with another algorithm`() throws {
    for year in 1583...4099 {
      let easter = try #require(Day.easter(of: year))
      #expect(easter.weekday == .sunday)
      #expect(easter >= day(year, 3, 22) && easter <= day(year, 4, 25))
      #expect(easter == oudin(year), "\(year)")
    }
    #expect(Day.easter(of: 0) == nil)
    #expect(Day.easter(of: 10_000) == nil)
  }

  @Test func `metropolitan France has eleven holidays in 2027`() throws {
    let holidays = try calendar().holidays(of: 2027)
    #expect(
      holidays.map(\.day.description) == [
        "2027-01-01", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-08", "2027-05-17", "2027-07-14", "2027-08-15",
        "2027-11-01", "2027-11-11", "2027-12-25",
      ])
    #expect(holidays.map(\.name).contains("lundi de Pâques"))
    #expect(try calendar(.saintPierreEtMiquelon).holidays(of: 2027).map(\.day) == holidays.map(\.day))
  }

  @Test func `Alsace and Moselle add Good Friday, where there is the church, and 26 December`() throws {
    let added = Set(try calendar(.alsaceMoselle).holidays(of: 2027).map(\.day))
      .subtracting(try calendar().holidays(of: 2027).map(\.day))
    #expect(added == [day(2027, 3, 26), day(2027, 12, 26)])
    let without = try calendar(.alsaceMoselle, keepsGoodFriday: false)
    #expect(without.holiday(on: day(2027, 3, 26)) == nil)
    #expect(without.counts(day(2027, 3, 26), as: .working))
    #expect(without.holiday(on: day(2028, 12, 26))?.name == "Saint-Étienne")
  }

  @Test(arguments: [
    (HolidayArea.guadeloupe, 5, 27), (.martinique, 5, 22), (.guyane, 6, 10), (.laReunion, 12, 20), (.mayotte, 4, 27),
    (.saintBarthelemy, 10, 9), (.saintMartin, 5, 28),
  ])
  func `each overseas territory keeps its own day of the abolition of slavery`(
    area: HolidayArea, month: Int, dayOfMonth: Int
  ) throws {
    let own = try calendar(area)
    #expect(own.holidays(of: 2026).count == 12)
    #expect(own.holiday(on: day(2026, month, dayOfMonth))?.name == "abolition de l’esclavage")
    #expect(try calendar().holiday(on: day(2026, month, dayOfMonth)) == nil)
    #expect(try calendar(area == .guyane ? .mayotte : .guyane).holiday(on: day(2026, month, dayOfMonth)) == nil)
    #expect(own.holiday(on: day(1975, month, dayOfMonth)) == nil)
  }

  @Test func `a département finds its calendar in the lists of the figures`() throws {
    let figures = try Reference.figures()
    func area(_ code: String) throws -> HolidayArea {
      HolidayArea.of(try #require(DepartementCode(code)), on: Reference.today, figures: figures)
    }
    for code in ["57", "67", "68"] { #expect(try area(code) == .alsaceMoselle) }
    #expect(try area("88") == .metropole)
    #expect(try area("971") == .guadeloupe)
    #expect(try area("974") == .laReunion)
    #expect(try area("976") == .mayotte)
    #expect(try area("975") == .saintPierreEtMiquelon)
    #expect(Set(HolidayArea.allCases.map(\.french)).count == HolidayArea.allCases.count)
  }

  @Test func `a holiday is one from the law that made it`() throws {
    #expect(try calendar().holiday(on: day(1981, 5, 8)) == nil)
    #expect(try calendar().holiday(on: day(1982, 5, 8)) != nil)
    #expect(try calendar().holiday(on: day(1946, 5, 1)) == nil)
    #expect(try calendar().holiday(on: day(1947, 5, 1)) != nil)
  }

  @Test func `two holidays on one day are one day of rest`() throws {
    let metropole = try calendar()
    #expect(metropole.holidays(of: 2008).filter { $0.day == day(2008, 5, 1) }.count == 2)
    #expect(metropole.count(.working, from: day(2008, 4, 30), to: day(2008, 5, 2)) == 1)
  }

  @Test func `ouvrés leave Saturdays out and ouvrables keep them`() throws {
    let metropole = try calendar()
    #expect(!metropole.counts(day(2026, 11, 21), as: .working))
    #expect(metropole.counts(day(2026, 11, 21), as: .workingWithSaturdays))
    #expect(!metropole.counts(day(2026, 11, 22), as: .workingWithSaturdays))
    #expect(!metropole.counts(day(2026, 11, 11), as: .working))
    #expect(metropole.counts(day(2026, 11, 11), as: .calendar))
    #expect(metropole.rest(on: day(2026, 11, 21)) == "samedi")
    #expect(metropole.rest(on: day(2026, 11, 22)) == "dimanche")
    #expect(metropole.rest(on: day(2026, 11, 11)) == "férié, armistice de 1918")
    #expect(metropole.rest(on: day(2026, 11, 12)) == nil)
    #expect(metropole.workingDay(onOrAfter: day(2027, 12, 25)) == day(2027, 12, 27))
    #expect(metropole.workingDay(onOrAfter: day(2026, 11, 20)) == day(2026, 11, 20))
    #expect(metropole.adding(10, .working, to: day(2026, 11, 6)) == day(2026, 11, 23))
    #expect(metropole.adding(0, .working, to: day(2026, 11, 22)) == day(2026, 11, 22))
    #expect(
      DayUnit.allCases.map { $0.french(2).plain } == ["2 jours calendaires", "2 jours ouvrés", "2 jours ouvrables"])
    #expect(DayUnit.working.french(1).plain == "1 jour ouvré")
  }

  @Test(arguments: HolidayArea.allCases)
  func `adding days and counting them give each other back`(area: HolidayArea) throws {
    let calendar = try calendar(area)
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = SeededGenerator(seed)
    for _ in 0..<150 {
      let start = Day(number: Int32.random(in: -36_000...70_000, using: &dice))
      let count = Int.random(in: -400...400, using: &dice)
      let unit = DayUnit.allCases.randomElement(using: &dice) ?? .working
      let end = calendar.adding(count, unit, to: start)
      #expect(calendar.count(unit, from: start, to: end) == count, "seed \(seed): \(count) \(unit) from \(start)")
      if count != 0 { #expect(calendar.counts(end, as: unit), "seed \(seed): \(end)") }
      if calendar.counts(start, as: unit) {
        #expect(calendar.adding(-count, unit, to: end) == start, "seed \(seed): back from \(end)")
      }
    }
  }

  @Test func `counting over years agrees with looking at each day`() throws {
    let calendar = try calendar(.alsaceMoselle)
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = SeededGenerator(seed)
    for _ in 0..<20 {
      let start = Day(number: Int32.random(in: 0...30_000, using: &dice))
      let length = Int.random(in: 0...1_500, using: &dice)
      for unit in DayUnit.allCases {
        let brute = (0..<length).count { calendar.counts(start.adding(days: $0 + 1), as: unit) }
        #expect(calendar.count(unit, from: start, to: start.adding(days: length)) == brute, "seed \(seed)")
      }
    }
  }

  @Test func `a local layer can move a holiday or add one`() throws {
    var layer = Figures.Contents()
    func entry(_ id: String, _ rule: Holiday.Rule, _ areas: [HolidayArea]) -> Figure<Holiday> {
      Figure(
        id: id, label: "l", value: Holiday(name: "local", rule: rule, areas: areas), from: day(2027, 1, 1), source: "s",
        status: .memory)
    }
    layer.holidays = [
      entry("holiday.abolition.saintMartin", .fixed(month: 5, day: 27), [.saintMartin]),
      entry("holiday.bridge", .fixed(month: 5, day: 7), []),
    ]
    let figures = try Reference.figures().overlaying(layer)
    let calendar = WorkingCalendar(.saintMartin, figures: figures)
    #expect(calendar.holiday(on: day(2027, 5, 27)) != nil)
    #expect(calendar.holiday(on: day(2027, 5, 28)) == nil)
    #expect(calendar.counts(day(2027, 5, 28), as: .working))
    #expect(calendar.holiday(on: day(2026, 5, 28)) != nil)
    #expect(!calendar.counts(day(2026, 5, 28), as: .working))
    #expect(!WorkingCalendar(figures: figures).counts(day(2027, 5, 7), as: .working))
    #expect(figures.version != (try Reference.figures().version))
  }

  @Test func `rules of holidays are read and written`() {
    #expect(Holiday.rule("07-14") == .fixed(month: 7, day: 14))
    #expect(Holiday.rule("easter") == .easter(offset: 0))
    #expect(Holiday.rule("easter-2") == .easter(offset: -2))
    #expect(Holiday.rule("easter+39") == .easter(offset: 39))
    for text in ["", "02-30", "7-14", "easter39", "easter+x", "easter+999", "pâques"] {
      #expect(Holiday.rule(text) == nil)
    }
    #expect(Holiday(name: "n", rule: .fixed(month: 5, day: 1)).figureText.plain == "1er mai")
    #expect(Holiday(name: "n", rule: .easter(offset: 0)).figureText == "Pâques")
    #expect(
      Holiday(name: "n", rule: .easter(offset: -2), areas: [.alsaceMoselle]).figureText.plain
        == "Pâques − 2 jours (Alsace-Moselle)")
    #expect(Holiday(name: "n", rule: .easter(offset: 1)).figureText.plain == "Pâques + 1 jour")
    #expect(Holiday(name: "n", rule: .fixed(month: 2, day: 29)).day(in: 2027) == nil)
  }
}
