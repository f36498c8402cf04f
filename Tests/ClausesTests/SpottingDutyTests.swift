import Clauses
import Testing

@Suite struct SpottingDutyTests {
  private let townHall = "21770288100012"
  private let ministry = "11000001200014"
  private let school = "19770922500010"

  private func duty(_ notice: AwardNotice, buyer: BuyerType? = nil) throws -> DutyEstimate {
    try Reference.rules().explain(notice, departement: seineEtMarne, structures: many, buyer: buyer).duty
  }

  @Test(
    arguments: [
      ("21770288100012", .otherAuthority), ("26770288100012", .otherAuthority), ("11000001200014", .centralState),
      ("18004312700012", .centralState), ("19770922500010", .toBeSpecified), ("13002526500013", .centralState),
    ] as [(String, BuyerType)])
  func `the buyer's type is estimated from the SIRET`(siret: String, type: BuyerType) throws {
    #expect(BuyerType.estimated(from: try SIRET(siret)) == type)
  }

  @Test(
    arguments: [
      ("45000000", .works), ("45999999", .works), ("03000000", .supplies), ("44999999", .supplies),
      ("48000000", .supplies),
      ("50000000", .services), ("71000000", .services), ("98000000", .services), ("46000000", .services),
    ] as [(String, PurchaseCategory)])
  func `the category follows the division of the CPV`(cpv: String, category: PurchaseCategory) throws {
    #expect(PurchaseCategory(of: try #require(CPVCode(cpv))) == category)
  }

  @Test(
    arguments: [
      ("21770288100012", "90910000", "215999.99", .below, false),
      ("21770288100012", "90910000", "216000", .likely, true),
      ("11000001200014", "39100000", "139999.99", .below, false),
      ("11000001200014", "39100000", "140000", .likely, true),
      ("21770288100012", "45210000", "5403999.99", .below, false),
      ("21770288100012", "45210000", "5404000", .likely, true),
      ("19770922500010", "90910000", "139999", .below, false),
      ("19770922500010", "90910000", "140000", .dependsOnBuyer, true),
      ("19770922500010", "90910000", "216000", .likely, true), ("21770288100012", nil, "300000", .unknown, true),
      ("21770288100012", "90910000", nil, .unknown, false), ("21770288100012", "90910000", "0", .unknown, false),
    ] as [(String, String?, String?, DutyEstimate.Outcome, Bool)])
  func `the duty is estimated at the threshold, inclusive`(
    siret: String, cpv: String?, euros: String?, outcome: DutyEstimate.Outcome, above: Bool
  ) throws {
    let estimate = try duty(notice(buyer: siret, cpv: cpv, euros: euros))
    #expect(estimate.outcome == outcome)
    #expect(estimate.isAboveThreshold == above)
  }

  @Test func `a stated buyer overrules the SIRET`() throws {
    let entity = try duty(notice(euros: "431999"), buyer: .contractingEntity)
    #expect(entity.outcome == .below)
    #expect(entity.buyerIsStated)
    #expect(try duty(notice(euros: "432000"), buyer: .contractingEntity).outcome == .likely)
    #expect(try duty(notice(euros: "140000"), buyer: .centralState).outcome == .likely)
  }

  @Test func `above the threshold the sentence says that it is an estimate`() throws {
    #expect(
      try duty(notice()).reason.plain
        == "Estimation : le montant passé, 250 000 € HT, atteint le seuil de 216 000 € "
        + "(services, autre pouvoir adjudicateur d’après le SIRET). Le renouvellement devrait prévoir des considérations "
        + "sociales ou d’emploi (article L2112-2-1), sauf exception motivée.")
    #expect(
      try duty(notice { $0.nature = .framework }, buyer: .centralState).reason.plain
        .hasPrefix(
          "Estimation : le plafond passé, 250 000 € HT, atteint le seuil de 140 000 € (services, autorité publique centrale)."
        ))
  }

  @Test func `below the threshold nobody is told that there is no duty`() throws {
    let reason = try duty(notice(euros: "150000")).reason.plain
    #expect(
      reason
        == "Pas d’obligation au vu de ce seul lot ; à apprécier sur toute l’opération. Estimation : "
        + "le montant passé, 150 000 € HT, reste sous le seuil de 216 000 € (services, autre pouvoir adjudicateur d’après le SIRET)."
    )
    #expect(!reason.contains("ucune obligation"))
  }

  @Test func `a renewal after the last known thresholds says that they are not known`() throws {
    let last = try duty(notice(months: 22, notified: day(2026, 3, 1)))
    #expect(last.outcome == .likely)
    let later = try duty(notice(months: 22, notified: day(2026, 3, 2)))
    #expect(later.outcome == .thresholdsNotKnown)
    #expect(later.isAboveThreshold)
    #expect(
      later.reason.plain
        == "Renouvellement attendu après le 31/12/2027 : seuils non encore connus. À titre indicatif, "
        + "le montant passé, 250 000 € HT, atteint le dernier seuil connu, 216 000 € "
        + "(services, autre pouvoir adjudicateur d’après le SIRET).")
    let small = try duty(notice(months: 48, euros: "1000"))
    #expect(small.outcome == .thresholdsNotKnown)
    #expect(!small.isAboveThreshold)
  }

  @Test func `an end before the law says so and still compares`() throws {
    let eve = try duty(notice(months: 12, notified: day(2025, 8, 22)))
    #expect(eve.outcome == .beforeLaw)
    #expect(eve.isAboveThreshold)
    #expect(
      eve.reason.plain
        == "Fin attendue avant le 22/08/2026, entrée en vigueur de l’obligation (article L2112-2-1). "
        + "À titre indicatif, pour une consultation lancée depuis, le montant passé, 250 000 € HT, atteint le seuil de "
        + "216 000 € (services, autre pouvoir adjudicateur d’après le SIRET).")
    #expect(try duty(notice(months: 12, notified: day(2025, 8, 23))).outcome == .likely)
  }

  @Test func `a school is to be specified between the two thresholds`() throws {
    #expect(
      try duty(notice(buyer: school, euros: "150000")).reason.plain
        == "Acheteur à préciser (école, université…) : obligation probable s’il relève de l’État (seuil de 140 000 €), "
        + "pas au vu de ce seul lot sinon (seuil de 216 000 €). Estimation d’après le montant passé, 150 000 € HT.")
  }

  @Test func `a concession has its own threshold and article`() throws {
    func concession(_ euros: String) throws -> DutyEstimate {
      try duty(notice(months: 12, euros: euros) { $0.kind = .concession })
    }
    #expect(try concession("5403999").outcome == .below)
    let above = try concession("5404000")
    #expect(above.outcome == .likely)
    #expect(above.article == "L3114-2-1")
    #expect(above.reason.plain.contains("(concessions)"))
  }

  @Test func `defence is outside`() throws {
    let estimate = try duty(notice(euros: "9000000") { $0.nature = .defence })
    #expect(estimate.outcome == .excluded)
    #expect(estimate.reason.plain == "Marché de défense ou de sécurité : hors du champ de l’article L2112-2-1.")
  }

  @Test func `every estimate names its thresholds with source and status`() throws {
    let estimate = try duty(notice())
    #expect(estimate.figures.map(\.id) == ["threshold.suppliesServices.other", "duty.contract.start"])
    #expect(estimate.figures.allSatisfy { !$0.source.isEmpty && $0.status.french == "vérifié" })
  }
}
