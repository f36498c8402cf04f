import ArgumentParser
import Casework
import Clauses
import Foundation

/// Lists the contracts that come back and deserve a clause.
struct Spot: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Montre les marchés qui reviennent et pourraient porter une clause.",
    discussion: """
      Exemple\u{202F}: marchepied spot --departement 77 --from 2026-12 --to 2027-12 --criteria all

      Sans filtre, toute la base. Les concessions ne sont comptées qu’avec --kind all ou --kind concessions.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case table, json, csv, xlsx }
  enum Kind: String, CaseIterable, ExpressibleByArgument { case contracts, concessions, all }

  @OptionGroup var common: Common
  @Option(help: ArgumentHelp("Département d’exécution.", valueName: "code")) var departement: String?
  @Option(help: ArgumentHelp("Premier mois de fin prévue.", valueName: "AAAA-MM")) var from: String?
  @Option(help: ArgumentHelp("Dernier mois de fin prévue.", valueName: "AAAA-MM")) var to: String?
  @Option(help: ArgumentHelp("SIRET, SIREN ou mots du nom de l’acheteur.", valueName: "acheteur")) var buyer: String?
  @Option(help: ArgumentHelp("Début du code CPV, de 2 à 8 chiffres.", valueName: "chiffres")) var cpv: String?
  @Option(help: ArgumentHelp("Mots de l’objet, de l’acheteur ou du titulaire.", valueName: "mots")) var text: String?
  @Option(
    help: ArgumentHelp(
      "Critères à réunir\u{202F}: all, ou duration, amount, nature, people séparés par des virgules.",
      valueName: "critères"))
  var criteria: String?
  @Option(help: ArgumentHelp("contracts, concessions ou all.")) var kind = Kind.contracts
  @Option(help: ArgumentHelp("table, json, csv ou xlsx.")) var format: Format?
  @Option(
    help: ArgumentHelp(
      "Nombre de marchés montrés\u{202F}; 0\u{202F}: tous. Par défaut 50 pour la table, tous sinon.",
      valueName: "nombre"))
  var limit: Int?
  @Option(help: ArgumentHelp("Fichier à écrire, nécessaire pour xlsx.", valueName: "fichier")) var output: String?
  @Flag(help: "Équivaut à --format json.") var json = false
  @Flag(help: "Réexamine d’abord tout ce que de nouveaux chiffres ou structures ont changé.") var refresh = false

  func run() async throws {
    let command = self
    let filter = try filter()
    try await Terminal.run { try await command.work(filter) }
  }

  private func filter() throws -> SpottingFilter {
    var filter = SpottingFilter()
    filter.kind = kind == .all ? nil : kind == .contracts ? .contract : .concession
    filter.departement = try departement.map {
      try read($0, DepartementCode($0.uppercased()), "--departement", "un code comme 77, 2A ou 974")
    }
    filter.from = try from.map { try read($0, Month($0), "--from", "un mois comme 2026-12") }
    filter.to = try to.map { try read($0, Month($0), "--to", "un mois comme 2027-12") }
    if let from = filter.from, let to = filter.to, to < from {
      throw ValidationError("--to \(to) vient avant --from \(from)\u{202F}: échangez-les.")
    }
    filter.cpv = try cpv.map {
      let isRight = (2...8).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return try read($0, isRight ? $0 : nil, "--cpv", "deux à huit chiffres, comme 45 ou 909")
    }
    filter.buyer = buyer
    filter.text = text
    filter.criteria = try criteria.map(criteriaSet) ?? []
    if let limit, limit < 0 {
      throw ValidationError("--limit \(limit)\u{202F}: écrivez un nombre positif, ou 0 pour tous.")
    }
    if json, let format, format != .json {
      throw ValidationError("--json et --format \(format.rawValue) se contredisent\u{202F}: gardez l’un des deux.")
    }
    return filter
  }

  private func read<T>(_ text: String, _ value: T?, _ option: String, _ wanted: String) throws -> T {
    guard let value else { throw ValidationError("\(option) \(text)\u{202F}: écrivez \(wanted).") }
    return value
  }

  private func criteriaSet(_ text: String) throws -> Set<SpottingFilter.Criterion> {
    if text == "all" { return Set(SpottingFilter.Criterion.allCases) }
    return Set(
      try text.split(separator: ",").map {
        try read(
          String($0), SpottingFilter.Criterion(rawValue: String($0)), "--criteria",
          "all, ou duration, amount, nature, people séparés par des virgules")
      })
  }

  private func work(_ filter: SpottingFilter) async throws {
    let installation = try await Installation(try await common.settings())
    let world = installation.world
    if refresh {
      let count = try await RecomputeSpotting().run(as: .machineOperator, in: world)
      Terminal.say("\(French.count(count, "marché réexaminé", "marchés réexaminés")).")
    }
    let format = json ? .json : format ?? .table
    let most = limit ?? (format == .table ? 50 : 0)
    let export = ExportSpotting(filter: filter, limit: most == 0 ? .max : most)
    switch format {
    case .table: try await table(export, world)
    case .json: try await SpotJSON(export: export, output: try Output(output)).write(world)
    case .csv:
      let output = try Output(output)
      try await export.csv(as: .machineOperator, in: world) { try output.write($0) }
    case .xlsx:
      guard let output else { throw ValidationError("--format xlsx demande --output fichier.xlsx.") }
      try Output.check(output)
      try await export.xlsx(to: output, as: .machineOperator, in: world)
    }
    try await installation.close()
  }

  private func table(_ export: ExportSpotting, _ world: World) async throws {
    let output = try Output(output)
    try await export.each(as: .machineOperator, in: world) { items in
      for item in items { try output.write(SpotTable.lines(item)) }
    }
    try output.write(
      SpotTable.lines(try await SummariseSpotting(filter: export.filter).run(as: .machineOperator, in: world)))
  }
}

/// The list as lines of a terminal.
enum SpotTable {
  static func lines(_ item: SpottingItem) -> String {
    let marks = [item.cell.duration, item.cell.amount, item.cell.nature, item.cell.people]
      .map(\.sign).joined(separator: " ")
    let amount = item.amount.map { "\($0.frenchWhole)\(item.amountIsCeiling ? " (plafond)" : "")" } ?? "montant inconnu"
    let end = item.cell.end.map { "\($0 < Clock.today() ? "fin passée le" : "fin") \($0.french)" } ?? "fin inconnue"
    let call = item.contactBefore.map { ", à contacter avant le \($0.french)" } ?? ""
    var hours = ""
    if let low = item.cell.hoursLow, let high = item.cell.hoursHigh {
      hours = "  ≈ \(French.integer(low)) à \(French.integer(high))\u{A0}h"
    }
    return """
      \(marks)  \(short(item.object, 90))
               \(short(item.buyerName ?? item.buyer.french, 50))  \(item.departement?.code ?? "--")  \(end)\(call)
               \(amount)\(hours)
               \(item.why)

      """
  }

  static func lines(_ summary: SpottingSummary) -> String {
    let words = [
      "\(French.count(summary.considered, "marché considéré", "marchés considérés"))",
      "durée \(French.integer(summary.duration))", "montant \(French.integer(summary.amount))",
      "nature \(French.integer(summary.nature))", "publics \(French.integer(summary.people))",
      "les quatre \(French.integer(summary.all))",
      "considération sociale déclarée \(French.integer(summary.withSocialConsideration))",
      "au-dessus du seuil \(French.integer(summary.aboveThreshold))",
    ]
    return
      "Critères\u{202F}: durée, montant, nature, publics (✓ réuni, ~ à apprécier, ✗ non réuni, ? à vérifier)\n"
      + "\(words.joined(separator: " · "))\n"
  }

  private static func short(_ text: String, _ limit: Int) -> String {
    text.count <= limit ? text : "\(text.prefix(limit - 1))…"
  }
}
