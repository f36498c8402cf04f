import Clauses

/// Small cases of pooling, drawn from a seed, and the best that any allocation of them can reach.
enum PoolingSamples {
  private static let start = 2026 * 12

  static func month(_ place: Int) -> Month { Month(index: Int32(start + place)) }

  /// A supply of company C in area X unless told otherwise.
  static func supply(
    _ id: String, _ month: Int, _ hours: Int, own: String? = nil, area: String = "X", company: String = "C",
    policy: String? = nil, person: String? = nil
  ) -> PoolingSupply {
    PoolingSupply(
      id: id, company: company, area: area, month: self.month(month), hours: Hours(hours), own: own, person: person,
      policy: policy)
  }

  /// A commitment of company C in area X that accepts pooling unless told otherwise.
  static func commitment(
    _ id: String, _ months: ClosedRange<Int>, _ missing: Int, penalty: Int = 0, accepts: Bool = true,
    area: String = "X", company: String = "C", buyer: String? = nil, policy: String? = nil
  ) -> PoolingCommitment {
    PoolingCommitment(
      id: id, company: company, area: area, from: month(months.lowerBound), to: month(months.upperBound),
      missing: Hours(missing), acceptsPooling: accepts, penaltyPerHour: Euros(penalty), buyer: buyer, policy: policy)
  }

  /// A case of a few supplies and commitments with a few hundredths of an hour each, so that all its allocations can be
  /// listed; every third case rests on agreements.
  static func small(_ seed: UInt64) throws -> PoolingCase {
    var dice = SeededGenerator(seed)
    return try random(
      &dice, supplies: Int.random(in: 0...4, using: &dice), commitments: Int.random(in: 1...3, using: &dice), most: 3,
      withAgreements: seed % 3 == 0)
  }

  static func random(
    _ dice: inout SeededGenerator, supplies: Int, commitments: Int, most: Int64, withAgreements: Bool
  ) throws -> PoolingCase {
    let (companies, areas) = (["C", "C", "C", "D"], ["X", "X", "X", "Y"])
    let policies: [String?] = [nil, "worked", "worked", "paid"]
    func one<Element>(_ list: [Element], _ dice: inout SeededGenerator) -> Element {
      list[Int.random(in: 0..<list.count, using: &dice)]
    }
    let commitmentList = (0..<commitments).map { number in
      let from = Int.random(in: 0...5, using: &dice)
      return PoolingCommitment(
        id: "c\(number)", company: one(companies, &dice), area: one(areas, &dice), from: month(from),
        to: month(from + Int.random(in: 0...5, using: &dice)),
        missing: Hours(hundredths: Int64.random(in: 0...most, using: &dice)),
        acceptsPooling: Int.random(in: 0..<6, using: &dice) > 0,
        penaltyPerHour: Euros(cents: one([0, 5000, 5000, 9001, 20_000], &dice)),
        buyer: one([nil, "B1", "B1", "B2"], &dice), policy: one(policies, &dice))
    }
    let supplyList = (0..<supplies).map { number in
      let own = Bool.random(using: &dice) ? nil : "c\(Int.random(in: 0..<commitments, using: &dice))"
      return PoolingSupply(
        id: "s\(number)", company: one(companies, &dice), area: one(areas, &dice),
        month: month(Int.random(in: 0...10, using: &dice)),
        hours: Hours(hundredths: Int64.random(in: 0...most, using: &dice)), own: own,
        policy: withAgreements ? one(["worked", "worked", "paid", nil], &dice) : one(policies, &dice))
    }
    let agreements = (0..<2).map { number in
      PoolingAgreement(
        id: "g\(number)", company: one(companies, &dice), area: one(areas, &dice),
        from: month(Int.random(in: 0...3, using: &dice)), to: month(Int.random(in: 3...10, using: &dice)),
        policy: one(["worked", "worked", "paid", nil], &dice),
        parties: [
          .init(buyer: "B1", consents: Int.random(in: 0..<5, using: &dice) > 0),
          .init(buyer: "B2", consents: Bool.random(using: &dice), sees: one([.ownShare, .whole], &dice)),
        ],
        commitments: Int.random(in: 0..<3, using: &dice) == 0 ? ["c0", "c1"] : nil)
    }
    return try PoolingCase(
      supplies: supplyList, commitments: commitmentList, agreements: withAgreements ? agreements : nil,
      order: Bool.random(using: &dice) ? .penalty : .deadline)
  }

  /// Whether a supply may serve a commitment: written from the rule, apart from the solver and the checker.
  static func isPermitted(_ supply: PoolingSupply, _ commitment: PoolingCommitment, in given: PoolingCase) -> Bool {
    guard supply.company == commitment.company, supply.month >= commitment.from, supply.month <= commitment.to else {
      return false
    }
    if supply.own == commitment.id { return true }
    guard supply.area == commitment.area, commitment.acceptsPooling else { return false }
    guard let agreements = given.agreements else {
      if let a = supply.policy, let b = commitment.policy { return a == b }
      return true
    }
    let own = given.commitments.first { $0.id == supply.own }
    for agreement in agreements
    where agreement.company == supply.company && agreement.area == supply.area && agreement.policy != nil {
      let signed = Set(agreement.parties.filter { $0.consents }.map { $0.buyer })
      let isInPeriod = supply.month >= agreement.from && supply.month <= agreement.to
      let isListed = agreement.commitments.map { $0.contains(commitment.id) } ?? true
      let theirs = own == nil || signed.contains(own?.buyer ?? "")
      if isInPeriod, isListed, theirs, agreement.policy == supply.policy, signed.contains(commitment.buyer ?? "") {
        return true
      }
    }
    return false
  }

  /// What an allocation reaches, most important first; deadlines one after another, not weighted.
  static func reach(_ hours: [[Int64]], in given: PoolingCase) -> [Int64] {
    var own: Int64 = 0
    var (penalty, total): (Int64, Int64) = (0, 0)
    let deadlines = Set(given.commitments.map(\.to)).sorted()
    var byDeadline = Array(repeating: Int64(0), count: deadlines.count)
    for (s, row) in hours.enumerated() {
      for (c, amount) in row.enumerated() {
        let commitment = given.commitments[c]
        if given.supplies[s].own == commitment.id { own += amount }
        penalty += amount * commitment.penaltyPerHour.cents
        total += amount
        byDeadline[deadlines.firstIndex(of: commitment.to) ?? 0] += amount
      }
    }
    return given.order == .penalty ? [own, penalty, total] + byDeadline : [own] + byDeadline + [penalty, total]
  }

  /// The best that any allocation reaches, by trying them all.
  static func best(_ given: PoolingCase) -> [Int64] {
    var hours = given.supplies.map { _ in given.commitments.map { _ in Int64(0) } }
    var missing = given.commitments.map(\.missing.hundredths)
    var best = reach(hours, in: given)
    func go(_ s: Int, _ c: Int, _ left: Int64) {
      guard s < given.supplies.count else {
        let reached = reach(hours, in: given)
        if best.lexicographicallyPrecedes(reached) { best = reached }
        return
      }
      guard c < given.commitments.count else {
        go(s + 1, 0, s + 1 < given.supplies.count ? given.supplies[s + 1].hours.hundredths : 0)
        return
      }
      go(s, c + 1, left)
      guard isPermitted(given.supplies[s], given.commitments[c], in: given) else { return }
      for amount in stride(from: Int64(1), through: min(left, missing[c]), by: 1) {
        hours[s][c] = amount
        missing[c] -= amount
        go(s, c + 1, left - amount)
        missing[c] += amount
        hours[s][c] = 0
      }
    }
    go(0, 0, given.supplies.first?.hours.hundredths ?? 0)
    return best
  }

  /// The lines of an allocation as a table of hundredths.
  static func table(_ allocations: [Allocation], in given: PoolingCase) -> [[Int64]] {
    var hours = given.supplies.map { _ in given.commitments.map { _ in Int64(0) } }
    for line in allocations {
      guard let s = given.supplies.firstIndex(where: { $0.id == line.supply }),
        let c = given.commitments.firstIndex(where: { $0.id == line.commitment })
      else { continue }
      hours[s][c] += line.hours.hundredths
    }
    return hours
  }

  /// Whether an allocation keeps the rules, whatever it reaches.
  static func isFeasible(_ allocations: [Allocation], in given: PoolingCase) -> Bool {
    let hours = table(allocations, in: given)
    let known = allocations.allSatisfy { line in
      line.hours > Hours(0) && given.supplies.contains { $0.id == line.supply }
        && given.commitments.contains { $0.id == line.commitment }
    }
    for (s, row) in hours.enumerated() {
      guard row.reduce(0, +) <= given.supplies[s].hours.hundredths else { return false }
      for (c, amount) in row.enumerated() where amount > 0 {
        guard isPermitted(given.supplies[s], given.commitments[c], in: given) else { return false }
      }
    }
    for (c, commitment) in given.commitments.enumerated() {
      guard hours.reduce(0, { $0 + $1[c] }) <= commitment.missing.hundredths else { return false }
    }
    return known
  }
}
