/// A database of either engine.
public protocol Database: Sendable {
  /// Which engine it is.
  var dialect: Dialect { get }

  /// Runs the closure on one unchanging view of the data. A statement that would change something fails.
  ///
  /// The closure is synchronous, runs on a thread of the database's own, and may run twice (when a connection is lost): no
  /// file, mail or process inside. The connection is of no use after it.
  func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T

  /// Runs the closure in one transaction, as if it were alone: SERIALIZABLE, or SQLite's single writer.
  ///
  /// It is committed when the closure returns and rolled back when it throws. Once a statement has failed outside
  /// ``Connection/attempt(_:)``, the commit is refused even if the closure hid the error. The closure may run several
  /// times, when writers collide or a connection is lost before COMMIT: no file, mail or process inside. A connection lost
  /// during COMMIT throws ``StorageError/commitUnknown``, and nothing is tried again.
  @discardableResult
  func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T

  /// Waits for what runs, then closes every connection. Anything asked afterwards throws ``StorageError/closed``.
  func close() async throws
}

/// A connection inside a transaction: only good in the closure that received it, on its thread.
public protocol Connection {
  /// Which engine it is.
  var dialect: Dialect { get }

  /// Runs a query and hands over its rows one by one.
  ///
  /// PostgreSQL sends the whole result first; ``stream(_:_:)`` is for results that do not fit in memory. The closure may
  /// run other statements, but must not change the rows being read.
  func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws

  /// As ``forEach(_:_:)``, fetching the rows in portions so that memory stays constant. For queries (`SELECT`) only.
  func stream(_ sql: SQL, _ body: (Row) throws -> Void) throws

  /// Runs a statement and tells how many rows it inserted, updated or deleted; 0 for anything else.
  @discardableResult
  func execute(_ sql: SQL) throws -> Int

  /// Inserts rows of equal width in the form that each engine takes fastest: `head`, which ends with `VALUES `, the rows, `tail`.
  ///
  /// One prepared statement a row on SQLite, some hundreds of rows a statement on PostgreSQL; a collection counts it as one.
  func insert(_ head: SQL, rows: [SQLRow], tail: SQL) throws

  /// Adds rows to a table that holds none of them: the fastest way of each engine (COPY on PostgreSQL).
  ///
  /// Values are taken as the columns' own text: nothing is computed from them on the way.
  func load(_ table: SQL, columns: SQL, rows: [SQLRow]) throws

  /// Runs several statements separated by semicolons, without bound values: for schemas.
  func script(_ sql: SQL) throws

  /// What the closure works out from the base, or what it worked out before under the same question, in this state of the base.
  ///
  /// Exact: the first change that anyone commits makes this connection forget everything. Kept for reads only, so a `write`
  /// works it out each time, and so does whoever collects statements. `bytes` says how much an answer holds; `question` is
  /// never run, its text and values only tell one answer from another.
  func remembered<T: Sendable>(_ question: SQL, bytes: (T) -> Int, _ compute: () throws -> T) throws -> T

  /// Runs the closure in a savepoint: if it throws, what it did is undone and the transaction can go on.
  ///
  /// A collision with another writer or a lost connection cannot be undone so: the whole transaction starts again.
  @discardableResult
  func attempt<T>(_ body: () throws -> T) throws -> T
}

extension Connection {
  /// All the rows, decoded.
  @inlinable
  public func all<R: RowDecodable>(_ type: R.Type = R.self, _ sql: SQL) throws -> [R] {
    var result: [R] = []
    try forEach(sql) { result.append(try R(row: $0)) }
    return result
  }

  /// The first row, decoded, or nil when there is none. Other rows are ignored: write `LIMIT 1` where they could be many.
  @inlinable
  public func first<R: RowDecodable>(_ type: R.Type = R.self, _ sql: SQL) throws -> R? {
    var result: R?
    try forEach(sql) { row in
      if result == nil { result = try R(row: row) }
    }
    return result
  }

  /// The first column of the first row, or nil when there is no row or it holds NULL.
  @inlinable
  public func scalar<T: SQLConvertible>(_ type: T.Type = T.self, _ sql: SQL) throws -> T? {
    var result: T??
    try forEach(sql) { row in
      if result == nil { result = .some(try row.value(0, as: T?.self)) }
    }
    return result ?? nil
  }

  /// The first column of every row.
  @inlinable
  public func scalars<T: SQLConvertible>(_ type: T.Type = T.self, _ sql: SQL) throws -> [T] {
    var result: [T] = []
    try forEach(sql) { result.append(try $0.value(0)) }
    return result
  }

  /// Whether the query has at least one row.
  @inlinable
  public func exists(_ sql: SQL) throws -> Bool {
    var isFound = false
    try forEach("SELECT 1 WHERE EXISTS (\(sql))") { _ in isFound = true }
    return isFound
  }

  /// How the engine means to run a query, one line a step (`EXPLAIN QUERY PLAN`, `EXPLAIN`): to prove that an index serves.
  public func plan(_ sql: SQL) throws -> [String] {
    var lines: [String] = []
    switch dialect {
    case .sqlite: try forEach("EXPLAIN QUERY PLAN \(sql)") { lines.append(try $0.value("detail")) }
    case .postgres: try forEach("EXPLAIN (COSTS OFF) \(sql)") { lines.append(try $0.value(0)) }
    }
    return lines
  }
}
