import Clauses
import Testing

@Suite struct PoolingOptimumTests {
  @Test(arguments: UInt64(0)..<40)
  func `no allocation of a small case does better, at any level`(block: UInt64) throws {
    for seed in block * 50..<(block + 1) * 50 {
      let given = try PoolingSamples.small(seed)
      let plan = PoolingPlan(given)
      #expect(PoolingSamples.isFeasible(plan.allocations, in: given), "seed \(seed)")
      let reached = PoolingSamples.reach(PoolingSamples.table(plan.allocations, in: given), in: given)
      #expect(reached == PoolingSamples.best(given), "seed \(seed)")
      #expect(plan.findings() == [], "seed \(seed)")
    }
  }

  @Test func `greater cases keep the rules, add up, and carry a valid certificate`() throws {
    for seed in UInt64(0)..<150 {
      var dice = SeededGenerator(seed)
      let given = try PoolingSamples.random(
        &dice, supplies: Int.random(in: 0...80, using: &dice), commitments: Int.random(in: 1...25, using: &dice),
        most: 15_167, withAgreements: seed % 4 == 0)
      let plan = PoolingPlan(given)
      #expect(PoolingSamples.isFeasible(plan.allocations, in: given), "seed \(seed)")
      #expect(plan.findings() == [], "seed \(seed)")
      let credited = given.supplies.reduce(Hours(0)) { $0 + $1.hours }
      let missing = given.commitments.reduce(Hours(0)) { $0 + $1.missing }
      #expect(plan.unallocated.reduce(plan.covered) { $0 + $1.hours } == credited, "seed \(seed)")
      #expect(plan.uncovered.reduce(plan.covered) { $0 + $1.hours } == missing, "seed \(seed)")
      let pairs = Set(plan.allocations.map { [$0.supply, $0.commitment] })
      #expect(pairs.count == plan.allocations.count, "seed \(seed): one line a pair")
    }
  }

  @Test func `the order in which things are listed changes nothing`() throws {
    for seed in UInt64(0)..<60 {
      var dice = SeededGenerator(seed)
      let given = try PoolingSamples.random(
        &dice, supplies: 20, commitments: 6, most: 500, withAgreements: seed % 3 == 0)
      let shuffled = try PoolingCase(
        supplies: given.supplies.shuffled(using: &dice), commitments: given.commitments.shuffled(using: &dice),
        agreements: given.agreements, order: given.order)
      #expect(PoolingPlan(given).allocations == PoolingPlan(shuffled).allocations, "seed \(seed)")
    }
  }

  @Test func `more lines than the search for fewer splits looks at are still best`() throws {
    var dice = SeededGenerator(7)
    let supplies = (0..<1500).map { number in
      PoolingSupply(
        id: "s\(number)", company: "C", area: "X", month: PoolingSamples.month(Int.random(in: 0...23, using: &dice)),
        hours: Hours(hundredths: Int64.random(in: 1...15_167, using: &dice)),
        own: Bool.random(using: &dice) ? "c\(Int.random(in: 0..<60, using: &dice))" : nil)
    }
    let commitments = (0..<60).map { number in
      let from = Int.random(in: 0...12, using: &dice)
      return PoolingSamples.commitment(
        "c\(number)", from...from + 12, Int.random(in: 0...3000, using: &dice),
        penalty: [0, 60, 90].randomElement(using: &dice) ?? 0)
    }
    for order in PoolingOrder.allCases {
      let given = try PoolingCase(supplies: supplies, commitments: commitments, order: order)
      let plan = PoolingPlan(given)
      #expect(plan.allocations.count > 1000)
      #expect(plan.findings() == [])
    }
  }
}
