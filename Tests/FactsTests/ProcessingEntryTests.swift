import Clauses
import Facts
import FoundationEssentials
import Testing

@Suite struct ProcessingEntryTests {
  private func read(_ change: (String) -> String = { $0 }) throws(FactsError) -> Figures.Contents {
    let entry = """
      {"counts": [{"id": "a.days", "label": "Jours", "value": 30, "unit": "jours", "source": "Loi", "status": "verified"}],
       "processings": [{"id": "essai", "label": "Essai", "people": "p", "purpose": "q", "basis": "b", "data": ["d"],
        "rights": ["readTrail"], "recipients": ["r"], "keeping": ["Gardé {a.days}, puis effacé."], "measures": ["m"],
        "state": "running", "source": "s", "status": "derived"}]}
      """
    return try Facts.contents(of: Array(change(entry).utf8), file: "local.json")
  }

  @Test func `a processing is read with the figures that it names`() throws {
    let contents = try read()
    let processing = try #require(contents.processings.first).value
    #expect(processing.rights == ["readTrail"] && processing.state == .running)
    let day = try #require(Day("2026-11-21"))
    let kept = try processing.keeping(on: day, figures: Figures(contents))
    #expect(kept.sentences == ["Gardé 30\u{A0}jours, puis effacé."] && kept.figures.map(\.id) == ["a.days"])
    #expect(throws: MissingFigure.self) {
      try processing.keeping(on: day, figures: Figures(Figures.Contents()))
    }
  }

  @Test func `a brace left open, a word that is not known or a list left empty is told with its place`() {
    for (before, after, place) in [
      ("{a.days}", "{a.days", "keeping"), ("\"running\"", "\"maybe\"", "state"), ("[\"d\"]", "[]", "data"),
      ("\"people\"", "\"persons\"", "people"),
    ] {
      let error = #expect(throws: FactsError.self) { try read { $0.replacing(before, with: after) } }
      #expect(error?.description.contains("«\u{A0}\(place)\u{A0}»") == true, "\(place)")
    }
  }
}
