import Casework
import Clauses
import Testing

@testable import Site

struct StructuresViewTests {
  private func item(_ kind: StructureKind = .ei) throws -> StructureItem {
    StructureItem(
      id: 7, siret: try Samples.siret(), kind: kind, name: "Les <Jardins>", legalName: "Association",
      activity: "Paysage",
      families: ["Espaces verts"], postcode: "77000", communeName: "Melun", departement: DepartementCode("77"),
      metres: 3250,
      description: nil, list: "Liste")
  }

  private func list(_ items: [StructureItem], place: String? = nil, isUnknown: Bool = false, isEmpty: Bool = false)
    -> StructureList
  {
    StructureList(
      filter: StructureFilter(), page: 1, items: items, count: 120, hasNext: true, place: place, otherPlaces: [],
      placeIsUnknown: isUnknown, departements: [], families: [], baseIsEmpty: isEmpty)
  }

  private func render(_ model: StructureList, _ query: String = "") throws -> String {
    let form = StructureForm(try Query(parsing: query))
    return Shell(assets: .none).render(StructuresView(model: model, form: form).page).description
  }

  @Test func `a row names the kind in words, the place, the distance and the activity`() throws {
    let html = try render(list([try item()], place: "Melun"), "pres_de=Melun&km=20&page=2")
    #expect(html.contains("<a href=\"/structures/7\">Les &lt;Jardins&gt;</a>"))
    #expect(html.contains("Entreprise d’insertion"))
    #expect(html.contains("77000 Melun"))
    #expect(html.contains("à 3,2\u{A0}km"))
    #expect(html.contains("Paysage"))
    #expect(html.contains("rel=\"prev\" href=\"/structures?pres_de=Melun&amp;km=20\""))
    #expect(html.contains("rel=\"next\" href=\"/structures?pres_de=Melun&amp;km=20&amp;page=3\""))
  }

  @Test(arguments: [("type=XX", "type"), ("departement=00", "departement"), ("km=0", "km"), ("km=loin", "km")])
  func `a filter that cannot be read says so beside its field`(query: String, field: String) throws {
    let html = try render(list([try item()]), query)
    #expect(html.contains("id=\"\(field)-erreur\""))
    #expect(!html.contains("Jardins"))
  }

  @Test(arguments: [("page=-9223372036854775808", 0), ("page=0", 0), ("page=3", 2), ("page=99999999999999999999", 0)])
  func `a page number out of any list is the first page`(query: String, page: Int) throws {
    #expect(StructureForm(try Query(parsing: query)).page == page)
  }

  @Test func `a filter of structures survives the address`() throws {
    var filter = StructureFilter()
    filter.kind = .etti
    filter.departement = DepartementCode("2B")
    filter.family = "nettoyage"
    filter.near = "Saint-Étienne"
    filter.kilometres = 45
    filter.text = "l’Atelier"
    let form = StructureForm(try Query(parsing: Query(filter).text))
    #expect(form.filter == filter)
    #expect(form.errors.isEmpty)
  }

  @Test func `an unknown commune and an empty base say what to do`() throws {
    #expect(try render(list([], isUnknown: true)).contains("essayez un code postal"))
    #expect(try render(list([], isEmpty: true)).contains("marchepied import structures"))
    #expect(try render(list([])).contains("Élargissez la distance"))
  }

  @Test func `a structure that lends people serves every family`() throws {
    let lender = StructureSheet(structure: try item(.etti), naf: "7820Z", otherKinds: [.init(id: 9, kind: .ei)])
    let html = Shell(assets: .none).render(StructureView(sheet: lender).page).description
    #expect(html.contains("toutes, par mise à disposition de personnes"))
    #expect(html.contains("<a href=\"/structures/9\">entreprise d’insertion</a>"))
    #expect(html.contains("(NAF 7820Z)"))
  }
}
