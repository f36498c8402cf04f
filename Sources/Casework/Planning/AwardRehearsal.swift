import Clauses
import Records
import Storage

/// An import that only counts: what it would add, change or leave, without writing.
struct AwardRehearsal {
  /// The counts so far.
  var report: ImportReport
  private var seen: [AwardNotice.Key: (published: Day?, digest: Int64)] = [:]

  init(report: ImportReport) {
    self.report = report
    self.report.dryRun = true
  }

  /// Counts a batch.
  mutating func add(_ batch: AwardBatch, database: any Database) async throws {
    let keys = Set(
      batch.items.compactMap { item -> AwardNotice.Key? in
        guard case .award(let award) = item, seen[award.entry.notice.key] == nil else { return nil }
        return award.entry.notice.key
      })
    for (key, known) in try await database.read({ try Awards.known(keys, in: $0) }) {
      seen[key] = (known.published, known.digest)
    }
    for item in batch.items {
      report.read += 1
      switch item {
      case .refused(let record, let refusal): report.note(refusal: refusal, of: record)
      case .award(let award):
        report.note(repairs: award.repairs, of: award.record)
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
      report.note(change: ["Une publication plus récente remplacerait la fiche."], of: award.record)
    } else {
      report.new += 1
    }
    seen[notice.key] = (notice.published, award.entry.digest)
  }
}
