import Casework
import Clauses
import Testing

@testable import Site

struct DeskViewTests {
  private func render(_ page: Page) -> String { Shell(assets: .none).render(page).description }

  @Test func `an import that is not whole is said to be under way, with what was read`() throws {
    var report = ImportReport(file: "decp.json")
    report.read = 1500
    report.refused = 2
    let item = ImportList.Item(
      name: "decp<1>.json", bytes: 83_000_000, whole: false, position: 12_345_678,
      startedAt: "2026-11-21T09:30:00.000Z",
      changedAt: "2026-11-21T09:31:00.000Z", report: report)
    let html = render(ImportsView(model: ImportList(items: [item], structures: 4, communes: 0)).page)
    #expect(html.contains("decp&lt;1&gt;.json"))
    #expect(html.contains("en cours"))
    #expect(html.contains("13\u{A0}Mo lus"))
    #expect(html.contains("1\u{202F}500"))
    #expect(html.contains("21/11/2026 à 10:30"))
  }

  @Test func `a file with a fault is stopped, and its fault is told`() throws {
    var report = ImportReport(file: "decp.json")
    report.fault = "Le fichier s’arrête au milieu d’un enregistrement."
    let item = ImportList.Item(
      name: "decp.json", bytes: 10, whole: false, position: 0, startedAt: "?", changedAt: "?", report: report)
    let html = render(ImportsView(model: ImportList(items: [item], structures: 0, communes: 0)).page)
    #expect(html.contains("arrêté"))
    #expect(html.contains("Le fichier s’arrête au milieu d’un enregistrement."))
  }

  @Test func `without imports the page says how to begin`() throws {
    let html = render(ImportsView(model: ImportList(items: [], structures: 0, communes: 0)).page)
    #expect(html.contains("marchepied import awards"))
  }

  @Test func `the first page counts what is there and leads to the window`() throws {
    var window = SpottingFilter()
    window.from = Month("2026-11")
    window.to = Month("2027-11")
    let best = [try Samples.item(cell: Samples.cell(end: Day("2027-03-31")))]
    let welcome = Welcome(
      contracts: 24_310, structures: 43, communes: 9, window: window, renewals: ListSpotting.countLimit + 1, best: best,
      today: Samples.today)
    let html = render(HomeView(model: welcome).page)
    #expect(html.contains("24\u{202F}310"))
    #expect(html.contains("plus de 1\u{202F}000"))
    #expect(html.contains("href=\"/reperage?de=2026-11&amp;a=2027-11\""))
    #expect(html.contains("<h3><a href=\"/reperage/marches/12345\">"))
  }

  @Test func `an empty base starts with three commands and ticks what is done`() throws {
    let welcome = Welcome(
      contracts: 0, structures: 0, communes: 35_000, window: SpottingFilter(), renewals: 0, best: [],
      today: Samples.today)
    let html = render(HomeView(model: welcome).page)
    for command in ["import territories", "import awards", "import structures"] { #expect(html.contains(command)) }
    #expect(html.components(of: ">fait<") == 1)
  }
}
