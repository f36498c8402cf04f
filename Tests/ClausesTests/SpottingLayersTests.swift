import Clauses
import Testing

@Suite struct SpottingLayersTests {
  private func threshold(_ euros: Int, _ from: Day?, _ to: Day?) -> Figure<Euros> {
    Figure(
      id: "threshold.suppliesServices.other", label: "Seuil", value: Euros(euros), from: from, to: to, source: "Avis",
      status: .verified)
  }

  private func estimate(_ layer: [Figure<Euros>], end: Day, asOf: Day) throws -> DutyEstimate {
    var contents = Figures.Contents()
    contents.amounts = layer
    let rules = try SpottingRules(figures: try Reference.figures().overlaying(contents), asOf: asOf)
    let ending = try notice(months: 12, notified: end.adding(months: -12).adding(days: 1))
    let found = rules.explain(ending, departement: seineEtMarne, structures: many)
    #expect(found.end == end)
    return found.duty
  }

  @Test func `a renewal is compared with the thresholds of its own day once they are known`() throws {
    let next = [
      threshold(251_000, day(2028, 1, 1), day(2029, 12, 31)), threshold(255_000, day(2030, 1, 1), day(2031, 12, 31)),
    ]
    let before = try estimate(next, end: day(2027, 12, 31), asOf: Reference.today)
    #expect(before.outcome == .likely)
    let known = try estimate(next, end: day(2028, 1, 1), asOf: Reference.today)
    #expect(known.outcome == .below && !known.isAboveThreshold)
    let unknown = try estimate(next, end: day(2032, 1, 1), asOf: Reference.today)
    #expect(unknown.outcome == .thresholdsNotKnown && !unknown.isAboveThreshold)
    #expect(unknown.reason.plain.contains("après le 31/12/2031"))
    #expect(unknown.reason.plain.contains("reste sous le dernier seuil connu, 255 000 €"))
  }

  @Test func `a past end is compared with the thresholds of today`() throws {
    let former = [threshold(300_000, day(2024, 1, 1), day(2025, 12, 31))]
    let past = try estimate(former, end: day(2025, 3, 31), asOf: Reference.today)
    #expect(past.outcome == .beforeLaw && past.isAboveThreshold)
  }

  @Test func `before the first known thresholds the first ones serve`() throws {
    let early = try estimate([], end: day(2020, 3, 31), asOf: day(2021, 1, 1))
    #expect(early.isAboveThreshold)
    #expect(early.figures.first?.id == "threshold.suppliesServices.other")
  }

  @Test func `a local technicity and a local labour share replace the national ones`() throws {
    var layer = Figures.Contents()
    layer.technicities = [
      CPVRow(
        prefix: "909",
        content: Figure(id: "technicity.909", label: "t", value: .high, source: "Comité local", status: .verified))
    ]
    func share(_ percent: Int) -> Figure<Percent> {
      Figure(id: "labourShare.909", label: "p", value: Percent(percent), source: "Comité local", status: .verified)
    }
    layer.labourShares = [
      CPVRow(prefix: "909", content: FigureRange(low: share(40), usual: share(40), high: share(40)))
    ]
    let national = try Reference.rules()
    let local = try SpottingRules(figures: national.figures.overlaying(layer), asOf: Reference.today)
    let cleaning = try notice()
    #expect(national.judge(cleaning, departement: nil, structures: nil).nature == .yes)
    #expect(local.judge(cleaning, departement: nil, structures: nil).nature == .no)
    let told = local.explain(cleaning, departement: nil, structures: nil)
    #expect(told.nature.figures.map(\.source) == ["Comité local"])
    #expect(told.hours.range?.formula.plain == "250 000 € × 40 % × 7 % ÷ 25 € = 280 h")
  }

  @Test func `signs and words of verdicts go together`() {
    #expect(Verdict.Outcome.allCases.map(\.sign) == ["?", "✗", "~", "✓"])
    #expect(Verdict.Outcome.allCases.map(\.french) == ["à vérifier", "non réuni", "à apprécier", "réuni"])
    #expect(Verdict.Outcome.allCases.map(\.rawValue) == [0, 1, 2, 3])
  }

  @Test func `the outcomes of the duty keep their stored numbers and never say that there is none`() {
    #expect(DutyEstimate.Outcome.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6])
    #expect(
      DutyEstimate.Outcome.allCases.map(\.french.plain) == [
        "obligation à apprécier", "pas d’obligation au vu de ce seul lot", "obligation probable",
        "seuils non encore connus", "fin antérieure à la loi", "hors du champ (défense ou sécurité)",
        "acheteur à préciser",
      ])
  }

  @Test func `what is missing from the record is named`() throws {
    let rules = try Reference.rules()
    func reason(_ notice: AwardNotice) -> String {
      rules.explain(notice, departement: nil, structures: nil).duty.reason.plain
    }
    #expect(try reason(notice(euros: nil)) == "Obligation à apprécier : le montant n’est pas publié.")
    #expect(try reason(notice(cpv: nil)) == "Obligation à apprécier : le code CPV n’est pas publié.")
    #expect(
      try rules.explain(notice(euros: nil), departement: nil, structures: nil).hours.reason.plain
        == "Heures non estimées : le montant n’est pas publié.")
  }

  @Test func `each exception asks for its evidence`() {
    for exception in LegalDuty.Exception.allCases {
      #expect(!exception.evidence.isEmpty && !exception.french.isEmpty)
    }
    #expect(Set(LegalDuty.Exception.allCases.map(\.evidence)).count == 4)
  }

  @Test func `works of unknown length cannot use the exception of short works`() throws {
    var works = LegalDuty.Case(
      kind: .contract, category: .works, buyer: .toBeSpecified, estimatedValue: Euros(6_000_000),
      sentOn: day(2026, 9, 1))
    works.exception = .worksUnderSixMonths
    works.reason = "Chantier court"
    let duty = try LegalDuty.assess(works, figures: Reference.figures())
    #expect(
      duty.derivation.findings.map(\.sentence.plain) == [
        "La durée des travaux manque : l’exception demande moins de 6 mois."
      ])
  }

  @Test func `a school's services are held to the State's threshold with a warning`() throws {
    let services = LegalDuty.Case(
      kind: .contract, category: .services, buyer: .toBeSpecified, estimatedValue: Euros(140_000),
      sentOn: day(2026, 9, 1))
    let duty = try LegalDuty.assess(services, figures: Reference.figures())
    #expect(duty.applies)
    #expect(
      duty.derivation.findings.contains {
        $0.sentence.plain == "Acheteur à préciser : le seuil de l’État, le plus bas, est retenu."
      })
  }
}
