import Testing

@testable import Site

struct LookTests {
  @Test func `a field ties its label, its hint and its error to its control`() {
    let field = Field("from", "De", value: "2026-13", hint: "Mois", error: "Le mois 13 n’existe pas.")
    let html = field.html.description
    #expect(html.contains("<label class=\"form-label\" for=\"from\">De</label>"))
    #expect(html.contains("id=\"from\" name=\"from\" value=\"2026-13\""))
    #expect(html.contains("aria-describedby=\"from-aide from-erreur\" aria-invalid=\"true\""))
    #expect(html.contains("id=\"from-aide\">Mois"))
    #expect(html.contains("id=\"from-erreur\">Le mois 13 n’existe pas."))
    let summary = errorSummary([field, Field("to", "À", value: nil)]).description
    #expect(summary.contains("<a href=\"#from\">Le mois 13 n’existe pas.</a>"))
    #expect(errorSummary([Field("to", "À", value: nil)]).isEmpty)
  }

  @Test func `a choice keeps what was chosen`() {
    let field = Field("ordre", "Tri", .choice([.init("", "Priorité"), .init("fin", "Fin")]), value: "fin")
    #expect(field.html.description.contains("<option value=\"fin\" selected>Fin</select>"))
    #expect(!field.html.description.contains("<option value=\"\" selected>"))
  }

  @Test func `a page has one h1, its landmarks, and the lit section`() {
    let page = Page(title: "Repérage & suite", section: .spotting, crumbs: [.init("Accueil", .home)]) { "<p>x</p>" }
    let html = Shell(assets: .none).render(page).description
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"fr\">"))
    #expect(html.contains("<title>Repérage &amp; suite – Marchepied</title>"))
    #expect(html.components(of: "<h1>") == 1)
    #expect(html.components(of: "aria-current=\"page\"") == 2)
    #expect(html.contains("<a href=\"/reperage\" aria-current=\"page\">Repérage</a>"))
    #expect(html.contains("<main id=\"contenu\""))
    #expect(html.contains("<a class=\"skip-link\" href=\"#contenu\">"))
    #expect(!html.contains("style=\"") && !html.contains("<style"))
  }

  @Test func `a table heads its columns and its rows`() {
    let html = Table(
      caption: "Acheteurs", columns: [.text("Nom"), .number("Marchés")], rows: [["<b>A</b>", "1"], ["", "2"]]
    ).html.description
    #expect(html.contains("<caption>Acheteurs</caption>"))
    #expect(html.contains("<th scope=\"col\" class=\"number\">Marchés</th>"))
    #expect(html.contains("<tr><th scope=\"row\"><b>A</b></th><td data-label=\"Marchés\" class=\"number\">1</td></tr>"))
    #expect(html.contains("<tr><th scope=\"row\"></th><td data-label=\"Marchés\" class=\"number\">2</td></tr>"))
  }

  @Test func `a chart is named, styled by classes only, and says the same in a table`() {
    let bars = [
      Chart.Bar("jan.", longLabel: "janvier 2027", value: 0), Chart.Bar("fév.", longLabel: "février 2027", value: 1200),
    ]
    for html in [
      Chart.columns(id: "c", title: "Renouvellements", unit: "marchés", heads: ("Mois", "Marchés"), bars: bars),
      Chart.bars(id: "c", title: "Renouvellements", unit: "marchés", heads: ("Mois", "Marchés"), bars: bars),
      Chart.share(id: "c", title: "Renouvellements", unit: "marchés", heads: ("Mois", "Marchés"), parts: bars),
    ].map(\.description) {
      #expect(html.contains("role=\"img\" aria-labelledby=\"c-titre\""))
      #expect(html.contains("<title id=\"c-titre\">Renouvellements. Le plus grand"))
      #expect(html.contains("février 2027, 1\u{202F}200 marchés."))
      #expect(html.contains("<th scope=\"row\">janvier 2027</th>"))
      #expect(!html.contains("style="))
    }
  }

  @Test func `columns shrink on a phone while their numbers are short, and say that they scroll otherwise`() {
    func columns(_ value: Int) -> String {
      Chart.columns(id: "c", title: "T", unit: "u", heads: ("a", "b"), bars: [.init("J", value: value)]).description
    }
    #expect(columns(99).contains("class=\"chart-fit\"") && !columns(99).contains("scroll-hint"))
    #expect(columns(100).contains("class=\"chart-wide\" tabindex=\"0\"") && columns(100).contains("Faites glisser"))
  }

  @Test func `a chart without a bar, or with zeros only, is still a chart`() {
    #expect(
      Chart.columns(id: "c", title: "T", unit: "u", heads: ("a", "b"), bars: []).description.contains("Aucune valeur."))
    let zeros = Chart.share(id: "c", title: "T", unit: "u", heads: ("a", "b"), parts: [.init("x", value: 0)])
    #expect(zeros.description.contains("Aucune valeur."))
  }

  @Test(arguments: [(1, 3, "33\u{202F}%"), (0, 3, "0\u{202F}%"), (1, 1000, "moins de 1\u{202F}%"), (0, 0, "–")])
  func `a share is rounded without becoming nothing`(part: Int, whole: Int, text: String) {
    #expect(Chart.percent(part, of: whole) == text)
  }
}

extension String {
  /// How often a text occurs.
  func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let found = rest.firstRange(of: text) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
