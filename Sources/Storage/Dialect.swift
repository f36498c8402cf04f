/// Which engine a connection speaks to: for the few places where the two must differ.
///
/// Differences belong in migrations, full-text search, sort order and bulk loads; everything else is one text for both.
public enum Dialect: String, Sendable, CaseIterable {
  /// SQLite 3.35 or later, in WAL mode.
  case sqlite
  /// PostgreSQL 13 or later.
  case postgres
}

/// The words by which the two engines name the same thing in a schema.
extension Dialect {
  /// A 64-bit integer: `INTEGER` or `bigint`. Money is in cents and hours in hundredths, never in floating point.
  public var integer: SQL { self == .sqlite ? "INTEGER" : "bigint" }

  /// A boolean, to be bound as `Bool` and tested as `WHERE active`: `INTEGER` or `boolean`.
  public var boolean: SQL { self == .sqlite ? "INTEGER" : "boolean" }

  /// Text in UTF-8: `TEXT` or `text`.
  public var text: SQL { self == .sqlite ? "TEXT" : "text" }

  /// A day, read and bound as `2026-11-21`: `TEXT` or `date`. SQLite does not check that the day exists.
  public var day: SQL { self == .sqlite ? "TEXT" : "date" }

  /// An instant, read and bound as `2026-11-21T10:21:58.000Z`: `TEXT` or `timestamptz`.
  public var instant: SQL { self == .sqlite ? "TEXT" : "timestamptz" }

  /// A floating-point number: `REAL` or `double precision`.
  public var real: SQL { self == .sqlite ? "REAL" : "double precision" }

  /// Bytes: `BLOB` or `bytea`.
  public var blob: SQL { self == .sqlite ? "BLOB" : "bytea" }

  /// What follows the closing parenthesis of a `CREATE TABLE`: ` STRICT` on SQLite, so that it refuses text in an integer.
  public var strict: SQL { self == .sqlite ? " STRICT" : "" }
}
