/// Finds the best allocation of a case, and the prices that prove it.
///
/// Own coverage comes first and is easily known: each commitment receives the smaller of what it misses and what its
/// own supplies hold. What remains is a flow from pools to commitments (``PoolingNetwork``).
struct PoolingSolver {
  let given: PoolingCase
  /// The place of each supply's own commitment, where the supply may serve it.
  let own: [Int?]
  /// What an hour of each commitment is worth, own coverage aside.
  let worth: [PoolingPrice]
  private let doors: PoolingDoors
  /// The places of the commitments, the most worthy first.
  private let ranking: [Int]
  private var supplyPrices: [PoolingPrice]
  private var commitmentPrices: [PoolingPrice]
  private var lines: [PoolingLine] = []

  init(_ given: PoolingCase) {
    self.given = given
    let places = Dictionary(given.commitments.indices.map { (given.commitments[$0].id, $0) }) { first, _ in first }
    own = given.supplies.map { supply in
      guard let place = supply.own.flatMap({ places[$0] }) else { return nil }
      return PoolingSolver.mayServeOwn(supply, given.commitments[place]) ? place : nil
    }
    let deadlines = Set(given.commitments.map(\.to)).sorted(by: >)
    let ranks = Dictionary(uniqueKeysWithValues: zip(deadlines, Int64(1)...))
    let worth = given.commitments.map { commitment in
      PoolingPrice(
        penalty: commitment.penaltyPerHour.cents, hours: 1, deadline: ranks[commitment.to] ?? 0)
    }
    self.worth = worth
    ranking = given.commitments.indices.sorted { a, b in
      if worth[a] != worth[b] { return worth[a].isWorthMore(than: worth[b], in: given.order) }
      return given.commitments[a].id < given.commitments[b].id
    }
    doors = PoolingDoors(given)
    supplyPrices = Array(repeating: .zero, count: given.supplies.count)
    commitmentPrices = Array(repeating: .zero, count: given.commitments.count)
  }

  /// Same company, month inside the period: a supply may always serve its own commitment then.
  static func mayServeOwn(_ supply: PoolingSupply, _ commitment: PoolingCommitment) -> Bool {
    supply.company == commitment.company && commitment.from <= supply.month && supply.month <= commitment.to
  }

  /// The lines of the best allocation and its proof.
  mutating func solve() -> (lines: [PoolingLine], certificate: PoolingCertificate) {
    var places = Array(repeating: 0, count: given.commitments.count)
    for (place, commitment) in ranking.enumerated() { places[commitment] = place }
    for part in PoolingParts.of(given, own: own) {
      let supplies = part.supplies.sorted { a, b in
        let (a, b) = (given.supplies[a], given.supplies[b])
        return a.month != b.month ? a.month < b.month : a.id < b.id
      }
      solve(supplies, part.commitments.sorted { places[$0] < places[$1] })
    }
    let certificate = PoolingCertificate(
      order: given.order,
      supplies: zip(given.supplies, supplyPrices).map { .init(id: $0.id, price: $1) },
      commitments: zip(given.commitments, commitmentPrices).map { .init(id: $0.id, price: $1) })
    return (lines, certificate)
  }

  private mutating func solve(_ supplies: [Int], _ commitments: [Int]) {
    var sharing = PoolingSharing(self, doors, supplies, commitments)
    var network = sharing.network()
    for (place, commitment) in commitments.enumerated() {
      guard let demand = sharing.demand(of: commitment) else { continue }
      network.serve(sharing.node(of: commitment), demand, place: place)
    }
    // What one more hour at a node would bring: the worth of the commitment that closed it, nothing while it is open.
    func value(_ node: Int?) -> PoolingPrice {
      guard let place = node.flatMap({ network.closedBy[$0] }) else { return .zero }
      return worth[commitments[place]]
    }
    for commitment in commitments {
      let brought = value(sharing.node(of: commitment))
      let price = worth[commitment] - brought
      commitmentPrices[commitment] = sharing.demand(of: commitment) == nil ? price + .ownHour : price
    }
    for supply in supplies {
      let outside = value(sharing.pool(of: supply))
      guard let own = own[supply] else {
        supplyPrices[supply] = outside
        continue
      }
      let inside = value(sharing.node(of: own))
      if sharing.demand(of: own) == nil {
        supplyPrices[supply] = outside.isWorthMore(than: inside, in: given.order) ? outside : inside
      } else {
        supplyPrices[supply] = inside + .ownHour
      }
    }
    lines += sharing.lines(network)
  }
}
