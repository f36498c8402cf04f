extension PoolingCertificate {
  /// Every reason why this certificate does not prove that an allocation of a case is best; none where it proves it.
  ///
  /// Shares nothing with the solver but the values it reads. Checked: each line is permitted and positive; no supply
  /// gives more than it has, no commitment receives more than it misses; every supply and commitment has one price, not
  /// negative; on every permitted pair the two prices reach the worth of an hour there, and exactly where hours go; a
  /// price above zero stands only where nothing is left. These are the conditions of optimality of linear programming,
  /// which hold as well for worths compared level by level. Time grows with the lines, the supplies, and the pairs of
  /// one month and one commitment.
  public func findings(against given: PoolingCase, _ allocations: [Allocation]) -> [Finding] {
    var check = PoolingVerification(given)
    guard order == given.order else {
      return [
        Finding(
          .fault, "certificateOfAnotherOrder",
          "Le certificat est établi dans un autre ordre que celui de la demande.", place: "certificate")
      ]
    }
    guard check.read(supplies, commitments) else { return check.findings }
    check.read(allocations)
    check.pairs()
    check.rests()
    return check.findings
  }
}

/// The checks of a certificate, one after another.
private struct PoolingVerification {
  /// A worth or a price, the most important level first.
  private struct Levels: Comparable {
    var first: Int128 = 0
    var second: Int128 = 0
    var third: Int128 = 0
    var fourth: Int128 = 0

    static func < (a: Levels, b: Levels) -> Bool {
      if a.first != b.first { return a.first < b.first }
      if a.second != b.second { return a.second < b.second }
      return a.third != b.third ? a.third < b.third : a.fourth < b.fourth
    }
    static func + (a: Levels, b: Levels) -> Levels { a.adding(b, 1) }
    static func - (a: Levels, b: Levels) -> Levels { a.adding(b, -1) }

    private func adding(_ other: Levels, _ sign: Int128) -> Levels {
      var sum = self
      sum.first += sign * other.first
      sum.second += sign * other.second
      sum.third += sign * other.third
      sum.fourth += sign * other.fourth
      return sum
    }

    init(own: Int128, penalty: Int128, hours: Int128, deadline: Int128, _ order: PoolingOrder) {
      first = own
      switch order {
      case .penalty: (second, third, fourth) = (penalty, hours, deadline)
      case .deadline: (second, third, fourth) = (deadline, penalty, hours)
      }
    }
    init() {}
  }

  /// What decides which other commitments a supply may serve.
  private struct Kind: Hashable {
    let company: String
    let area: String
    let month: Month
    let policy: String?
    let ownBuyer: String?
    let hasOwn: Bool
  }

  private let given: PoolingCase
  private var supplyOfID: [String: Int] = [:]
  private var commitmentOfID: [String: Int] = [:]
  private var worth: [Levels] = []
  private var supplyPrices: [Levels] = []
  private var commitmentPrices: [Levels] = []
  private var supplyRest: [Int128] = []
  private var missingRest: [Int128] = []
  private(set) var findings: [Finding] = []

  init(_ given: PoolingCase) {
    self.given = given
    for (index, supply) in given.supplies.enumerated() { supplyOfID[supply.id] = index }
    for (index, commitment) in given.commitments.enumerated() { commitmentOfID[commitment.id] = index }
    supplyRest = given.supplies.map { Int128($0.hours.hundredths) }
    missingRest = given.commitments.map { Int128($0.missing.hundredths) }
    // The rank of a deadline: how many different deadlines come no earlier.
    let later = Array(Set(given.commitments.map(\.to))).sorted()
    worth = given.commitments.map { commitment in
      let rank = later.count - (later.firstIndex(of: commitment.to) ?? 0)
      return Levels(
        own: 0, penalty: Int128(commitment.penaltyPerHour.cents), hours: 1, deadline: Int128(rank), given.order)
    }
  }

  private mutating func refuse(_ code: String, _ sentence: String, _ place: String) {
    findings.append(Finding(.fault, code, sentence, place: place))
  }

  // MARK: - Reading

  mutating func read(
    _ supplies: [PoolingCertificate.Priced], _ commitments: [PoolingCertificate.Priced]
  ) -> Bool {
    supplyPrices = prices(supplies, supplyOfID, "certificate/supplies")
    commitmentPrices = prices(commitments, commitmentOfID, "certificate/commitments")
    return findings.isEmpty
  }

  private mutating func prices(
    _ priced: [PoolingCertificate.Priced], _ places: [String: Int], _ list: String
  ) -> [Levels] {
    var found: [Levels?] = Array(repeating: nil, count: places.count)
    for entry in priced {
      guard let place = places[entry.id], found[place] == nil else {
        refuse(
          "unknownPrice", "Ce prix ne correspond à rien dans la demande, ou s’y trouve déjà.", "\(list)/\(entry.id)")
        continue
      }
      let price = Levels(
        own: Int128(entry.price.own), penalty: Int128(entry.price.penalty), hours: Int128(entry.price.hours),
        deadline: Int128(entry.price.deadline), given.order)
      if price < Levels() { refuse("negativePrice", "Ce prix est négatif.", "\(list)/\(entry.id)") }
      found[place] = price
    }
    for (id, place) in places.sorted(by: { $0.value < $1.value }) where found[place] == nil {
      refuse("missingPrice", "Ce prix manque au certificat.", "\(list)/\(id)")
    }
    return found.map { $0 ?? Levels() }
  }

  // MARK: - Lines

  mutating func read(_ allocations: [Allocation]) {
    for (number, line) in allocations.enumerated() {
      let place = "allocations/\(number)"
      guard let supply = supplyOfID[line.supply], let commitment = commitmentOfID[line.commitment] else {
        refuse("unknownLine", "Cette ligne nomme des heures ou un engagement inconnus de la demande.", place)
        continue
      }
      guard line.hours.hundredths > 0 else {
        refuse("emptyLine", "Cette ligne ne porte aucune heure.", place)
        continue
      }
      supplyRest[supply] -= Int128(line.hours.hundredths)
      missingRest[commitment] -= Int128(line.hours.hundredths)
      guard let reached = hourWorth(supply, commitment) else {
        refuse("notPermitted", "Ces heures ne peuvent pas aller à cet engagement.", place)
        continue
      }
      if supplyPrices[supply] + commitmentPrices[commitment] != reached {
        refuse("wrongPrice", "Les prix ne valent pas exactement l’heure affectée.", place)
      }
    }
    for (index, rest) in supplyRest.enumerated() where rest < 0 {
      refuse("hoursUsedTwice", "Plus d’heures affectées que d’heures comptabilisées.", "supplies/\(index)")
    }
    for (index, rest) in missingRest.enumerated() where rest < 0 {
      refuse("moreThanMissing", "Plus d’heures affectées que d’heures manquantes.", "commitments/\(index)")
    }
  }

  /// What an hour of a supply is worth at a commitment; nil where it may not go there.
  private func hourWorth(_ supply: Int, _ commitment: Int) -> Levels? {
    let (from, to) = (given.supplies[supply], given.commitments[commitment])
    if from.own == to.id {
      guard from.company == to.company, to.from <= from.month, from.month <= to.to else { return nil }
      return worth[commitment] + Levels(own: 1, penalty: 0, hours: 0, deadline: 0, given.order)
    }
    return mayCross(kind(from), to) ? worth[commitment] : nil
  }

  private func kind(_ supply: PoolingSupply) -> Kind {
    let own = supply.own.flatMap { commitmentOfID[$0] }.map { given.commitments[$0] }
    return Kind(
      company: supply.company, area: supply.area, month: supply.month, policy: supply.policy, ownBuyer: own?.buyer,
      hasOwn: own != nil)
  }

  /// Same company and area, month inside the period, pooling accepted; then one agreement that lets the hours out and
  /// in, or without agreements no two policies that differ.
  private func mayCross(_ kind: Kind, _ to: PoolingCommitment) -> Bool {
    guard kind.company == to.company, kind.area == to.area, to.from <= kind.month, kind.month <= to.to,
      to.acceptsPooling
    else { return false }
    guard let agreements = given.agreements else {
      return kind.policy == nil || to.policy == nil || kind.policy == to.policy
    }
    return agreements.contains { agreement in
      let signed = agreement.parties.filter(\.consents).map(\.buyer)
      guard let policy = agreement.policy, policy == kind.policy, let buyer = to.buyer, signed.contains(buyer),
        agreement.company == to.company, agreement.area == to.area, agreement.from <= kind.month,
        kind.month <= agreement.to, agreement.commitments?.contains(to.id) ?? true
      else { return false }
      return !kind.hasOwn || kind.ownBuyer.map { signed.contains($0) } ?? false
    }
  }

  // MARK: - Prices against worths

  /// On every permitted pair, the prices must reach the worth of an hour.
  mutating func pairs() {
    var ofCompany: [String: [Int]] = [:]
    for (index, commitment) in given.commitments.enumerated() {
      ofCompany[commitment.company, default: []].append(index)
    }
    var least: [Kind: Levels] = [:]
    for (index, supply) in given.supplies.enumerated() {
      let place = "certificate/supplies/\(supply.id)"
      if let own = supply.own.flatMap({ commitmentOfID[$0] }), let reached = hourWorth(index, own),
        supplyPrices[index] + commitmentPrices[own] < reached
      {
        refuse("priceTooLow", "Une heure vaudrait plus que ce prix à son propre engagement.", place)
      }
      let kind = kind(supply)
      let need: Levels
      if let known = least[kind] {
        need = known
      } else {
        // A supply's own commitment may be met here too: its worth without own coverage asks for less than above.
        let open = (ofCompany[kind.company] ?? []).filter { mayCross(kind, given.commitments[$0]) }
        need = open.map { worth[$0] - commitmentPrices[$0] }.max() ?? Levels()
        least[kind] = need
      }
      if supplyPrices[index] < need {
        refuse("priceTooLow", "Une heure vaudrait plus que ce prix à un autre engagement.", place)
      }
    }
  }

  /// A price above zero stands only where no hour is left and none is missing.
  mutating func rests() {
    for (index, supply) in given.supplies.enumerated() where supplyRest[index] > 0 && supplyPrices[index] > Levels() {
      refuse(
        "hoursLeft", "Des heures restent alors qu’elles auraient encore de la valeur.",
        "certificate/supplies/\(supply.id)")
    }
    for (index, commitment) in given.commitments.enumerated()
    where missingRest[index] > 0 && commitmentPrices[index] > Levels() {
      refuse(
        "hoursMissing", "Des heures manquent alors que l’engagement est donné pour couvert.",
        "certificate/commitments/\(commitment.id)")
    }
  }
}
