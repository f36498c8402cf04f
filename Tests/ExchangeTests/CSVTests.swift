import Foundation
import Testing

@testable import Exchange

private struct ReadRow: Equatable {
  var line: Int
  var fields: [String]
  var defect: CSVDefect?
  init(_ line: Int, _ fields: [String], _ defect: CSVDefect? = nil) {
    self.line = line
    self.fields = fields
    self.defect = defect
  }
}

private func read(_ bytes: [UInt8], limit: Int = 1 << 20, separator: CSVSeparator? = nil) throws -> [ReadRow] {
  try bytes.withUnsafeBytes { raw in
    var reader = try CSVReader(raw, separator: separator, rowLimit: limit)
    var rows: [ReadRow] = []
    while try reader.next() { rows.append(ReadRow(reader.line, reader.texts, reader.defect)) }
    return rows
  }
}

private func read(_ text: String, limit: Int = 1 << 20, separator: CSVSeparator? = nil) throws -> [ReadRow] {
  try read(Array(text.utf8), limit: limit, separator: separator)
}

private func readInPieces(_ bytes: [UInt8], of size: Int, limit: Int = 1 << 10) throws -> [ReadRow] {
  var position = 0
  var reader = try CSVReader(rowLimit: limit) { buffer in
    let count = min(size, buffer.count, bytes.count - position)
    for k in 0..<count { buffer[k] = bytes[position + k] }
    position += count
    return count
  }
  var rows: [ReadRow] = []
  while try reader.next() { rows.append(ReadRow(reader.line, reader.texts, reader.defect)) }
  return rows
}

@Suite struct CSVTests {
  @Test(arguments: ["\r\n", "\n", "\r"])
  func `rows end with CRLF, LF or CR, and the last one may end with nothing`(end: String) throws {
    let rows = try read(["a;b", "1;2", "", "3;"].joined(separator: end))
    #expect(rows == [ReadRow(1, ["a", "b"]), ReadRow(2, ["1", "2"]), ReadRow(4, ["3", ""])])
  }

  @Test(arguments: CSVSeparator.allCases)
  func `the separator is found from the rows that agree`(separator: CSVSeparator) throws {
    let sign = String(Unicode.Scalar(separator.rawValue))
    let text = "nom|prénom,âge".replacingOccurrences(of: "|", with: sign == "|" ? "-" : sign) + "\(sign)ville\n"
    let rows = (0..<5).map { "x\($0), y; z\(sign)\"a\(sign)b\"\(sign)c" }.joined(separator: "\n")
    let bytes = Array((text.replacingOccurrences(of: ",", with: sign == "," ? "," : " ") + rows).utf8)
    try bytes.withUnsafeBytes { raw in
      let reader = try CSVReader(raw)
      #expect(reader.separator == separator)
    }
  }

  @Test func `a declared separator and the byte order mark are not part of the first title`() throws {
    let rows = try read("\u{FEFF}sep=,\r\na;b,c\r\n1,2\r\n")
    #expect(rows == [ReadRow(2, ["a;b", "c"]), ReadRow(3, ["1", "2"])])
  }

  @Test func `quoted fields keep separators, line ends and doubled quotes`() throws {
    let rows = try read("a;b\n\"x;\"\"y\"\"\nz\" ;\"\"\n1;2\n")
    #expect(rows == [ReadRow(1, ["a", "b"]), ReadRow(2, ["x;\"y\"\nz", ""]), ReadRow(4, ["1", "2"])])
  }

  @Test func `a quote within a plain field is a plain sign`() throws {
    #expect(try read("a;b\ntube 5\";x\n").last == ReadRow(2, ["tube 5\"", "x"]))
  }

  @Test func `an unterminated quote costs its own line and no other`() throws {
    let rows = try read("a;b\n1;\"deux\n3;4\n5;6\n")
    #expect(
      rows == [
        ReadRow(1, ["a", "b"]), ReadRow(2, ["1", "\"deux"], .unterminatedQuote(field: 1)), ReadRow(3, ["3", "4"]),
        ReadRow(4, ["5", "6"]),
      ])
  }

  @Test func `an unterminated quote does not swallow the rows up to the next quote`() throws {
    let rows = try read("a;b\n\"1;x\n\"deux\";y\n3;z\n")
    #expect(
      rows == [
        ReadRow(1, ["a", "b"]), ReadRow(2, ["\"1", "x"], .unterminatedQuote(field: 0)), ReadRow(3, ["deux", "y"]),
        ReadRow(4, ["3", "z"]),
      ])
  }

  @Test func `text after a closing quote is kept and reported`() throws {
    #expect(try read("a;b\n\"x\" y;2").last == ReadRow(2, ["\"x\" y", "2"], .textAfterQuote(field: 0)))
  }

  @Test func `a row with too few or too many fields is given and reported`() throws {
    let rows = try read("a;b\n1\n1;2;3\n4;5\n")
    #expect(rows.map(\.defect) == [nil, .ragged(expected: 2, found: 1), .ragged(expected: 2, found: 3), nil])
    #expect("\(try #require(rows[1].defect))".contains("1 colonne au lieu de 2"))
  }

  @Test func `a row past the limit is cut, reported, and the next one is whole`() throws {
    let long = String(repeating: "x", count: 5000)
    let text = "a;b\n\(long);1\n2;3\n"
    for rows in [try read(text, limit: 1024), try readInPieces(Array(text.utf8), of: 300, limit: 1024)] {
      #expect(rows.count == 3)
      #expect(rows[1].defect == .tooLong(limit: 1024))
      #expect(rows[1].fields == [String(long.prefix(1024))])
      #expect(rows[2] == ReadRow(3, ["2", "3"]))
    }
  }

  @Test func `letters of Windows are read as such and said so`() throws {
    let bytes: [UInt8] = Array("code;nom\n1;".utf8) + [0xE9, 0x74, 0xE9, 0x20, 0x80, 0x20, 0x9C] + Array("\n2;b".utf8)
    try bytes.withUnsafeBytes { raw in
      var reader = try CSVReader(raw)
      _ = try reader.next()
      #expect(try reader.next())
      #expect(reader.text(1) == "été € œ")
      #expect(reader.charset == .cp1252)
      #expect(reader.accentedRows == (utf8: 0, cp1252: 1))
    }
  }

  @Test func `a row of Windows letters in a UTF-8 file spoils no other row`() throws {
    let bytes: [UInt8] = Array("nom\nété\nnoël\n".utf8) + [0xE9, 0x0A] + Array("œuf".utf8)
    #expect(try read(bytes).map(\.fields) == [["nom"], ["été"], ["noël"], ["é"], ["œuf"]])
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00], CSVProblem.utf16), ([], .empty), ([0x50, 0x4B, 0x03, 0x04], .notText),
      ([0x61, 0x00, 0x62], .notText),
    ] as [([UInt8], CSVProblem)])
  func `what is no CSV is refused with a way out`(bytes: [UInt8], problem: CSVProblem) throws {
    #expect(throws: problem) { try read(bytes) }
    #expect(problem.description.hasSuffix("."))
  }

  @Test func `rows know their place in the file`() throws {
    let text = "\u{FEFF}nom;ville\r\né;\"x\r\ny\"\r\nz;t"
    let bytes = Array(text.utf8)
    try bytes.withUnsafeBytes { raw in
      var reader = try CSVReader(raw)
      var places: [String] = []
      while try reader.next() { places.append(String(decoding: raw[reader.bytes], as: UTF8.self)) }
      #expect(places == ["nom;ville", "é;\"x\r\ny\"", "z;t"])
    }
  }

  @Test(arguments: 1...60)
  func `chunks of any size give the same rows as memory`(seed: Int) throws {
    var random = Seeded(state: UInt64(seed))
    let pieces = ["a", "é", ";", ";", "\"", "\"\"", "\n", "\r\n", "\r", " ", "texte", "\";\""]
    var text = "t;u;v\n"
    for _ in 0..<4000 { text += pieces[Int(random.next() % UInt64(pieces.count))] }
    let bytes = Array(text.utf8)
    let whole = try read(bytes, limit: 1 << 10, separator: .semicolon)
    for size in [1, 2, 3, 7, 64, 5000] {
      var position = 0
      var reader = try CSVReader(separator: .semicolon, rowLimit: 1 << 10) { buffer in
        let count = min(size, buffer.count, bytes.count - position)
        for k in 0..<count { buffer[k] = bytes[position + k] }
        position += count
        return count
      }
      var rows: [ReadRow] = []
      while try reader.next() { rows.append(ReadRow(reader.line, reader.texts, reader.defect)) }
      #expect(rows == whole)
    }
  }

  @Test func `values lose the blanks around them, no-break ones too`() throws {
    let bytes = Array("a;b;c\n \u{A0}é \u{202F};  ; x y \n".utf8)
    try bytes.withUnsafeBytes { raw in
      var reader = try CSVReader(raw)
      _ = try reader.next()
      _ = try reader.next()
      #expect(
        [reader.value(0), reader.value(1), reader.value(2), reader.value(9), reader.value(nil)] == [
          "é", nil, "x y", nil, nil,
        ])
    }
  }

  @Test func `what is written is read back the same`() throws {
    let rows = [["nom", "note"], ["é;\"x\"", "ligne 1\r\nligne 2"], [" bord ", ""], ["-12,5", "+33 1 02 03 04 05"]]
    var writer = CSVWriter()
    for row in rows { writer.row(row) }
    let bytes = writer.take()
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(try read(bytes).map(\.fields) == rows)
    #expect(writer.take().isEmpty)
  }

  @Test(arguments: ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1", "-"])
  func `a text that a spreadsheet would run is disarmed`(text: String) throws {
    var writer = CSVWriter(byteOrderMark: false)
    writer.row([text])
    #expect(String(decoding: writer.take(), as: UTF8.self) == "\"'\(text)\"\r\n")
  }

  @Test(arguments: ["-1", "-1 234,50 €", "+5", "-12.5 %", "a=b"])
  func `a number or a plain text is written as it is`(text: String) throws {
    var writer = CSVWriter(byteOrderMark: false)
    writer.row([text])
    #expect(String(decoding: writer.take(), as: UTF8.self) == "\(text)\r\n")
  }
}

/// A small generator with a seed, so that a failure can be played again.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var x = state
    x = (x ^ (x >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return x ^ (x >> 33)
  }
}
