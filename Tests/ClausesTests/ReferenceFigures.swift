import Clauses
import Facts

/// The figures of the product, read from the checkout's own `share` folder.
enum Reference {
  static let folder = String(#filePath.dropLast("Tests/ClausesTests/ReferenceFigures.swift".count)) + "share/facts"

  /// The day on which the tests stand.
  static let today = day(2026, 11, 21)

  /// Read once: reading every file for each case of each test takes minutes without optimisation.
  private static let read = Result { try Facts.figures(in: folder) }

  static func figures() throws -> Figures { try read.get() }

  static func rules(asOf: Day = today) throws -> SpottingRules {
    try SpottingRules(figures: figures(), asOf: asOf)
  }
}

/// A day that exists; tests write only such days.
func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
  Day(year: year, month: month, day: day) ?? Day(number: Int32.min)
}

/// A notice for tests: cleaning, one year, a town hall of Seine-et-Marne; the changes make the case.
func notice(
  buyer: String = "21770288100012", cpv: String? = "90910000", months: Int? = 12, euros: String? = "250000",
  notified: Day? = day(2026, 3, 15), _ change: (inout AwardNotice) -> Void = { _ in }
) throws -> AwardNotice {
  var notice = AwardNotice(
    key: .init(buyer: try SIRET(buyer), number: "2026-01"), kind: .contract, object: "Nettoyage des écoles")
  notice.cpv = cpv.flatMap { CPVCode($0) }
  notice.durationMonths = months
  notice.amount = euros.flatMap { Euros(decimal: $0) }
  notice.notified = notified
  notice.place = .init(code: "77000", kind: .postcode)
  change(&notice)
  return notice
}

/// Seine-et-Marne, where the tests' contracts are performed.
let seineEtMarne = DepartementCode("77")
/// Structures enough for the fourth criterion.
let many = StructuresNearby(count: 45, listIsPartial: true)

extension String {
  /// The text with plain spaces, so that expected sentences can be typed.
  var plain: String {
    String(map { $0 == "\u{202F}" || $0 == "\u{A0}" ? " " : $0 })
  }
}
