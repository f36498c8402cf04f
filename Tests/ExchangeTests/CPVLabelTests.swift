import Clauses
import Foundation
import Testing

@testable import Exchange

private struct ReadLabels {
  var labels: [CPVCode: String] = [:]
  var refusals: [TableNote] = []
  var charset = Charset.utf8
}

private func read(_ bytes: [UInt8]) throws -> ReadLabels {
  try bytes.withUnsafeBytes { raw in
    var reader = try CPVLabelReader(raw)
    var result = ReadLabels()
    while let row = try reader.next() {
      switch row {
      case .label(let code, let label, _): result.labels[code] = label
      case .refused(let note): result.refusals.append(note)
      }
    }
    result.charset = reader.charset
    return result
  }
}

private let dataFolder = ProcessInfo.processInfo.environment["MARCHEPIED_DATA"]

@Suite struct CPVLabelTests {
  @Test(arguments: [
    "CODE,FR\n03000000-1,\"Produits, divers\"\n77300000-3,Horticulture\n",
    "code cpv;libellé\n3000000;Produits, divers\n77300000;Horticulture\n",
    "03000000-1\tProduits, divers\n77300000-3\tHorticulture\n",
  ])
  func `codes and labels are read with or without key, titles and first zero`(text: String) throws {
    let result = try read(Array(text.utf8))
    #expect(result.labels.count == 2)
    #expect(result.labels[try #require(CPVCode("03000000"))] == "Produits, divers")
    #expect(result.refusals.isEmpty)
  }

  @Test func `a row without code or label is refused, and costs no other`() throws {
    let result = try read(Array("code,libelle\nabc,x\n45000000-7,\n,y\n77300000-3,Horticulture\n".utf8))
    #expect(result.labels.count == 1)
    #expect(result.refusals.map(\.line) == [2, 3, 4])
  }

  @Test func `a file with other columns is refused with those it has`() throws {
    let problem = #expect(throws: CPVListProblem.self) { try read(Array("a,b\nc,d\n".utf8)) }
    #expect(try #require(problem).description.contains("«\u{202F}a\u{202F}»"))
  }

  @Test(.enabled(if: dataFolder != nil)) func `both encodings of the full list give the same labels`() throws {
    let folder = "\(dataFolder ?? "")/nomenclatures"
    let utf8 = try read([UInt8](try Data(contentsOf: URL(filePath: "\(folder)/cpv_2008_fr.csv"))))
    let latin = try read([UInt8](try Data(contentsOf: URL(filePath: "\(folder)/cpv_2008_fr_latin1.csv"))))
    #expect(utf8.labels.count == 9454)
    #expect(utf8.labels == latin.labels)
    #expect(utf8.refusals.isEmpty && latin.refusals.isEmpty)
    #expect(utf8.charset == .utf8 && latin.charset == .cp1252)
  }
}
