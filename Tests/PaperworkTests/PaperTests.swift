import Clauses
import Foundation
import Paperwork
import Testing

@Suite struct PaperTests {
  @Test(arguments: [Paper.usual, .absurd]) func `the JSON form gives the document back`(paper: Paper) throws {
    let json = try JSONEncoder().encode(paper)
    #expect(try JSONDecoder().decode(Paper.self, from: json) == paper)
    #expect(String(decoding: json, as: UTF8.self).contains(#""date":"2026-03-02""#))
  }

  @Test func `a day that does not exist is refused`() throws {
    let json = String(decoding: try JSONEncoder().encode(Paper.usual), as: UTF8.self)
    let wrong = json.replacing("2026-03-02", with: "2026-02-30")
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Paper.self, from: Data(wrong.utf8)) }
  }

  @Test func `each format names its files`() {
    #expect(PaperFormat.allCases.map(\.fileEnding) == ["pdf", "docx", "odt"])
    #expect(PaperFormat.allCases.allSatisfy { $0.mimeType.hasPrefix("application/") })
  }
}
