import Casework
import Clauses
import Testing

@testable import Site

struct TerritoryViewTests {
  private func sheet(
    renewals: Int = 12, oneOff: Int = 2, structures: Int = 3, isComplete: Bool = false, hasEnded: Bool = false,
    known: Int = 60
  ) throws -> TerritorySheet {
    let from = Samples.today.month
    return TerritorySheet(
      code: try #require(DepartementCode("77")), name: "Seine-et-Marne", outline: nil, from: from, to: from.adding(23),
      renewals: renewals, oneOff: oneOff, promising: 5, aboveThreshold: 4,
      months: (0..<24).map { .init(month: from.adding($0), count: $0, promising: 0) },
      families: [
        .init(division: "90", label: "Nettoyage & déchets", count: 7, declared: 1, promising: 2),
        .init(division: "", label: "Sans code CPV", count: 5, declared: 0, promising: 0),
      ], declared: known == 0 ? 0 : 10, declaredNone: known == 0 ? 0 : 30, unstated: known,
      buyers: [
        .init(
          buyer: try Samples.siret(), name: nil, count: 4, promising: 2, duty: 1, soonest: Samples.today,
          hasEnded: hasEnded)
      ],
      offer: [
        .init(
          family: "Nettoyage", cpv: ["909"], performers: [.init(kind: .ei, count: 2)], lenders: [],
          missing: "Aucune structure connue ne met de personnel à disposition.")
      ], structureCount: structures, structureListsAreComplete: isComplete)
  }

  private func render(_ sheet: TerritorySheet) -> String {
    Shell(assets: .none).render(TerritoryView(sheet: sheet).page).description
  }

  @Test func `charts and their tables lead to the list of what they count`() throws {
    let html = render(try sheet())
    #expect(html.components(of: "<svg ") == 3)
    #expect(html.contains("<a href=\"/reperage?departement=77&amp;de=2026-12&amp;a=2026-12\">décembre 2026</a>"))
    #expect(
      html.contains(
        "<a href=\"/reperage?departement=77&amp;famille=90&amp;de=2026-11&amp;a=2028-10\">Nettoyage &amp; déchets</a>"))
    #expect(html.contains("<th scope=\"row\">Sans code CPV</th>"))
    #expect(html.contains("considération sociale déclarée\u{202F}: 10 (10\u{202F}%)"))
  }

  @Test func `a buyer without a name is called by its SIRET, and its row leads to its contracts`() throws {
    let html = render(try sheet())
    #expect(html.contains("acheteur=21770284000012"))
    #expect(html.contains("Acheteur 217\u{A0}702\u{A0}840\u{A0}00012"))
    #expect(html.contains("21/11/2026"))
  }

  @Test func `an end that has gone by is told to be past`() throws {
    #expect(render(try sheet()).contains(">21/11/2026<"))
    #expect(render(try sheet(hasEnded: true)).contains(">passée, 21/11/2026<"))
  }

  @Test func `works done once are told where they count and where they do not`() throws {
    let html = render(try sheet())
    #expect(html.contains("2 sont des opérations ponctuelles") && html.contains("mais pas dans les nombres"))
    #expect(render(try sheet(oneOff: 1)).contains("1 est une opération ponctuelle"))
    #expect(!render(try sheet(oneOff: 0)).contains("ponctuelle"))
  }

  @Test func `a département of which nothing is known names the command that loads data`() throws {
    let html = render(try sheet(renewals: 0, structures: 0, known: 0))
    #expect(html.contains("<pre class=\"raw\">marchepied import awards fichier.json</pre>"))
    #expect(!html.contains("/reperage?departement=77"))
  }

  @Test func `who could perform or lend, and what is missing, is said by family`() throws {
    let html = render(try sheet())
    #expect(html.contains("<abbr title=\"entreprise d’insertion\">EI</abbr>\u{A0}2"))
    #expect(html.contains("aucune connue"))
    #expect(html.contains("Aucune structure connue ne met de personnel à disposition."))
    #expect(html.contains("partielles"))
    #expect(!render(try sheet(isComplete: true)).contains("partielles"))
  }

  @Test func `a territory without renewals or structures says what to do`() throws {
    let html = render(try sheet(renewals: 0, structures: 0))
    #expect(html.contains("<a href=\"/reperage?departement=77\">"))
    #expect(html.contains("marchepied import structures"))
    #expect(!html.contains("<svg"))
  }

  @Test func `départements stand by region, the map when there is one`() throws {
    func line(_ code: String, _ name: String, _ region: String?, _ contracts: Int, _ outline: String?) throws
      -> TerritoryList.Line
    {
      .init(
        code: try #require(DepartementCode(code)), name: name, region: region, contracts: contracts, structures: 1,
        outline: outline)
    }
    let lines = [
      try line("77", "Val-d'Oise", "Île-de-France", 40, "100 100 1000 1000|M100 100l1000 0 0 1000-1000 0z"),
      try line("01", "Ain", "Auvergne-Rhône-Alpes", 10, "M1100 1100l1000 0 0 1000z"),
      try line("976", "Mayotte", nil, 0, nil),
    ]
    let html = Shell(assets: .none).render(
      TerritoriesView(model: TerritoryList(lines: lines, territoriesAreLoaded: true)).page
    ).description
    let order = ["Auvergne-Rhône-Alpes</caption>", "Île-de-France</caption>", "Départements</caption>"]
    let places = order.map { html.firstRange(of: $0)?.lowerBound }
    #expect(places.compactMap(\.self).count == 3)
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
    #expect(html.contains("viewBox=\"2 2 106 106\""))
    #expect(html.contains("class=\"area bar-5\" d=\"M5 5l50 0 0 50-50 0z\""))
    #expect(html.contains("<a href=\"/territoires/976\">976 Mayotte</a>"))
  }
}
