import Clauses
import Facts
import Testing

@Suite struct CriterionEntryTests {
  private let usual =
    #""code": "X", "list": "ccag", "group": "situation", "label": "Public", "source": "essai", "status": "memory""#

  private func read(_ entry: String) throws -> Figure<EligibilityCriterion> {
    let contents = try Facts.contents(of: Array(#"{"publics": [{\#(entry)}]}"#.utf8), file: "x.json")
    return try #require(contents.publics.first)
  }

  private func fault(_ entry: String) -> FactsError? {
    do throws(FactsError) {
      _ = try Facts.contents(of: Array(#"{"publics": [{\#(entry)}]}"#.utf8), file: "x.json")
      return nil
    } catch {
      return error
    }
  }

  private func proof(_ fields: String) -> String {
    usual + #", "proofs": [{"code": "P", "label": "papier", "source": "essai", "status": "memory"\#(fields)}]"#
  }

  @Test func `a public says its ages and its papers`() throws {
    let figure = try read(usual + #", "under": 26, "over": 18, "atLeast": 20, "sensitive": 1"#)
    #expect(figure.id == "public.ccag.X" && figure.value.proofs.isEmpty && figure.value.isSensitive)
    #expect(figure.value.figureText == "par la situation, moins de 26 ans, plus de 18 ans, 20 ans et plus")
    for (fields, ageing, text) in [
      (#", "months": 3"#, ProofKind.Ageing.months(3), "papier (moins de 3 mois)"),
      (#", "until": "hire""#, .untilHire, "papier (valable le jour de l’embauche)"),
      (#", "until": "decision""#, .untilDecision, "papier (valable le jour de la décision)"), ("", .never, "papier"),
    ] {
      let kind = try #require(try read(proof(fields)).value.proofs.first)
      #expect(kind.value.ageing == ageing && kind.value.figureText == text && kind.id == "public.ccag.X.P")
    }
  }

  @Test func `what is wrong in a public is told with its field`() {
    #expect(fault(usual.replacing("ccag", with: "autre"))?.field == "list")
    #expect(fault(usual.replacing("situation", with: "autre"))?.field == "group")
    #expect(fault(usual + #", "proofs": 3"#)?.field == "proofs")
    #expect(fault(proof(#", "months": 0"#))?.field == "months")
    #expect(fault(proof(#", "until": "demain""#))?.field == "until")
    #expect(fault(proof(#", "zzz": 1"#))?.field == "zzz")
    #expect(fault(usual + #", "proofs": [{}]"#)?.field == "code")
  }

  @Test func `lists and groups have French names`() {
    #expect(Set(EligibilityList.allCases.map(\.french)).count == 3)
    #expect(Set(EligibilityCriterion.Group.allCases.map(\.french)).count == 5)
    #expect(EligibilityCriterion.Group.allCases.filter { !$0.isEnough } == [.level2])
    #expect(Set(EligibilityClock.Kind.allCases.map(\.french)).count == 3)
  }
}
