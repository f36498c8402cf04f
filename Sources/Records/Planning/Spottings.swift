public import Clauses
public import Storage

/// The derived table of spotting: what the rules say of each award notice, one row a notice.
///
/// Everything that lists filter or sort on stands here, so that a page reads one index and then its fifty notices.
public enum Spottings {
  /// What the rules were applied to, beside the notice: rows whose basis is no longer the current one are recomputed.
  public struct Basis: Sendable, Equatable {
    private let version: String
    private let counts: [DepartementCode: Int]
    private let isPartial: Bool
    private let unresolved: Int64
    private let resolved: [DepartementCode: Int64]
    private let stated: [String: BuyerType]

    /// A basis from the version of the figures, the structures of each département and the types of buyers that were
    /// stated, by SIRET or SIREN.
    public init(
      figuresVersion: String, structures: [DepartementCode: Int], listsAreComplete: Bool,
      statedBuyers: [String: BuyerType]
    ) {
      stated = statedBuyers
      version = figuresVersion
      counts = structures
      isPartial = !listsAreComplete
      unresolved = Basis.stamp(figuresVersion, 0, isPartial)
      resolved = structures.mapValues { Basis.stamp(figuresVersion, $0, !listsAreComplete) }
    }

    /// The stamp that a row of this département and buyer bears when it is up to date.
    public func stamp(_ departement: DepartementCode?, _ buyer: SIRET) -> Int64 {
      let stamp = departement.flatMap { resolved[$0] } ?? unresolved
      guard let type = type(of: buyer) else { return stamp }
      var hash = FNV()
      hash.add(.integer(stamp))
      hash.add(.text(type.rawValue))
      return hash.value
    }

    /// The type that was stated for an establishment, or else for its legal unit; nil where none was.
    public func type(of buyer: SIRET) -> BuyerType? {
      guard !stated.isEmpty else { return nil }
      return stated[buyer.digits] ?? stated[String(buyer.siren)]
    }

    /// The structures of a département, nil where the place is not resolved.
    public func structures(_ departement: DepartementCode?) -> StructuresNearby? {
      departement.map { StructuresNearby(count: counts[$0] ?? 0, listIsPartial: isPartial) }
    }

    private static func stamp(_ version: String, _ count: Int, _ isPartial: Bool) -> Int64 {
      var hash = FNV()
      hash.add(.text(version))
      hash.add(.integer(Int64(count)))
      hash.add(.bool(isPartial))
      return hash.value
    }
  }

  /// A row of the table.
  public struct Entry: Sendable {
    /// The notice's row.
    public var award: Int64
    /// Where it is performed, nil where the place is not resolved.
    public let departement: DepartementCode?
    /// The columns after it.
    let values: [SQLValue]

    /// The row of a notice that the rules have judged.
    public init(award: Int64, notice: AwardNotice, departement: DepartementCode?, cell: SpottingCell, stamp: Int64) {
      self.award = award
      self.departement = departement
      let terms = notice.terms
      values = [
        departement.sqlValue, .text(notice.key.buyer.digits), notice.cpv.sqlValue,
        .integer(terms.amount?.cents ?? Spottings.unknownAmount), (cell.end ?? Spottings.unknownEnd).sqlValue,
        .integer(Int64(notice.social.rawValue)), .bool(notice.kind == .concession), .integer(Outcomes(cell).packed),
        .integer(Outcomes(cell).mask), cell.hoursLow.sqlValue, cell.hoursUsual.sqlValue,
        cell.hoursHigh.sqlValue, .bool(cell.recurrence == .oneOff), .integer(Int64(cell.duty.rawValue)),
        .bool(cell.isAboveThreshold), .integer(Int64(cell.rank)), .integer(stamp),
      ]
    }

    /// Whether a stored row is this one; SQLite gives truth values back as 0 and 1.
    public func says(_ stored: [SQLValue]?) -> Bool {
      guard let stored, stored.count == values.count + 1 else { return false }
      return zip([.integer(award)] + values, stored).allSatisfy { mine, other in
        if case .bool(let flag) = mine, case .integer(let number) = other { return number == (flag ? 1 : 0) }
        return mine == other
      }
    }
  }

  /// The four outcomes of a row.
  public struct Outcomes: Sendable, Equatable {
    /// Duration, amount, nature, people.
    public let all: [Verdict.Outcome]

    /// The outcomes of a judged notice.
    public init(_ cell: SpottingCell) { all = [cell.duration, cell.amount, cell.nature, cell.people] }

    init(packed: Int64) {
      all = (0..<4).map { Verdict.Outcome(rawValue: UInt8((packed >> (2 * $0)) & 3)) ?? .unknown }
    }

    /// Two bits an outcome, duration lowest.
    var packed: Int64 { all.enumerated().reduce(0) { $0 | Int64($1.element.rawValue) << (2 * $1.offset) } }

    /// One bit a criterion that is met, duration lowest.
    var mask: Int64 { all.enumerated().reduce(0) { $0 | ($1.element.meets ? 1 : 0) << $1.offset } }
  }

  /// Stands for an unknown amount, so that amounts sort alike on both engines.
  static let unknownAmount: Int64 = -1
  /// Stands for an unknown end: the last day of the calendar, so that it sorts last on both engines.
  static let unknownEnd = Day(year: 9999, month: 12, day: 31) ?? Day(number: .max)

  private static let columns: SQL = """
    award, departement, buyer, cpv, amount, ends, social, concession, outcomes, meets, hours_low, hours_usual, \
    hours_high, one_off, duty, above, rank, basis
    """

  /// Adds rows of notices that have none.
  public static func add(_ entries: [Entry], in db: any Connection) throws {
    try db.load("spotting", columns: columns, rows: entries.map { SQLRow([.integer($0.award)], $0.values) })
  }

  /// Adds rows, or replaces those of the same notices.
  public static func save(_ entries: [Entry], in db: any Connection) throws {
    try db.insert(
      "INSERT INTO spotting (\(columns)) VALUES ", rows: entries.map { SQLRow([.integer($0.award)], $0.values) },
      tail: """
         ON CONFLICT (award) DO UPDATE SET departement = excluded.departement, buyer = excluded.buyer, \
        cpv = excluded.cpv, amount = excluded.amount, ends = excluded.ends, social = excluded.social, \
        concession = excluded.concession, outcomes = excluded.outcomes, meets = excluded.meets, \
        hours_low = excluded.hours_low, hours_usual = excluded.hours_usual, hours_high = excluded.hours_high, \
        one_off = excluded.one_off, duty = excluded.duty, above = excluded.above, \
        rank = excluded.rank, basis = excluded.basis
        """)
  }

  /// The stored row of a notice, as bound values in the table's order; nil where there is none.
  public static func stored(_ award: Int64, in db: any Connection) throws -> [SQLValue]? {
    var result: [SQLValue]?
    try db.forEach("SELECT \(columns) FROM spotting WHERE award = \(award)") { row in
      result = try (0..<row.count).map { try row.value(at: $0) }
    }
    return result
  }

  /// Which notices have a row that was computed from another basis, or none, after one of them.
  public static func stale(
    after id: Int64, basis: Basis, scanning limit: Int, in db: any Connection
  ) throws -> (ids: [Int64], last: Int64?) {
    var ids: [Int64] = []
    var last: Int64?
    try db.forEach(
      """
      SELECT a.id, a.departement, s.basis, a.buyer FROM award a LEFT JOIN spotting s ON s.award = a.id
      WHERE a.id > \(id) ORDER BY a.id LIMIT \(limit)
      """
    ) { row in
      let award: Int64 = try row.value(0)
      last = award
      if try row.value(2, as: Int64?.self) != basis.stamp(try row.value(1), try row.value(3)) { ids.append(award) }
    }
    return (ids, last)
  }

  // MARK: search

  /// Makes notices findable by their words; the notices must not be findable yet.
  public static func index(_ entries: [(award: Int64, entry: AwardEntry)], in db: any Connection) throws {
    try db.load(
      "award_search", columns: db.dialect == .postgres ? "award, words" : "rowid, words",
      rows: entries.map { SQLRow([.integer($0.award)], [.text($0.entry.searched)]) })
  }

  /// Makes a notice findable by other words than before.
  public static func reindex(_ award: Int64, from old: String, to new: String, in db: any Connection) throws {
    guard old != new else { return }
    switch db.dialect {
    case .sqlite:
      // A table without content must be told what it forgets.
      try db.execute("INSERT INTO award_search (award_search, rowid, words) VALUES ('delete', \(award), \(old))")
      try db.execute("INSERT INTO award_search (rowid, words) VALUES (\(award), \(new))")
    case .postgres:
      try db.execute("UPDATE award_search SET words = to_tsvector('simple', \(new)) WHERE award = \(award)")
    }
  }

  /// The words of a stored notice, as they were indexed.
  public static func words(of notice: AwardNotice) -> String {
    AwardEntry.words(object: notice.object, buyerName: notice.buyerName, holders: notice.holders)
  }
}
