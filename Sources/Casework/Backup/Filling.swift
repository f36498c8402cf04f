import Foundation
import Records
import Storage

/// Fills an empty base with rows from elsewhere, step by step, under a mark that stays until all is there and compared.
///
/// Interrupted anywhere, the base says what it is: every command but `restore` and `copy` refuses it.
struct Filling {
  private let database: any Database
  private let steps: [Manifest.Step]
  /// How far it is, as the base knows it.
  private(set) var mark: UnfinishedRestore.Mark
  /// Whether it goes on where another run stopped.
  let isResumed: Bool

  /// Takes the base: one without any row, or one that an interrupted filling from the same source left.
  ///
  /// `again` wipes what an interrupted filling left. Throws ``RestoreRefusal``, ``ArchiveFault/newerSchema(_:)``,
  /// `MigrationError`.
  init(
    _ database: any Database, from source: String, isResumable: Bool, again: Bool, steps: [Manifest.Step],
    program: String, at now: String
  ) async throws {
    self.database = database
    self.steps = steps
    let known = Schema.migrations
    for (place, step) in steps.enumerated() {
      guard place < known.count, known[place].number == step.number, known[place].name == step.name else {
        throw ArchiveFault.newerSchema(program)
      }
    }
    if try await database.read({ try UnfinishedRestore.find(in: $0) }) == nil {
      try await Migrator(known).verify(on: database)
    }
    let run = UUID().uuidString
    (mark, isResumed) = try await database.write { db in
      var mark = UnfinishedRestore.Mark(source: source, startedAt: now, run: run)
      if let found = try UnfinishedRestore.find(in: db) {
        if isResumable, !again, found.source == source {
          mark = found
          mark.run = run
          try UnfinishedRestore.put(mark, in: db)
          return (mark, true)
        }
        guard again else { throw RestoreRefusal.halfOfAnother }
      } else {
        try Self.checkEmpty(db)
      }
      try Schema.removeAll(in: db)
      try UnfinishedRestore.put(mark, in: db)
      return (mark, false)
    }
  }

  private static func checkEmpty(_ db: any Connection) throws {
    let isOurs = try db.hasTable(Migrator.table)
    for name in Schema.tables + Schema.recomputed where try db.hasTable(name) {
      guard isOurs else { throw RestoreRefusal.foreignTable(name) }
    }
    for shape in try Schema.shapes(in: db) where try db.holdsRows(shape) {
      throw RestoreRefusal.occupied(table: shape.name, rows: try db.count(of: shape))
    }
  }

  /// Brings the base to the schema of the source, and gives the tables with their columns in the order of the source.
  func prepare(_ tables: [(name: String, columns: [String])]) async throws -> [TableShape] {
    let steps = steps.count
    if !mark.isVerified {
      try await Migrator(Array(Schema.migrations.prefix(steps))).run(on: database)
      if steps == Schema.migrations.count {
        try await database.write { db in
          try SpottingIndexes.drop(in: db)
          try AwardLoading.begin(in: db)
        }
      }
    }
    return try await database.read { db in
      let shapes = try tables.map { table in
        guard Schema.tables.contains(table.name), let shape = try db.shape(of: table.name)?.arranged(by: table.columns)
        else { throw ArchiveFault.unfit(table.name) }
        return shape
      }
      if let other = try Schema.shapes(in: db).first(where: { shape in !tables.contains { $0.name == shape.name } }) {
        throw ArchiveFault.unfit(other.name)
      }
      return shapes
    }
  }

  /// Adds the rows of some lines to a table, in one transaction with the note of how far this is.
  mutating func load(_ text: [UInt8], into shape: TableShape, place: Int) async throws {
    var next = mark
    if next.tables != place { (next.tables, next.rows, next.bytes) = (place, 0, 0) }
    let rows = try Self.rows(text, width: shape.columnNames.count, table: shape.name)
    next.rows += rows.count
    next.bytes += text.count
    try await advance(to: next) { try $0.load(shape, rows: rows) }
  }

  private static func rows(_ text: [UInt8], width: Int, table: String) throws -> [[SQLValue]] {
    try text.withUnsafeBytes { bytes in
      try bytes.split(separator: UInt8(ascii: "\n")).map { line in
        guard let values = try? RowText.values(UnsafeRawBufferPointer(rebasing: line)), values.count == width else {
          throw ArchiveFault.altered(table)
        }
        return values
      }
    }
  }

  private mutating func advance(
    to next: UnfinishedRestore.Mark, _ body: @escaping @Sendable (any Connection) throws -> Void
  ) async throws {
    try await database.write { db in
      guard try UnfinishedRestore.advance(next, in: db) else { throw RestoreRefusal.takenOver }
      try body(db)
    }
    mark = next
  }

  /// Compares every table with the source, brings the base to the program’s schema, works out what is worked out, and
  /// takes the mark away.
  mutating func finish(
    comparing source: Manifest, in world: World, _ progress: @escaping @Sendable (BackupProgress) -> Void
  ) async throws {
    let total = source.rows
    if !mark.isVerified {
      let found = try await database.read { db in
        try TableReading.digests(of: source.tables, in: db) {
          progress(BackupProgress(words: "lignes comparées", done: $0, total: total))
        }
      }
      let differences = source.differences(from: found)
      guard differences.isEmpty else { throw RestoreRefusal.differs(differences) }
      var next = mark
      next.isVerified = true
      try await advance(to: next) { db in
        for shape in try Schema.shapes(in: db) { try db.goOnNumbering(shape) }
      }
    }
    try Task.checkCancellation()
    try await Migrator(Schema.migrations).run(on: database)
    try await AwardSearch.rebuild(on: database) { reached, last in
      progress(BackupProgress(words: "mots recherchés", done: Int(reached), total: Int(last)))
    }
    try await AwardLoading.end(on: database)
    try await SpottingIndexes.restore(on: database) { done, all in
      progress(BackupProgress(words: "index de recherche", done: done, total: all))
    }
    _ = try await RecomputeSpotting().run(as: .machineOperator, in: world) { seen, last in
      progress(BackupProgress(words: "marchés réexaminés", done: Int(seen), total: Int(last)))
    }
    try await AwardLoading.refreshStatistics(on: database)
    try await advance(to: mark) { try UnfinishedRestore.remove(in: $0) }
  }
}

/// Why a base cannot be filled.
public enum RestoreRefusal: Error, Equatable, CustomStringConvertible {
  /// The base holds rows already.
  case occupied(table: String, rows: Int)
  /// The base has a table of that name which is not the program’s.
  case foreignTable(String)
  /// The base holds a part of something else.
  case halfOfAnother
  /// Another run fills the same base now.
  case takenOver
  /// The tables that do not hold what the source holds.
  case differs([String])
  /// The base that is copied was lost on the way.
  case sourceLost

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .occupied(let table, let rows):
      "La base d’arrivée contient déjà des données (table «\u{202F}\(table)\u{202F}», lignes\u{202F}: \(rows)). Rien n’a "
        + "été modifié. Indiquez une base vide\u{202F}: un autre fichier SQLite, ou une base PostgreSQL neuve (createdb)."
    case .foreignTable(let table):
      "La base d’arrivée contient une table «\u{202F}\(table)\u{202F}» qui n’est pas de ce programme. Rien n’a été "
        + "modifié. Indiquez une base vide."
    case .halfOfAnother:
      "La base d’arrivée contient une partie seulement d’une autre restauration ou d’une copie interrompue. Relancez "
        + "celle-ci avec la même sauvegarde pour la terminer, ou ajoutez --again pour effacer cette partie et tout "
        + "recommencer."
    case .takenOver: "Une autre restauration de la même base a pris la suite. Laissez-la finir."
    case .differs(let tables):
      "Les données d’arrivée diffèrent de celles de départ (tables\u{202F}: \(tables.joined(separator: ", "))). La base "
        + "reste marquée comme incomplète. Vérifiez que rien d’autre n’y écrit, puis relancez avec --again."
    case .sourceLost:
      "La connexion à la base de départ a été perdue pendant la copie. Relancez la même commande avec --again."
    }
  }
}
