import Clauses
import Records
import Storage

/// An import that only counts: what it would add, change or leave, without writing.
struct AwardRehearsal {
  /// The counts so far.
  var report: ImportReport
  /// The keys that are there, while their index is yet to be built.
  private let keys: AwardKeyTable?
  private var seen: [AwardNotice.Key: (published: Day?, digest: Int64)] = [:]

  init(report: ImportReport, keys: AwardKeyTable?) {
    self.report = report
    self.keys = keys
    self.report.dryRun = true
  }

  /// Counts a batch.
  mutating func add(_ batch: AwardBatch, database: any Database) async throws {
    let found = try await database.read { [keys] in try AwardMerge.known([batch], by: keys, in: $0) }
    for (key, known) in found where seen[key] == nil {
      seen[key] = (known.published, known.digest)
    }
    for item in batch.items {
      report.read += 1
      switch item {
      case .refused(let place, let refusal): report.note(refusal: refusal, of: place)
      case .award(let award):
        report.note(repairs: award.repairs, of: award.place)
        count(award)
      }
    }
  }

  private mutating func count(_ award: PreparedAward) {
    let notice = award.entry.notice
    if let old = seen[notice.key] {
      if old.digest == award.entry.digest {
        report.unchanged += 1
        return
      }
      if AwardMerge.isOlder(notice.published, than: old.published) {
        report.outdated += 1
        return
      }
      report.note(change: ["Une publication plus récente remplacerait la fiche."], of: award.place)
    } else {
      report.new += 1
    }
    seen[notice.key] = (notice.published, award.entry.digest)
  }
}
