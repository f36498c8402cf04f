/// What one buyer reads of a pooled allocation: its own share, and no other unless the agreement shows it.
public struct PoolingView: Sendable, Equatable {
  /// A commitment as the buyer sees it.
  public struct Share: Sendable, Equatable {
    /// The commitment.
    public let commitment: String
    /// The hours that it missed.
    public let missing: Hours
    /// The hours that it receives.
    public let covered: Hours
    /// Of these, the hours worked for another commitment or for none.
    public let pooled: Hours
    /// Whether it is this buyer's own.
    public let isOwn: Bool
  }

  /// The buyer.
  public let buyer: String
  /// What it sees, in the order of the case.
  public let shares: [Share]
}

extension PoolingPlan {
  /// One view a buyer named by a commitment, in alphabetical order; supplies, people and other buyers are not told.
  public var views: [PoolingView] {
    let coverage = coverage
    let own = Dictionary(given.supplies.map { ($0.id, $0.own) }) { first, _ in first }
    var pooled: [String: Hours] = [:]
    for line in allocations where own[line.supply] != line.commitment {
      pooled[line.commitment] = (pooled[line.commitment] ?? Hours(0)) + line.hours
    }
    return Set(given.commitments.compactMap(\.buyer)).sorted().map { buyer in
      let wide = (given.agreements ?? []).filter { agreement in
        agreement.parties.contains { $0.buyer == buyer && $0.consents && $0.sees == .whole }
      }
      let seen = given.commitments.filter { commitment in
        commitment.buyer == buyer || wide.contains { $0.holds(commitment) }
      }
      return PoolingView(
        buyer: buyer,
        shares: seen.map { commitment in
          PoolingView.Share(
            commitment: commitment.id, missing: commitment.missing, covered: coverage[commitment.id] ?? Hours(0),
            pooled: pooled[commitment.id] ?? Hours(0), isOwn: commitment.buyer == buyer)
        })
    }
  }
}
