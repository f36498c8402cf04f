import Casework
import Clauses
import Facts
import Testing

@testable import Site

@Suite struct PrivacyViewTests {
  private static let folder =
    String(#filePath.dropLast("Tests/SiteTests/Privacy/PrivacyViewTests.swift".count)) + "share/facts"

  private func clock(_ received: String, on today: String) throws -> PersonalRequestClock {
    try PersonalRequestClock.read(
      receivedOn: try #require(Day(received)), isExtended: false, on: try #require(Day(today)),
      figures: try Facts.figures(in: Self.folder))
  }

  @Test func `what is late says so in words and by a shape, what is not does not`() throws {
    let late = RequestView.status(try clock("2026-10-01", on: "2026-11-21").standing).description
    #expect(late.contains("is-late") && late.contains("en retard de 20"))
    let soon = RequestView.status(try clock("2026-10-25", on: "2026-11-21").standing).description
    #expect(soon.contains("is-warning") && soon.contains("encore 4"))
    let last = RequestView.status(try clock("2026-10-21", on: "2026-11-21").standing).description
    #expect(last.contains("dernier jour") && !last.contains("is-late"))
  }

  @Test func `a refused form keeps what was typed, harmless, with its fault beside the field`() {
    let attack = "\"'><script>alert(1)</script>"
    let view = RequestFormView(
      draft: .init(kind: "access", name: attack, email: attack, text: "</textarea>\(attack)"), rights: [],
      departements: [("77", "Seine-et-Marne")], delay: "1 mois", mark: .empty,
      fault: FieldFault("texte", "Retirez-le."))
    let html = view.page.body.description
    #expect(!html.contains("<script>") && html.contains("&lt;/textarea&gt;"))
    #expect(html.contains("href=\"#texte\"") && html.contains("aria-invalid=\"true\""))
    #expect(view.page.hasForm)
  }
}
