import Clauses
import Testing

@testable import Exchange

struct RuleInputTests {
  private enum Colour: String, CaseIterable { case red, green }

  /// The pointers of the faults that a reading leaves.
  private func faults(_ json: String, _ body: (inout RuleInput) -> Void) -> [String] {
    do {
      var input = try RuleInput(Array(json.utf8))
      body(&input)
      input.close()
      try input.check()
      return []
    } catch {
      return error.all.map { "\($0.pointer) \($0.sentence)" }
    }
  }

  @Test func `values are read exactly, from numbers or from texts`() throws {
    var input = try RuleInput(
      Array(
        #"{"a":1000000.10,"b":"12.02","c":151.67,"d":0.05,"e":1,"f":2.5,"g":"2026-11-21","h":"2026-11","i":true,"j":"red"}"#
          .utf8))
    #expect(input.euros("a") == Euros(cents: 100_000_010))
    #expect(input.euros("b") == Euros(cents: 1202))
    #expect(input.hours("c") == Hours(hundredths: 15_167))
    #expect(input.share("d") == Percent(5))
    #expect(input.share("e") == Percent(100))
    #expect(input.number("f") == Quotient(5, over: 2))
    #expect(input.day("g") == Day("2026-11-21"))
    #expect(input.month("h") == Month("2026-11"))
    #expect(input.flag("i") == true)
    #expect(input.choice("j", Colour.self) == .red)
    #expect(input.euros("absent", required: false) == nil)
    input.close()
    try input.check()
  }

  @Test func `all faults are told at once, each with its pointer`() {
    let told = faults(
      #"{"amount":"cher","rate":1.5,"day":"2026-02-30","lots":[{"hours":-1},7],"colour":"bleu","x/y~z":1,"n":1e3}"#
    ) { input in
      _ = input.euros("amount")
      _ = input.share("rate")
      _ = input.day("day")
      _ = input.objects("lots") { $0.hours("hours") }
      _ = input.choice("colour", Colour.self)
      _ = input.whole("n")
      _ = input.text("missing")
    }
    #expect(
      told.map { String($0.prefix { $0 != " " }) } == [
        "/amount", "/rate", "/day", "/lots/0/hours", "/lots/1", "/colour", "/n", "/missing", "/x~1y~0z",
      ])
    #expect(told[0].contains("le texte «\u{A0}cher\u{A0}»"))
    #expect(told[5].contains("«\u{A0}red\u{A0}» ou «\u{A0}green\u{A0}»"))
    #expect(told[8].contains("champs connus"))
  }

  @Test func `what could overflow or hang is refused with its place`() {
    #expect(
      faults(#"{"a":1000000000.01,"b":1e2,"c":1000000000000.01}"#) {
        _ = $0.hours("a")
        _ = $0.hours("b")
        _ = $0.euros("c")
      }.count == 3)
    #expect(
      faults(#"{"a":"9999-12-31","b":"0001-01-01","c":"2200-01"}"#) {
        _ = $0.day("a")
        _ = $0.day("b")
        _ = $0.month("c")
      }.count == 3)
    let many =
      "{\"a\":[\(repeatElement("0", count: 5000).joined(separator: ","))],\"\(String(repeating: "k", count: 5000))\":{}}"
    let told = faults(many) { _ = $0.texts("a") }
    #expect(told.count == 100)
    let strange = "{\"\(String(repeating: "k", count: 5000))\":0}"
    #expect(faults(strange) { _ in }.allSatisfy { $0.utf8.count < 600 })
    let twice = "{\"l\":{\(repeatElement("\"a\":0", count: 3000).joined(separator: ","))}}"
    #expect(faults(twice) { _ in }.count == 100)
    #expect(
      faults(#"{"l":[\#(repeatElement("{}", count: 50_001).joined(separator: ","))]}"#) {
        _ = $0.objects("l") { _ in 0 }
      }.count == 1)
  }

  @Test func `a social security number is refused in any text, and never repeated`() {
    let told = faults(#"{"a":"Mme D., 2 55 08 14 168 025 38"}"#) { _ = $0.text("a") }
    #expect(told.count == 1 && !told[0].contains("168"))
    #expect(faults(#"{"a":"2 55 08 14 168 025 38"}"#) { _ = $0.text("a", mayHoldNIR: true) }.isEmpty)
  }

  @Test func `a document that is no JSON, no object or says a field twice is refused with its place`() {
    #expect(faults("{\"a\":") { _ in }.first?.contains("ligne 1") == true)
    #expect(faults(" \n") { _ in }.first?.contains("La question est vide") == true)
    #expect(faults("[1]") { _ in } == [" Un objet est attendu, entre accolades."])
    #expect(faults(#"{"a":{"b":1,"b":2}}"#) { _ in }.first?.hasPrefix("/a/b Ce champ est écrit deux fois") == true)
    #expect(faults(String(repeating: "[", count: 200)) { _ in }.count == 1)
  }

  @Test func `more decimals than a figure can hold are told, not rounded away`() {
    #expect(faults(#"{"a":10.005}"#) { _ = $0.euros("a") }.count == 1)
    #expect(faults(#"{"a":10.500}"#) { _ = $0.euros("a") }.isEmpty)
    #expect(faults(#"{"a":0.12345}"#) { _ = $0.share("a") }.count == 1)
    #expect(faults(#"{"a":0.1234}"#) { _ = $0.share("a") }.isEmpty)
    #expect(faults(#"{"a":1e400}"#) { _ = $0.euros("a") }.count == 1)
    #expect(faults(#"{"a":99999999999999999999}"#) { _ = $0.euros("a") }.count == 1)
  }

  @Test func `numbers are written without needless zeros, and texts escaped`() {
    let value = RuleJSON.object([
      ("h", .hours(Hours(833))), ("q", .hours(Hours(hundredths: 9850))), ("s", .share(Percent(5))),
      ("e", .euros(Euros(20_000))), ("t", .text("a\"b\\c\n\u{1}")), ("l", .list([])), ("n", .null),
      ("w", .share(Percent(100))),
    ])
    #expect(
      value.text(indented: false)
        == #"{"h":833,"q":98.5,"s":0.05,"e":20000.00,"t":"a\"b\\c\n\u0001","l":[],"n":null,"w":1}"#)
    #expect(value.text().hasPrefix("{\n  \"h\": 833,\n"))
  }

  @Test(arguments: Rule.all.map(\.name))
  func `every rule answers its own example, and tells what an empty question lacks`(name: String) throws {
    let rule = try #require(Rule.named(name))
    let context = Rule.Context(figures: try ReferenceFacts.figures(), today: try #require(Day("2026-11-21")))
    guard case .object(let fields) = try rule.answer(Array(rule.example.utf8), context) else {
      Issue.record("no object")
      return
    }
    #expect(fields.contains { $0.name == "findings" })
    #expect(Set(fields.map(\.name)).count == fields.count)
    #expect(throws: RuleFaults.self) { try rule.answer(Array(#"{"inconnu":1}"#.utf8), context) }
  }
}
