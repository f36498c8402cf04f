import Casework
import Clauses

/// Models made by hand for the tests of views.
enum Samples {
  static let today = Day(year: 2026, month: 11, day: 21) ?? Day(number: 0)

  static func siret(_ text: String = "21770284000012") throws -> SIRET { try SIRET(text) }

  static func cell(
    end: Day?, duration: Verdict.Outcome = .yes, amount: Verdict.Outcome = .probable, nature: Verdict.Outcome = .no,
    people: Verdict.Outcome = .unknown, recurrence: Recurrence = .recurring,
    hours: (Int32, Int32, Int32)? = (520, 700, 900)
  ) -> SpottingCell {
    SpottingCell(
      end: end, duration: duration, amount: amount, nature: nature, people: people, duty: .likely,
      isAboveThreshold: true, recurrence: recurrence, hoursLow: hours?.0, hoursUsual: hours?.1, hoursHigh: hours?.2,
      rank: 720)
  }

  static func item(
    id: Int64 = 12_345, object: String = "Nettoyage des <locaux>", cell: SpottingCell, contactBefore: Day? = nil,
    isCeiling: Bool = true
  ) throws -> SpottingItem {
    SpottingItem(
      id: id, kind: .contract, number: "2023-1", object: object, buyer: try siret(), buyerName: "Commune de Val-Fleuri",
      departement: DepartementCode("77"), family: nil, cpv: CPVCode("90910000"), amount: Euros(520_000),
      amountIsCeiling: isCeiling, social: .unstated, cell: cell, contactBefore: contactBefore,
      why:
        "Priorité 720 sur 1\u{202F}000\u{202F}: les quatre critères sont réunis, obligation légale probable, environ "
        + "700\u{A0}h d’insertion possibles et fin attendue le 31/03/2027.")
  }

  static let departements: [Departement] = (1...95).compactMap { number in
    DepartementCode(number < 10 ? "0\(number)" : "\(number)").map { Departement(code: $0, name: "Alpes-de-Provence") }
  }

  static let families: [CPVFamily] = (10...98).map {
    CPVFamily(code: "\($0)", label: "Travaux, fournitures", segment: nil)
  }

  static func page(
    items: [SpottingItem], count: Int = 0, isCapped: Bool = false,
    previous: SpottingPlace? = nil, next: SpottingPlace? = nil, baseIsEmpty: Bool = false
  ) -> SpottingPage {
    SpottingPage(
      filter: SpottingFilter(), order: .priority, items: items, count: count, countIsCapped: isCapped,
      previous: previous, next: next, departements: departements, families: families, baseIsEmpty: baseIsEmpty,
      today: today)
  }
}
