public import Clauses
import Exchange
import Foundation
import Records
import Storage

/// A programme as its sender checks it: columns, lines, faults, and what each line would change.
public struct ShowProgramme: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme
  private let id: ID<PurchaseProgramme>

  /// The page of a programme.
  public init(_ id: ID<PurchaseProgramme>) { self.id = id }

  /// What a line would do.
  public enum Effect: Sendable, Equatable {
    /// A contract more.
    case new
    /// A contract that is known, with the fields that change.
    case changed([PlannedField])
    /// A contract that is known as it is.
    case same
    /// Nothing: the line has a fault.
    case faulty
    /// Nothing: the same contract stands on another line.
    case twice(row: Int)
    /// Nothing: someone left it out.
    case leftOut
  }

  /// One line.
  public struct Line: Sendable {
    /// The row's number in the sheet, from 1.
    public let row: Int
    /// What stands in its cells, as a person reads it.
    public let typed: [PlannedField: String]
    /// What was understood; nil where the line has a fault.
    public let contract: PlannedContract?
    /// What is to be mended, or was left out, by field.
    public let remarks: [PlannedField: String]
    /// What it would do.
    public let effect: Effect

    init(_ line: ProgrammeLine, _ effect: Effect) {
      (row, typed, contract, self.effect) = (line.row, line.typed, line.contract, effect)
      remarks = line.remarks.mapValues(\.sentence)
    }
  }

  /// The page.
  public struct Model: Sendable {
    /// Its identifier.
    public let id: ID<PurchaseProgramme>
    /// The buyer's number.
    public let buyer: SIRET
    /// The buyer's name.
    public let buyerName: String
    /// The name of the file.
    public let fileName: String
    /// The sheet that was read.
    public let sheet: String
    /// The row that holds the titles, 0 where there is none.
    public let titleRow: Int
    /// Titles of the file's columns.
    public let titles: [String]
    /// Which column holds what.
    public let places: [PlannedField: Int]
    /// The lines, in the order of the file.
    public let lines: [Line]
    /// Whether rows were left out, the file having too many.
    public let isCut: Bool
    /// Whether it is still a draft.
    public let isDraft: Bool
    /// Whether what it brought can be taken back.
    public let mayUndo: Bool
    /// Where it stands, in words.
    public let state: String
    /// The version to send back with a change.
    public let version: Int
    /// Who sent it without an account, for the body that studies it.
    public let sender: Sender?

    /// How many lines have an effect.
    public func count(_ isCounted: (Effect) -> Bool) -> Int { lines.count { isCounted($0.effect) } }
  }

  /// Who sent a programme without an account.
  public struct Sender: Sendable {
    /// What they call the sending by.
    public let reference: String
    /// Who they are.
    public let person: ProgrammeSender
  }

  /// Reads it; nil for one that the reader may not see.
  public func run(as actor: Actor, in world: World) async throws -> Model? {
    try actor.authorise(Self.right)
    let (id, today, keys) = (id, world.today(), world.access.keys)
    let cells = ProgrammeCells(departements: world.figures.departements.mapValues(\.name))
    return try await world.database.read { db -> Model? in
      guard let programme = try Programmes.find(id, in: db),
        try PlannedReach.of(Self.right, for: actor, on: today, in: db)
          .holds(body: programme.body, buyer: programme.buyer, in: db)
      else { return nil }
      let draft = try ProgrammeDraft(programme, cells: cells, in: db)
      let isStudied = try PlannedReach.of(.studyPlanned, for: actor, on: today, in: db)
        .holds(body: programme.body, buyer: programme.buyer, in: db)
      let sender = try isStudied ? ProgrammeSenders.find(id, in: db) : nil
      return Model(
        id: id, buyer: programme.buyer, buyerName: programme.buyerName, fileName: programme.fileName,
        sheet: programme.sheet,
        titleRow: programme.titleRow, titles: draft.columns.titles, places: draft.columns.places, lines: draft.lines,
        isCut: programme.isCut,
        isDraft: programme.state == .draft, mayUndo: programme.state == .sent, state: programme.state.label,
        version: programme.version,
        sender: try sender.map { Sender(reference: $0.reference, person: try $0.sender(keys)) })
    }
  }
}

/// A stored programme read again: its lines with what each would do to the contracts that are known.
struct ProgrammeDraft {
  let columns: ProgrammeColumns
  let lines: [ShowProgramme.Line]
  /// The contracts that are known, by key.
  let known: [String: PlannedDossier]

  init(_ programme: StoredProgramme, cells: ProgrammeCells, in db: any Connection) throws {
    columns = ProgrammeColumns(
      titleRow: programme.titleRow,
      titles: TitleText.read(programme.titles),
      places: PlaceText.read(programme.places))
    let bodies = try Organisations.family(of: programme.body, in: db)
    let known = try PlannedDossiers.keyed(bodies: bodies, buyer: programme.buyer, in: db)
    var seen: [String: Int] = [:]
    var lines: [ShowProgramme.Line] = []
    for row in try Programmes.rows(of: programme.id, in: db) where row.number > programme.titleRow {
      let stored = WorkbookRow(number: row.number, cells: try CellText.read(row.cells))
      guard let line = cells.line(stored, columns) else { continue }
      lines.append(.init(line, Self.effect(line, row.isLeftOut, known, &seen)))
    }
    (self.lines, self.known) = (lines, known)
  }

  private static func effect(
    _ line: ProgrammeLine, _ isLeftOut: Bool, _ known: [String: PlannedDossier], _ seen: inout [String: Int]
  ) -> ShowProgramme.Effect {
    if isLeftOut { return .leftOut }
    guard let contract = line.contract else { return .faulty }
    let key = PlannedDossier.key(of: contract)
    if let row = seen[key] { return .twice(row: row) }
    seen[key] = line.row
    guard let before = known[key]?.contract else { return .new }
    let fields = before.differences(to: contract.completed(from: before)).map(\.field)
    return fields.isEmpty ? .same : .changed(fields)
  }
}

extension PlannedContract {
  /// The contract with what it does not say taken from what was known: a file that lacks a column erases nothing.
  func completed(from before: PlannedContract) -> PlannedContract {
    var all = self
    all.reference = reference ?? before.reference
    all.category = category ?? before.category
    all.cpv = cpv ?? before.cpv
    all.amount = amount ?? before.amount
    all.months = months ?? before.months
    if place == nil { (all.place, all.departement) = (before.place, before.departement) }
    all.departement = all.departement ?? (place == before.place ? before.departement : nil)
    all.launch = launch ?? before.launch
    all.start = start ?? before.start
    all.lots = lots ?? before.lots
    all.isFramework = isFramework ?? before.isFramework
    all.note = note ?? before.note
    return all
  }
}
