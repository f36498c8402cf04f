import Clauses
import Testing

@Suite struct RenewalWindowTests {
  private let window = RenewalWindow(
    opens: Day(year: 2026, month: 9, day: 1) ?? Day(number: 0),
    closes: Day(year: 2027, month: 5, day: 31) ?? Day(number: 0))

  @Test func `both days of the window belong to it`() {
    #expect(window.state(on: window.opens.adding(days: -1)) == .later)
    #expect(window.state(on: window.opens) == .now)
    #expect(window.state(on: window.closes) == .now)
    #expect(window.state(on: window.closes.adding(days: 1)) == .past)
  }

  @Test func `the sentence says what to do`() {
    #expect(
      window.french(on: window.opens)
        == "du 01/09/2026 au 31/05/2027\u{202F}; c’est le moment d’appeler l’acheteur")
  }
}
