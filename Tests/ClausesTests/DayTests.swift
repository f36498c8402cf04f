import Clauses
import Testing

@Suite struct DayTests {
  @Test func `every day of four centuries comes back from its parts`() {
    var expected = day(1999, 12, 31)
    for year in 2000..<2400 {
      for month in 1...12 {
        for number in 1...Day.length(ofMonth: month, year: year) {
          let found = day(year, month, number)
          #expect(found == expected.adding(days: 1))
          #expect(found.parts == (year, month, number))
          expected = found
        }
      }
    }
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "2026-01-001", "0000-01-01", " 2026-01-01", "",
  ])
  func `a day that does not exist is not read`(text: String) {
    #expect(Day(text) == nil)
  }

  @Test func `a day is written for machines and for people`() throws {
    let leap = try #require(Day("2024-02-29"))
    #expect(leap.description == "2024-02-29")
    #expect(leap.french == "29/02/2024")
    #expect(Day("0218-05-01")?.description == "0218-05-01")
  }

  @Test func `adding months stops at the end of a shorter month`() {
    #expect(day(2026, 1, 31).adding(months: 1) == day(2026, 2, 28))
    #expect(day(2024, 1, 31).adding(months: 1) == day(2024, 2, 29))
    #expect(day(2026, 3, 31).adding(months: -1) == day(2026, 2, 28))
    #expect(day(2026, 11, 15).adding(months: 2) == day(2027, 1, 15))
  }

  @Test func `absurd lengths are held at the bounds of the calendar`() {
    #expect(day(2026, 1, 31).adding(months: .max) == day(9999, 12, 31))
    #expect(day(2026, 1, 31).adding(months: .min) == day(1, 1, 31))
    #expect(day(2026, 1, 31).adding(days: .max) > day(9999, 12, 31))
    #expect(day(2026, 1, 31).adding(days: .min) < day(1, 1, 1))
  }

  @Test(arguments: [
    ("2026-01-01", 12, "2026-12-31"), ("2026-03-15", 12, "2027-03-14"), ("2026-01-31", 1, "2026-02-28"),
    ("2024-01-31", 1, "2024-02-29"), ("2026-01-28", 1, "2026-02-27"), ("2026-01-29", 1, "2026-02-28"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-28"), ("2026-12-31", 2, "2027-02-28"),
    ("2026-08-31", 6, "2027-02-28"), ("2026-02-01", 1, "2026-02-28"),
  ])
  func `a duration in months ends on the eve of the same date`(from: String, months: Int, end: String) throws {
    #expect(try #require(Day(from)).lastDay(ofMonths: months) == Day(end))
  }

  @Test func `a longer duration never ends sooner`() {
    for number in stride(from: Int32(20_000), to: 21_500, by: 7) {
      for months in 1..<30 {
        let day = Day(number: number)
        #expect(day.lastDay(ofMonths: months) ?? day < day.lastDay(ofMonths: months + 1) ?? day)
      }
    }
  }

  @Test(arguments: [0, -1, -12]) func `no duration has no end`(months: Int) {
    #expect(day(2026, 1, 1).lastDay(ofMonths: months) == nil)
  }
}

@Suite struct MonthTests {
  @Test func `a month knows its bounds and its name`() throws {
    let month = try #require(Month("2024-02"))
    #expect(month.first == day(2024, 2, 1))
    #expect(month.last == day(2024, 2, 29))
    #expect(month.adding(-2).description == "2023-12")
    #expect(month.french == "février 2024")
    #expect(day(2026, 11, 21).month == Month("2026-11"))
  }

  @Test(arguments: ["2026-13", "2026-1", "2026-011", "26-01", ""]) func `a malformed month is not read`(text: String) {
    #expect(Month(text) == nil)
  }

  @Test func `months outside the calendar are held at its bounds`() {
    #expect(Month(index: -5).description == "0001-01")
    #expect(Month(index: .max).french == "décembre 9999")
    #expect(day(2026, 11, 21).month.adding(.max).description == "9999-12")
    #expect(day(2026, 11, 21).month.adding(.min).description == "0001-01")
  }
}
