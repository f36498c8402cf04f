import Clauses
import Exchange
import Foundation

/// The workbook that a buyer fills in: the titles that are recognised, and how each column is written.
public struct ProgrammeTemplate: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// The template.
  public init() {}

  /// Its bytes.
  public func run(as actor: Actor, in world: World) async throws -> [UInt8] {
    try actor.authorise(Self.right)
    let path = "\(try world.files.temporaryFolder())/modele-\(UUID().uuidString).xlsx"
    defer { unlink(path) }
    let writer = try XLSXWriter(
      path: path, name: "Programmation",
      columns: PlannedField.allCases.map { SpreadsheetColumn($0.label, width: $0 == .object ? 48 : 22) },
      title: "Programmation d’achats", day: world.today())
    try writer.finish(about: [
      SpreadsheetNote(
        "Comment remplir",
        [
          "Une ligne par marché. Seul l’objet est obligatoire\u{202F}; le reste rend le premier avis plus sûr.",
          "Montants hors taxes, reconductions comprises, en euros. Durées en mois, reconductions comprises.",
          "Dates\u{202F}: 03/2027, 15/03/2027 ou mars 2027. Lieu\u{202F}: commune, code postal ou département.",
          "N’y mettez aucune donnée sur des personnes.",
        ])
    ])
    return Array(try Data(contentsOf: URL(filePath: path)))
  }
}
