import Clauses
import Testing

@Suite struct OutcomeIndicatorsTests {
  private let commitments: [OutcomeIndicators.CommitmentOutcome] = [
    .init(
      id: "A", contract: "2026-12", buyer: "Val-Fleuri", company: "A", due: Hours(hundredths: 101_280),
      credited: Hours(1020), excused: Hours(0)),
    .init(
      id: "B", contract: "2026-12", buyer: "Val-Fleuri", company: "B", due: Hours(hundredths: 67_520),
      credited: Hours(420), excused: Hours(80)),
  ]
  private let people: [OutcomeIndicators.ParticipantOutcome] = [
    .init(id: "P1", hours: Hours(1000), training: Hours(7), attributes: ["sexe": "femme", "QPV": "oui"]),
    .init(id: "P2", hours: Hours(500), attributes: ["sexe": "homme"]),
    .init(id: "P1", hours: Hours(107), attributes: ["sexe": "homme", "âge": "26 à 49 ans"]),
  ]

  private func computed(
    _ audience: Secrecy.Audience = .facilitator, _ basis: OutcomeIndicators.Basis = .worked
  ) throws -> OutcomeIndicators {
    try OutcomeIndicators.computed(
      commitments: commitments, participants: people, basis: basis, for: audience, on: Reference.today,
      figures: Reference.figures())
  }

  @Test func `hours add up, and what one company has too much does not pay for another`() throws {
    let told = try computed()
    #expect(told.due == Hours(1688) && told.credited == Hours(1440) && told.excused == Hours(80))
    #expect(told.missing == Hours(hundredths: 17_520), "story: B misses 175.2 h, A's surplus changes nothing")
    #expect(told.commitments == 2 && told.contracts == 1 && told.buyers == 1 && told.companies == 2)
  }

  @Test func `a person in two lines is one person with all her hours`() throws {
    let told = try computed()
    #expect(told.participants == 2 && told.done == Hours(1607) && told.training == Hours(7))
    #expect(told.breakdowns.map(\.attribute) == ["QPV", "sexe", "âge"])
    #expect(told.breakdowns[0].values == ["non renseigné", "oui"] && told.breakdowns[1].values == ["femme", "homme"])
    #expect(told.breakdowns[1].table.cells.map { $0[0].hours } == [Hours(1107), Hours(500)])
  }

  @Test func `full-time equivalents say their basis`() throws {
    #expect(try computed().fullTimeHundredths == 100 && computed().basis.value == Hours(1607))
    #expect(
      try computed(.national, .paid).fullTimeHundredths == 88 && computed(.national, .paid).basis.value == Hours(1820))
    #expect(try computed().derivation.steps[0].sentence.plain.contains("1 607 h ÷ 1 607 h"))
  }

  @Test func `story, a breakdown of three persons is hidden from buyers, their hours due are not`() throws {
    let told = try computed(.buyer)
    for breakdown in told.breakdowns {
      #expect(breakdown.table.hiddenCells == breakdown.values.count && breakdown.table.total.isHidden)
    }
    #expect(told.missing == Hours(hundredths: 17_520))
    let empty = try OutcomeIndicators.computed(
      commitments: [], participants: [], for: .buyer, on: Reference.today, figures: Reference.figures())
    #expect(empty.breakdowns.isEmpty && empty.fullTimeHundredths == 0 && empty.missing == Hours(0))
  }
}
