public import Clauses
import Exchange
import Foundation
import Records
import Storage

/// Says which column of a draft holds what; the titles are remembered for that buyer.
public struct MapProgramme: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme

  /// The programme.
  public var id: ID<PurchaseProgramme>
  /// The row of titles, as typed; 0 where there is none.
  public var titleRow: String
  /// The column of each field, from 0; absent: the file does not hold it.
  public var places: [PlannedField: Int]

  /// A mapping.
  public init(_ id: ID<PurchaseProgramme>, titleRow: String, places: [PlannedField: Int]) {
    (self.id, self.titleRow, self.places) = (id, titleRow, places)
  }

  /// Writes it; false for a draft that is not the reader's. Another row of titles is read first, and columns recognised by it.
  ///
  /// Throws ``FieldFault`` for a column given twice, or a row that cannot hold titles.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    guard let titleRow = Int(titleRow), titleRow >= 0 else {
      throw FieldFault("titres", "Donnez le numéro de la ligne des titres, ou 0 s’il n’y en a pas.")
    }
    let (id, today) = (id, world.today())
    let isMoved = try await world.database.write { db -> Bool? in
      guard var programme = try ProgrammeGate.draft(id, for: actor, on: today, in: db) else { return nil }
      guard programme.titleRow != titleRow else { return false }
      var columns = ProgrammeColumns(titleRow: 0, titles: [], places: [:])
      if titleRow > 0 {
        guard titleRow <= ProgrammeColumns.searched * 10, let row = try Programmes.row(titleRow, of: id, in: db) else {
          throw FieldFault("titres", "Cette ligne est vide, ou trop loin\u{202F}: donnez celle qui porte les titres.")
        }
        columns = ProgrammeColumns(
          titles: WorkbookRow(number: titleRow, cells: try CellText.read(row.cells)),
          known: try Programmes.known(of: programme.buyer, in: db))
      }
      (programme.titleRow, programme.titles) = (titleRow, try TitleText.written(columns.titles))
      programme.places = PlaceText.written(columns.places)
      guard try Programmes.update(&programme, in: db) else { throw ChangedMeanwhile() }
      return true
    }
    guard let isMoved else { return false }
    return isMoved ? true : try await place(as: actor, in: world)
  }

  private func place(as actor: Actor, in world: World) async throws -> Bool {
    guard places[.object] != nil else {
      throw FieldFault("colonne-object", "Dites quelle colonne contient l’objet des marchés.")
    }
    var fields: [Int: PlannedField] = [:]
    for field in PlannedField.allCases {
      guard let column = places[field] else { continue }
      guard fields[column] == nil else {
        throw FieldFault("colonne-\(field.rawValue)", "Cette colonne est déjà choisie pour une autre donnée.")
      }
      fields[column] = field
    }
    let (id, places, today, named) = (id, places, world.today(), fields)
    return try await world.database.write { db in
      guard var programme = try ProgrammeGate.draft(id, for: actor, on: today, in: db) else { return false }
      let titles = TitleText.read(programme.titles)
      programme.places = PlaceText.written(places)
      guard try Programmes.update(&programme, in: db) else { throw ChangedMeanwhile() }
      for (column, field) in named where titles.indices.contains(column) && !titles[column].isEmpty {
        try Programmes.remember(titles[column].folded, field.rawValue, of: programme.buyer, in: db)
      }
      return true
    }
  }
}

/// Who may touch a draft.
enum ProgrammeGate {
  static func draft(
    _ id: ID<PurchaseProgramme>, for actor: Actor, on today: Day, in db: any Connection
  ) throws -> StoredProgramme? {
    guard let programme = try Programmes.find(id, in: db), programme.state == .draft,
      try PlannedReach.of(.sendProgramme, for: actor, on: today, in: db)
        .holds(body: programme.body, buyer: programme.buyer, in: db)
    else { return nil }
    return programme
  }
}

/// Corrects one line of a draft, or leaves it out.
public struct CorrectProgramme: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme

  /// The programme.
  public var id: ID<PurchaseProgramme>
  /// The row.
  public var row: Int
  /// What was typed, by field.
  public var typed: [PlannedField: String]
  /// Whether to leave the line out.
  public var leavesOut: Bool

  /// A correction.
  public init(_ id: ID<PurchaseProgramme>, row: Int, typed: [PlannedField: String], leavesOut: Bool) {
    (self.id, self.row, self.typed, self.leavesOut) = (id, row, typed, leavesOut)
  }

  /// Writes it; false for a draft or a row that is not the reader's. Throws ``FieldFault`` for a social security number.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    try actor.authorise(Self.right)
    for (field, text) in typed {
      if let sentence = NIRDetector.sentence(for: NIRDetector.matches(in: text)) {
        throw FieldFault("\(field.rawValue)-\(row)", sentence)
      }
    }
    let (change, today) = (self, world.today())
    return try await world.database.write { db in
      guard var programme = try ProgrammeGate.draft(change.id, for: actor, on: today, in: db),
        let row = try Programmes.row(change.row, of: change.id, in: db)
      else { return false }
      var cells = try CellText.read(row.cells)
      var places = PlaceText.read(programme.places)
      for (field, text) in change.typed {
        if places[field] == nil, text.isEmpty { continue }
        // A field that the file does not hold gets a column of its own, where no row of the file can have anything.
        let column = places[field] ?? max(ProgrammeFile.mostColumns, (places.values.max() ?? 0) + 1)
        places[field] = column
        while cells.count <= column { cells.append(.empty) }
        // What was only looked at keeps its kind: a number stays one.
        if cells[column].shown != text { cells[column] = text.isEmpty ? .empty : .text(String(text.prefix(4000))) }
      }
      try Programmes.change(
        row: change.row, of: change.id, cells: try CellText.written(cells), isLeftOut: change.leavesOut, in: db)
      programme.places = PlaceText.written(places)
      guard try Programmes.update(&programme, in: db) else { throw ChangedMeanwhile() }
      return true
    }
  }
}

/// Takes the contracts of a draft: new ones come in, known ones are brought up to date, nothing else is touched.
public struct SendProgramme: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme

  /// The programme.
  public var id: ID<PurchaseProgramme>
  /// The version that was looked at.
  public var version: Int

  /// The taking of a draft.
  public init(_ id: ID<PurchaseProgramme>, version: Int) { (self.id, self.version) = (id, version) }

  /// What came of it.
  public struct Outcome: Sendable, Equatable {
    /// Contracts more.
    public var new = 0
    /// Contracts brought up to date.
    public var changed = 0
    /// Lines that stay aside with their faults.
    public var faulty = 0
  }

  /// Writes them in one transaction; nil for a draft that is not the reader's.
  public func run(as actor: Actor, in world: World) async throws -> Outcome? {
    let person = try actor.signedIn(for: Self.right)
    let (id, version, today, now, keys) = (id, version, world.today(), world.moment, world.access.keys)
    let cells = ProgrammeCells(departements: world.figures.departements.mapValues(\.name))
    let delay = try world.firstOpinionDelay()
    return try await world.database.write { db -> Outcome? in
      guard var programme = try ProgrammeGate.draft(id, for: actor, on: today, in: db) else { return nil }
      // What came without an account waits since it came, not since a facilitator looked at it.
      let due = delay.due(since: programme.createdBy == nil ? programme.createdAt.parisDay : today)
      programme.version = version
      let draft = try ProgrammeDraft(programme, cells: cells, in: db)
      var outcome = Outcome()
      var tick = now.milliseconds
      for line in draft.lines {
        guard let contract = line.contract else {
          if line.effect == .faulty { outcome.faulty += 1 }
          continue
        }
        switch line.effect {
        case .new:
          tick += 1
          let dossier = PlannedDossier(
            id: ID(at: Moment(milliseconds: tick)), body: programme.body, buyer: programme.buyer,
            buyerName: programme.buyerName, contract: contract, receivedAt: now, answerDue: due, programme: id)
          let origin = "Reçu avec le fichier «\u{A0}\(programme.fileName)\u{A0}», ligne \(line.row)."
          try PlannedDossiers.receive(dossier, origin, by: person.account, at: now, in: db)
          outcome.new += 1
        case .changed:
          guard var dossier = draft.known[PlannedDossier.key(of: contract)] else { continue }
          let before = dossier.contract
          dossier.contract = contract.completed(from: before)
          dossier.programme = id
          guard try PlannedDossiers.update(&dossier, in: db) else { throw ChangedMeanwhile() }
          try PlannedDossiers.keep(
            try PlannedText.written(before), of: dossier.id, version: dossier.version, programme: id, in: db)
          try PlannedDossiers.add(
            "changed", before.told(to: dossier.contract), to: dossier.id, by: person.account, at: now, in: db)
          outcome.changed += 1
        default: continue
        }
      }
      (programme.state, programme.sentAt) = (.sent, now)
      guard try Programmes.update(&programme, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(
          .programmeTaken, kind: "programme", id: id.description,
          changes: [
            TrailChange("nouveaux marchés", nil, String(outcome.new)),
            TrailChange("marchés mis à jour", nil, String(outcome.changed)),
          ]), as: actor, at: now, keys: keys, in: db)
      return outcome
    }
  }
}

/// Takes a draft away with its rows, and whoever sent it without an account.
public struct RemoveDraft: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme
  private let id: ID<PurchaseProgramme>
  private let version: Int

  /// The removal of a draft, as the version that was looked at.
  public init(_ id: ID<PurchaseProgramme>, version: Int) { (self.id, self.version) = (id, version) }

  /// Does it; false for a draft that is not the reader's. Throws ``ChangedMeanwhile``.
  public func run(as actor: Actor, in world: World) async throws -> Bool {
    _ = try actor.signedIn(for: Self.right)
    let (id, version, today, now, keys) = (id, version, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db in
      guard let programme = try ProgrammeGate.draft(id, for: actor, on: today, in: db) else { return false }
      guard programme.version == version, try Programmes.removeDraft(id, version: version, in: db) else {
        throw ChangedMeanwhile()
      }
      try Trail.write(
        TrailNote(.programmeRemoved, kind: "programme", id: id.description), as: actor, at: now, keys: keys, in: db)
      return true
    }
  }
}

/// Takes back what a programme brought, where nobody has worked on it since.
public struct UndoProgramme: Sendable {
  /// What one must be allowed.
  public static let right = Right.sendProgramme
  private let id: ID<PurchaseProgramme>

  /// The undoing of a programme.
  public init(_ id: ID<PurchaseProgramme>) { self.id = id }

  /// What came of it.
  public struct Outcome: Sendable, Equatable {
    /// Contracts that are as they were before.
    public var undone = 0
    /// Contracts that stay: someone worked on them since.
    public var kept = 0
  }

  /// Takes it back in one transaction; nil for a programme that is not the reader's, or was not taken.
  public func run(as actor: Actor, in world: World) async throws -> Outcome? {
    let person = try actor.signedIn(for: Self.right)
    let (id, today, now, keys) = (id, world.today(), world.moment, world.access.keys)
    return try await world.database.write { db -> Outcome? in
      guard var programme = try Programmes.find(id, in: db), programme.state == .sent,
        try PlannedReach.of(Self.right, for: actor, on: today, in: db)
          .holds(body: programme.body, buyer: programme.buyer, in: db)
      else { return nil }
      var outcome = Outcome()
      for change in try PlannedDossiers.changed(by: id, in: db) {
        guard var dossier = try PlannedDossiers.find(change.planned, in: db), dossier.version == change.version,
          try change.contract != nil || !PlannedDossiers.isWorkedOn(dossier.id, in: db)
        else {
          outcome.kept += 1
          continue
        }
        if let before = change.contract {
          dossier.contract = try PlannedText.read(before)
          if let earlier = try PlannedDossiers.programme(of: dossier.id, otherThan: id, in: db) {
            dossier.programme = earlier
          }
          guard try PlannedDossiers.update(&dossier, in: db) else { throw ChangedMeanwhile() }
          try PlannedDossiers.follow(dossier.id, from: change.version - 1, to: dossier.version, in: db)
          try PlannedDossiers.add(
            "changed", "Retour à ce qui était connu avant le fichier «\u{A0}\(programme.fileName)\u{A0}».",
            to: dossier.id,
            by: person.account, at: now, in: db)
        } else {
          guard try PlannedDossiers.remove(dossier.id, version: dossier.version, in: db) else {
            throw ChangedMeanwhile()
          }
        }
        outcome.undone += 1
      }
      try PlannedDossiers.forget(programme: id, in: db)
      programme.state = .undone
      guard try Programmes.update(&programme, in: db) else { throw ChangedMeanwhile() }
      try Trail.write(
        TrailNote(
          .programmeUndone, kind: "programme", id: id.description,
          changes: [
            TrailChange("marchés repris", nil, String(outcome.undone)),
            TrailChange("marchés gardés", nil, String(outcome.kept)),
          ]), as: actor, at: now, keys: keys, in: db)
      return outcome
    }
  }
}

/// A contract as the base keeps what it was before a change.
enum PlannedText {
  static func written(_ contract: PlannedContract) throws -> String {
    var fields: [String: String] = [:]
    for field in PlannedField.allCases { fields[field.rawValue] = contract.shown(field) }
    fields["departement"] = contract.departement?.code
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(fields), as: UTF8.self)
  }

  static func read(_ text: String) throws -> PlannedContract {
    let fields = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    var typed: [PlannedField: String] = [:]
    for field in PlannedField.allCases { typed[field] = fields[field.rawValue] }
    guard var contract = ProgrammeCells(departements: [:]).line(row: 0, typed: typed).contract else {
      throw CocoaError(.coderReadCorrupt)
    }
    contract.departement = fields["departement"].flatMap { DepartementCode($0) }
    return contract
  }
}
