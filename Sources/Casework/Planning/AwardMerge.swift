import Clauses
import Exchange
import Records
import Storage

/// Merges a batch into the base, record by record, inside one transaction; may run twice for one batch.
struct AwardMerge {
  let file: Int64
  let now: String
  let stopwatch: Stopwatch?
  /// The keys that are there, while their index is yet to be built.
  let keys: AwardKeyTable?
  /// The notices added, for ``keys`` once they are committed.
  private(set) var added: [(id: Int64, mark: UInt64)] = []
  private(set) var report: ImportReport
  private var known: [AwardNotice.Key: Awards.Known] = [:]
  private var lastID: Int64 = 0
  private var pending: [(id: Int64, award: PreparedAward)] = []

  init(file: Int64, now: String, report: ImportReport, keys: AwardKeyTable? = nil, stopwatch: Stopwatch? = nil) {
    self.keys = keys
    self.file = file
    self.now = now
    self.stopwatch = stopwatch
    self.report = report
  }

  /// Merges every record of the batches.
  mutating func run(_ batches: [AwardBatch], in db: any Connection) throws {
    known = try stopwatch.measure(.comparison) { try Self.known(batches, by: keys, in: db) }
    lastID = try Awards.lastID(in: db)
    for batch in batches {
      for item in batch.items {
        report.read += 1
        switch item {
        case .refused(let place, let refusal): report.note(refusal: refusal, of: place)
        case .award(let award):
          report.note(repairs: award.repairs, of: award.place)
          try merge(award, in: db)
        }
      }
      try stopwatch.measure(.rows) { try Buyers.save(batch.names, in: db) }
    }
    try flush(in: db)
  }

  /// What the base holds of the batches' notices.
  static func known(_ batches: [AwardBatch], by keys: AwardKeyTable?, in db: any Connection) throws
    -> [AwardNotice.Key: Awards.Known]
  {
    var entries: [AwardEntry] = []
    for batch in batches { for case .award(let award) in batch.items { entries.append(award.entry) } }
    guard let keys else { return try Awards.known(Set(entries.map(\.notice.key)), in: db) }
    try keys.catchUp(in: db)
    return try keys.known(entries.map(\.mark), in: db)
  }

  /// The later publication wins, ties go to the order of the file.
  private mutating func merge(_ award: PreparedAward, in db: any Connection) throws {
    let key = award.entry.notice.key
    guard let old = known[key] else {
      lastID += 1
      pending.append((lastID, award))
      if keys != nil { added.append((lastID, award.entry.mark)) }
      known[key] = Awards.Known(id: lastID, entry: award.entry)
      report.new += 1
      return
    }
    if old.digest == award.entry.digest {
      report.unchanged += 1
    } else if AwardMerge.isOlder(award.entry.notice.published, than: old.published) {
      report.outdated += 1
    } else {
      try replace(old.id, by: award, in: db)
      known[key] = Awards.Known(id: old.id, entry: award.entry)
    }
  }

  /// Whether a publication came before another; one without a date counts as the oldest.
  static func isOlder(_ new: Day?, than old: Day?) -> Bool {
    guard let old else { return false }
    return new.map { $0 < old } ?? true
  }

  private mutating func replace(_ id: Int64, by award: PreparedAward, in db: any Connection) throws {
    if let first = pending.first, id >= first.id { try flush(in: db) }
    guard let old = try Awards.find(id, in: db) else { return }
    let changes = old.notice.changes(to: award.entry.notice)
    try AwardChanges.add(to: old, changes: changes.joined(separator: "\n"), file: file, at: now, in: db)
    try Awards.update(id, to: award.entry, file: file, in: db)
    try Spottings.save([row(id, award)], in: db)
    try Spottings.reindex(id, from: Spottings.words(of: old.notice), to: award.entry.words, in: db)
    report.note(change: changes, of: award.place)
  }

  private mutating func flush(in db: any Connection) throws {
    guard !pending.isEmpty else { return }
    try stopwatch.measure(.rows) {
      try Awards.insert(pending.map { ($0.id, $0.award.entry) }, file: file, in: db)
      try Spottings.add(pending.map { row($0.id, $0.award) }, in: db)
    }
    try stopwatch.measure(.search) {
      try Spottings.index(pending.map { ($0.id, $0.award.entry) }, in: db)
    }
    pending.removeAll(keepingCapacity: true)
  }

  private func row(_ id: Int64, _ award: PreparedAward) -> Spottings.Entry {
    var entry = award.spotting
    entry.award = id
    return entry
  }
}
