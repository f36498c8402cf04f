import Clauses
import Testing

@Suite struct PoolingTests {
  private typealias Samples = PoolingSamples

  private func plan(
    _ supplies: [PoolingSupply], _ commitments: [PoolingCommitment], _ agreements: [PoolingAgreement]? = nil,
    order: PoolingOrder = .penalty
  ) throws -> PoolingPlan {
    PoolingPlan(
      try PoolingCase(supplies: supplies, commitments: commitments, agreements: agreements, order: order))
  }

  private func received(_ plan: PoolingPlan) -> [String: Int64] { plan.coverage.mapValues { $0.hundredths / 100 } }

  private func codes(_ plan: PoolingPlan) throws -> [String] {
    try plan.derivation(figures: Reference.figures()).findings.map(\.code)
  }

  // MARK: - The case of Val-Fleuri

  /// P2's 1 500 credited hours at C from January 2027, lot 3 of Val-Fleuri and lot 7 of another buyer.
  private func valFleuri(consents: Bool = true, policy: String? = "worked") throws -> PoolingPlan {
    var left = 1500
    let supplies = (0..<12).map { number in
      let hours = min(left, 133)
      left -= hours
      return Samples.supply("P2-\(number + 1)", 12 + number, hours, own: "lot3", policy: "worked", person: "P2")
    }
    let agreement = PoolingAgreement(
      id: "convention", company: "C", area: "X", from: Samples.month(12), to: Samples.month(26), policy: policy,
      parties: [
        .init(buyer: "Val-Fleuri", consents: true), .init(buyer: "Autre acheteur", consents: consents),
      ])
    return try plan(
      supplies + [Samples.supply("P2-13", 24, left, own: "lot3", policy: "worked", person: "P2")],
      [
        Samples.commitment("lot3", 11...26, 686, penalty: 60, buyer: "Val-Fleuri"),
        Samples.commitment("lot7", 12...30, 300, penalty: 60, buyer: "Autre acheteur"),
      ], [agreement])
  }

  @Test func `of 1 500 hours, 686 serve lot 3, 300 serve lot 7 and 514 are left`() throws {
    let plan = try valFleuri()
    #expect(received(plan) == ["lot3": 686, "lot7": 300])
    #expect(plan.coveredByOwn == Hours(686))
    #expect(plan.unallocated.reduce(Hours(0)) { $0 + $1.hours } == Hours(514))
    #expect(plan.uncovered.isEmpty)
    #expect(plan.penaltyAvoided == Euros(59_160))
    #expect(plan.findings() == [])
    let steps = try plan.derivation(figures: Reference.figures()).steps.map(\.sentence.plain)
    #expect(steps.contains("Couverture par globalisation : 986 h − 686 h = 300 h"))
    #expect(steps.contains("Heures sans affectation : 1 500 h − 986 h = 514 h"))
    #expect(steps.contains("Pénalité évitée : 686 h × 60,00 € + 300 h × 60,00 € = 59 160,00 €"))
  }

  @Test func `each buyer sees its own part`() throws {
    let views = try valFleuri().views
    #expect(views.map(\.buyer) == ["Autre acheteur", "Val-Fleuri"])
    #expect(views.map { $0.shares.map(\.commitment) } == [["lot7"], ["lot3"]])
    #expect(views.first?.shares.first?.pooled == Hours(300))
    #expect(views.last?.shares.first?.pooled == Hours(0))
  }

  @Test func `without the other buyer's consent, or without a counting policy, no hour crosses`() throws {
    let alone = try valFleuri(consents: false)
    #expect(received(alone) == ["lot3": 686])
    #expect(try codes(alone).contains("buyerWithoutConsent"))
    let unnamed = try valFleuri(policy: nil)
    #expect(received(unnamed) == ["lot3": 686])
    #expect(try codes(unnamed).contains("agreementWithoutPolicy"))
    let other = try valFleuri(policy: "paid")
    #expect(received(other) == ["lot3": 686])
    #expect(try codes(other).contains("otherPolicy"))
    for plan in [alone, unnamed, other] { #expect(plan.findings() == []) }
  }

  // MARK: - What goes where

  @Test func `own coverage comes before a greater penalty elsewhere`() throws {
    let plan = try plan(
      [Samples.supply("s1", 0, 100, own: "c1")],
      [Samples.commitment("c1", 0...5, 100), Samples.commitment("c2", 0...5, 100, penalty: 500)])
    #expect(received(plan) == ["c1": 100])
  }

  @Test func `a supply serves its own commitment in another area and where pooling is refused`() throws {
    let plan = try plan(
      [Samples.supply("s1", 0, 100, own: "c1", area: "Y")],
      [Samples.commitment("c1", 0...5, 60, accepts: false), Samples.commitment("c2", 0...5, 60, area: "Y")])
    #expect(received(plan) == ["c1": 60, "c2": 40])
    #expect(plan.findings() == [])
  }

  @Test func `the first and the last month of a period count, those beside it do not`() throws {
    let commitment = [Samples.commitment("c1", 2...4, 400)]
    let supplies = (1...5).map { Samples.supply("s\($0)", $0, 100) }
    #expect(try plan(supplies, commitment).allocations.map(\.supply) == ["s2", "s3", "s4"])
    let own = (1...5).map { Samples.supply("s\($0)", $0, 100, own: "c1") }
    let late = try plan(own, commitment)
    #expect(late.allocations.map(\.supply) == ["s2", "s3", "s4"])
    #expect(try codes(late).filter { $0 == "ownOutOfReach" }.count == 2)
  }

  @Test func `the order decides between penalty and deadline`() throws {
    let supplies = [Samples.supply("s1", 0, 100)]
    let commitments = [
      Samples.commitment("near", 0...2, 100, penalty: 10), Samples.commitment("dear", 0...9, 100, penalty: 90),
    ]
    #expect(received(try plan(supplies, commitments)) == ["dear": 100])
    #expect(received(try plan(supplies, commitments, order: .deadline)) == ["near": 100])
  }

  @Test func `hours move between commitments so that more is covered`() throws {
    // c1 could take s1 or s2, c2 only s1: c1 must leave s1 to it.
    let plan = try plan(
      [Samples.supply("s1", 0, 100), Samples.supply("s2", 6, 100)],
      [Samples.commitment("c1", 0...9, 100, penalty: 90), Samples.commitment("c2", 0...2, 100, penalty: 10)])
    #expect(received(plan) == ["c1": 100, "c2": 100])
    #expect(plan.penaltyAvoided == Euros(10_000))
  }

  @Test func `without agreements two policies that differ do not mix, one that is not told does`() throws {
    let commitments = [
      Samples.commitment("c1", 0...5, 100, policy: "paid"), Samples.commitment("c2", 0...5, 100),
    ]
    #expect(received(try plan([Samples.supply("s1", 0, 300, policy: "worked")], commitments)) == ["c2": 100])
    #expect(received(try plan([Samples.supply("s1", 0, 300)], commitments)) == ["c1": 100, "c2": 100])
  }

  @Test func `lines are exchanged so that fewer hours are split`() throws {
    let plan = try plan(
      [Samples.supply("s1", 0, 151), Samples.supply("s2", 1, 100)],
      [Samples.commitment("c1", 0...5, 100, penalty: 90), Samples.commitment("c2", 0...5, 151, penalty: 60)])
    #expect(plan.allocations.map { [$0.supply, $0.commitment] } == [["s1", "c2"], ["s2", "c1"]])
    #expect(plan.splits == 0)
  }

  @Test func `a company never serves another, nor an area another`() throws {
    let plan = try plan(
      [Samples.supply("s1", 0, 100), Samples.supply("s2", 0, 100, own: "c2")],
      [
        Samples.commitment("c1", 0...5, 100, area: "Y"), Samples.commitment("c2", 0...5, 100, company: "D"),
      ])
    #expect(plan.allocations.isEmpty)
    #expect(try codes(plan) == ["ownOutOfReach"])
  }

  // MARK: - Agreements

  @Test func `an agreement may list its commitments and show the whole to a buyer`() throws {
    let agreement = PoolingAgreement(
      id: "g", company: "C", area: "X", from: Samples.month(0), to: Samples.month(40), policy: "worked",
      parties: [.init(buyer: "B1", consents: true, sees: .whole), .init(buyer: "B2", consents: true)],
      commitments: ["c1", "c2"])
    let plan = try plan(
      [Samples.supply("s1", 0, 900, policy: "worked"), Samples.supply("s2", 1, 10)],
      [
        Samples.commitment("c1", 0...5, 100, buyer: "B1"), Samples.commitment("c2", 0...5, 100, buyer: "B2"),
        Samples.commitment("c3", 0...5, 100, buyer: "B2"), Samples.commitment("c4", 0...5, 100),
        Samples.commitment("c5", 0...5, 100, accepts: false, buyer: "B1"),
      ], [agreement])
    #expect(received(plan) == ["c1": 100, "c2": 100])
    #expect(plan.views.first { $0.buyer == "B1" }?.shares.map(\.commitment) == ["c1", "c2", "c5"])
    #expect(plan.views.first { $0.buyer == "B1" }?.shares.map(\.isOwn) == [true, false, true])
    #expect(plan.views.first { $0.buyer == "B2" }?.shares.map(\.commitment) == ["c2", "c3"])
    #expect(
      try codes(plan) == [
        "otherPolicy", "commitmentNotInAgreement", "buyerNotNamed", "unusualLength", "poolingNotForeseen",
        "bestEffortSplits",
      ])
    let derivation = try plan.derivation(figures: Reference.figures())
    #expect(derivation.figures.map(\.id) == ["pooling.leastMonths", "pooling.mostMonths"])
    #expect(derivation.articles == ["CCAG 2021, x.1.3"])
    let length = derivation.findings.first { $0.code == "unusualLength" }?.sentence.plain
    #expect(length == "La convention g partage les heures de 41 mois ; l’usage va de 12 à 24 mois.")
  }

  @Test func `why a commitment stays uncovered is told: another policy, no agreement, a buyer outside it`() throws {
    let hours = [Samples.supply("s1", 0, 300, policy: "worked")]
    let apart = try plan(hours, [Samples.commitment("c1", 0...5, 100, policy: "paid")])
    #expect(try codes(apart) == ["policyDiffers"])
    let sentence = try apart.derivation(figures: Reference.figures()).findings.first?.sentence.plain
    #expect(sentence?.hasSuffix("elles sont comptées selon « worked », et lui selon « paid ».") == true)
    #expect(try !codes(plan(hours, [Samples.commitment("c1", 3...5, 100, policy: "paid")])).contains("policyDiffers"))
    let spent = try plan(hours, [Samples.commitment("c1", 0...5, 900, policy: "worked")])
    #expect(try !codes(spent).contains("policyDiffers"))
    let agreement = PoolingAgreement(
      id: "g", company: "C", area: "X", from: Samples.month(0), to: Samples.month(11), policy: "worked",
      parties: [.init(buyer: "B1", consents: true)])
    func told(_ commitment: PoolingCommitment) throws -> [String] {
      try codes(plan(hours, [commitment], [agreement]))
    }
    #expect(try told(Samples.commitment("c1", 0...5, 100, buyer: "B2")) == ["buyerNotInAgreement"])
    #expect(try told(Samples.commitment("c1", 0...5, 100, area: "Y", buyer: "B1")) == ["noAgreement"])
    #expect(try told(Samples.commitment("c1", 0...5, 100, company: "D", buyer: "B1")) == ["noAgreement"])
    #expect(try told(Samples.commitment("c1", 0...5, 900, buyer: "B1")) == ["bestEffortSplits"])
  }

  @Test(arguments: PoolingOrder.allCases)
  func `the levels of the best allocation are told in order, the first one only once`(order: PoolingOrder) throws {
    let plan = try plan([Samples.supply("s1", 0, 100)], [Samples.commitment("c1", 0...5, 100)], order: order)
    let sentence = try #require(
      try plan.derivation(figures: Reference.figures()).findings.first { $0.code == "bestEffortSplits" }?.sentence)
    #expect(
      sentence.split(separator: "d’abord").count == 2 && sentence.contains("leurs propres heures, puis l"),
      "\(sentence)")
  }

  @Test func `an agreement of twelve to twenty-four months is usual, both ends included`() throws {
    for (last, isUsual) in [(10, false), (11, true), (23, true), (24, false)] {
      let agreement = PoolingAgreement(
        id: "g", company: "C", area: "X", from: Samples.month(0), to: Samples.month(last), policy: "worked",
        parties: [])
      let plan = try plan([], [Samples.commitment("c1", 0...5, 1, buyer: "B")], [agreement])
      #expect(try codes(plan).contains("unusualLength") != isUsual, "\(last)")
    }
  }

  @Test func `the hours of one person under two policies are pointed out`() throws {
    let plan = try plan(
      [
        Samples.supply("s1", 0, 100, policy: "worked", person: "P1"),
        Samples.supply("s2", 0, 100, policy: "paid", person: "P1"),
        Samples.supply("s3", 1, 100, policy: "paid", person: "P1"),
        Samples.supply("s4", 0, 100, policy: "worked", person: "P0"),
        Samples.supply("s5", 0, 100, policy: "paid", person: "P0"),
      ], [])
    #expect(try codes(plan) == ["onePersonTwoPolicies", "onePersonTwoPolicies"])
    let sentence = try plan.derivation(figures: Reference.figures()).findings.first?.sentence.plain
    #expect(sentence?.hasPrefix("P0, janvier 2026 : des heures comptées selon « paid » et « worked ».") == true)
  }

  @Test func `a missing reference figure is told`() throws {
    let agreement = PoolingAgreement(
      id: "g", company: "C", area: "X", from: Samples.month(0), to: Samples.month(1), policy: "worked", parties: [])
    let plan = try plan([], [], [agreement])
    #expect(throws: MissingFigure.self) { try plan.derivation(figures: Figures(Figures.Contents())) }
  }

  // MARK: - Faults

  @Test func `every fault of a case is told with its place`() throws {
    func faults(_ body: () throws -> Void) -> [String] {
      do {
        try body()
        return []
      } catch let error as PoolingFaults {
        return error.all.map { [$0.list, $0.index.map { "\($0)" }, $0.field].compactMap { $0 }.joined(separator: "/") }
      } catch { return ["\(error)"] }
    }
    let found = faults {
      _ = try PoolingCase(
        supplies: [Samples.supply("s1", 0, -1), Samples.supply("s1", 0, 1, own: "c9")],
        commitments: [
          Samples.commitment("c1", 0...1, -1, penalty: -1), Samples.commitment("c1", 0...1, 1),
          PoolingCommitment(
            id: "c2", company: "C", area: "X", from: Samples.month(3), to: Samples.month(2), missing: Hours(1),
            acceptsPooling: true),
        ],
        agreements: [
          PoolingAgreement(
            id: "g", company: "C", area: "X", from: Samples.month(3), to: Samples.month(2), policy: nil, parties: [])
        ])
    }
    #expect(
      found == [
        "supplies/1/id", "commitments/1/id", "supplies/0/hours", "supplies/1/own", "commitments/0/missing",
        "commitments/0/penaltyPerHour", "commitments/2/to", "agreements/0/to",
      ])
    let tooMuch = Hours(hundredths: 900_000_000_000_000)
    var (supply, commitment) = (Samples.supply("s1", 0, 1), Samples.commitment("c1", 0...1, 1))
    supply.hours = tooMuch
    commitment.missing = tooMuch
    commitment.penaltyPerHour = Euros(cents: tooMuch.hundredths)
    var (otherSupply, otherCommitment) = (supply, commitment)
    (otherSupply.id, otherCommitment.id) = ("s2", "c2")
    #expect(try plan([supply], [commitment]).covered == tooMuch)
    let beyond = faults {
      _ = try PoolingCase(supplies: [supply, otherSupply], commitments: [commitment, otherCommitment])
    }
    #expect(beyond == ["supplies", "commitments", "commitments"])
  }

  @Test func `prices compare level by level, in the order of the case`() {
    let (dear, near) = (PoolingPrice(penalty: 2, deadline: 1), PoolingPrice(penalty: 1, deadline: 2))
    #expect(dear.isWorthMore(than: near, in: .penalty) && near.isWorthMore(than: dear, in: .deadline))
    #expect(PoolingPrice(own: 1).isWorthMore(than: dear, in: .penalty))
    #expect(Set(PoolingOrder.allCases.map(\.french)).count == 2)
  }
}
