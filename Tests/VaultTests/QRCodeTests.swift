import Testing

@testable import Vault

@Suite struct QRCodeTests {
  @Test(arguments: [(1, 21), (14, 21), (15, 25), (26, 25), (27, 29), (42, 29), (43, 33), (2331, 177)])
  func `the version is the smallest that holds the text`(bytes: Int, size: Int) throws {
    // Byte capacities at level M: 14, 26, 42, …, 2331 (ISO/IEC 18004, table 7).
    #expect(try QRCode(String(repeating: "é", count: bytes / 2) + (bytes % 2 == 1 ? "a" : "")).size == size)
  }

  @Test func `three corners, the timing lines and the dark module are where the standard puts them`() throws {
    let code = try QRCode("otpauth://totp/Marchepied:zoe%40melun.fr?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    let far = code.size - 7
    for (top, left) in [(0, 0), (0, far), (far, 0)] {
      for line in 0..<7 {
        for column in 0..<7 {
          let ring = max(abs(line - 3), abs(column - 3))
          #expect(
            code.isBlack(line: top + line, column: left + column) == (ring != 2), "\(top + line), \(left + column)")
        }
      }
    }
    for place in 8..<code.size - 8 {
      #expect(code.isBlack(line: 6, column: place) == (place % 2 == 0))
      #expect(code.isBlack(line: place, column: 6) == (place % 2 == 0))
    }
    #expect(code.isBlack(line: code.size - 8, column: 8))
  }

  /// Reads the text of a code of version 1 to 3 back from its grid: mask, order of modules, byte mode.
  private func decoded(_ code: QRCode) -> String {
    let size = code.size
    // Bits of format beside the first corner: level and mask under a fixed pattern (ISO/IEC 18004, 7.9).
    let format = (0..<5).reduce(0) { $0 << 1 | (code.isBlack(line: 8, column: $1) ? 1 : 0) } ^ 0b10101
    #expect(format >> 3 == 0, "level M is 00")
    let isMasked: (Int, Int) -> Bool = { i, j in
      switch format & 7 {
      case 0: (i + j) % 2 == 0
      case 1: i % 2 == 0
      case 2: j % 3 == 0
      case 3: (i + j) % 3 == 0
      case 4: (i / 2 + j / 3) % 2 == 0
      case 5: i * j % 2 + i * j % 3 == 0
      case 6: (i * j % 2 + i * j % 3) % 2 == 0
      default: ((i + j) % 2 + i * j % 3) % 2 == 0
      }
    }
    let isFixed: (Int, Int) -> Bool = { i, j in
      (i < 9 && j < 9) || (i < 9 && j >= size - 8) || (i >= size - 8 && j < 9) || i == 6 || j == 6
        || (size > 21 && abs(i - (size - 7)) <= 2 && abs(j - (size - 7)) <= 2)
    }
    var bits: [Bool] = []
    var isUp = true
    for right in [Int](stride(from: size - 1, to: 6, by: -2)) + [5, 3, 1] {
      for step in 0..<size {
        let line = isUp ? size - 1 - step : step
        for column in [right, right - 1] where !isFixed(line, column) {
          bits.append(code.isBlack(line: line, column: column) != isMasked(line, column))
        }
      }
      isUp.toggle()
    }
    func value(_ start: Int, _ count: Int) -> Int { bits[start..<start + count].reduce(0) { $0 << 1 | ($1 ? 1 : 0) } }
    #expect(value(0, 4) == 4, "byte mode")
    return String(decoding: (0..<value(4, 8)).map { UInt8(value(12 + 8 * $0, 8)) }, as: UTF8.self)
  }

  @Test(arguments: ["a", "Marchepied", "https://melun.fr/é?x=1", "otpauth://totp/M:z?secret=GEZDGNBVGY"])
  func `the text is read back from the grid`(text: String) throws { #expect(decoded(try QRCode(text)) == text) }

  @Test func `the path draws the black modules and nothing else, inside a margin of four`() throws {
    let code = try QRCode("Marchepied")
    #expect(code.side == code.size + 8)
    var drawn = Set<[Int]>()
    for piece in code.path.split(separator: "z") {
      let match = try #require(piece.wholeMatch(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)/), "\(piece)")
      let (x, y, width, back) = (Int(match.1) ?? 0, Int(match.2) ?? 0, Int(match.3) ?? 0, Int(match.4) ?? -1)
      #expect(width == back)
      for column in x..<x + width {
        let isNew = drawn.insert([y - 4, column - 4]).inserted
        #expect(isNew)
      }
    }
    let black = (0..<code.size).flatMap { line in
      (0..<code.size).filter { code.isBlack(line: line, column: $0) }.map { [line, $0] }
    }
    #expect(drawn == Set(black))
  }

  @Test(arguments: [0, 2332, 5000])
  func `what no code holds is refused`(bytes: Int) {
    #expect(throws: QRCode.Unfit()) { try QRCode(String(repeating: "a", count: bytes)) }
  }
}
