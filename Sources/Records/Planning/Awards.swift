public import Clauses
public import Storage

/// The table of award notices: one row a key (buyer, number), the latest publication.
public enum Awards {
  /// What an import needs to know of a notice that is already there.
  public struct Known: Sendable, RowDecodable {
    /// Its row.
    public let id: Int64
    /// Its key.
    public let key: AwardNotice.Key
    /// When its content was published.
    public let published: Day?
    /// What tells its content from another.
    public let digest: Int64

    /// Reads row number, buyer, number, publication and digest.
    public init(row: Row) throws {
      id = try row.value(0)
      key = AwardNotice.Key(buyer: try row.value(1), number: try row.value(2))
      published = try row.value(3)
      digest = try row.value(4)
    }

    /// What is known of an entry that has just been given this row.
    public init(id: Int64, entry: AwardEntry) {
      self.id = id
      key = entry.notice.key
      published = entry.notice.published
      digest = entry.digest
    }
  }

  /// A notice as stored.
  public struct Stored: Sendable, RowDecodable {
    /// Its row, which its page's address bears.
    public let id: Int64
    /// The notice.
    public let notice: AwardNotice
    /// The imported file that holds its raw record.
    public let file: Int64
    /// Where in that file, in bytes of the decompressed content.
    public let range: Range<Int>
    /// What was mended on reading, one French sentence a line.
    public let repairs: String?
    /// What tells its content from another.
    public let digest: Int64
    /// The place of performance resolved to a département.
    public let departement: DepartementCode?

    static var columns: SQL {
      """
      a.id, a.kind, a.buyer, a.number, a.buyer_name, a.object, a.nature, a.cpv, a.techniques, a.modalities, \
      a.place_kind, a.place_code, a.duration_months, a.notified, a.published, a.amount, a.social, a.details, \
      a.file, a.byte_from, a.byte_length, a.repairs, a.digest, a.departement
      """
    }

    /// Reads a row in the order of `columns`; throws where the details cannot be read.
    public init(row: Row) throws {
      id = try row.value(0)
      let kind: String = try row.value(1)
      var notice = AwardNotice(
        key: AwardNotice.Key(buyer: try row.value(2), number: try row.value(3)),
        kind: AwardNotice.Kind(rawValue: kind) ?? .contract, object: try row.value(5))
      notice.buyerName = try row.value(4)
      notice.nature = try row.value(6, as: String?.self).flatMap { AwardNotice.Nature(rawValue: $0) }
      notice.cpv = try row.value(7)
      notice.techniques = AwardNotice.Techniques(rawValue: try row.value(8))
      notice.modalities = AwardNotice.Modalities(rawValue: try row.value(9))
      let placeKind = try row.value(10, as: String?.self).flatMap { AwardNotice.Place.Kind(rawValue: $0) }
      if let code = try row.value(11, as: String?.self) {
        notice.place = AwardNotice.Place(code: code, kind: placeKind)
      }
      notice.durationMonths = try row.value(12)
      notice.notified = try row.value(13)
      notice.published = try row.value(14)
      notice.amount = try row.value(15)
      notice.social = AwardNotice.SocialConsiderations(rawValue: try row.value(16))
      try NoticeDetails.decode(try row.value(17), into: &notice)
      self.notice = notice
      file = try row.value(18)
      let from: Int = try row.value(19)
      range = from..<from + (try row.value(20, as: Int.self))
      repairs = try row.value(21)
      digest = try row.value(22)
      departement = try row.value(23)
    }
  }

  /// What is known of these keys, by key.
  public static func known(_ keys: some Sequence<AwardNotice.Key>, in db: any Connection) throws
    -> [AwardNotice.Key: Known]
  {
    var result: [AwardNotice.Key: Known] = [:]
    for part in Array(keys).slices(of: 256) {
      let wanted = SQL.rows(part.map { [$0.buyer.sqlValue, $0.number.sqlValue] })
      let found: SQL =
        switch db.dialect {
        case .sqlite: "wanted CROSS JOIN award a WHERE a.buyer = wanted.buyer AND a.number = wanted.number"
        case .postgres:
          // LIMIT makes it look each key up in the index, whatever it believes of a table that is still growing.
          """
          wanted, LATERAL (SELECT * FROM award WHERE buyer = wanted.buyer AND number = wanted.number LIMIT 1) a
          """
        }
      try db.forEach(
        """
        WITH wanted (buyer, number) AS (VALUES \(wanted))
        SELECT a.id, a.buyer, a.number, a.published, a.digest FROM \(found)
        """
      ) { row in
        let known = try Known(row: row)
        result[known.key] = known
      }
    }
    return result
  }

  /// What is known of the notices in these rows, by key.
  static func known(rows: [Int64], in db: any Connection) throws -> [AwardNotice.Key: Known] {
    var result: [AwardNotice.Key: Known] = [:]
    for part in rows.slices(of: 500) {
      try db.forEach("SELECT id, buyer, number, published, digest FROM award WHERE id IN \(SQL.list(part))") { row in
        let known = try Known(row: row)
        result[known.key] = known
      }
    }
    return result
  }

  /// Puts a notice into another département, or into none.
  public static func place(_ id: Int64, in departement: DepartementCode?, db: any Connection) throws {
    try db.execute("UPDATE award SET departement = \(departement) WHERE id = \(id)")
  }

  /// The greatest row number in use, 0 in an empty base.
  public static func lastID(in db: any Connection) throws -> Int64 {
    try db.scalar(Int64.self, "SELECT MAX(id) FROM award") ?? 0
  }

  /// One notice, nil where there is none.
  public static func find(_ id: Int64, in db: any Connection) throws -> Stored? {
    try db.first(Stored.self, "SELECT \(Stored.columns) FROM award a WHERE a.id = \(id)")
  }

  /// Notices in the order of their rows, after one of them.
  public static func page(after id: Int64, limit: Int, in db: any Connection) throws -> [Stored] {
    try db.all(
      Stored.self, "SELECT \(Stored.columns) FROM award a WHERE a.id > \(id) ORDER BY a.id LIMIT \(limit)")
  }

  /// These notices, in the order of their rows.
  public static func all(_ ids: [Int64], in db: any Connection) throws -> [Stored] {
    try ids.slices(of: 500).flatMap {
      try db.all(
        Stored.self, "SELECT \(Stored.columns) FROM award a WHERE a.id IN \(SQL.list($0)) ORDER BY a.id")
    }
  }

  /// The notices of the establishments whose number begins so.
  public static func ids(ofBuyer digits: String, in db: any Connection) throws -> [Int64] {
    var ids: [Int64] = []
    try db.forEach("SELECT id FROM award WHERE buyer >= \(digits) AND buyer < \(digits + ":") ORDER BY id") {
      ids.append(try $0.value(0))
    }
    return ids
  }

  /// What tells the content of each of these notices from another, by row.
  public static func digests(_ ids: [Int64], in db: any Connection) throws -> [Int64: Int64] {
    var result: [Int64: Int64] = [:]
    for part in ids.slices(of: 500) {
      try db.forEach("SELECT id, digest FROM award WHERE id IN \(SQL.list(part))") {
        result[try $0.value(0)] = try $0.value(1)
      }
    }
    return result
  }

  /// Adds notices under row numbers that the caller chose.
  public static func insert(_ entries: [(id: Int64, entry: AwardEntry)], file: Int64, in db: any Connection) throws {
    try db.load(
      "award", columns: "id, file, \(contents.joined())",
      rows: entries.map { SQLRow([.integer($0.id), .integer(file)], $0.entry.values) })
  }

  /// Replaces the content of a notice by that of a later publication.
  public static func update(_ id: Int64, to entry: AwardEntry, file: Int64, in db: any Connection) throws {
    let settings = zip(contents, entry.values).map { "\($0) = \($1)" as SQL }
    try db.execute("UPDATE award SET file = \(file), \(settings.joined()) WHERE id = \(id)")
  }

  /// The columns that an entry fills, in the order of its values.
  private static let contents: [SQL] = [
    "kind", "buyer", "number", "buyer_name", "object", "nature", "cpv", "techniques", "modalities", "place_kind",
    "place_code", "duration_months", "notified", "published", "amount", "social", "details", "byte_from",
    "byte_length", "repairs", "digest", "departement",
  ]

  /// How many notices there are.
  public static func count(in db: any Connection) throws -> Int {
    let question: SQL = "SELECT COUNT(*) FROM award"
    return try db.remembered(question, bytes: { _ in 8 }) { try db.scalar(Int.self, question) ?? 0 }
  }
}
