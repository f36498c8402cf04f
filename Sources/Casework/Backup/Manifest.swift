import Foundation
import Storage

/// What an archive holds: enough to check every byte of it and to know which base can take it.
public struct Manifest: Codable, Sendable, Equatable {
  /// What the archives of this program call themselves.
  static let name = "marchepied-backup"
  /// The version of the archive’s form that this program writes; it reads those up to it.
  static let version = 1

  /// A migration that the base had.
  public struct Step: Codable, Sendable, Equatable {
    /// Its place.
    public let number: Int
    /// What it does.
    public let name: String
  }

  /// A table’s rows.
  public struct Table: Codable, Sendable, Equatable {
    /// The table.
    public let name: String
    /// Its columns, in the order of the values of a line.
    public let columns: [String]
    /// The columns of its key, by which the lines are sorted.
    public let key: [String]
    /// How many rows.
    public let rows: Int
    /// How many bytes their text takes.
    public let bytes: Int
    /// The SHA-256 of their text.
    public let sha256: String
  }

  /// A stored file.
  public struct File: Codable, Sendable, Equatable {
    /// The SHA-256 of its content, which is its name.
    public let sha256: String
    /// Its size in bytes.
    public let bytes: Int
  }

  /// ``name``.
  public var format = Manifest.name
  /// ``version``.
  public var formatVersion = Manifest.version
  /// The version of the program that wrote it.
  public let program: String
  /// The engine it was read from.
  public let engine: String
  /// When the backup began, as UTC text.
  public let madeAt: String
  /// The migrations of the base.
  public let migrations: [Step]
  /// The tables, in the order in which they are loaded.
  public let tables: [Table]
  /// The stored files, by digest.
  public var files: [File] = []
  /// The digests of files that rows refer to and that the folder did not hold.
  public var missingFiles: [String] = []
  /// The names of files of the folder whose content was not what the name says; they are left out.
  public var damagedFiles: [String] = []
  /// The SHA-256 of the note for readers.
  public var note = ""

  /// How many rows in all.
  public var rows: Int { tables.reduce(0) { $0 + $1.rows } }

  /// The text of the archive’s last but one file.
  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Whether two states of a base have the same rows, table by table; the tables that differ.
  func differences(from other: [Table]) -> [String] {
    let others = Dictionary(other.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let names = Set(tables.map(\.name))
    return tables.filter { $0.sha256 != others[$0.name]?.sha256 || $0.rows != others[$0.name]?.rows }.map(\.name)
      + other.map(\.name).filter { !names.contains($0) }
  }
}

/// How far a backup, a restoration or a copy has come.
public struct BackupProgress: Sendable {
  /// What is being done, in French.
  public let words: String
  /// How much of it is done, in rows or bytes.
  public let done: Int
  /// How much there is in all.
  public let total: Int
}

/// Reads tables in the order of their keys and tells them apart by the digest of their text.
enum TableReading {
  /// Reads a table, handing over its text in parts of about a mebibyte that end with a line.
  static func read(
    _ table: TableShape, in db: any Connection, _ take: (_ text: [UInt8], _ rows: Int) throws -> Void
  ) throws -> Manifest.Table {
    var (text, waiting, rows, bytes) = ([UInt8](), 0, 0, 0)
    text.reserveCapacity(part + part / 4)
    var hash = Hash()
    func flush() throws {
      text.withUnsafeBytes { hash.add($0) }
      bytes += text.count
      rows += waiting
      try take(text, waiting)
      text.removeAll(keepingCapacity: true)
      waiting = 0
    }
    try db.forEachRow(of: table) { row in
      try RowText.append(row, to: &text)
      waiting += 1
      if text.count >= part { try flush() }
    }
    if waiting > 0 { try flush() }
    return Manifest.Table(
      name: table.name, columns: table.columnNames, key: table.key, rows: rows, bytes: bytes, sha256: hash.text())
  }

  private static let part = 1 << 20

  /// Reads tables for their digests only, the columns in the order of what they are compared with.
  static func digests(
    of tables: [Manifest.Table], in db: any Connection, progress: (Int) -> Void
  ) throws -> [Manifest.Table] {
    var done = 0
    return try tables.compactMap { wanted in
      guard let shape = try db.shape(of: wanted.name)?.arranged(by: wanted.columns) else { return nil }
      return try read(shape, in: db) { _, rows in
        done += rows
        progress(done)
      }
    }
  }
}
