/// A table as the base itself describes it: enough to read it whole in the order of its key, and to fill it again.
///
/// Names come from the engine's catalogue, never from a file.
public struct TableShape: Sendable, Equatable {
  struct Column: Sendable, Equatable {
    let name: String
    let isText: Bool
    /// Whether the engine numbers rows by this column where no number is given.
    let isNumbered: Bool
    /// Its place in the primary key, from 1; 0 outside it.
    let keyPlace: Int
  }

  /// The table's name.
  public let name: String
  let columns: [Column]

  /// The columns' names, in the order in which rows are read and loaded.
  public var columnNames: [String] { columns.map(\.name) }

  /// The columns of the primary key, in its order.
  public var key: [String] { keyColumns.map(\.name) }

  private var keyColumns: [Column] {
    columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }
  }

  /// The same table with its columns in this order; nil where they are not the same columns.
  public func arranged(by names: [String]) -> TableShape? {
    guard names.count == columns.count, Set(names).count == names.count else { return nil }
    let known = Dictionary(columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let arranged = names.compactMap { known[$0] }
    return arranged.count == columns.count ? TableShape(name: name, columns: arranged) : nil
  }

  var quotedName: SQL { SQL(quoting: name) }

  var columnList: SQL { columns.map { SQL(quoting: $0.name) }.joined() }

  /// The key, texts compared byte by byte whatever the language of the base.
  func order(_ dialect: Dialect) -> SQL {
    let key = keyColumns.isEmpty ? columns : keyColumns
    return key.map { column -> SQL in
      let name = SQL(quoting: column.name)
      guard column.isText else { return name }
      return dialect == .postgres ? "\(name) COLLATE \"C\"" : "\(name) COLLATE BINARY"
    }.joined()
  }
}

extension SQL {
  /// A name of the engine's catalogue in double quotes.
  fileprivate init(quoting name: String) {
    self.init(unsafeText: "\"\(name.replacing("\"", with: "\"\""))\"")
  }
}

extension Connection {
  /// Whether the base has a table of this name.
  public func hasTable(_ name: String) throws -> Bool {
    switch dialect {
    case .sqlite: try exists("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = \(name)")
    case .postgres: try exists("SELECT 1 WHERE to_regclass(quote_ident(\(name))) IS NOT NULL")
    }
  }

  /// The names of the base's own tables, those of the engine's search included, sorted.
  public func tableNames() throws -> [String] {
    switch dialect {
    case .sqlite:
      try scalars(
        String.self, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
      ).sorted()
    case .postgres:
      try scalars(String.self, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").sorted()
    }
  }

  /// How the base describes a table; nil where it has none of this name.
  public func shape(of table: String) throws -> TableShape? {
    guard try hasTable(table) else { return nil }
    var columns: [TableShape.Column] = []
    switch dialect {
    case .sqlite:
      try forEach("SELECT name, type, pk FROM pragma_table_info(\(table)) ORDER BY cid") { row in
        columns.append(
          TableShape.Column(
            name: try row.value(0), isText: try row.value(1) == "TEXT", isNumbered: false, keyPlace: try row.value(2)))
      }
    case .postgres:
      try forEach(
        """
        SELECT a.attname, format_type(a.atttypid, NULL), a.attidentity <> '', (
          SELECT k.place FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (number, place)
          WHERE i.indrelid = a.attrelid AND i.indisprimary AND k.number = a.attnum)
        FROM pg_attribute a
        WHERE a.attrelid = to_regclass(quote_ident(\(table))) AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """
      ) { row in
        columns.append(
          TableShape.Column(
            name: try row.value(0), isText: try row.value(1) == "text", isNumbered: try row.value(2),
            keyPlace: try row.value(3, as: Int?.self) ?? 0))
      }
    }
    return TableShape(name: table, columns: columns)
  }

  /// How many rows a table holds.
  public func count(of table: TableShape) throws -> Int {
    try scalar(Int.self, "SELECT COUNT(*) FROM \(table.quotedName)") ?? 0
  }

  /// Whether a table holds a row.
  public func holdsRows(_ table: TableShape) throws -> Bool { try exists("SELECT 1 FROM \(table.quotedName)") }

  /// Hands over every row in the order of the key, the same on both engines, in constant memory.
  public func forEachRow(of table: TableShape, _ body: (Row) throws -> Void) throws {
    try stream("SELECT \(table.columnList) FROM \(table.quotedName) ORDER BY \(table.order(dialect))", body)
  }

  /// Adds rows whose values stand in the order of the table's columns; see ``load(_:columns:rows:)``.
  public func load(_ table: TableShape, rows: [[SQLValue]]) throws {
    try load(table.quotedName, columns: table.columnList, rows: rows.map { SQLRow([], $0) })
  }

  /// Has the engine go on numbering after the rows that were loaded with their numbers.
  public func goOnNumbering(_ table: TableShape) throws {
    guard dialect == .postgres else { return }
    for column in table.columns where column.isNumbered {
      let name = SQL(quoting: column.name)
      try forEach(
        """
        SELECT setval(pg_get_serial_sequence(quote_ident(\(table.name)), \(column.name)), last)
        FROM (SELECT MAX(\(name)) AS last FROM \(table.quotedName)) AS t WHERE last > 0
        """
      ) { _ in }
    }
  }

  /// Removes tables that are there among these.
  public func drop(tables: [String]) throws {
    for table in tables { try execute("DROP TABLE IF EXISTS \(SQL(quoting: table))") }
  }
}
