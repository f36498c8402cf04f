import Clauses
import Testing

@Suite struct EurosTests {
  @Test(
    arguments: [
      ("0", 0), ("1234.5", 123_450), ("99999.99", 9_999_999), ("-12.345", -1235), ("12.344", 1234), (".5", 50),
      ("1.", 100),
      ("1e3", 100_000), ("1.5E+2", 15_000), ("5e-3", 1), ("4e-3", 0), ("0.005", 1), ("+7", 700), ("1e-300", 0),
    ] as [(String, Int64)])
  func `an amount is read exactly from its text`(text: String, cents: Int64) {
    #expect(Euros(decimal: text) == Euros(cents: cents))
  }

  @Test(arguments: [
    "", "-", ".", "1,5", "1 000", "--1", "1e", "1e1e1", "1.2.3", "0x10", "NaN", "1e16", "9999999999999999",
    "1e-9223372036854775808", "1e99999999999999999999",
  ])
  func `a text that is no amount is refused`(text: String) {
    #expect(Euros(decimal: text) == nil)
  }

  @Test func `the greatest amounts are still read`() {
    #expect(Euros(decimal: "1000000000000000") == Euros(cents: 100_000_000_000_000_000))
    #expect(Euros(decimal: "1000000000000000.01") == nil)
  }

  @Test func `an amount is written for machines and for people`() {
    #expect(Euros(cents: 123_456_789).description == "1234567.89")
    #expect(Euros(cents: -5).description == "-0.05")
    #expect(Euros(cents: 123_450).french == "1\u{202F}234,50\u{202F}€")
    #expect(Euros(cents: -123_450).french == "\u{2212}1\u{202F}234,50\u{202F}€")
    #expect(Euros(cents: 123_450).frenchWhole == "1\u{202F}235\u{202F}€")
    #expect(Euros(5_404_000).figureText == "5\u{202F}404\u{202F}000\u{202F}€")
    #expect(Euros(cents: 9_999_999).figureText == "99\u{202F}999,99\u{202F}€")
  }

  @Test func `what is written is read back`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let euros = Euros(cents: Int64.random(in: -100_000_000_000...100_000_000_000, using: &generator))
      #expect(Euros(decimal: euros.description) == euros)
    }
  }
}

@Suite struct HoursAndPercentTests {
  @Test func `hours are written without needless zeros`() {
    #expect(Hours(hundredths: 123_450).french == "1\u{202F}234,5\u{A0}h")
    #expect(Hours(150).french == "150\u{A0}h")
    #expect(Hours(hundredths: 15_167).french == "151,67\u{A0}h")
    #expect(Hours(decimal: "151.67")?.description == "151.67")
  }

  @Test(arguments: [(83_333, 833), (83_350, 834), (83_349, 833), (-150, -2), (0, 0)] as [(Int64, Int)])
  func `hours are rounded half away from zero`(hundredths: Int64, whole: Int) {
    #expect(Hours(hundredths: hundredths).rounded == Hours(whole))
  }

  @Test func `a share lies between nothing and the whole`() {
    #expect(Percent(decimal: "22.5") == Percent(basisPoints: 2250))
    #expect(Percent(decimal: "100") == Percent(100))
    #expect(Percent(decimal: "100.01") == nil)
    #expect(Percent(decimal: "-1") == nil)
    #expect(Percent(basisPoints: 2250).french == "22,5\u{202F}%")
    #expect(Percent(5).french == "5\u{202F}%")
  }
}

@Suite struct FrenchTests {
  @Test func `numbers are grouped by three`() {
    #expect(French.integer(7) == "7")
    #expect(French.integer(-7) == "\u{2212}7")
    #expect(French.integer(999) == "999")
    #expect(French.integer(1000) == "1\u{202F}000")
    #expect(French.integer(Int64.min) == "\u{2212}9 223 372 036 854 775 808".replacing(" ", with: "\u{202F}"))
    #expect(French.hundredths(.min, places: 2).hasSuffix("758,08"))
  }

  @Test func `the plural begins at two`() {
    #expect(French.count(0, "marché") == "0\u{A0}marché")
    #expect(French.count(1, "marché") == "1\u{A0}marché")
    #expect(French.count(2, "marché") == "2\u{A0}marchés")
    #expect(French.count(1200, "travail", "travaux") == "1\u{202F}200\u{A0}travaux")
  }

  @Test func `a list ends with its conjunction`() {
    #expect(French.list([]) == "")
    #expect(French.list(["a"]) == "a")
    #expect(French.list(["a", "b"]) == "a et b")
    #expect(French.list(["a", "b", "c"], last: "ou") == "a, b ou c")
  }
}
