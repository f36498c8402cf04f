public import Clauses
import Foundation
public import Storage

extension LotSheet.State: SQLConvertible {}

extension LotSheet: RowDecodable {
  fileprivate static let columns: SQL = columns(record: "record")
  /// Everything but what a sheet says, which is long and which lists do not show.
  fileprivate static let short: SQL = columns(record: "NULL")

  private static func columns(record: SQL) -> SQL {
    """
    id, planned, lot, number, typed, state, \(record), method, proposed_hours, proposed_reason, segment, amount, signed_by,
    signed_at, chosen_hours, chosen_reason, chosen_at, created_at, version
    """
  }

  /// Reads the columns of ``LotSheets``.
  public init(row: Row) throws {
    self.init(
      id: try row.value(0), planned: try row.value(1), lot: try row.value(2), number: try row.value(3),
      typed: try row.value(4), createdAt: try row.value(17))
    state = try row.value(5)
    let json: String? = try row.value(6)
    record = try json.map { try JSONDecoder().decode(LotRecord.self, from: Data($0.utf8)) }
    method = try row.value(7)
    proposal = try Self.choice(row, 8)
    segment = try row.value(10)
    amount = try row.value(11)
    signedBy = try row.value(12)
    signedAt = try row.value(13)
    choice = try Self.choice(row, 14)
    chosenAt = try row.value(16)
    version = try row.value(18)
  }

  private static func choice(_ row: Row, _ place: Int) throws -> Choice? {
    guard let hundredths: Int64 = try row.value(place) else { return nil }
    return Choice(hours: Hours(hundredths: hundredths), reason: try row.value(place + 1) ?? "")
  }

  var json: String? {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return try record.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    }
  }
}

/// The table of sheets of lots.
public enum LotSheets {
  /// One by its identifier.
  public static func find(_ id: ID<LotSheet>, in db: any Connection) throws -> LotSheet? {
    try db.first(LotSheet.self, "SELECT \(LotSheet.columns) FROM lot_sheet WHERE id = \(id)")
  }

  /// Those of a planned contract, without what they say: by lot, the last version first.
  public static func all(of planned: ID<PlannedDossier>, in db: any Connection) throws -> [LotSheet] {
    try db.all(
      LotSheet.self,
      "SELECT \(LotSheet.short) FROM lot_sheet WHERE planned = \(planned) ORDER BY lot, number DESC")
  }

  /// The last signed ones of a segment that some bodies made, without what they say: one a lot, those of a contract left
  /// out, the latest first.
  public static func comparable(
    segment: String, bodies: [ID<Organisation>], leavingOut planned: ID<PlannedDossier>, limit: Int,
    in db: any Connection
  ) throws -> [LotSheet] {
    try db.all(
      LotSheet.self,
      """
      SELECT \(LotSheet.short) FROM lot_sheet s
      WHERE s.body IN \(SQL.list(bodies)) AND s.segment = \(segment) AND s.signed_at IS NOT NULL
        AND s.amount IS NOT NULL AND s.planned <> \(planned) AND NOT EXISTS (
          SELECT 1 FROM lot_sheet n
          WHERE n.planned = s.planned AND n.lot = s.lot AND n.number > s.number AND n.signed_at IS NOT NULL)
      ORDER BY s.signed_at DESC, s.id LIMIT \(limit)
      """)
  }

  /// Adds one that a body works on.
  public static func insert(_ sheet: LotSheet, body: ID<Organisation>, in db: any Connection) throws {
    let s = sheet
    try db.execute(
      """
      INSERT INTO lot_sheet (id, planned, body, lot, number, typed, state, created_at, version)
      VALUES (\(s.id), \(s.planned), \(body), \(s.lot), \(s.number), \(s.typed), \(s.state), \(s.createdAt), \(s.version))
      """)
  }

  /// Writes one in place of the version it was read at; false where someone changed it meanwhile.
  public static func update(_ sheet: inout LotSheet, in db: any Connection) throws -> Bool {
    let s = sheet
    let count = try db.execute(
      """
      UPDATE lot_sheet SET typed = \(s.typed), state = \(s.state), record = \(try s.json), method = \(s.method),
        proposed_hours = \(s.proposal?.hours.hundredths), proposed_reason = \(s.proposal?.reason),
        segment = \(s.segment), amount = \(s.amount), signed_by = \(s.signedBy), signed_at = \(s.signedAt),
        chosen_hours = \(s.choice?.hours.hundredths), chosen_reason = \(s.choice?.reason), chosen_at = \(s.chosenAt),
        version = \(s.version + 1)
      WHERE id = \(s.id) AND version = \(s.version)
      """)
    if count == 1 { sheet.version += 1 }
    return count == 1
  }

  /// Takes a draft away; false where someone changed or signed it meanwhile.
  public static func remove(_ id: ID<LotSheet>, version: Int, in db: any Connection) throws -> Bool {
    try db.execute(
      "DELETE FROM lot_sheet WHERE id = \(id) AND version = \(version) AND state = \(LotSheet.State.draft)") == 1
  }
}
