/// The written agreement under which the hours of one company may serve several commitments of an employment area.
///
/// Signed by the company, each buyer and the facilitator (sub-article x.1.3 of the general terms of 2021: same company,
/// same employment area, several contracts with a clause, asked for by the company and foreseen by the contract). It
/// names the **one** counting policy of all the hours that it shares; without one no hour crosses under it.
public struct PoolingAgreement: Sendable, Hashable {
  /// What a buyer may read of the pooled hours.
  public enum Sight: String, Sendable, CaseIterable {
    /// Its own commitments only; the default.
    case ownShare
    /// Every commitment that the agreement holds.
    case whole
  }

  /// A buyer named by the agreement.
  public struct Party: Sendable, Hashable {
    /// The buyer.
    public var buyer: String
    /// Whether it has signed; its commitments neither give nor take hours before.
    public var consents: Bool
    /// What it may read.
    public var sees: Sight

    /// A buyer with its consent and what it may read.
    public init(buyer: String, consents: Bool, sees: Sight = .ownShare) {
      self.buyer = buyer
      self.consents = consents
      self.sees = sees
    }
  }

  /// Its stable name.
  public var id: String
  /// The company whose hours it shares.
  public var company: String
  /// The employment area in which it holds.
  public var area: String
  /// The first month whose hours it shares.
  public var from: Month
  /// The last month whose hours it shares.
  public var to: Month
  /// The counting policy of all hours that it shares; nil where it names none, and then no hour crosses under it.
  public var policy: String?
  /// The buyers that it names.
  public var parties: [Party]
  /// The commitments that it holds; nil for all those of the buyers that consent.
  public var commitments: Set<String>?

  /// An agreement for all commitments of its buyers.
  public init(
    id: String, company: String, area: String, from: Month, to: Month, policy: String?, parties: [Party],
    commitments: Set<String>? = nil
  ) {
    self.id = id
    self.company = company
    self.area = area
    self.from = from
    self.to = to
    self.policy = policy
    self.parties = parties
    self.commitments = commitments
  }

  /// Whether a buyer is named and has signed.
  public func hasConsent(of buyer: String) -> Bool { parties.contains { $0.buyer == buyer && $0.consents } }

  /// How many calendar months it shares, both ends included.
  public var months: Int { Int(to.index) - Int(from.index) + 1 }

  /// Whether it lets hours reach a commitment: same company and area, a buyer that consents, listed where it lists.
  public func holds(_ commitment: PoolingCommitment) -> Bool {
    guard policy != nil, commitment.company == company, commitment.area == area, let buyer = commitment.buyer,
      hasConsent(of: buyer)
    else { return false }
    return commitments?.contains(commitment.id) ?? true
  }

  /// Whether it lets hours leave: same company, area and policy, a month of its period, and the consent of the buyer
  /// whose commitment they were worked for, when there is one.
  public func releases(_ supply: PoolingSupply, own: PoolingCommitment?) -> Bool {
    guard let policy, supply.policy == policy, supply.company == company, supply.area == area,
      from <= supply.month, supply.month <= to
    else { return false }
    guard let own else { return true }
    return own.buyer.map { hasConsent(of: $0) } ?? false
  }
}
