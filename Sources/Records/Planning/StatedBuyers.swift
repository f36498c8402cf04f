public import Clauses
public import Storage

/// The types of buyers that someone stated, by SIRET (one establishment) or SIREN (the whole legal unit).
public enum StatedBuyers {
  /// A statement as stored.
  public struct Stored: Sendable, RowDecodable {
    /// Fourteen digits for an establishment, nine for a legal unit.
    public let number: String
    /// The type.
    public let type: BuyerType
    /// When it was stated, as UTC text.
    public let statedAt: String

    /// Reads number, type and moment.
    public init(row: Row) throws {
      number = try row.value(0)
      type = BuyerType(rawValue: try row.value(1)) ?? .toBeSpecified
      statedAt = try row.value(2)
    }
  }

  /// Every statement, by number.
  public static func list(in db: any Connection) throws -> [Stored] {
    try db.all(Stored.self, "SELECT number, type, stated_at FROM stated_buyer ORDER BY number")
  }

  /// Every stated type, by number.
  public static func all(in db: any Connection) throws -> [String: BuyerType] {
    Dictionary(try list(in: db).map { ($0.number, $0.type) }, uniquingKeysWith: { first, _ in first })
  }

  /// States a type, in place of the one stated before.
  public static func save(_ number: String, _ type: BuyerType, at now: String, in db: any Connection) throws {
    try db.execute(
      """
      INSERT INTO stated_buyer (number, type, stated_at) VALUES (\(number), \(type.rawValue), \(now))
      ON CONFLICT (number) DO UPDATE SET type = excluded.type, stated_at = excluded.stated_at
      """)
  }

  /// Takes a statement back; the type is estimated again.
  public static func remove(_ number: String, in db: any Connection) throws {
    try db.execute("DELETE FROM stated_buyer WHERE number = \(number)")
  }
}
