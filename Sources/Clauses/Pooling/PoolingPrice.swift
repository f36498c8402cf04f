/// A value at each level of the objective: what one more hour is worth, or what an allocation reaches in all.
///
/// Levels are never added to one another: two prices are compared level by level, in the order that the case asks for.
/// So whole numbers stay small, and no weight has to be chosen that makes one level outweigh the next.
public struct PoolingPrice: Sendable, Hashable {
  /// Hours covered by the commitment's own supplies.
  public var own: Int64
  /// Penalty in cents.
  public var penalty: Int64
  /// Hours covered.
  public var hours: Int64
  /// Hours times the rank of their deadline: 1 for the latest deadline of the case, one more for each earlier one.
  public var deadline: Int64

  /// A price from its levels.
  public init(own: Int64 = 0, penalty: Int64 = 0, hours: Int64 = 0, deadline: Int64 = 0) {
    self.own = own
    self.penalty = penalty
    self.hours = hours
    self.deadline = deadline
  }

  /// Nothing at any level.
  public static let zero = PoolingPrice()
  /// One hour of own coverage.
  static let ownHour = PoolingPrice(own: 1)

  /// The sum, level by level; wraps beyond what the levels hold, which prices of a solved case never come near.
  static func + (a: PoolingPrice, b: PoolingPrice) -> PoolingPrice {
    PoolingPrice(
      own: a.own &+ b.own, penalty: a.penalty &+ b.penalty, hours: a.hours &+ b.hours,
      deadline: a.deadline &+ b.deadline)
  }
  /// The difference, level by level.
  static func - (a: PoolingPrice, b: PoolingPrice) -> PoolingPrice {
    PoolingPrice(
      own: a.own &- b.own, penalty: a.penalty &- b.penalty, hours: a.hours &- b.hours,
      deadline: a.deadline &- b.deadline)
  }

  /// The levels, the most important first.
  public func levels(in order: PoolingOrder) -> [Int64] {
    switch order {
    case .penalty: [own, penalty, hours, deadline]
    case .deadline: [own, deadline, penalty, hours]
    }
  }

  /// Whether it is worth more than another, the levels read in an order.
  public func isWorthMore(than other: PoolingPrice, in order: PoolingOrder) -> Bool {
    other.levels(in: order).lexicographicallyPrecedes(levels(in: order))
  }
}

/// Prices that prove an allocation: nothing does better on own coverage, penalty, hours and deadlines.
///
/// One price for an hour of each supply and one for an hour missing to each commitment (the dual of the transportation
/// problem, in whole numbers, level by level). ``findings(against:_:)`` checks them without solving anything.
public struct PoolingCertificate: Sendable, Hashable {
  /// The price of an hour of something named.
  public struct Priced: Sendable, Hashable {
    /// The supply or the commitment.
    public var id: String
    /// What one more hour would be worth.
    public var price: PoolingPrice

    /// A name and a price.
    public init(id: String, price: PoolingPrice) {
      self.id = id
      self.price = price
    }
  }

  /// The order in which levels are compared.
  public var order: PoolingOrder
  /// One price a supply.
  public var supplies: [Priced]
  /// One price a commitment.
  public var commitments: [Priced]

  /// A certificate from its prices.
  public init(order: PoolingOrder, supplies: [Priced], commitments: [Priced]) {
    self.order = order
    self.supplies = supplies
    self.commitments = commitments
  }
}
