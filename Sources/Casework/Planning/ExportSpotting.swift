import Clauses
import Exchange
import Foundation
import Records
import Storage

/// A list of spotting as a file: every contract of a filter, in its order.
public struct ExportSpotting: Sendable {
  /// What one must be allowed.
  public static let right = Right.readPublicData
  /// The most contracts that a page's export holds.
  public static let pageLimit = 100_000
  /// Contracts read together.
  static let slice = 1000

  /// Which contracts.
  public var filter: SpottingFilter
  /// In which order.
  public var order: SpottingFilter.Order
  /// The most contracts to give.
  public var limit: Int

  /// An export of a filter.
  public init(filter: SpottingFilter, order: SpottingFilter.Order = .priority, limit: Int = Self.pageLimit) {
    self.filter = filter
    self.order = order
    self.limit = limit
  }

  /// Hands over the contracts by slices, in order; says how many there were.
  @discardableResult
  public func each(
    as actor: Actor, in world: World, _ body: ([SpottingItem]) async throws -> Void
  ) async throws -> Int {
    try actor.authorise(Self.right)
    let rules = try world.rules()
    let (query, order) = (filter.query, order.stored)
    var start = SpottingLists.Start.first
    var given = 0
    while given < limit {
      try Task.checkCancellation()
      let (from, size) = (start, min(Self.slice, limit - given))
      let lines = try await world.database.read {
        try SpottingLists.lines(query, order: order, start: from, limit: size, in: $0)
      }
      guard let last = lines.last else { break }
      try await body(lines.map { rules.item($0) })
      given += lines.count
      start = .after(.init(last, in: order))
      if lines.count < size { break }
    }
    return given
  }

  /// Writes the list as CSV (UTF-8 with its mark, `;`), slice by slice.
  public func csv(as actor: Actor, in world: World, _ body: ([UInt8]) async throws -> Void) async throws {
    var writer = CSVWriter()
    writer.row(Self.columns.map(\.title))
    try await body(writer.take())
    let given = try await each(as: actor, in: world) { items in
      for item in items { writer.row(Self.cells(item).map(\.plain)) }
      try await body(writer.take())
    }
    try await note(given, as: actor, in: world)
  }

  /// A line of the trail for whoever signed in; what anyone may read, anyone may take without leaving a name.
  private func note(_ given: Int, as actor: Actor, in world: World) async throws {
    guard actor.person != nil else { return }
    let (now, keys) = (world.moment, world.access.keys)
    let changes =
      [TrailChange("marchés", nil, String(given))] + filter.sentences.map { TrailChange("filtre", nil, $0) }
    try await world.database.write { db in
      try Trail.write(
        TrailNote(.exported, kind: "list", id: "repérage", changes: changes), as: actor, at: now, keys: keys, in: db)
    }
  }

  /// Writes the list as a workbook at a path, which the caller removes.
  public func xlsx(to path: String, as actor: Actor, in world: World) async throws {
    let writer = try XLSXWriter(
      path: path, name: "Repérage", columns: Self.columns, title: "Repérage des marchés à clause sociale",
      day: world.today())
    let given = try await each(as: actor, in: world) { items in
      for item in items { try writer.add(Self.cells(item)) }
    }
    try writer.finish(about: [
      SpreadsheetNote("Filtres", filter.sentences),
      SpreadsheetNote("Contenu", ["\(French.count(given, "marché")), au \(world.today().french)"]),
      SpreadsheetNote(
        "Sources",
        [
          "Données essentielles de la commande publique, telles que publiées par les acheteurs et importées ici.",
          "Chiffres de référence\u{202F}: édition \(world.figures.version).",
          "Les heures sont un ordre de grandeur\u{202F}; les critères sont des conseils, jamais un refus.",
        ]),
    ])
    try await note(given, as: actor, in: world)
  }

  private static let columns = [
    SpreadsheetColumn("Objet", width: 60), SpreadsheetColumn("Acheteur", width: 34),
    SpreadsheetColumn("SIRET acheteur"),
    SpreadsheetColumn("Numéro"), SpreadsheetColumn("Département", width: 12), SpreadsheetColumn("Code CPV", width: 12),
    SpreadsheetColumn("Famille", width: 34), SpreadsheetColumn("Montant HT", .money),
    SpreadsheetColumn("Montant plafond", width: 14), SpreadsheetColumn("Fin prévue", .day),
    SpreadsheetColumn("À contacter avant le", .day), SpreadsheetColumn("Durée", width: 12),
    SpreadsheetColumn("Montant", width: 12), SpreadsheetColumn("Nature", width: 12),
    SpreadsheetColumn("Publics", width: 12), SpreadsheetColumn("Heures, bas", .integer),
    SpreadsheetColumn("Heures, usuel", .integer), SpreadsheetColumn("Heures, haut", .integer),
    SpreadsheetColumn("Obligation légale", width: 30), SpreadsheetColumn("Considérations sociales", width: 24),
    SpreadsheetColumn("Opération ponctuelle", width: 12), SpreadsheetColumn("Priorité", .integer),
    SpreadsheetColumn("Pourquoi", width: 80),
  ]

  private static func cells(_ item: SpottingItem) -> [SpreadsheetCell] {
    func text(_ text: String?) -> SpreadsheetCell { text.map { .text($0) } ?? .empty }
    func hours(_ hours: Int32?) -> SpreadsheetCell { hours.map { .integer(Int($0)) } ?? .empty }
    return [
      .text(item.object), text(item.buyerName), .text(item.buyer.digits), .text(item.number),
      text(item.departement?.code), text(item.cpv?.digits), text(item.family?.label),
      item.amount.map { .money($0) } ?? .empty, .text(item.amountIsCeiling ? "oui" : "non"),
      item.cell.end.map { .day($0) } ?? .empty, item.contactBefore.map { .day($0) } ?? .empty,
      .text(item.cell.duration.french), .text(item.cell.amount.french), .text(item.cell.nature.french),
      .text(item.cell.people.french), hours(item.cell.hoursLow), hours(item.cell.hoursUsual),
      hours(item.cell.hoursHigh), .text(item.cell.duty.french), .text(item.social.french),
      .text(item.cell.recurrence == .oneOff ? "oui" : "non"), .integer(Int(item.cell.rank)), .text(item.why),
    ]
  }
}

extension SpreadsheetCell {
  /// The cell as CSV writes it: figures with a comma, days as 21/11/2026.
  fileprivate var plain: String {
    switch self {
    case .empty: ""
    case .text(let text), .link(let text, address: _): text
    case .integer(let number): String(number)
    case .money(let euros): euros.description.replacing(".", with: ",")
    case .hours(let hours): hours.description.replacing(".", with: ",")
    case .day(let day): day.french
    }
  }
}

extension SpottingFilter {
  /// What the filter asks for, a French sentence each.
  public var sentences: [String] {
    var list: [String] = []
    if let kind { list.append(kind == .contract ? "Marchés seulement" : "Concessions seulement") }
    if let departement { list.append("Département \(departement.code)") }
    if let buyer { list.append("Acheteur\u{202F}: \(buyer)") }
    if let cpv { list.append("Code CPV commençant par \(cpv)") }
    if let amountFrom { list.append("Montant d’au moins \(amountFrom.frenchWhole)") }
    if let amountTo { list.append("Montant d’au plus \(amountTo.frenchWhole)") }
    if let from { list.append("Fin prévue à partir de \(from.french)") }
    if let to { list.append("Fin prévue jusqu’à \(to.french)") }
    switch consideration {
    case .declared: list.append("Considération sociale déclarée")
    case .none?: list.append("Aucune considération sociale, dit la fiche")
    case .unstated: list.append("Considération sociale non renseignée")
    case nil: break
    }
    if !criteria.isEmpty {
      let names = Criterion.allCases.filter { criteria.contains($0) }.map { $0.french.lowercased() }
      list.append("Critères réunis\u{202F}: \(French.list(names))")
    }
    if let text { list.append("Mots\u{202F}: \(text)") }
    return list.isEmpty ? ["Aucun\u{202F}: toute la base"] : list
  }
}
