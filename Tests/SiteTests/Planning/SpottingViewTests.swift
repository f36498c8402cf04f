import Casework
import Clauses
import Testing

@testable import Site

struct SpottingViewTests {
  private func render(_ model: SpottingPage, _ query: String = "", exports: Bool = true) throws -> String {
    let form = SpottingForm(try Query(parsing: query))
    return Shell(assets: .none).render(SpottingView(model: model, form: form, exports: exports).page).description
  }

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  @Test func `a row reads like advice`() throws {
    let cell = Samples.cell(end: try day("2027-03-31"))
    let item = try Samples.item(cell: cell, contactBefore: try day("2026-12-30"))
    let html = try render(Samples.page(items: [item], count: 1))
    #expect(html.contains("<a href=\"/reperage/marches/12345\">Nettoyage des &lt;locaux&gt;</a>"))
    #expect(html.contains("Commune de Val-Fleuri"))
    #expect(html.contains("fin\u{A0}prévue\u{A0}31/03/2027"))
    #expect(html.contains("à contacter avant le\u{A0}30/12/2026 "))
    #expect(html.contains("520\u{202F}000\u{202F}€ (plafond)"))
    #expect(html.contains("<b>≈\u{A0}520\u{A0}à 900\u{A0}h</b>"))
    for mark in [
      ("Durée", "yes", "réuni"), ("Montant", "nearly", "à apprécier"), ("Nature", "no", "non réuni"),
      ("Publics", "unknown", "à vérifier"),
    ] {
      #expect(html.contains("<span>\(mark.0)\u{A0}<b class=\"\(mark.1)\">\(mark.2)</b></span>"))
    }
    #expect(html.contains("<strong>1\u{A0}marché</strong>"))
  }

  @Test func `a day to call that has gone by says so, and an ended contract asks for no call`() throws {
    let cell = Samples.cell(end: try day("2027-03-31"))
    let late = try render(
      Samples.page(items: [try Samples.item(cell: cell, contactBefore: try day("2026-06-30"))], count: 1))
    #expect(late.contains("à contacter avant le\u{A0}30/06/2026, donc dès maintenant"))
    let ended = try render(
      Samples.page(
        items: [try Samples.item(cell: Samples.cell(end: try day("2026-11-20")), contactBefore: try day("2026-02-20"))],
        count: 1))
    #expect(ended.contains("fin passée le\u{A0}20/11/2026"))
    #expect(!ended.contains("à contacter"))
  }

  @Test func `works done once say so, and unknown facts are words`() throws {
    let cell = Samples.cell(end: nil, recurrence: .oneOff, hours: nil)
    let html = try render(Samples.page(items: [try Samples.item(cell: cell)], count: 1))
    #expect(html.contains("Opération ponctuelle"))
    #expect(html.contains("fin inconnue"))
    #expect(!html.contains("≈"))
  }

  @Test func `the form keeps what was asked, and the links keep it too`() throws {
    let next = try #require(SpottingPlace("apres.720.1234"))
    let item = try Samples.item(cell: Samples.cell(end: nil))
    let html = try render(
      Samples.page(items: [item], count: 1000, isCapped: true, next: next),
      "texte=%3Cvitres%3E&departement=77&critere=duree&de=2026-12&place=apres.800.1")
    #expect(html.contains("value=\"&lt;vitres&gt;\""))
    #expect(html.contains("<option value=\"77\" selected>"))
    #expect(html.contains("value=\"12/2026\""))
    #expect(html.contains("value=\"duree\" id=\"critere-duree\" checked"))
    #expect(html.contains("Plus de 1\u{202F}000\u{A0}marchés"))
    let kept = "texte=%3Cvitres%3E&amp;departement=77&amp;critere=duree&amp;de=2026-12"
    #expect(html.contains("rel=\"next\" href=\"/reperage?\(kept)&amp;place=apres.720.1234\""))
    #expect(html.contains("href=\"/reperage/export.csv?\(kept)\""))
    #expect(!html.contains("rel=\"prev\""))
  }

  @Test func `without an export no link offers one`() throws {
    let item = try Samples.item(cell: Samples.cell(end: nil))
    #expect(!(try render(Samples.page(items: [item], count: 1), exports: false)).contains("export"))
  }

  @Test func `an error stands beside its field and in the summary, and no list misleads`() throws {
    let item = try Samples.item(cell: Samples.cell(end: nil))
    let html = try render(Samples.page(items: [item], count: 1), "montant_min=beaucoup")
    #expect(html.contains("data-error-summary"))
    #expect(html.contains("<a href=\"#montant_min\">«\u{A0}beaucoup\u{A0}» n’est pas un montant"))
    #expect(html.contains("id=\"montant_min-erreur\""))
    #expect(html.contains("value=\"beaucoup\""))
    #expect(!html.contains("Nettoyage"))
  }

  @Test func `an empty base and an empty answer say different next steps`() throws {
    #expect(try render(Samples.page(items: [], baseIsEmpty: true)).contains("marchepied import awards"))
    let narrow = try render(Samples.page(items: []))
    #expect(narrow.contains("Élargissez la période"))
    #expect(narrow.contains("<a href=\"/reperage?tri=priorite\">Voir tous les marchés</a>"))
  }

  @Test func `fifty rows with long objects stay under 60 kB`() throws {
    let object = String(repeating: "Travaux d’entretien des espaces verts ", count: 20)
    let items = try (0..<50).map { index in
      try Samples.item(
        id: Int64(1_000_000 + index), object: object, cell: Samples.cell(end: try day("2027-03-31")),
        contactBefore: try day("2026-06-30"))
    }
    let next = try #require(SpottingPlace("apres.720.1234567"))
    let html = try render(Samples.page(items: items, count: 1000, isCapped: true, next: next))
    #expect(html.utf8.count < 60_000)
    #expect(html.utf8.count > 40_000)
  }
}
