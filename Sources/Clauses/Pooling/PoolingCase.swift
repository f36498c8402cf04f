/// Credited hours of one company in one month, waiting to be allocated.
///
/// They were counted once, under one policy; an hour of a supply is allocated at most once.
public struct PoolingSupply: Sendable, Hashable {
  /// Its stable name.
  public var id: String
  /// The company that employs.
  public var company: String
  /// The employment area in which the hours were worked.
  public var area: String
  /// The month in which they were worked.
  public var month: Month
  /// How many, never negative.
  public var hours: Hours
  /// The commitment that they were worked for; nil where there is none.
  public var own: String?
  /// Whose hours they are, under a pseudonym; never read by the allocation.
  public var person: String?
  /// The counting policy under which they were credited; nil where it is not told.
  public var policy: String?

  /// A supply from its parts.
  public init(
    id: String, company: String, area: String, month: Month, hours: Hours, own: String? = nil, person: String? = nil,
    policy: String? = nil
  ) {
    self.id = id
    self.company = company
    self.area = area
    self.month = month
    self.hours = hours
    self.own = own
    self.person = person
    self.policy = policy
  }
}

/// A commitment that still misses hours.
public struct PoolingCommitment: Sendable, Hashable {
  /// Its stable name.
  public var id: String
  /// The company that owes.
  public var company: String
  /// The employment area of its contract.
  public var area: String
  /// The first month whose hours count for it.
  public var from: Month
  /// The last month whose hours count for it; also its deadline.
  public var to: Month
  /// The hours that it misses, never negative.
  public var missing: Hours
  /// Whether its contract foresees pooling: other hours than its own may then serve it.
  public var acceptsPooling: Bool
  /// The penalty for each missing hour; zero where there is none.
  public var penaltyPerHour: Euros
  /// Its buyer; needed under an agreement.
  public var buyer: String?
  /// The counting policy of its contract; nil where it is not told.
  public var policy: String?

  /// A commitment from its parts.
  public init(
    id: String, company: String, area: String, from: Month, to: Month, missing: Hours, acceptsPooling: Bool,
    penaltyPerHour: Euros = Euros(0), buyer: String? = nil, policy: String? = nil
  ) {
    self.id = id
    self.company = company
    self.area = area
    self.from = from
    self.to = to
    self.missing = missing
    self.acceptsPooling = acceptsPooling
    self.penaltyPerHour = penaltyPerHour
    self.buyer = buyer
    self.policy = policy
  }
}

/// What is maximised once every commitment has received what its own supplies can give it.
public enum PoolingOrder: String, Sendable, CaseIterable {
  /// Penalty avoided, then hours covered, then earliest deadlines.
  case penalty
  /// Earliest deadlines, then penalty avoided; hours covered follow by themselves.
  case deadline

  /// The order as users read it, to be put after « d’abord » or « puis ».
  public var french: String {
    switch self {
    case .penalty: "la pénalité évitée, puis les heures couvertes, puis les échéances les plus proches"
    case .deadline: "les échéances les plus proches, puis la pénalité évitée, puis les heures couvertes"
    }
  }
}

/// Supplies, commitments and agreements whose best allocation is asked for; checked when made.
public struct PoolingCase: Sendable, Equatable {
  /// Hours to allocate.
  public let supplies: [PoolingSupply]
  /// Commitments to cover.
  public let commitments: [PoolingCommitment]
  /// The agreements; nil where pooling rests on the acceptance of each commitment alone.
  public let agreements: [PoolingAgreement]?
  /// What is maximised after own coverage.
  public let order: PoolingOrder

  /// A case; throws every fault found: a name used twice, an own commitment that is not listed, negative hours or
  /// penalty, a period that ends before it begins, more hours in all than can be added up.
  public init(
    supplies: [PoolingSupply], commitments: [PoolingCommitment], agreements: [PoolingAgreement]? = nil,
    order: PoolingOrder = .penalty
  ) throws(PoolingFaults) {
    self.supplies = supplies
    self.commitments = commitments
    self.agreements = agreements
    self.order = order
    let faults = PoolingFaults.found(in: self)
    guard faults.isEmpty else { throw PoolingFaults(all: faults) }
  }
}
