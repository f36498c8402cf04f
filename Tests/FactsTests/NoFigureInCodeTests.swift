import FoundationEssentials
import Testing

@Suite struct NoFigureInCodeTests {
  private static let root = String(#filePath.dropLast("Tests/FactsTests/NoFigureInCodeTests.swift".count))

  /// Numbers that are no figures of the field: scales of units, sizes of messages, the top of the order of priority.
  private static let allowed: Set<String> = [
    "Calibration.swift 100", "Calibration.swift 100_000_000", "EffortTables.swift 100", "PriorityWeights.swift 100",
    "PriorityWeights.swift 1000", "PlaceResolution.swift 20", "ReportingPeriod.swift 12",
    // The whole of a share; months of a year; the sizes that exact arithmetic holds.
    "InverseCalibration.swift 100", "SizingMethods.swift 12", "SizingAttempt.swift 1_000_000_000_000",
    "SizingAttempt.swift 1_000_000_000", "SizingAttempt.swift 1200",
    // How long the search for fewer splits goes on, and the greatest total that can be added up.
    "PoolingSplits.swift 1000", "PoolingFaults.swift 1_000_000_000_000_000",
  ]

  /// Whole numbers of a source outside comments and texts.
  private func numbers(in source: String) -> [String] {
    var found: [String] = []
    for line in source.split(separator: "\n") {
      let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
      var isText = false
      var word = ""
      for sign in code + " " {
        if sign == "\"" { isText.toggle() }
        if !isText, sign.isASCII, sign.isLetter || sign.isNumber || sign == "_" {
          word.append(sign)
        } else {
          if let first = word.first, first.isNumber { found.append(word) }
          word = ""
        }
      }
    }
    return found
  }

  @Test func `no threshold, share, cost or date of the field stands in the code of the rules`() throws {
    var read = 0
    for stage in [
      "Planning", "Feasibility", "Calibration", "Enforcement", "Drafting", "Reasoning", "Eligibility", "Outcomes",
      "Commitment", "Hours", "Pooling",
    ] {
      let folder = Self.root + "Sources/Clauses/" + stage
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".swift") {
        let data = try #require(FileManager.default.contents(atPath: folder + "/" + name))
        read += 1
        for number in numbers(in: String(decoding: data, as: UTF8.self)) {
          let value = Int(number.replacing("_", with: ""), radix: number.hasPrefix("0x") ? 16 : 10) ?? 0
          // Divisions of the CPV are an official classification; numbers up to ten count things at hand.
          guard value > 10, name != "PurchaseCategory.swift", name != "AwardNotice.swift" else { continue }
          #expect(Self.allowed.contains("\(name) \(number)"), "\(name)\u{202F}: \(number) belongs in share/facts")
        }
      }
    }
    #expect(read > 15)
  }

  @Test func `the search itself sees numbers and only them`() {
    #expect(numbers(in: "let a = 216_000 // 5\nlet b = \"7\" + x12") == ["216_000"])
  }
}
