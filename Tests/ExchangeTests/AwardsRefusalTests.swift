import Clauses
import Exchange
import Testing

private func refusal(_ record: String) throws -> AwardRefusal? {
  let read = try readAwards("[\(contract(id: "\"avant\"")),\(record),\(contract(id: "\"après\""))]")
  #expect(read.notices.map(\.key.number) == ["avant", "après"])
  #expect(read.records.count == 3)
  #expect(read.summary.notices == 2)
  #expect(read.summary.refused == 1)
  return read.refusals.first
}

@Test(arguments: [
  #"{"id":"1","objet":"x"}"#, #"{"id":"1","objet":"x","acheteur":{}}"#, #"{"id":"1","objet":"x","acheteur":null}"#,
  #"{"id":"1","objet":"x","acheteur":{"id":" "}}"#, #"{"id":"1","objet":"x","acheteur":{"id":"CDL"}}"#,
])
func `a record without buyer is refused`(record: String) throws {
  let refusal = try #require(try refusal(record))
  #expect(refusal.kind == .noBuyer)
  #expect(refusal.sentence.contains("acheteur.id"))
  #expect(refusal.sentence.contains("SIRET"))
}

@Test(arguments: ["a_01", "217702883", "2177028830001X", "217702883000185"])
func `a buyer that is no SIRET is refused`(buyer: String) throws {
  let refusal = try #require(try refusal(contract(buyer: "\"\(buyer)\"")))
  #expect(refusal.kind == .badBuyer)
  #expect(refusal.value == buyer)
  #expect(refusal.sentence.contains("«\u{202F}\(buyer)\u{202F}»"))
  #expect(refusal.sentence.contains("14 chiffres"))
}

@Test func `a buyer's SIRET written with spaces is read`() throws {
  let read = try readAwards("[\(contract(buyer: "\" 217 702 883 00018 \""))]")
  #expect(read.notices.first?.key.buyer.digits == "21770288300018")
}

@Test(arguments: ["\"\"", "null", "\"  \"", "\"MQ\"", "{}"])
func `a record without number is refused`(id: String) throws {
  #expect(try refusal(contract(id: id))?.kind == .noNumber)
}

@Test func `a number longer than any is refused`() throws {
  let refusal = try #require(try refusal(contract(id: "\"\(String(repeating: "é", count: 61))\"")))
  #expect(refusal.kind == .badNumber)
  #expect(refusal.sentence.contains("60 caractères"))
  #expect(try readAwards("[\(contract(id: "\"\(String(repeating: "é", count: 60))\""))]").notices.count == 1)
}

@Test(arguments: ["12", "null", "\"texte\"", "{}", #"{"humeur":1}"#, "true"])
func `what is no record is refused`(element: String) throws {
  #expect(try refusal(element)?.kind == .notARecord)
}

@Test(arguments: [
  #"{"id":"1","montant":NaN,"acheteur":{"id":"21770288300018"}}"#,
  #"{"id":"1","montant":01,"acheteur":{"id":"21770288300018"}}"#,
  #"{"id":"1\x","acheteur":{"id":"21770288300018"},"objet":"x"}"#,
  #"{"id":"1","objet":"\ud800","acheteur":{"id":"21770288300018"}}"#,
  #"{"id":"1","objet":"sans fin,"acheteur":{"id":"21770288300018"}}"#,
  #"{"id":"1","objet":"x" "acheteur":{"id":"21770288300018"}}"#,
  #"{"id":"1","objet":"x","acheteur":{"id":"21770288300018"}"#,
  #"{"id":"1","objet":"x","titulaires":[{"id":"1"},"acheteur":{"id":"21770288300018"}}"#,
  "{\"id\":\"1\",\"objet\":\"a\tb\",\"acheteur\":{\"id\":\"21770288300018\"}}",
  #"{"id":"1","objet":"x","acheteur":\#(String(repeating: "[", count: 200))\#(String(repeating: "]", count: 200))}"#,
])
func `a damaged record is refused alone, with its place`(record: String) throws {
  let refusal = try #require(try refusal(record))
  #expect(refusal.kind == .unreadable)
  #expect(refusal.place.hasPrefix("ligne 1, colonne "))
  #expect(refusal.sentence.hasPrefix(refusal.place))
  #expect(refusal.sentence.hasSuffix("."))
}

@Test(arguments: AwardRefusal.Kind.allCases)
func `every refusal says in French how to mend it`(kind: AwardRefusal.Kind) {
  let sentence = AwardRefusal(kind, field: "id", value: "x").sentence
  #expect(sentence.hasSuffix("."))
  #expect(sentence.contains("\u{202F}:"))
}
