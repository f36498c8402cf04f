import Casework
import Clauses
import Facts
import FoundationEssentials
import Testing

@testable import Site

struct ContractViewTests {
  /// The rules over the reference figures of the project.
  private static func rules() throws -> SpottingRules {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try SpottingRules(figures: Facts.figures(in: root.appending(path: "share/facts").path), asOf: Samples.today)
  }

  private static func notice() throws -> AwardNotice {
    var notice = AwardNotice(
      key: .init(buyer: try Samples.siret(), number: "2023-<1>"), kind: .contract, object: "Nettoyage & vitrerie")
    notice.cpv = CPVCode("90910000")
    notice.nature = .framework
    notice.techniques = .framework
    notice.durationMonths = 48
    notice.notified = Day("2023-04-01")
    notice.amount = Euros(520_000)
    notice.holders = [.init(identifier: "12345678900011", scheme: "SIRET", name: "Propreté du Sud")]
    var amendment = AwardNotice.Amendment()
    amendment.notified = Day("2024-05-03")
    amendment.amount = Euros(610_000)
    notice.amendments = [amendment]
    var act = AwardNotice.Subcontract()
    act.subcontractor = .init(identifier: "1", scheme: nil, name: "Vitres Claires")
    notice.subcontracts = [act]
    return notice
  }

  private static func html(
    _ notice: AwardNotice, text: String? = "{\"objet\": \"<b>\"}", isCut: Bool = false, departement: String? = "77"
  ) throws -> String {
    let code = departement.flatMap { DepartementCode($0) }
    let spotting = try rules().explain(
      notice, departement: code, structures: StructuresNearby(count: 23, listIsPartial: false))
    let sheet = ContractSheet(
      id: 1, notice: notice, buyerName: "Commune de Val-Fleuri", departement: code,
      departementName: code.map { _ in "Seine-et-Marne" }, cpvLabel: nil, spotting: spotting,
      repairs: ["Zéro initial rétabli."],
      changes: [.init(at: "2026-11-20T09:30:00.000Z", fileName: "decp.json", sentences: ["Le montant change."])],
      raw: .init(fileName: "decp.json", range: 10_240..<12_288, text: text, isCut: isCut))
    return Shell(assets: .none).render(ContractView(sheet: sheet).page).description
  }

  @Test func `every reason is spelled out with its figures, their source and their standing`() throws {
    let html = try Self.html(Self.notice())
    #expect(html.components(of: "<section class=\"criterion\">") == 4)
    #expect(html.contains("Durée\u{202F}: réuni"))
    #expect(html.contains("<td data-label=\"Source\">"))
    #expect(html.contains("<td data-label=\"Statut\">"))
    #expect(html.contains("L2112-2-1"))
    #expect(html.contains("<caption>Le calcul</caption>"))
    #expect(html.components(of: " ÷ ") >= 3)
    #expect(html.components(of: "<h1>") == 1)
  }

  @Test func `the amount in force is the amended one and its ceiling is said`() throws {
    let html = try Self.html(Self.notice())
    #expect(html.contains("<dd>610\u{202F}000\u{202F}€ (plafond)</dd>"))
    #expect(html.contains("plafond de l’accord-cadre"))
    #expect(html.contains("Modifications en cours d’exécution"))
    #expect(html.contains("Vitres Claires"))
  }

  @Test(arguments: ["90910000", "45442100", "45313100", "77310000"])
  func `the calculator that a contract leads to gives the hours of its page`(cpv: String) throws {
    var notice = try Self.notice()
    notice.cpv = CPVCode(cpv)
    notice.amendments = []
    let html = try Self.html(notice)
    let query = "cpv=\(cpv)&montant=520000&duree=48"
    #expect(html.contains("href=\"/calculettes/heures?\(query.replacing("&", with: "&amp;"))\""))
    let rules = try Self.rules()
    let form = HoursForm(
      try Query(parsing: query), segments: PurchaseSegments(figures: rules.figures, on: Samples.today))
    let sizing = try Calibrator(figures: rules.figures, on: Samples.today).size(form.given, by: .labourShare)
    let told = rules.explain(notice, departement: nil, structures: nil).hours.range
    #expect(form.form.errors.isEmpty && sizing.hours == told?.usual)
  }

  @Test(arguments: ["72000000", "48000000", "71240000"])
  func `a figure that the calculator proposes and spotting does not keep is told with its standing`(cpv: String) throws
  {
    var notice = try Self.notice()
    notice.cpv = CPVCode(cpv)
    let rules = try Self.rules()
    let proposed = PurchaseSegments(figures: rules.figures, on: Samples.today).figures(of: try #require(notice.cpv))
    let told = cpv == "48000000" ? proposed.labourShare?.usual.reference : proposed.hourlyCost?.usual.reference
    let figure = try #require(told)
    let html = try Self.html(notice)
    #expect(html.contains("La calculette d’heures part de \(figure.value) (\(figure.status.french))"))
    #expect(html.contains("/calculettes/heures?cpv=\(cpv)"))
  }

  @Test func `a notice without code or amount, and a concession, lead to no calculation`() throws {
    var notice = try Self.notice()
    notice.cpv = nil
    #expect(try !Self.html(notice).contains("/calculettes/heures?"))
    let bare = AwardNotice(key: .init(buyer: try Samples.siret(), number: "1"), kind: .concession, object: "Théâtre")
    #expect(try !Self.html(bare).contains("/calculettes/heures?"))
  }

  @Test func `history, repairs and the raw record are there, escaped`() throws {
    let html = try Self.html(Self.notice(), isCut: true)
    #expect(html.contains("20/11/2026 à 10:30"))
    #expect(html.contains("Le montant change."))
    #expect(html.contains("Zéro initial rétabli."))
    #expect(html.contains("octets 10\u{202F}240 à 12\u{202F}287"))
    #expect(html.contains("{&quot;objet&quot;: &quot;&lt;b&gt;&quot;}</pre>"))
    #expect(html.contains("Seul le début est affiché."))
    #expect(html.contains("2023-&lt;1&gt;"))
  }

  @Test func `a raw record whose file is gone says how to read it again`() throws {
    let html = try Self.html(Self.notice(), text: nil)
    #expect(html.contains("importez-le à nouveau"))
    #expect(!html.contains("<pre"))
  }

  @Test func `a record that says almost nothing is still a page`() throws {
    let bare = AwardNotice(key: .init(buyer: try Samples.siret(), number: "1"), kind: .concession, object: "Théâtre")
    let html = try Self.html(bare, departement: nil)
    #expect(html.contains("montant non publié"))
    #expect(html.contains("Aucun titulaire publié."))
    #expect(html.contains("L3114-2-1"))
    #expect(html.contains("non estimées"))
  }
}
