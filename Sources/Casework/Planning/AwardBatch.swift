import Clauses
import Exchange
import Foundation
import Records
import Storage

/// A record made ready for the base: judged and encoded away from the writer's connection.
final class PreparedAward: Sendable {
  let place: RecordPlace
  let entry: AwardEntry
  /// What spotting says of it, the row still to be given.
  let spotting: Spottings.Entry
  /// What was mended or noted, each with its sentence.
  let repairs: [(repair: AwardRepair, sentence: String)]

  init(
    place: RecordPlace, entry: AwardEntry, spotting: Spottings.Entry,
    repairs: [(repair: AwardRepair, sentence: String)]
  ) {
    self.place = place
    self.entry = entry
    self.spotting = spotting
    self.repairs = repairs
  }
}

/// Where a record stands in its file, for messages.
struct RecordPlace: Sendable {
  let line, ordinal: Int
  init(_ record: AwardRecord) {
    line = record.line
    ordinal = record.ordinal
  }
}

/// What a batch holds, in the order of the file.
enum BatchItem: Sendable {
  case award(PreparedAward)
  case refused(RecordPlace, AwardRefusal)
}

/// Consecutive records of a file.
struct AwardBatch: Sendable {
  var items: [BatchItem] = []
  /// Names of buyers that the import had not met yet.
  var names: [SIRET: String] = [:]
  /// The byte after the last record.
  var end = 0
}

/// Makes records ready, on the reader's thread.
struct AwardPreparer {
  let rules: SpottingRules
  let basis: Spottings.Basis
  let dialect: Dialect
  private var names: [SIRET: String] = [:]

  init(rules: SpottingRules, basis: Spottings.Basis, dialect: Dialect) {
    self.rules = rules
    self.basis = basis
    self.dialect = dialect
  }

  /// Adds a record to a batch.
  mutating func add(_ record: AwardRecord, to batch: inout AwardBatch) {
    batch.end = record.range.upperBound
    switch record.outcome {
    case .refused(let refusal): batch.items.append(.refused(RecordPlace(record), refusal))
    case .notice(let notice, let list):
      let repairs = list.map { (repair: $0, sentence: $0.sentence) }
      let place = PlaceResolution.resolve(notice.place, existing: rules.figures.departements)
      let departement = place.departement
      let cell = rules.judge(
        notice, departement: departement, structures: basis.structures(departement),
        buyer: basis.type(of: notice.key.buyer))
      let entry = AwardEntry(
        notice: notice, range: record.range,
        repairs: repairs.isEmpty ? nil : repairs.map(\.sentence).joined(separator: "\n"), departement: departement,
        for: dialect)
      note(notice.buyerName, of: notice.key.buyer, in: &batch)
      let spotting = Spottings.Entry(
        award: 0, notice: notice, departement: departement, cell: cell,
        stamp: basis.stamp(departement, notice.key.buyer))
      batch.items.append(
        .award(PreparedAward(place: RecordPlace(record), entry: entry, spotting: spotting, repairs: repairs)))
    }
  }

  /// Keeps the last name of each buyer; one that lost letters never takes the place of a whole one.
  private mutating func note(_ name: String?, of buyer: SIRET, in batch: inout AwardBatch) {
    guard let name, !name.isEmpty, names[buyer] != name else { return }
    if let known = names[buyer], name.contains("\u{FFFD}"), !known.contains("\u{FFFD}") { return }
    names[buyer] = name
    batch.names[buyer] = name
  }
}
