import Exchange
import Testing

/// Checks a whole document; gives the fault, or nil where it is right.
private func fault(_ bytes: [UInt8]) -> JSONFault? {
  bytes.withUnsafeBytes { raw in
    var reader = JSONReader(raw)
    do throws(JSONFault) {
      try reader.skip()
      try reader.finish()
      return nil
    } catch {
      return error
    }
  }
}

private func fault(_ text: String) -> JSONFault? { fault(Array(text.utf8)) }

@Test(arguments: [
  "{}", "[]", "0", "-0", "12.5e-3", "\"\"", "true", "false", "null", " [1 , 2,{\"a\":[[]]}]\n",
  "\"\\ud83d\\ude00\\u0000\"",
  "\"é€😀\"", "{\"a\":1,\"a\":2}", "[1.0E+2]", "\"\u{7F}\"",
])
func `right documents are read`(document: String) {
  #expect(fault(document) == nil)
}

@Test(arguments: [
  ("[01]", JSONFault.Kind.badNumber, 1), ("[1.]", .badNumber, 1), ("[+1]", .badNumber, 1), ("[.5]", .badNumber, 1),
  ("[-]", .badNumber, 1), ("[1e]", .badNumber, 1), ("[1x]", .badNumber, 1), ("[0x10]", .badNumber, 1),
  ("[NaN]", .badWord, 1), ("[Infinity]", .badWord, 1), ("[nulle]", .badWord, 1), ("[tru]", .badWord, 1),
  ("[\"a\tb\"]", .controlCharacter, 3), ("[\"a\nb\"]", .controlCharacter, 3),
  ("[\"\\x\"]", .badEscape, 2), ("[\"\\u12G4\"]", .badEscape, 2),
  ("[\"\\ud83d\"]", .loneSurrogate, 2), ("[\"\\ude00\"]", .loneSurrogate, 2),
  ("[\"\\ud83d\\u0041\"]", .loneSurrogate, 2),
  ("[1,]", .expectedValue, 3), ("[,1]", .expectedValue, 1), ("[1 2]", .expectedComma, 3),
  ("{\"a\" 1}", .expectedColon, 5),
  ("{\"a\":}", .expectedValue, 5), ("{\"a\":1,}", .expectedKey, 7), ("{a:1}", .expectedKey, 1),
  ("{'a':1}", .expectedKey, 1),
  ("[1]]", .trailingBytes, 3), ("{} x", .trailingBytes, 3), ("[1}", .expectedComma, 2),
  ("", .truncated, 0), ("[", .truncated, 1), ("[1", .truncated, 2), ("\"abc", .truncated, 4),
  ("{\"a\":tr", .truncated, 7),
  ("\"\\u00", .truncated, 5), ("\"\\", .truncated, 2),
])
func `faults are named with their byte`(document: String, kind: JSONFault.Kind, offset: Int) {
  #expect(fault(document) == JSONFault(kind, at: offset))
}

@Test(
  arguments: [
    [0xC3], [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
    [0xF4, 0x90, 0x80, 0x80],
    [0xF5, 0x80, 0x80, 0x80], [0xE9, 0x74],
  ] as [[UInt8]])
func `what is not UTF-8 is refused at its first byte`(bytes: [UInt8]) {
  #expect(fault([0x22, 0x61] + bytes + [0x22, 0x20, 0x20]) == JSONFault(.badUTF8, at: 2))
}

@Test(arguments: 0...16)
func `a fault is found wherever it lies in the eight bytes that are read at once`(shift: Int) {
  let lead = String(repeating: "x", count: shift)
  #expect(fault("\"\(lead)\u{1}\"") == JSONFault(.controlCharacter, at: shift + 1))
  #expect(fault("\"\(lead)\\q\"") == JSONFault(.badEscape, at: shift + 1))
  #expect(fault([0x22] + lead.utf8 + [0xFF, 0x22]) == JSONFault(.badUTF8, at: shift + 1))
  #expect(fault("\"\(lead)é\(lead)\"") == nil)
}

@Test func `128 levels are read and 129 refused`() {
  let open = String(repeating: "[", count: 128)
  let close = String(repeating: "]", count: 128)
  #expect(fault(open + close) == nil)
  #expect(fault("[\(open)\(close)]") == JSONFault(.tooDeep, at: 128))
  #expect(fault(String(repeating: "{\"a\":", count: 100_000)) == JSONFault(.tooDeep, at: 640))
}

@Test func `values are pulled one by one and the rest is skipped`() throws {
  let document = Array(#"{"a": [1, {"z": 2}, "q\"\u00e9"], "b": {"c": [true, null]}, "n": -1.50}"#.utf8)
  var seen: [String] = []
  try document.withUnsafeBytes { raw in
    var reader = JSONReader(raw)
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch reader.string(key) {
      case "a":
        try reader.beginArray()
        while try reader.nextElement() {
          if try reader.peek() == .string { seen.append(reader.string(try reader.text())) } else { try reader.skip() }
        }
      case "n": seen.append(reader.string(try reader.number()))
      default: try reader.skip()
      }
    }
    try reader.finish()
  }
  #expect(seen == ["q\"é", "-1.50"])
}

@Test func `lost letters, control characters and double coding are noticed on the way`() throws {
  func marks(_ text: String) throws -> JSONReader.Marks {
    try Array("\"\(text)\"".utf8).withUnsafeBytes { raw in
      var reader = JSONReader(raw)
      try reader.skip()
      return reader.marks
    }
  }
  #expect(try marks("été") == [])
  #expect(try marks("r\u{FFFD}novation") == .replacement)
  #expect(try marks("\\ufffd") == .replacement)
  #expect(try marks("l\u{92}eau") == .control)
  #expect(try marks("l\\u0092eau") == .control)
  #expect(try marks("Ã©tÃ©") == .mojibake)
}

@Test func `a place counts lines from one and columns in characters`() {
  let text = Array("{\n  \"é\": NaN\n}".utf8)
  text.withUnsafeBytes { raw in
    var reader = JSONReader(raw)
    do throws(JSONFault) {
      try reader.skip()
      Issue.record("NaN was read")
    } catch {
      let place = TextPlace(of: error.offset, in: raw)
      #expect(place.line == 2)
      #expect(place.column == 8)
      #expect(place.sentence == "ligne 2, colonne 8 (octet 10)")
    }
  }
}

@Test(arguments: JSONFault.Kind.allCases)
func `every fault says in French how to mend it`(kind: JSONFault.Kind) {
  let sentence = JSONFault(kind, at: 0).sentence
  #expect(sentence.hasSuffix("."))
  #expect(sentence.contains("\u{202F}:"))
}
