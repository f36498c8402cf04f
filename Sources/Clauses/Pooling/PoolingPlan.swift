/// So many hours of a supply that serve a commitment.
public struct Allocation: Sendable, Hashable {
  /// The supply.
  public var supply: String
  /// The commitment.
  public var commitment: String
  /// How many; never none.
  public var hours: Hours

  /// An allocation from its parts.
  public init(supply: String, commitment: String, hours: Hours) {
    self.supply = supply
    self.commitment = commitment
    self.hours = hours
  }
}

/// The best allocation of a case, with the certificate that proves it.
///
/// The objective, level by level: hours of commitments covered by their own supplies; then penalty avoided, hours
/// covered and earliest deadlines (or, in the order `deadline`, earliest deadlines, penalty avoided, hours covered);
/// then as few lines as a simple search finds. The last level is not part of the proof. Equal cases give equal plans,
/// in whatever order supplies and commitments are listed: ties go to the smaller name.
public struct PoolingPlan: Sendable, Equatable {
  /// Hours of a supply that stay, or hours that stay missing to a commitment.
  public struct Rest: Sendable, Hashable {
    /// The supply or the commitment.
    public let id: String
    /// How many; never none.
    public let hours: Hours
  }

  /// The case.
  public let given: PoolingCase
  /// Who serves whom, by month and name of the supply, then by name of the commitment.
  public let allocations: [Allocation]
  /// What proves it.
  public let certificate: PoolingCertificate

  /// Finds the best allocation.
  public init(_ given: PoolingCase) {
    self.given = given
    var solver = PoolingSolver(given)
    let (lines, certificate) = solver.solve()
    self.certificate = certificate
    allocations =
      lines.sorted { a, b in
        let (first, second) = (given.supplies[a.supply], given.supplies[b.supply])
        if first.month != second.month { return first.month < second.month }
        if first.id != second.id { return first.id < second.id }
        return given.commitments[a.commitment].id < given.commitments[b.commitment].id
      }
      .map { line in
        Allocation(
          supply: given.supplies[line.supply].id, commitment: given.commitments[line.commitment].id,
          hours: Hours(hundredths: line.hundredths))
      }
  }

  /// A plan as someone else gives it, right or wrong: ``findings()`` tells.
  public init(_ given: PoolingCase, allocations: [Allocation], certificate: PoolingCertificate) {
    self.given = given
    self.allocations = allocations
    self.certificate = certificate
  }

  /// Why the certificate does not prove the allocation; nothing where it does.
  public func findings() -> [Finding] { certificate.findings(against: given, allocations) }

  // MARK: - Totals

  /// The hours that each commitment receives, by name.
  public var coverage: [String: Hours] {
    allocations.reduce(into: [:]) {
      $0[$1.commitment, default: Hours(0)] = $0[$1.commitment, default: Hours(0)] + $1.hours
    }
  }

  /// The hours covered.
  public var covered: Hours { allocations.reduce(Hours(0)) { $0 + $1.hours } }

  /// The hours that serve the commitment that they were worked for.
  public var coveredByOwn: Hours {
    let own = Dictionary(given.supplies.map { ($0.id, $0.own) }) { first, _ in first }
    return allocations.filter { own[$0.supply] == $0.commitment }.reduce(Hours(0)) { $0 + $1.hours }
  }

  /// The penalty that the hours covered avoid, exactly; nil where it passes what amounts hold.
  public var penaltyAvoided: Euros? {
    let coverage = coverage
    return given.commitments.reduce(Quotient(0)) { sum, commitment in
      sum + Quotient(coverage[commitment.id] ?? Hours(0)) * Quotient(commitment.penaltyPerHour)
    }.euros()
  }

  /// The hours that serve nobody, supply by supply.
  public var unallocated: [Rest] {
    let used: [String: Hours] = allocations.reduce(into: [:]) {
      $0[$1.supply, default: Hours(0)] = $0[$1.supply, default: Hours(0)] + $1.hours
    }
    return given.supplies.compactMap { supply in
      let rest = supply.hours - (used[supply.id] ?? Hours(0))
      return rest > Hours(0) ? Rest(id: supply.id, hours: rest) : nil
    }
  }

  /// The hours that stay missing, commitment by commitment.
  public var uncovered: [Rest] {
    let coverage = coverage
    return given.commitments.compactMap { commitment in
      let rest = commitment.missing - (coverage[commitment.id] ?? Hours(0))
      return rest > Hours(0) ? Rest(id: commitment.id, hours: rest) : nil
    }
  }

  /// The supplies whose hours serve more than one commitment.
  public var splits: Int {
    Dictionary(grouping: allocations, by: \.supply).values.count { $0.count > 1 }
  }
}
