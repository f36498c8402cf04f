import Foundation
import Storage
import TestSupport
import Testing

@Suite struct RowTextTests {
  private func text(_ values: [SQLValue]) -> String {
    var bytes: [UInt8] = []
    RowText.append(values, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func values(_ text: String) throws -> [SQLValue] {
    try Array(text.utf8).withUnsafeBytes { try RowText.values($0) }
  }

  @Test func `a line is the JSON that the format promises`() {
    #expect(text([.integer(17), .text("Melun"), .null]) == "[17,\"Melun\",null]\n")
    #expect(text([]) == "[]\n")
    #expect(
      text([.integer(.min), .integer(.max), .bool(true), .bool(false)])
        == "[-9223372036854775808,9223372036854775807,1,0]\n")
    #expect(
      text([.text("a\"b\\c\nd\re\tf\u{1}g\u{7F}é😀\u{2028}")])
        == "[\"a\\\"b\\\\c\\nd\\re\\tf\\u0001g\u{7F}é😀\u{2028}\"]\n")
    #expect(text([.real(1), .real(-0.0), .real(1e300), .real(.infinity)]) == "[1.0,-0.0,1e+300,{\"real\":\"inf\"}]\n")
    #expect(text([.blob([]), .blob([0, 255, 16])]) == "[{\"hex\":\"\"},{\"hex\":\"00ff10\"}]\n")
  }

  @Test func `what is written is read back, and any JSON reader agrees`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = Dice(seed)
    for turn in 0..<testCount(300) {
      let row = (0..<Int.random(in: 1...6, using: &dice)).map { _ in OddValues.value(&dice) }
      let line = text(row)
      // Texts are equal to Swift when they look alike: the bytes must be the same too.
      #expect(text(try values(line)).utf8.elementsEqual(line.utf8), "seed \(seed), turn \(turn)")
      #expect(try values(line) == row, "seed \(seed), turn \(turn)")
      let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any]
      #expect(parsed?.count == row.count, "seed \(seed), turn \(turn)")
      for case (.text(let text), let other) in zip(row, parsed ?? []) {
        // Foundation’s reader leaves the mark U+FEFF out.
        let scalars = (other as? String)?.unicodeScalars.filter { $0 != "\u{FEFF}" }
        #expect(
          scalars.map(Array.init) == text.unicodeScalars.filter { $0 != "\u{FEFF}" }, "seed \(seed), turn \(turn)")
      }
    }
  }

  @Test(arguments: [
    "", "[", "]", "[1", "[1,]", "[,1]", "1", "[1]x", "[1]\n\n", "[nul]", "[tru]", "[\"a]", "[\"\\x\"]", "[\"\\u0100\"]",
    "[--1]", "[9223372036854775808]", "[{\"hex\":\"0\"}]", "[{\"hex\":\"zz\"}]", "[{\"other\":\"\"}]", "[1.2.3]",
    "[ 1]",
  ])
  func `a line that is something else is refused`(line: String) {
    #expect(throws: RowText.Malformed.self) { try values(line) }
  }

  @Test(arguments: Engine.allCases)
  func `a table is read in the order of its key and loaded again, whatever the values`(engine: Engine) async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var dice = Dice(seed)
    let rows = (0..<400).map { index in
      [
        SQLValue.text("\(OddValues.text(&dice).prefix(40))#\(index)"), .integer(OddValues.integer(&dice)),
        dice.chance(20) ? .null : .text(OddValues.text(&dice)), dice.chance(20) ? .null : .blob([1, 0, 255]),
        dice.chance(20) ? .null : .real(Double.random(in: -1e9...1e9, using: &dice)), .bool(dice.chance(50)),
      ]
    }
    try await withDatabase(engine) { database in
      try await database.write { db in
        for name in ["one", "two"] {
          try db.script(
            """
            CREATE TABLE \(SQL(unsafeText: name)) (name \(db.dialect.text) NOT NULL, number \(db.dialect.integer) NOT NULL,
              note \(db.dialect.text), data \(db.dialect.blob), share \(db.dialect.real), flag \(db.dialect.boolean) NOT NULL,
              PRIMARY KEY (name, number))\(db.dialect.strict)
            """)
        }
        let shape = try #require(try db.shape(of: "one"))
        #expect(
          shape.columnNames == ["name", "number", "note", "data", "share", "flag"] && shape.key == ["name", "number"])
        try db.load(shape, rows: rows)
      }
      func lines(_ table: String) async throws -> [UInt8] {
        try await database.read { db in
          var bytes: [UInt8] = []
          let shape = try #require(try db.shape(of: table))
          try db.forEachRow(of: shape) { try RowText.append($0, to: &bytes) }
          return bytes
        }
      }
      let first = try await lines("one")
      let read = try first.split(separator: UInt8(ascii: "\n")).map { line in
        try Array(line).withUnsafeBytes { try RowText.values($0) }
      }
      #expect(read.count == rows.count, "seed \(seed)")
      let keys = read.map { row -> [UInt8] in if case .text(let name) = row[0] { Array(name.utf8) } else { [] } }
      #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
      try await database.write { db in
        try db.load(try #require(try db.shape(of: "two")), rows: read)
      }
      #expect(try await lines("two") == first, "seed \(seed)")
      #expect(try await database.read { try $0.shape(of: "three") } == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `numbering goes on after rows that were loaded with their numbers`(engine: Engine) async throws {
    try await withDatabase(engine) { database in
      try await database.write { db in
        let key: SQL =
          db.dialect == .sqlite
          ? "INTEGER PRIMARY KEY" : "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
        try db.script("CREATE TABLE lot (id \(key), name \(db.dialect.text))\(db.dialect.strict)")
        let shape = try #require(try db.shape(of: "lot"))
        try db.goOnNumbering(shape)
        try db.load(shape, rows: [[.integer(41), .text("a")], [.integer(7), .null]])
        try db.goOnNumbering(shape)
        try db.execute("INSERT INTO lot (name) VALUES ('b')")
        #expect(try db.scalar(Int.self, "SELECT id FROM lot WHERE name = 'b'") == 42)
      }
    }
  }
}
