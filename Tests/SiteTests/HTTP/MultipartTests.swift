import FoundationEssentials
import Testing

@testable import Site

/// How many random cases: short by default, long where `MARCHEPIED_TEST_COUNT` says so.
private let count = ProcessInfo.processInfo.environment["MARCHEPIED_TEST_COUNT"].flatMap { Int($0) } ?? 300

struct MultipartTests {
  private static let type = "multipart/form-data; boundary=----xYz123"

  private struct Part: Equatable {
    var header: Multipart.Header
    var bytes: [UInt8]
  }

  /// The parts of a body that arrives in slices of the given lengths.
  private static func parts(
    _ body: [UInt8], slices: [Int] = [], limits: Multipart.Limits = .init(), type: String = type
  ) throws(Multipart.Malformed) -> [Part] {
    var reader = try Multipart(contentType: type, limits: limits)
    var parts: [Part] = []
    func take(_ events: [Multipart.Event]) {
      for event in events {
        switch event {
        case .part(let header): parts.append(Part(header: header, bytes: []))
        case .data(let bytes):
          #expect(!bytes.isEmpty)
          parts[parts.count - 1].bytes += bytes
        case .endOfPart: break
        }
      }
    }
    var rest = body[...]
    for length in slices where !rest.isEmpty {
      take(try reader.push(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    take(try reader.push(rest))
    try reader.finish()
    return parts
  }

  private static func body(_ parts: [(head: String, bytes: [UInt8])], preamble: String = "", epilogue: String = "")
    -> [UInt8]
  {
    var body = Array(preamble.utf8)
    for (index, part) in parts.enumerated() {
      body +=
        Array("\(index == 0 && preamble.isEmpty ? "" : "\r\n")------xYz123\r\n\(part.head)\r\n\r\n".utf8) + part.bytes
    }
    return body + Array("\r\n------xYz123--\r\n\(epilogue)".utf8)
  }

  private static let field = "Content-Disposition: form-data; name=\"titre\""
  private static let file =
    "Content-Disposition: form-data; name=\"fichier\"; filename=\"C:\\données\\marchés.csv\"\r\nContent-Type: text/csv"

  @Test func `a field and a file are read with their names`() throws {
    let parts = try Self.parts(Self.body([(Self.field, Array("été".utf8)), (Self.file, [0, 13, 10, 45, 45, 255])]))
    #expect(
      parts == [
        Part(header: .init(name: "titre", filename: nil, contentType: nil), bytes: Array("été".utf8)),
        Part(
          header: .init(name: "fichier", filename: "marchés.csv", contentType: "text/csv"),
          bytes: [0, 13, 10, 45, 45, 255]),
      ])
  }

  @Test func `preamble and epilogue are skipped, an empty part and an empty form are read`() throws {
    let parts = try Self.parts(
      Self.body([(Self.field, [])], preamble: "avant\r\n--", epilogue: "après\r\n------xYz123"))
    #expect(parts.map(\.bytes) == [[]])
    #expect(try Self.parts(Array("------xYz123--".utf8)).isEmpty)
  }

  @Test func `bytes that almost are a delimiter belong to the part`() throws {
    let content = Array("\r\n------xYz12\r\n\r\n----\r\r\n------xYz12".utf8)
    let body = Self.body([(Self.file, content)])
    for length in 1...body.count {
      let slices = Array(repeating: length, count: body.count / length)
      #expect(try Self.parts(body, slices: slices).map(\.bytes) == [content])
    }
  }

  @Test func `any slicing of any form gives the same parts`() throws {
    var random = Seeded(state: 7)
    let letters = Array("\r\n-xYz123 \t\0ÿa".utf8)
    for _ in 0..<count {
      let heads = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        Bool.random(using: &random) ? Self.field : Self.file
      }
      let forms = heads.map { head in
        (
          head: head,
          bytes: (0..<Int.random(in: 0...60, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
        )
      }.filter { !Self.contains($0.bytes) }
      let body = Self.body(forms)
      let whole = try Self.parts(body)
      #expect(whole.map(\.bytes) == forms.map(\.bytes))
      let slices = (0..<body.count).map { _ in Int.random(in: 1...9, using: &random) }
      #expect(try Self.parts(body, slices: slices) == whole)
    }
  }

  private static func contains(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).contains("\r\n------xYz123")
  }

  @Test func `random damage is read or refused, in the same way whole and in slices`() throws {
    var random = Seeded(state: 11)
    let sane = Self.body([(Self.field, Array("été".utf8)), (Self.file, Array("a;b\r\n1;2".utf8))])
    for _ in 0..<count {
      var body = sane
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<body.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: body[index] = UInt8.random(in: 0...255, using: &random)
        case 1: body.remove(at: index)
        case 2: body.insert(contentsOf: body[index...].prefix(20), at: index)
        default: body.removeLast(min(5, body.count - 1))
        }
      }
      let slices = (0..<body.count).map { _ in Int.random(in: 1...7, using: &random) }
      #expect(Self.outcome(body, []) == Self.outcome(body, slices))
    }
  }

  private static func outcome(_ body: [UInt8], _ slices: [Int]) -> Result<[Part], Multipart.Malformed> {
    do { return .success(try parts(body, slices: slices)) } catch { return .failure(error) }
  }

  @Test(arguments: [
    (nil, Multipart.Malformed.notMultipart), ("text/plain; boundary=a", .notMultipart),
    ("multipart/form-data", .boundary), ("multipart/form-data; boundary=", .boundary),
    ("multipart/form-data; boundary=\"a\u{1}\"", .boundary), ("multipart/form-data; boundary=\"a ", .notMultipart),
    ("multipart/form-data; boundary=\(String(repeating: "a", count: 71))", .boundary),
  ])
  func `a type without a sound boundary is refused`(type: String?, error: Multipart.Malformed) {
    #expect(throws: error) { try Multipart(contentType: type) }
  }

  @Test(arguments: [
    ("------xYz123\r\nContent-Disposition: form-data\r\n\r\nx\r\n------xYz123--", Multipart.Malformed.disposition),
    ("------xYz123\r\nsans deux-points\r\n\r\nx\r\n------xYz123--", .header),
    ("------xYz123 oups\r\n", .delimiter),
    ("------xYz123\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", .truncated),
    ("", .truncated),
    (
      "------xYz123\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n------xYz123--",
      .encoding("base64")
    ),
  ])
  func `a malformed form says what is wrong`(body: String, error: Multipart.Malformed) {
    #expect(throws: error) { try Self.parts(Array(body.utf8)) }
  }

  @Test func `every limit refuses the byte that passes it, and takes the one before`() throws {
    var limits = Multipart.Limits()
    limits.field = 5
    #expect(try Self.parts(Self.body([(Self.field, Array("12345".utf8))]), limits: limits).count == 1)
    #expect(throws: Multipart.Malformed.tooLarge(field: "titre", limit: 5)) {
      try Self.parts(Self.body([(Self.field, Array("123456".utf8))]), limits: limits)
    }
    limits = .init()
    limits.parts = 1
    #expect(throws: Multipart.Malformed.tooManyParts(limit: 1)) {
      try Self.parts(Self.body([(Self.field, []), (Self.field, [])]), limits: limits)
    }
    limits = .init()
    limits.header = 100
    #expect(throws: Multipart.Malformed.headerTooLong(limit: 100)) {
      try Self.parts(Self.body([(Self.field + "\r\nX: \(String(repeating: "y", count: 100))", [])]), limits: limits)
    }
    limits = .init()
    limits.total = 50
    #expect(throws: Multipart.Malformed.tooLarge(field: nil, limit: 50)) {
      try Self.parts(Self.body([(Self.field, Array("12345".utf8))]), limits: limits)
    }
  }

  @Test(arguments: [
    (#"form-data; name="a%22b""#, "a\"b"), (#"form-data; name="a\"b""#, "a\"b"), ("form-data; name=ab", "ab"),
    (#"FORM-DATA; filename="x;y"; NAME="é""#, "é"), (#"form-data; name="a"; name="b""#, "a"),
  ])
  func `names are read as browsers write them`(value: String, name: String) throws {
    let header = try Multipart.Header(lines: [Array("content-disposition:\(value)".utf8)[...]])
    #expect(header.name == name)
  }
}

/// A small generator (SplitMix64), so that a failing case comes back.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
