import Casework
import Clauses
import Testing

@testable import Site

struct SpottingFormTests {
  @Test func `every field of the address is read`() throws {
    let form = SpottingForm(
      try Query(
        parsing:
          "type=marche&departement=2A&acheteur=Val-Fleuri&famille=909&montant_min=100+000&montant_max=1,5&de=2026-12"
          + "&a=03/2027&consideration=aucune&critere=duree&critere=publics&texte=%C3%A9coles&tri=fin"))
    #expect(form.errors == ["montant_max": "Le montant maximal est sous le minimal\u{202F}: échangez-les."])
    #expect(form.filter.kind == .contract)
    #expect(form.filter.departement == DepartementCode("2A"))
    #expect(form.filter.buyer == "Val-Fleuri")
    #expect(form.filter.cpv == "909")
    #expect(form.filter.amountFrom == Euros(100_000))
    #expect(form.filter.amountTo == Euros(cents: 150))
    #expect(form.filter.from == Month("2026-12"))
    #expect(form.filter.to == Month("2027-03"))
    #expect(form.filter.consideration == SpottingFilter.Consideration.none)
    #expect(form.filter.criteria == [.duration, .people])
    #expect(form.filter.text == "écoles")
    #expect(form.order == .end)
  }

  @Test func `a filter written into an address is read back the same`() throws {
    var filter = SpottingFilter()
    filter.kind = .concession
    filter.departement = DepartementCode("971")
    filter.buyer = "Régie d’eau & d’assainissement"
    filter.cpv = "45"
    filter.amountFrom = Euros(cents: 12_345)
    filter.amountTo = Euros(1_000_000)
    filter.from = Month("2027-01")
    filter.to = Month("2028-12")
    filter.consideration = .unstated
    filter.criteria = Set(SpottingFilter.Criterion.allCases)
    filter.text = "a+b=c&d"
    let form = SpottingForm(try Query(parsing: Query(filter).text))
    #expect(form.errors.isEmpty)
    #expect(form.filter == filter)
    #expect(SpottingForm(Query()).filter.isEmpty)
  }

  @Test(arguments: [
    ("departement=99", "departement"), ("departement=20", "departement"), ("famille=4", "famille"),
    ("famille=45a", "famille"), ("montant_min=beaucoup", "montant_min"), ("montant_min=-5", "montant_min"),
    ("de=2026-13", "de"), ("a=hier", "a"), ("de=2027-02&a=2027-01", "a"), ("type=x", "type"),
    ("consideration=oui", "consideration"), ("tri=alea", "tri"), ("critere=couleur", "critere"),
  ])
  func `what cannot be read has its error and is left out`(query: String, field: String) throws {
    let form = SpottingForm(try Query(parsing: query))
    #expect(Array(form.errors.keys) == [field])
    #expect(form.query[field] != nil)
  }

  @Test(arguments: ["apres.720.1234", "avant.0.1"])
  func `the place travels in the address and not into a new filter`(place: String) throws {
    let form = SpottingForm(try Query(parsing: "texte=a&place=\(place)"))
    #expect(form.place?.description == place)
    #expect(form.queryFromStart.text == "texte=a")
  }
}
