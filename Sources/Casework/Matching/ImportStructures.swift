public import Clauses
public import Exchange
import Foundation
import Records
import Storage

/// Reads a list of inclusion structures into the base, then judges anew the contracts whose territory has changed.
public struct ImportStructures: Sendable {
  /// What one must be allowed.
  public static let right = Right.operate

  /// The file to read.
  public var path: String
  /// The list's name; the same name takes the place of an earlier edition's note.
  public var name: String
  /// Titles of columns that would not be recognised.
  public var columns: [StructureColumn: String]
  /// The kind of rows that have none.
  public var defaultKind: StructureKind?
  /// Whether the list holds every structure of its kinds and territory; otherwise a small number proves nothing.
  public var isComplete: Bool

  /// An import of a list.
  public init(
    path: String, name: String, columns: [StructureColumn: String] = [:], defaultKind: StructureKind? = nil,
    isComplete: Bool = false
  ) {
    self.path = path
    self.name = name
    self.columns = columns
    self.defaultKind = defaultKind
    self.isComplete = isComplete
  }

  /// Imports the list and says what came out.
  public func run(as actor: Actor, in world: World) async throws -> TableReport {
    try actor.authorise(Self.right)
    try FileNames.refuseNIR(in: name)
    let stored = try world.files.keep(fileAt: path)
    let file = try MappedFile.open(path, spool: try world.files.temporaryFolder())
    let (entries, sketch) = try read(file)
    var report = sketch
    let (name, rows, complete, now) = (name, entries.count, isComplete, world.now())
    let saved = try await world.database.write { db in
      try Structures.note(list: name, digest: stored.digest, rows: rows, complete: complete, at: now, in: db)
      return try Structures.save(entries, in: db)
    }
    report.new = saved.new
    report.known = saved.known
    report.judgedAnew = try await RecomputeSpotting().run(as: actor, in: world)
    return report
  }

  private func read(_ file: MappedFile) throws -> ([Structures.Entry], TableReport) {
    try file.withBytes { bytes throws -> ([Structures.Entry], TableReport) in
      var reader = try StructureReader(bytes, columns: columns, defaultKind: defaultKind)
      var report = TableReport(file: name)
      var entries: [Structures.Entry] = []
      while let row = try reader.next() {
        report.read += 1
        switch row {
        case .refused(let note): report.refuse(note)
        case .structure(let record, let notes):
          report.note(notes)
          guard record.isActive else {
            report.refuse(TableNote(line: record.line, "La liste la donne pour inactive\u{202F}: laissée de côté."))
            continue
          }
          entries.append(entry(record))
        }
      }
      return (entries, report)
    }
  }

  private func entry(_ record: InclusionStructureRecord) -> Structures.Entry {
    Structures.Entry(
      siret: record.siret, kind: record.kind, name: record.name, tradeName: record.tradeName,
      naf: record.naf?.filter { $0 != "." && $0 != " " },
      postcode: record.postcode, commune: record.communeCode?.code, communeName: record.communeName,
      departement: record.departement, latitude: record.latitude.map(Int.init),
      longitude: record.longitude.map(Int.init),
      description: record.description, list: name)
  }
}

/// What came out of an imported table: counts, and the rows to look at.
public struct TableReport: Sendable, Codable, Equatable {
  /// Notes kept of each sort.
  static let noteLimit = 20

  /// The file's name.
  public var file: String
  /// Rows read.
  public var read = 0
  /// Rows that the base did not hold; for CPV labels, distinct codes.
  public var new = 0
  /// Rows whose structure was there before, or came twice in the file; always 0 for CPV labels.
  public var known = 0
  /// Rows left out.
  public var refused = 0
  /// Rows kept after a repair, or with a doubt.
  public var noted = 0
  /// The first reasons of refusal, in French, with their lines; at most 20.
  public var refusals: [String] = []
  /// The first repairs and doubts, in French, with their lines; at most 20.
  public var notes: [String] = []
  /// Contracts judged anew because of what changed.
  public var judgedAnew = 0

  /// A report that counts nothing yet.
  public init(file: String) { self.file = file }

  mutating func refuse(_ note: TableNote) {
    refused += 1
    if refusals.count < Self.noteLimit { refusals.append(note.description) }
  }

  mutating func note(_ list: [TableNote]) {
    guard !list.isEmpty else { return }
    noted += 1
    for note in list where notes.count < Self.noteLimit { notes.append(note.description) }
  }
}
