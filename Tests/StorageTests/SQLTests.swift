import Testing

@testable import Storage

@Suite struct SQLTests {
  @Test func `interpolated values are bound and numbered in order`() {
    let sql: SQL = "SELECT id FROM lot WHERE active = \(true) AND cpv = \("45000000") LIMIT \(50)"
    #expect(sql.text == "SELECT id FROM lot WHERE active = $1 AND cpv = $2 LIMIT $3")
    #expect(sql.binds == [.bool(true), .text("45000000"), .integer(50)])
  }

  @Test func `a spliced fragment brings its values and is numbered anew`() {
    let filter: SQL = "departement = \("77") AND amount > \(100)"
    let sql: SQL = "SELECT 1 WHERE x = \(1) AND \(filter) OR \(filter) LIMIT \(2)"
    #expect(
      sql.text
        == "SELECT 1 WHERE x = $1 AND departement = $2 AND amount > $3 OR departement = $4 AND amount > $5 LIMIT $6")
    #expect(sql.binds.count == 6)
  }

  @Test func `a dollar inside a literal is left alone`() {
    let sql: SQL = "SELECT json ->> '$.a', '$$', '$1' WHERE a = \(1)"
    #expect(sql.text == "SELECT json ->> '$.a', '$$', '$1' WHERE a = $1")
  }

  @Test func `text that looks like SQL is bound and not spliced`() {
    let text = "'; DROP TABLE lot; --"
    let sql: SQL = "SELECT \(text)"
    #expect(sql.text == "SELECT $1")
    #expect(sql.binds == [.text(text)])
  }

  @Test func `nil is bound as NULL`() {
    let nothing: Int? = nil
    let sql: SQL = "SELECT \(nothing), \(String?.some("a"))"
    #expect(sql.binds == [.null, .text("a")])
  }

  @Test func `lists and rows become tuples of placeholders`() {
    #expect(("IN \(SQL.list([1, 2, 3]))" as SQL).text == "IN ($1, $2, $3)")
    #expect(SQL.list([String]()).text == "(NULL)")
    let rows = SQL.rows([[.integer(1), .text("a")], [.integer(2), .null]])
    #expect(rows.text == "($1, $2), ($3, $4)")
    #expect(rows.binds == [.integer(1), .text("a"), .integer(2), .null])
  }

  @Test func `pieces are added and joined`() {
    var sql: SQL = "SELECT a"
    sql += " FROM t"
    let conditions: [SQL] = ["a = \(1)", "b = \(2)"]
    let whole = sql + " WHERE " + conditions.joined(separator: " AND ")
    #expect(whole.text == "SELECT a FROM t WHERE a = $1 AND b = $2")
    #expect([SQL]().joined().isEmpty)
  }

  @Test func `an identifier is quoted and its quotes doubled`() {
    #expect(SQL.identifier("ordre").text == #""ordre""#)
    #expect(SQL.identifier("a\"b").text == #""a""b""#)
  }

  @Test func `more than nine placeholders keep their numbers`() {
    let text = SQL.list(1...120).text
    #expect(
      text.hasSuffix(
        "$99, $100, $101, $102, $103, $104, $105, $106, $107, $108, $109, $110, $111, $112, $113, "
          + "$114, $115, $116, $117, $118, $119, $120)"))
  }

  @Test(arguments: [0, 1, -1, 9, 10, -10, 12_345, Int64.max, Int64.min])
  func `an integer survives its decimal digits`(number: Int64) {
    var bytes: [UInt8] = []
    bytes.append(decimal: number)
    #expect(String(decoding: bytes, as: UTF8.self) == "\(number)")
    #expect(bytes.withUnsafeBytes { Int64(decimal: $0) } == number)
  }

  @Test(arguments: [
    "", "-", "1.5", "9223372036854775808", "-9223372036854775809", "a", "1 ", "+1", "99999999999999999999",
  ])
  func `what is not an integer is not read as one`(text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { Int64(decimal: $0) } == nil)
  }
}
