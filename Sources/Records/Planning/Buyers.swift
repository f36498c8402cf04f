public import Clauses
public import Storage

/// The names of buyers, as their records give them.
public enum Buyers {
  /// Notes names, in place of those known; a name that lost letters never takes the place of a whole one.
  public static func save(_ names: [SIRET: String], in db: any Connection) throws {
    try db.insert(
      "INSERT INTO buyer (siret, name, words) VALUES ",
      names.sorted { $0.key < $1.key }.map { [$0.key.sqlValue, .text($0.value), .text($0.value.folded)] },
      tail: """
         ON CONFLICT (siret) DO UPDATE SET name = excluded.name, words = excluded.words \
        WHERE excluded.name NOT LIKE '%\u{FFFD}%' OR buyer.name LIKE '%\u{FFFD}%'
        """)
  }

  /// The name of the first establishment whose number begins so, nil where no record gives one.
  public static func name(beginning digits: String, in db: any Connection) throws -> String? {
    try db.scalar(
      String.self,
      "SELECT name FROM buyer WHERE siret >= \(digits) AND siret < \(digits + ":") ORDER BY siret LIMIT 1")
  }

  /// The name of a buyer, nil where no record gives one.
  public static func name(of siret: SIRET, in db: any Connection) throws -> String? {
    try db.scalar(String.self, "SELECT name FROM buyer WHERE siret = \(siret)")
  }
}
