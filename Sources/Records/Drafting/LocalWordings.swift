public import Clauses
public import Storage

/// A body's own text of a wording of the library, in one of its versions.
public struct LocalWording: Sendable, RowDecodable {
  /// The wording that it takes the place of.
  public let code: String
  /// Which version, from 1.
  public let number: Int
  /// The paragraphs, one a line; nil where the body went back to the library.
  public let text: String?
  /// The version of the library's wording that it was written from.
  public let base: Int
  /// Why the body has its own.
  public let reason: String
  /// Who wrote it.
  public let createdBy: ID<Account>
  /// When.
  public let createdAt: Moment

  /// A version from its parts.
  public init(
    code: String, number: Int, text: String?, base: Int, reason: String, createdBy: ID<Account>, createdAt: Moment
  ) {
    (self.code, self.number, self.text) = (code, number, text)
    (self.base, self.reason, self.createdBy, self.createdAt) = (base, reason, createdBy, createdAt)
  }

  static let columns: SQL = "code, number, text, base, reason, created_by, created_at"

  /// Reads the columns of ``LocalWordings``.
  public init(row: Row) throws {
    self.init(
      code: try row.value(0), number: try row.value(1), text: try row.value(2), base: try row.value(3),
      reason: try row.value(4), createdBy: try row.value(5), createdAt: try row.value(6))
  }
}

/// The table of bodies' own wordings.
public enum LocalWordings {
  /// The last version of each wording of a body, by code; those that were given up included.
  public static func latest(of body: ID<Organisation>, in db: any Connection) throws -> [String: LocalWording] {
    let all = try db.all(
      LocalWording.self,
      """
      SELECT \(LocalWording.columns) FROM local_wording w WHERE body = \(body) AND NOT EXISTS (
        SELECT 1 FROM local_wording n WHERE n.body = w.body AND n.code = w.code AND n.number > w.number)
      """)
    return Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The texts that bodies other than one have of a wording, by body; those that were given up left out.
  public static func others(
    than body: ID<Organisation>?, code: String, in db: any Connection
  ) throws -> [(body: ID<Organisation>, text: String)] {
    var found: [(ID<Organisation>, String)] = []
    try db.forEach(
      """
      SELECT body, text FROM local_wording w WHERE code = \(code) AND text IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM local_wording n WHERE n.body = w.body AND n.code = w.code AND n.number > w.number)
      ORDER BY body
      """
    ) { row in
      let other: ID<Organisation> = try row.value(0)
      if other != body { found.append((other, try row.value(1))) }
    }
    return found
  }

  /// Adds a version; false where someone added the same number meanwhile.
  public static func insert(_ wording: LocalWording, of body: ID<Organisation>, in db: any Connection) throws -> Bool {
    let w = wording
    return try db.execute(
      """
      INSERT INTO local_wording (body, \(LocalWording.columns))
      VALUES (\(body), \(w.code), \(w.number), \(w.text), \(w.base), \(w.reason), \(w.createdBy), \(w.createdAt))
      ON CONFLICT (body, code, number) DO NOTHING
      """) == 1
  }
}
