import Clauses
import Testing

@Suite struct PoolingCertificateTests {
  private typealias Samples = PoolingSamples

  private func plan() throws -> PoolingPlan {
    PoolingPlan(
      try PoolingCase(
        supplies: [
          Samples.supply("s1", 0, 100, own: "c1"), Samples.supply("s2", 1, 80), Samples.supply("s3", 9, 40),
        ],
        commitments: [
          Samples.commitment("c1", 0...5, 60, penalty: 60), Samples.commitment("c2", 0...8, 200, penalty: 90),
          Samples.commitment("c3", 0...3, 50, penalty: 90, accepts: false),
        ]))
  }

  private func codes(
    _ plan: PoolingPlan, allocations: [Allocation]? = nil, _ change: (inout PoolingCertificate) -> Void = { _ in }
  ) -> [String] {
    var certificate = plan.certificate
    change(&certificate)
    return certificate.findings(against: plan.given, allocations ?? plan.allocations).map(\.code)
  }

  @Test func `an honest plan passes`() throws {
    let plan = try plan()
    #expect(codes(plan) == [])
    #expect(plan.covered == Hours(180))
    #expect(plan.unallocated.map(\.id) == ["s3"])
  }

  @Test func `lines that break a rule are refused, each by its name`() throws {
    let plan = try plan()
    let lines = plan.allocations
    func with(_ line: Allocation) -> [String] { codes(plan, allocations: lines + [line]) }
    #expect(with(Allocation(supply: "s9", commitment: "c1", hours: Hours(1))) == ["unknownLine"])
    #expect(with(Allocation(supply: "s1", commitment: "c9", hours: Hours(1))) == ["unknownLine"])
    #expect(with(Allocation(supply: "s1", commitment: "c1", hours: Hours(0))) == ["emptyLine"])
    #expect(with(Allocation(supply: "s1", commitment: "c1", hours: Hours(-5))) == ["emptyLine"])
    #expect(with(Allocation(supply: "s3", commitment: "c2", hours: Hours(1))) == ["notPermitted"])
    #expect(with(Allocation(supply: "s1", commitment: "c3", hours: Hours(1))).contains("notPermitted"))
    #expect(with(Allocation(supply: "s2", commitment: "c2", hours: Hours(1))) == ["hoursUsedTwice"])
    let more = [Allocation(supply: "s1", commitment: "c1", hours: Hours(100))] + lines.filter { $0.supply != "s1" }
    #expect(codes(plan, allocations: more) == ["moreThanMissing"])
    #expect(codes(plan, allocations: lines.filter { $0.supply != "s2" }) == ["hoursLeft"])
    let other = lines.map { $0.supply == "s1" && $0.commitment == "c1" ? $0 : $0 }.filter { $0.commitment != "c1" }
    #expect(codes(plan, allocations: other).contains("hoursMissing"))
  }

  @Test func `prices that do not prove are refused, each by its name`() throws {
    let plan = try plan()
    #expect(codes(plan) { $0.order = .deadline } == ["certificateOfAnotherOrder"])
    #expect(codes(plan) { $0.supplies.removeFirst() } == ["missingPrice"])
    #expect(codes(plan) { $0.commitments.removeLast() } == ["missingPrice"])
    #expect(codes(plan) { $0.supplies.append($0.supplies[0]) } == ["unknownPrice"])
    #expect(codes(plan) { $0.supplies[0].id = "s9" } == ["unknownPrice", "missingPrice"])
    #expect(codes(plan) { $0.supplies[1].price = PoolingPrice(own: -1) } == ["negativePrice"])
    #expect(codes(plan) { $0.supplies[1].price = .zero }.contains("priceTooLow"))
    #expect(codes(plan) { $0.supplies[2].price.hours += 1 } == ["hoursLeft"])
    #expect(codes(plan) { $0.commitments[0].price.penalty += 1 } == ["wrongPrice"])
    #expect(codes(plan) { $0.commitments[0].price = .zero }.contains("priceTooLow"))
    #expect(codes(plan) { $0.commitments[2].price.deadline += 1 } == ["hoursMissing"])
    let extreme = PoolingPrice(own: .max, penalty: .min, hours: .max, deadline: .min)
    #expect(codes(plan) { $0.supplies[0].price = extreme }.contains("wrongPrice"))
  }

  /// Any change of a line, a price or the order is refused, or leaves an allocation that is still best.
  @Test(arguments: UInt64(0)..<20)
  func `a forged plan is refused unless it is truly best`(block: UInt64) throws {
    var refused = 0
    var stillBest = 0
    for seed in block * 60..<(block + 1) * 60 {
      let given = try PoolingSamples.small(seed)
      let plan = PoolingPlan(given)
      let best = PoolingSamples.best(given)
      var dice = SeededGenerator(seed ^ 0xABCD)
      for _ in 0..<12 {
        var (lines, certificate) = (plan.allocations, plan.certificate)
        forge(&lines, &certificate, given, &dice)
        guard lines != plan.allocations || certificate != plan.certificate else { continue }
        if certificate.findings(against: given, lines).isEmpty {
          stillBest += 1
          #expect(Samples.isFeasible(lines, in: given), "seed \(seed)")
          #expect(Samples.reach(Samples.table(lines, in: given), in: given) == best, "seed \(seed)")
        } else {
          refused += 1
        }
      }
    }
    #expect(refused > 200 && refused > stillBest)
  }

  private func forge(
    _ lines: inout [Allocation], _ certificate: inout PoolingCertificate, _ given: PoolingCase,
    _ dice: inout SeededGenerator
  ) {
    let line = lines.indices.randomElement(using: &dice)
    switch Int.random(in: 0..<8, using: &dice) {
    case 0: if let line { lines.remove(at: line) }
    case 1: if let line { lines[line].hours = lines[line].hours + Hours(hundredths: 1) }
    case 2: if let line { lines[line].hours = lines[line].hours - Hours(hundredths: 1) }
    case 3:
      if let line, let commitment = given.commitments.randomElement(using: &dice) {
        lines[line].commitment = commitment.id
      }
    case 4:
      if let line, let supply = given.supplies.randomElement(using: &dice) { lines[line].supply = supply.id }
    case 5:
      if let supply = given.supplies.randomElement(using: &dice),
        let commitment = given.commitments.randomElement(using: &dice)
      {
        lines.append(Allocation(supply: supply.id, commitment: commitment.id, hours: Hours(hundredths: 1)))
      }
    case 6:
      if let place = certificate.supplies.indices.randomElement(using: &dice) {
        change(&certificate.supplies[place].price, &dice)
      }
    default:
      if let place = certificate.commitments.indices.randomElement(using: &dice) {
        change(&certificate.commitments[place].price, &dice)
      }
    }
  }

  private func change(_ price: inout PoolingPrice, _ dice: inout SeededGenerator) {
    let step: Int64 = Bool.random(using: &dice) ? 1 : -1
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: price.own += step
    case 1: price.penalty += step * 5000
    case 2: price.hours += step
    case 3: price.deadline += step
    default: price = .zero
    }
  }
}
