import Exchange
import Foundation
import Testing

/// Any JSON value, read by Foundation's decoder and by ours.
private enum Value: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([Value])
  case object([String: Value])

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let value = try? single.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? single.decode(Double.self) {
      self = .number(value)
    } else if let value = try? single.decode(String.self) {
      self = .text(value)
    } else if let value = try? single.decode([Value].self) {
      self = .list(value)
    } else {
      self = .object(try single.decode([String: Value].self))
    }
  }

  init(_ reader: inout JSONReader) throws(JSONFault) {
    switch try reader.peek() {
    case .null:
      try reader.null()
      self = .null
    case .bool: self = .bool(try reader.bool())
    case .number: self = .number(Double(reader.string(try reader.number())) ?? .nan)
    case .string: self = .text(reader.string(try reader.text()))
    case .array:
      var list: [Value] = []
      try reader.beginArray()
      while try reader.nextElement() { list.append(try Value(&reader)) }
      self = .list(list)
    case .object:
      var object: [String: Value] = [:]
      try reader.beginObject()
      while let key = try reader.nextKey() {
        let value = try Value(&reader)
        // Of two equal keys Foundation keeps the first.
        if object[reader.string(key)] == nil { object[reader.string(key)] = value }
      }
      self = .object(object)
    }
  }
}

/// Writes random documents, right at first, then damaged here and there.
private struct Documents {
  var random: SeededGenerator
  private let words = [
    "id", "objet", "acheteur", "été", "a\\\"b", "\\u00e9", "\\ud83d\\ude00", "ligne\\n", "😀", "", "\\/",
  ]
  private let numbers = ["0", "-0", "12", "-7.25", "1e3", "1.5E-2", "123456789012345", "0.1", "9007199254740993"]
  private let spaces = ["", "", "", " ", "\n  ", "\t", "\r\n"]
  private let pieces = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "NaN", "01", "+1", "1.", "\\u", "\\ud800", "tru", "null", "\u{1}", "é",
    "e", "-",
    "\t", "\"\"",
  ]

  mutating func value(_ depth: Int) -> String {
    let space = spaces[Int.random(in: spaces.indices, using: &random)]
    switch Int.random(in: 0...(depth > 5 ? 4 : 8), using: &random) {
    case 0: return space + "null"
    case 1: return space + (Bool.random(using: &random) ? "true" : "false")
    case 2: return space + numbers[Int.random(in: numbers.indices, using: &random)]
    case 3, 4: return space + text()
    case 5, 6:
      let items = (0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth + 1) }
      return space + "[" + items.joined(separator: ",") + space + "]"
    default:
      // Distinct keys, and far apart: Foundation never looks at the value of a key that comes back.
      let items = ["aaa", "bbb", "ccc", "ddd"].prefix(Int.random(in: 0...4, using: &random)).map { suffix in
        space + text().dropLast() + suffix + "\"" + space + ":" + value(depth + 1)
      }
      return space + "{" + items.joined(separator: ",") + space + "}"
    }
  }

  private mutating func text() -> String {
    let parts = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      words[Int.random(in: words.indices, using: &random)]
    }
    return "\"\(parts.joined())\""
  }

  mutating func document() -> [UInt8] {
    var bytes = Array(value(0).utf8)
    for _ in 0..<[0, 0, 1, 1, 2, 3][Int.random(in: 0...5, using: &random)] where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0...4, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 1...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: pieces[Int.random(in: pieces.indices, using: &random)].utf8, at: place)
      case 3: bytes.removeSubrange(place...)
      default: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      }
    }
    return bytes
  }
}

private func ours(_ bytes: [UInt8]) -> Result<Value, JSONFault> {
  bytes.withUnsafeBytes { raw in
    var reader = JSONReader(raw)
    do throws(JSONFault) {
      let value = try Value(&reader)
      try reader.finish()
      return .success(value)
    } catch {
      return .failure(error)
    }
  }
}

private func skips(_ bytes: [UInt8]) -> Bool {
  bytes.withUnsafeBytes { raw in
    var reader = JSONReader(raw)
    do throws(JSONFault) {
      try reader.skip()
      try reader.finish()
      return true
    } catch {
      return false
    }
  }
}

extension Value {
  /// Whether a number in it is too great for a `Double`: right JSON, which Foundation refuses all the same.
  fileprivate var overflows: Bool {
    switch self {
    case .number(let value): !value.isFinite
    case .list(let list): list.contains(where: \.overflows)
    case .object(let object): object.values.contains(where: \.overflows)
    default: false
    }
  }
}

extension JSONFault {
  /// Whether a comma stands before the end of a list or object: wrong JSON, which Foundation reads all the same.
  fileprivate func isTrailingComma(in bytes: [UInt8]) -> Bool {
    (kind == .expectedValue || kind == .expectedKey) && bytes[..<offset].last { $0 > 0x20 } == 0x2C
      && (bytes[offset] == 0x5D || bytes[offset] == 0x7D)
  }
}

@Test func `random and damaged documents get the verdict and the value of Foundation's decoder`() {
  var documents = Documents(random: SeededGenerator(state: 2026))
  let decoder = JSONDecoder()
  var right = 0
  var wrong = 0
  for round in 0..<randomCount {
    let bytes = documents.document()
    // Foundation guesses UTF-16 and UTF-32 from zeros and marks at the start; ours reads UTF-8 alone.
    if bytes.prefix(4).contains(where: { $0 == 0 || $0 >= 0xEF }) { continue }
    let expected = try? decoder.decode(Value.self, from: Data(bytes))
    let note: Comment = "round \(round): \(String(decoding: bytes, as: UTF8.self)) — \(bytes)"
    switch ours(bytes) {
    case .success(let value):
      #expect(skips(bytes), note)
      if !value.overflows { #expect(value == expected, note) }
    case .failure(let fault):
      #expect(!skips(bytes), note)
      if !fault.isTrailingComma(in: bytes) { #expect(expected == nil, note) }
    }
    if expected == nil { wrong += 1 } else { right += 1 }
  }
  #expect(right > randomCount / 5)
  #expect(wrong > randomCount / 5)
}

@Test func `a damaged file of award data never stops the reading nor loses its bounds`() throws {
  var random = SeededGenerator(state: 7)
  let good = (1...6).map { contract(#""montant":\#($0)000,"titulaires":[{"titulaire":{"id":"1"}}]"#, id: "\"N\($0)\"") }
  let whole = Array("{\"marches\":{\"marche\":[\(good.joined(separator: ",\n"))]}}".utf8)
  for _ in 0..<max(randomCount / 10, 50) {
    var bytes = whole
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      bytes[Int.random(in: 40..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    let read = try readAwards(bytes)
    #expect(read.records.count >= 1)
    #expect(
      read.notices.count >= 3, "\(String(decoding: bytes, as: UTF8.self)) \(read.records.map(\.range)) \(read.refusals)"
    )
    var last = 0
    for record in read.records {
      #expect(record.range.lowerBound >= last)
      #expect(record.range.upperBound <= bytes.count)
      last = record.range.upperBound
    }
  }
}
