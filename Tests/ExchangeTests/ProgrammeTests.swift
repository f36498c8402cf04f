import Clauses
import Foundation
import Testing

@testable import Exchange

/// Purchase programmes as buyers send them.
@Suite struct ProgrammeTests {
  @Test(arguments: [
    ("120 000", 12_000_000), ("120 000,50 € HT", 12_000_050), ("1,2 M€", 120_000_000), ("90 k€", 9_000_000),
    ("1.200.000", 120_000_000), ("120.000", 12_000_000), ("120.5", 12_050), ("environ 40000 euros", 4_000_000),
    ("1,5 million", 150_000_000), ("0,25", 25), ("1.234.567,89", 123_456_789), ("", nil), ("à définir", nil),
    ("1,200", nil), ("< 90 000", nil), ("50 000 à 90 000", nil), ("12.34.56", nil), ("-5", nil), ("1,2,3", nil),
  ])
  func `amounts as people type them`(typed: String, cents: Int64?) {
    #expect(Euros(typedAmount: typed)?.cents == cents, "\(typed)")
  }

  @Test(arguments: [
    ("03/2027", "2027-03"), ("3/2027", "2027-03"), ("15/03/2027", "2027-03"), ("2027-03-15", "2027-03"),
    ("2027-03", "2027-03"), ("mars 2027", "2027-03"), ("Mars-27", "2027-03"), ("août 2027", "2027-08"),
    ("T2 2027", "2027-04"), ("2e trimestre 2027", "2027-04"), ("1er semestre 2027", "2027-01"), ("S2 2027", "2027-07"),
    ("2027", "2027-01"), ("2024-11-01T00:00:00.000Z", "2024-11"), ("13/2027", nil), ("T5 2027", nil), ("bientôt", nil),
    ("31/02/2027", nil), ("ma 2027", nil), ("3027", nil), ("", nil),
  ])
  func `months as people type them`(typed: String, month: String?) {
    #expect(Month(typedMonth: typed)?.description == month, "\(typed)")
  }

  private static let cells = ProgrammeCells(departements: [:])

  private static func months(_ typed: String) -> Int? {
    cells.line(row: 1, typed: [.object: "x", .months: typed]).contract?.months
  }

  @Test(arguments: [
    ("48", 48), ("48 mois", 48), ("4 ans", 48), ("3 ans + 1 an", 48), ("12 mois reconductible 3 fois", 48),
    ("1,5", 18), ("12+12", 24), ("à définir", nil), ("15 jours", nil), ("0", nil), ("2000", nil),
  ])
  func `durations as people type them`(typed: String, months: Int?) {
    #expect(Self.months(typed) == months, "\(typed)")
  }

  @Test func `titles are found under what stands above them, and what someone said before comes first`() throws {
    let rows = [
      WorkbookRow(number: 1, cells: [.text("Ville de Melun"), .empty]),
      WorkbookRow(number: 2, cells: [.text("Programmation 2027")]),
      WorkbookRow(
        number: 4,
        cells: [
          .text("N°"), .text("Intitulé du marché"), .text("Montant estimatif\nHT"), .text("Durée (mois)"),
          .text("Direction"),
        ]),
      WorkbookRow(
        number: 5, cells: [.number("1"), .text("Nettoyage"), .number("120000"), .number("48"), .text("DRH")]),
    ]
    let found = try #require(ProgrammeColumns.found(in: rows))
    #expect(found.titleRow == 4 && found.places == [.reference: 0, .object: 1, .amount: 2, .months: 3])
    let taught = try #require(ProgrammeColumns.found(in: rows, known: ["direction": .note]))
    #expect(taught.places[.note] == 4)
    #expect(ProgrammeColumns.found(in: Array(rows.prefix(2))) == nil)
  }

  @Test func `a line is understood cell by cell, and one bad cell costs no other`() throws {
    let columns = ProgrammeColumns(
      titleRow: 1, titles: [],
      places: Dictionary(uniqueKeysWithValues: PlannedField.allCases.enumerated().map { ($1, $0) }))
    func row(_ cells: [PlannedField: WorkbookCell]) -> WorkbookRow {
      WorkbookRow(number: 7, cells: PlannedField.allCases.map { cells[$0] ?? .empty })
    }
    let day = try #require(Day("2027-03-15"))
    let whole = try #require(
      Self.cells.line(
        row([
          .reference: .number("12"), .object: .text("  Entretien  des\nespaces verts "), .cpv: .text("77310000-6"),
          .amount: .number("250000.5"), .months: .text("4 ans"), .place: .text("Melun (77)"), .launch: .day(day),
          .lots: .text("3 lots"), .framework: .text("Accord-cadre à bons de commande"),
        ]), columns))
    var expected = PlannedContract(object: "Entretien des espaces verts")
    (expected.reference, expected.category, expected.cpv) = ("12", .services, CPVCode("77310000"))
    (expected.amount, expected.months) = (Euros(cents: 25_000_050), 48)
    (expected.place, expected.departement) = ("Melun (77)", DepartementCode("77"))
    (expected.launch, expected.lots, expected.isFramework) = (day.month, 3, true)
    #expect(whole.contract == expected && whole.remarks.isEmpty && whole.row == 7)

    let poor = try #require(
      Self.cells.line(
        row([
          .object: .text("Toiture"), .amount: .error("#REF!"), .months: .uncomputed, .cpv: .text("bois"),
          .category: .text("divers"),
        ]),
        columns))
    #expect(poor.contract == PlannedContract(object: "Toiture"))
    #expect(
      Set(poor.remarks.keys) == [.amount, .months, .cpv, .category] && poor.remarks.values.allSatisfy { !$0.isFault })

    let faulty = try #require(
      Self.cells.line(row([.amount: .number("5"), .note: .text("voir 1 85 05 78 006 084 91")]), columns))
    #expect(faulty.contract == nil && faulty.remarks[.object]?.isFault == true)
    let secret = try #require(Self.cells.line(row([.object: .text("Dossier 185057800608491")]), columns))
    #expect(secret.contract == nil && secret.remarks[.object]?.isFault == true)
    #expect(Self.cells.line(row([.object: .text("TOTAL"), .amount: .number("9")]), columns) == nil)
    #expect(Self.cells.line(row([:]), columns) == nil)
  }

  @Test func `the portal's projects are read as lines, bare NaN included`() throws {
    let json = """
      [{"url":"https://exemple.fr/project/23144/main","label":"Génie climatique","CPVPrimary":NaN,"marketEstimatedAmount":1024860.0,
      "marketMaxDuration":72,"publicationTargetDate":"2024-11-01T00:00:00.000Z","departments":[],"description":"NaN \\"cité\\""},
      {"label":"Toiture","departments":[{"code":"77","label":"Seine-et-Marne"}],"marketEstimatedAmount":null}]
      """
    let file = try ScratchFile(Array(json.utf8))
    let read = try ProgrammeFile(path: file.path, name: "projets.json")
    let columns = try #require(ProgrammeColumns.found(in: read.rows))
    let lines = read.rows.dropFirst().compactMap { Self.cells.line($0, columns) }
    #expect(lines.count == 2 && lines.allSatisfy { $0.remarks.isEmpty })
    #expect(lines[0].contract?.reference == "23144" && lines[0].contract?.amount == Euros(1_024_860))
    #expect(lines[0].contract?.months == 72 && lines[0].contract?.launch == Month("2024-11"))
    #expect(lines[0].contract?.note == "NaN \"cité\"" && lines[1].contract?.departement == DepartementCode("77"))
    for wrong in ["[1,2]", "[{\"label\":", "[{}"] {
      let file = try ScratchFile(Array(wrong.utf8))
      #expect(throws: WorkbookProblem.self) { try ProgrammeFile(path: file.path, name: "x.json") }
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["MARCHEPIED_DATA"] != nil))
  func `every project of the State's portal is read without a fault`() throws {
    let folder = ProcessInfo.processInfo.environment["MARCHEPIED_DATA"] ?? ""
    for name in ["approch_projets.json", "approch_projets_nan_raw.json"] {
      let read = try ProgrammeFile(path: "\(folder)/approch/\(name)", name: name)
      let columns = try #require(ProgrammeColumns.found(in: read.rows))
      let lines = read.rows.dropFirst().compactMap { Self.cells.line($0, columns) }
      #expect(lines.count == 111 && lines.allSatisfy { $0.contract != nil })
    }
  }
}
