import Clauses
import Testing

@Suite struct NIRDetectorTests {
  /// The key as its definition says, apart from the detector's own computing.
  private func key(of thirteen: String) -> String {
    var text = thirteen.uppercased()
    var away = 0
    if text.contains("2A") { (text, away) = (text.replacing("2A", with: "20"), 1_000_000) }
    if text.contains("2B") { (text, away) = (text.replacing("2B", with: "20"), 2_000_000) }
    let key = 97 - ((Int(text) ?? 0) - away) % 97
    return key < 10 ? "0\(key)" : "\(key)"
  }

  private func whole(_ thirteen: String) -> String { thirteen + key(of: thirteen) }

  /// The fifteen signs in their usual groups.
  private func grouped(_ signs: String, by gap: String) -> String {
    var rest = Substring(signs)
    var groups: [String] = []
    for length in [1, 2, 2, 2, 3, 3, 2] where !rest.isEmpty {
      groups.append(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return groups.joined(separator: gap)
  }

  @Test(arguments: [
    "1850578006084", "2991299131001", "185052A006084", "299122B004012", "1851297105012", "2700199352010",
    "3850578006084",
    "4850578006084", "7850578006084", "8850578006084", "1853378006084", "1856378006084", "1859978006084",
    "1852078006084",
  ])
  func `a number with its key is found, in one piece, in groups, in small letters`(thirteen: String) throws {
    let signs = whole(thirteen)
    for text in [
      signs, signs.lowercased(), grouped(signs, by: " "), grouped(signs, by: "\u{202F}"), grouped(signs, by: " - "),
    ] {
      let found = try #require(NIRDetector.matches(in: "NIR : \(text).").first, "\(thirteen)")
      #expect(found.offset == 6 && found.length == text.count && found.hasKey)
    }
  }

  @Test func `the convention of Corsica takes a million from 2A and two from 2B`() {
    #expect(whole("185052A006084") == "185052A00608435" && whole("185052B006084") == "185052B00608462")
    #expect(NIRDetector.matches(in: "185052A00608462").map(\.isDoubtful) == [true], "the key of 2B is wrong for 2A")
    #expect(NIRDetector.matches(in: "185052b00608462").map(\.hasKey) == [true])
  }

  @Test func `thirteen signs without key are found in one piece or in the usual groups`() throws {
    for text in [
      "1850578006084", "1 85 05 78 006 084", "1.85.05.78.006.084", "185 05 78 006 084", "1\u{A0}85052A006084",
    ] {
      let found = NIRDetector.matches(in: "\(text), merci")
      #expect(found.count == 1 && found.first?.hasKey == false && found.first?.length == text.count, "\(text)")
    }
    #expect(NIRDetector.isFound(in: "1 85 05 78 006 084 00"), "a wrong key does not hide the usual groups")
    #expect(NIRDetector.isFound(in: "dossier 12 1850578006084"))
  }

  @Test(arguments: [
    "213 502 388 00019", "21350238800019", "213502388 00019", "06 12 34 56 78", "06 12 34 56 78 07 98 76 54 32",
    "+33 6 12 34 56 78", "0033612345678", "FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189",
    "DE89 3704 0044 0532 0130 00", "1 234 567 890 123", "1763740800000", "5850578006084", "0850578006084",
    "1850078006084", "1851378006084", "1850500006084", "1850578000084", "1850578006000",
    "18505A8006084", "1850578 006084 1", "185052A", "1 85", "2026-11-02 08:30", "1850597100012", "", "1850578006084X",
  ])
  func `nothing is cried for what is no such number`(text: String) {
    #expect(NIRDetector.matches(in: text).isEmpty)
    #expect(NIRDetector.matches(in: "voir \(text) svp").isEmpty)
  }

  @Test func `the end of a line parts groups like a space`() throws {
    let signs = whole("1850578006084")
    for gap in ["\n", "\r\n", "\u{2028}", " \n"] {
      let beforeKey = "\(signs.prefix(13))\(gap)\(signs.suffix(2))"
      let afterPlace = "\(signs.prefix(7))\(gap)\(signs.dropFirst(7))"
      for text in [grouped(signs, by: gap), beforeKey, afterPlace] {
        let found = NIRDetector.matches(in: "NIR\n\(text)\nmerci")
        #expect(found.count == 1 && found.first?.hasKey == true && found.first?.length == text.count, "\(text)")
      }
    }
    #expect(NIRDetector.isFound(in: "1 85 05 78\n006 084"))
  }

  @Test func `a mistyped key is refused, and said to be one`() throws {
    for text in [
      "185057800608436", "1 85 05 78 006 084 36", "1850578006084 36", "1850578006084\n36", "2 99 12 2B 004 012 00",
    ] {
      let found = NIRDetector.matches(in: "voir \(text), merci")
      #expect(found.count == 1 && found.first?.hasKey == false && found.first?.isDoubtful == true, "\(text)")
      #expect(found.first?.length == text.count && NIRDetector.sentence(for: found) == NIRDetector.doubtfulSentence)
    }
    let sure = NIRDetector.matches(in: "\(whole("1850578006084")) et 1850578006084 36")
    #expect(sure.map(\.isDoubtful) == [false, true] && NIRDetector.sentence(for: sure) == NIRDetector.sentence)
    #expect(NIRDetector.sentence(for: []) == nil && NIRDetector.doubtfulSentence.contains("ressemble à un numéro"))
  }

  @Test(arguments: [
    "21350238800019\n13002526500013\n11000201100044", "213 502 388 00019\n130 025 265 00013",
    "06 12 34 56 78\n01 64 52 18 99\n07 98 76 54 32", "185 057 800 608 436", "1 850 578 006 084,36 €",
    "250 000 €\n1 200 000 €", "FR76 1027 8060 0000 0123 4567 890", "10278 06000 00012345678 90", "75012\n77000\n13005",
    "5850578006084 36", "385057800608436", "1853378006084 36", "185057800608436X",
    "1850 5780 0608 436", "12\n24\n36\n48\n60\n72\n84",
  ])
  func `registers, telephones, amounts, accounts and columns are left alone`(text: String) {
    let found = NIRDetector.matches(in: "voir \(text)\nmerci")
    #expect(found.isEmpty, "\(text)")
  }

  @Test func `columns of postcodes are not taken for numbers, whatever their key`() {
    for seed in UInt64(0)..<2000 {
      var dice = SeededGenerator(seed)
      let codes = (0..<9).map { _ in String(Int.random(in: 10_000...95_999, using: &dice)) }
      #expect(!NIRDetector.isFound(in: codes.joined(separator: "\n")), "seed \(seed)")
    }
  }

  @Test func `the grouping of a register number or of a telephone tells what a right key would hide`() throws {
    func keyed(_ thirteen: String) -> [Character] { Array(whole(thirteen)) }
    let register = keyed("2135023880001")
    func groups(_ lengths: [Int], _ signs: [Character]) -> String {
      var rest = signs[...]
      return lengths.map { length in
        defer { rest = rest.dropFirst(length) }
        return String(rest.prefix(length))
      }.joined(separator: " ")
    }
    #expect(NIRDetector.isFound(in: String(register)))
    #expect(!NIRDetector.isFound(in: groups([3, 3, 3, 5, 1], register)))
    #expect(!NIRDetector.isFound(in: groups([9, 5, 1], register)))
    #expect(!NIRDetector.isFound(in: groups([2, 1, 2, 2, 2, 2, 2, 2], keyed("3361278006084"))))
  }

  @Test func `with a right key any grouping is found when nothing else stands beside it`() {
    let signs = whole("1850578006084")
    #expect(NIRDetector.isFound(in: "1850 5780 0608 491"))
    for seed in UInt64(0)..<300 {
      var dice = SeededGenerator(seed)
      var text = ""
      for sign in signs {
        text.append(sign)
        if Bool.random(using: &dice) {
          text += [" ", ".", "-", "\u{A0}", "\u{2009}", "_"].randomElement(using: &dice) ?? ""
        }
      }
      #expect(NIRDetector.isFound(in: "(\(text))"), "seed \(seed): \(text)")
    }
  }

  @Test func `several numbers in one text are found each once, where they stand`() {
    let (a, b) = (grouped(whole("1850578006084"), by: " "), whole("299122B004012"))
    let text = "é\u{1F469}\u{200D}\u{1F469} \(a) / \(b); nir_\(b).pdf"
    let found = NIRDetector.matches(in: text)
    #expect(found.map { String(text[$0.range]) } == [a, b, b])
    for match in found {
      let start = text.index(text.startIndex, offsetBy: match.offset)
      #expect(start == match.range.lowerBound && text.index(start, offsetBy: match.length) == match.range.upperBound)
    }
  }

  @Test func `digits of other scripts and marks without width do not hide a number`() {
    let wide = String(whole("1850578006084").unicodeScalars.map { Character(Unicode.Scalar($0.value + 0xFEE0) ?? $0) })
    #expect(NIRDetector.isFound(in: wide))
    #expect(NIRDetector.isFound(in: "1\u{200B}850578\u{AD}00608491"))
    #expect(!NIRDetector.isFound(in: "1    850578006084    91"), "four spaces part two things")
  }

  @Test func `a valid account number hides what it holds, another one does not`() {
    let signs = whole("1850578006084")
    #expect(NIRDetector.isFound(in: "XX00 \(signs)"))
    #expect(NIRDetector.isFound(in: "ABCD \(signs)") && NIRDetector.isFound(in: "A1 \(signs)"))
    var hidden = 0
    for check in 0...99 where !NIRDetector.isFound(in: "FR\(check < 10 ? "0" : "")\(check) \(signs)") { hidden += 1 }
    #expect((1...2).contains(hidden), "only the right check digits make an account of it")
  }

  @Test func `random numbers are found when they are put together rightly, and only by chance otherwise`() {
    var (cried, doubted) = (0, 0)
    for seed in UInt64(0)..<4000 {
      var dice = SeededGenerator(seed)
      func digits(_ range: ClosedRange<Int>, _ width: Int) -> String {
        let text = String(Int.random(in: range, using: &dice))
        return String(repeating: "0", count: width - text.count) + text
      }
      let place = [digits(1...95, 2), "2A", "2B", "99"].randomElement(using: &dice) ?? "75"
      let thirteen =
        (["1", "2"].randomElement(using: &dice) ?? "1") + digits(0...99, 2) + digits(1...12, 2) + place
        + digits(1...990, 3) + digits(1...999, 3)
      let around = ["", "a", " ", "n°", "\n"].randomElement(using: &dice) ?? ""
      let gap = ["", " ", ".", "-", "\u{202F}", "\u{A0}"].randomElement(using: &dice) ?? ""
      let text = around + grouped(whole(thirteen), by: gap) + (around == "a" ? "" : around)
      #expect(NIRDetector.matches(in: text).count == 1, "seed \(seed): \(text)")
      let noise = (0..<15).map { _ in digits(0...9, 1) }.joined()
      for match in NIRDetector.matches(in: noise) {
        cried += match.isDoubtful ? 0 : 1
        doubted += match.isDoubtful ? 1 : 0
      }
      for match in NIRDetector.matches(in: noise + " " + text) { #expect(match.length > 12, "seed \(seed)") }
    }
    #expect(cried < 40, "about one in two hundred numbers of fifteen digits has a right key and all parts")
    #expect(doubted < 200, "one in forty looks like one, of numbers of fifteen digits, which are rare")
  }

  @Test func `what is told to the person never holds a digit`() {
    #expect(!NIRDetector.sentence.contains(where: \.isNumber) && NIRDetector.sentence.hasSuffix("."))
  }
}
