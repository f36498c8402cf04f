import Testing

@testable import Site

struct ParisTimeTests {
  @Test(arguments: [
    ("2026-11-21T09:30:00.000Z", "21/11/2026 à 10:30"), ("2026-07-14T22:30:00.000Z", "15/07/2026 à 00:30"),
    ("2026-03-29T00:59:59.000Z", "29/03/2026 à 01:59"), ("2026-03-29T01:00:00.000Z", "29/03/2026 à 03:00"),
    ("2026-10-25T00:59:00.000Z", "25/10/2026 à 02:59"), ("2026-10-25T01:00:00.000Z", "25/10/2026 à 02:00"),
    ("2026-12-31T23:05:00.000Z", "01/01/2027 à 00:05"), ("hier", "hier"), ("2026-11-21T99:99", "2026-11-21T99:99"),
  ])
  func `a moment of the base is told in the time of Paris`(stored: String, read: String) {
    #expect(ParisTime.french(stored) == read)
  }
}
