import Testing

@testable import Site

struct AddressTests {
  @Test func `an identifier is encoded in the link and named in the template`() throws {
    let address = Address.planning(.contract("é/?#%<> 1"))
    #expect(address.href == "/reperage/marches/%C3%A9%2F%3F%23%25%3C%3E%201")
    #expect(address.template == "/reperage/marches/{id}")
  }

  @Test func `a query keeps its order and encodes names and values`() {
    var query = Query()
    query.add("texte", "réseaux & routes")
    query.add("vide", "")
    query.add("departement", "2A")
    let address = Address.planning(.spotting(query))
    #expect(address.href == "/reperage?texte=r%C3%A9seaux%20%26%20routes&departement=2A")
    #expect(Address.planning(.export(.xlsx, query)).template == "/reperage/export.xlsx")
  }

  @Test func `what an address writes, a query reads again`() throws {
    var query = Query()
    for (index, text) in ["a+b", "1 000 €", "100 %", "é&=?#", "«\u{A0}x\u{A0}»", "%41"].enumerated() {
      query.add("n\(index) é", text)
    }
    #expect(try Query(parsing: query.text) == query)
  }

  @Test func `a form's plus signs are spaces and blanks are no value`() throws {
    let query = try Query(parsing: "texte=nettoyage+de+vitres&vide=&blanc=+&texte=autre&seul")
    #expect(query["texte"] == "nettoyage de vitres")
    #expect(query["vide"] == nil)
    #expect(query["blanc"] == nil)
    #expect(query["seul"] == nil)
    #expect(query.all("texte") == ["nettoyage de vitres", "autre"])
  }

  @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%FF", "%C3=1", "a=b%00c"])
  func `a broken escape is told with its field`(text: String) {
    #expect(throws: Problem.self) { try Query(parsing: text) }
  }

  @Test func `setting a field replaces every value of it`() throws {
    let query = try Query(parsing: "a=1&b=2&a=3").setting("a", "4")
    #expect(query.text == "b=2&a=4")
    #expect(query.setting("b", nil).text == "a=4")
    #expect(query.removing("a", "b").text.isEmpty)
  }
}
