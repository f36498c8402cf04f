import GRDB
import GRDBSQLite

extension StorageError {
  /// What went wrong last on a connection.
  init(sqlite database: OpaquePointer, statement: String) {
    self.init(
      sqliteCode: sqlite3_extended_errcode(database), message: String(cString: sqlite3_errmsg(database)),
      statement: statement)
  }

  /// What GRDB reports while opening or closing.
  init(_ error: DatabaseError) {
    self.init(
      sqliteCode: error.extendedResultCode.rawValue, message: error.message ?? "", statement: error.sql ?? "")
  }

  init(sqliteCode code: Int32, message: String, statement: String) {
    // "UNIQUE constraint failed: lot.id, lot.number"
    let name = message.split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    switch code {
    case SQLiteCode.unique, SQLiteCode.primaryKey, SQLiteCode.rowID: self = .constraint(.unique, name: name)
    case SQLiteCode.foreignKey: self = .constraint(.foreignKey, name: "")
    case SQLiteCode.notNull: self = .constraint(.notNull, name: name)
    case SQLiteCode.check: self = .constraint(.check, name: name)
    default:
      switch code & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
      case SQLITE_FULL: self = .diskFull
      case SQLITE_READONLY: self = .readOnly
      case SQLITE_CANTOPEN: self = .unreachable(message)
      case SQLITE_INTERRUPT: self = .statementTimeout
      default: self = .other(code: "\(code)", message: message, statement: statement)
      }
    }
  }
}

/// Extended result codes, which C macros compute and Swift therefore does not see.
private enum SQLiteCode {
  static let check = SQLITE_CONSTRAINT | 1 << 8
  static let foreignKey = SQLITE_CONSTRAINT | 3 << 8
  static let notNull = SQLITE_CONSTRAINT | 5 << 8
  static let primaryKey = SQLITE_CONSTRAINT | 6 << 8
  static let unique = SQLITE_CONSTRAINT | 8 << 8
  static let rowID = SQLITE_CONSTRAINT | 10 << 8
}
