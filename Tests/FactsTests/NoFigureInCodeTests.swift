import FoundationEssentials
import Testing

@Suite struct NoFigureInCodeTests {
  private static let root = String(#filePath.dropLast("Tests/FactsTests/NoFigureInCodeTests.swift".count))

  /// Files of arithmetic and of writing, whose numbers are those of a calendar, of a control key, of a code's length or of
  /// the way in which French groups digits: none of them can change by law.
  private static let primitive: Set<String> = [
    "Day.swift", "Month.swift", "Weekday.swift", "Holiday.swift", "WorkingCalendar.swift", "SIRET.swift",
    "NIRDetector.swift", "Decimal2.swift", "Quotient.swift", "Euros.swift", "Hours.swift", "Percent.swift",
    "French.swift", "DepartementCode.swift", "CommuneCode.swift", "CPVCode.swift", "Moment.swift",
    // Forms that the RFC settle: UUID (9562), mailboxes (5321).
    "ID.swift", "EmailAddress.swift",
    // Divisions of the CPV are an official classification; places of fields in a notice are bits of a set.
    "PurchaseCategory.swift", "AwardNotice.swift",
  ]

  /// Numbers that are no figures of the field: scales of units, sizes of messages, the top of the order of priority.
  private static let allowed: Set<String> = [
    "Calibration.swift 100", "Calibration.swift 100_000_000", "EffortTables.swift 100", "PriorityWeights.swift 100",
    "PriorityWeights.swift 1000", "PlaceResolution.swift 20", "ReportingPeriod.swift 12", "Figure.swift 100",
    // The digest is written in base sixteen, on sixteen signs.
    "FiguresDigest.swift 16",
    // The whole of a share; months of a year; the sizes that exact arithmetic holds.
    "InverseCalibration.swift 100", "SizingMethods.swift 12", "SizingAttempt.swift 1_000_000_000_000",
    "SizingAttempt.swift 1_000_000_000", "SizingAttempt.swift 1200",
    // How long searches go on, and the greatest total that can be added up.
    "PoolingSplits.swift 1000", "SecrecySearch.swift 20_000_000", "PoolingFaults.swift 1_000_000_000_000_000",
    // How much text is read, shown and compared.
    "TenderTextReader.swift 200_000", "TenderTextReader.swift 160", "WordDifference.swift 800",
  ]

  /// Small numbers that are compared with and are no figures of the field.
  private static let allowedSmall: Set<String> = [
    // There are four criteria of spotting, and a method of each name; a postcode has five signs.
    "Spotting.swift criteriaMet == 4", "PlaceResolution.swift length == 5",
    // Words too short to have a plural, such as « ei »; a code of jobs, then a space, then its name.
    "StructureKind.swift count > 3", "PurchaseSegment.swift count > 6",
    // The digits of a French telephone number, without what it begins with.
    "ContactKeys.swift let phoneDigits = 9",
    // The letters of a name that a phonetic rule needs to be there.
    "FrenchPhonetic.swift count > 2", "FrenchPhonetic.swift count > 3",
  ]

  /// A line of a source: its code with texts left empty, without comment, and its texts.
  private func lines(of source: String) -> [(code: String, texts: [String])] {
    source.split(separator: "\n").map { line in
      var (code, text, texts) = ("", "", [String]())
      var isText = false
      var before: Character = " "
      for sign in line {
        if !isText, sign == "/", before == "/" {
          code.removeLast()
          break
        }
        if sign == "\"" {
          if isText { texts.append(text) }
          text = ""
          isText.toggle()
        }
        if isText, sign != "\"" { text.append(sign) } else { code.append(sign) }
        before = sign
      }
      return (code, texts)
    }
  }

  /// Whole numbers of a line of code.
  private func numbers(in code: String) -> [String] {
    code.matches(of: #/[A-Za-z0-9_]+/#).map { String($0.output) }.filter { $0.first?.isNumber ?? false }
  }

  /// Small numbers that something is compared with, that have a name of their own, or that count a unit of the field.
  private func small(in code: String) -> [String] {
    code.matches(of: #/\w+(\(\))?\s+(<=?|>=?|==|!=)\s+([2-9]|10)\b/#).map { String($0.output.0) }
      + code.matches(of: #/\b(let|var)\s+\w+(\s*:\s*\w+)?\s*=\s*-?([A-Z]\w*\()?([2-9]|10)\b/#)
      .map { String($0.output.0) }
      + code.matches(of: #/\b(Percent|Hours|Euros|Delay)\(([2-9]|10)\)/#).map { String($0.output.0) }
      + code.matches(of: #/\b(months|days|years|hours|weeks|persons|people)\s*:\s*-?([2-9]|10)\b/#)
      .map { String($0.output.0) }
  }

  /// Whether a sentence holds the number of an article, or a quantity with its unit.
  private func tells(_ text: String) -> Bool {
    if text.contains(#/\barticles? \d/#) { return true }
    if text.contains(#/[a-z]{3}/#), text.contains(#/(^|[^\w.])\d{1,2}\.\d/#) { return true }
    return text.contains(#/(^|[^\w.])\d+([.,]\d+)?( |\\\(French\.\w+\)|\\u\{\w+\})?(%|€|(mois|jours?|heures?|ans?)\b)/#)
  }

  private func everySource(_ visit: (_ stage: String, _ name: String, _ source: String) -> Void) throws {
    let rooms = Self.root + "Sources/Clauses/"
    var read = 0
    for stage in try FileManager.default.contentsOfDirectory(atPath: rooms) where !stage.contains(".") {
      for name in try FileManager.default.contentsOfDirectory(atPath: rooms + stage) where name.hasSuffix(".swift") {
        let data = try #require(FileManager.default.contents(atPath: rooms + stage + "/" + name))
        read += 1
        visit(stage, name, String(decoding: data, as: UTF8.self))
      }
    }
    #expect(read > 120)
  }

  @Test func `no threshold, share, cost or date of the field stands in the code of the rules`() throws {
    try everySource { _, name, source in
      guard !Self.primitive.contains(name) else { return }
      for line in lines(of: source) {
        // Numbers in base sixteen are signs and masks; numbers up to ten are looked at below.
        for number in numbers(in: line.code) where !number.hasPrefix("0x") {
          guard (Int(number.replacing("_", with: "")) ?? 0) > 10 else { continue }
          #expect(Self.allowed.contains("\(name) \(number)"), "\(name)\u{202F}: \(number) belongs in share/facts")
        }
      }
    }
  }

  @Test func `no small number is compared with, named or counted in a unit in the code of the rules`() throws {
    try everySource { _, name, source in
      guard !Self.primitive.contains(name) else { return }
      for line in lines(of: source) {
        for found in small(in: line.code) {
          #expect(Self.allowedSmall.contains("\(name) \(found)"), "\(name)\u{202F}: \(found) belongs in share/facts")
        }
      }
    }
  }

  @Test func `no sentence of the rules holds the number of an article of general conditions, nor a quantity`() throws {
    try everySource { _, name, source in
      for text in lines(of: source).flatMap(\.texts) where tells(text) {
        Issue.record("\(name)\u{202F}: « \(text) » belongs in share/facts")
      }
    }
  }

  @Test func `the search itself sees numbers and only them`() {
    let line = lines(of: "let a = 216_000 // 5\nlet b = \"7\" + x12")
    #expect(line.flatMap { numbers(in: $0.code) } == ["216_000"] && line[1].texts == ["7"])
    for code in ["guard months >= 6 else", "let limit = 3", "var least: Int = 5", "Percent(5)", "f(months: 3)"] {
      #expect(small(in: code).count == 1, "\(code)")
    }
    for code in ["bytes[0..<5]", "count > 1", "let x = y2", "index = 3", "Percent(share)", "f(months: step)", "1...10"]
    {
      #expect(small(in: code).isEmpty, "\(code)")
    }
    for text in [
      "selon l’article 18.1", "CCAG-Travaux 20.1.4", "moins de 6 mois", "jusqu’à 35 heures", "au moins 50 %",
    ] {
      #expect(tells(text), "\(text)")
    }
    for text in ["article L2112-2-1", "4.3", "CCAG 2021, x.1.3", "CCAG de 2021", "les deux mois", "article \\(number)"]
    {
      #expect(!tells(text), "\(text)")
    }
  }
}
