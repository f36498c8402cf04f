import Clauses
import Testing

@Suite struct DelayTests {
  private func end(
    _ delay: Delay, _ received: Day, _ area: HolidayArea = .metropole
  ) throws -> DelayEnd {
    let figures = try Reference.figures()
    return WorkingCalendar(area, figures: figures).end(
      of: delay, from: received, rules: try DelayRules(figures: figures, on: received))
  }

  @Test func `the notice of the story received on 3 February 2028 runs to 18 February`() throws {
    let end = try end(Delay(15), day(2028, 2, 3))
    #expect(end.first == day(2028, 2, 4))
    #expect(end.last == day(2028, 2, 18))
    #expect(end.moved == nil)
    #expect(!end.isElapsed(on: day(2028, 2, 18)))
    #expect(end.isElapsed(on: day(2028, 2, 19)))
    #expect(end.firstDayAfter == day(2028, 2, 19))
  }

  @Test func `a delay that ends on a day of rest goes to the next working day`() throws {
    // 11 + 4 days: Saturday 14 November 2026; then Sunday; then Wednesday 11 November.
    let saturday = try end(Delay(4), day(2026, 11, 10))
    #expect(saturday.counted == day(2026, 11, 14) && saturday.last == day(2026, 11, 16) && saturday.moved == "samedi")
    #expect(try end(Delay(5), day(2026, 11, 10)).last == day(2026, 11, 16))
    let holiday = try end(Delay(1), day(2026, 11, 10))
    #expect(holiday.last == day(2026, 11, 12) && holiday.moved == "férié, armistice de 1918")
    // Christmas on a Saturday: over the Sunday to Monday, or Tuesday where 26 December were a Monday.
    #expect(try end(Delay(1), day(2027, 12, 24)).last == day(2027, 12, 27))
    #expect(try end(Delay(1), day(2028, 12, 24), .alsaceMoselle).last == day(2028, 12, 27))
    #expect(try end(Delay(1), day(2028, 12, 24)).last == day(2028, 12, 26))
  }

  @Test func `leap days and month ends count like others`() throws {
    #expect(try end(Delay(15), day(2028, 2, 15)).last == day(2028, 3, 1))
    #expect(try end(Delay(15), day(2027, 2, 15)).last == day(2027, 3, 2))
    #expect(try end(Delay(1), day(2026, 12, 30)).last == day(2026, 12, 31))
  }

  @Test func `working days are counted without rest and never need moving`() throws {
    let end = try end(Delay(10, .working), day(2026, 11, 6))
    #expect(end.first == day(2026, 11, 9))
    #expect(end.last == day(2026, 11, 23))
    #expect(end.moved == nil)
    // Ouvrables may end on a Saturday: then the delay moves.
    let saturday = try self.end(Delay(5, .workingWithSaturdays), day(2026, 11, 15))
    #expect(saturday.counted == day(2026, 11, 20))
    #expect(try self.end(Delay(6, .workingWithSaturdays), day(2026, 11, 15)).last == day(2026, 11, 23))
  }

  @Test func `a layer may keep the end where it is`() throws {
    var layer = Figures.Contents()
    layer.counts = [
      Figure(id: "delay.movesToWorkingDay", label: "l", value: 0, source: "s", status: .memory)
    ]
    let figures = try Reference.figures().overlaying(layer)
    let rules = try DelayRules(figures: figures, on: Reference.today)
    #expect(
      WorkingCalendar(figures: figures).end(of: Delay(4), from: day(2026, 11, 10), rules: rules).last
        == day(2026, 11, 14))
  }

  @Test func `the reckoning is told with the figures that it rests on`() throws {
    let figures = try Reference.figures()
    var derivation = Derivation()
    try end(Delay(4), day(2026, 11, 10)).explain(
      in: &derivation, rules: try DelayRules(figures: figures, on: Reference.today))
    #expect(
      derivation.steps.map(\.sentence.plain) == [
        "Premier jour du délai : réception le 10/11/2026, le délai court le lendemain = 11/11/2026",
        "Dernier jour du délai : 4 jours calendaires à partir du 11/11/2026 = 14/11/2026",
        "Report au jour ouvré suivant : 14/11/2026 (samedi) = 16/11/2026",
      ])
    #expect(derivation.figures.map(\.id) == ["delay.startsAfterDays", "delay.movesToWorkingDay"])
    #expect(derivation.figures.allSatisfy { $0.status == .memory })
    #expect(Delay(0).days == 1)
    #expect(throws: MissingFigure.self) { try DelayRules(figures: Figures(.init()), on: Reference.today) }
  }
}
