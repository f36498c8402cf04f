/// Companies that perform a lot together, and how they answer for its hours.
public struct Consortium: Sendable, Equatable {
  /// How members answer for the debt of hours.
  public enum Debt: String, Sendable, CaseIterable {
    /// The clause is divided: each member answers for its own part.
    case several
    /// The clause is not divided: every member answers for the whole.
    case joint
  }

  /// By what a divided debt is split.
  public enum Split: String, Sendable, CaseIterable {
    /// The share that the act of engagement gives each member.
    case share
    /// The amount of each member's part.
    case amount
    /// What each member has invoiced so far.
    case invoices

    /// The split as users read it.
    public var french: String {
      switch self {
      case .share: "d’après les parts de l’acte d’engagement"
      case .amount: "d’après le montant de la part de chacun"
      case .invoices: "d’après ce que chacun a facturé"
      }
    }
  }

  /// A member.
  public struct Member: Sendable, Equatable {
    /// Its name, once in the consortium.
    public var name: String
    /// Its share of the hours; nil where the act gives none.
    public var share: Percent?
    /// The amount of its part before tax; nil where not known.
    public var amount: Euros?

    /// A member from its parts.
    public init(name: String, share: Percent? = nil, amount: Euros? = nil) {
      self.name = name
      self.share = share
      self.amount = amount
    }
  }

  /// How members answer.
  public var debt: Debt
  /// By what a divided debt is split.
  public var split: Split
  /// The members, in order.
  public var members: [Member]
  /// The member that speaks for all (mandataire); nil where not named.
  public var lead: String?

  /// A consortium from its parts.
  public init(debt: Debt, split: Split = .share, members: [Member], lead: String? = nil) {
    self.debt = debt
    self.split = split
    self.members = members
    self.lead = lead
  }

  /// Each member's part of hours due, adding up exactly; nil where nothing tells the parts.
  func parts(of due: Hours, invoices: [FrameworkHours.Amount], until day: Day) -> [Hours]? {
    let weights: [Int64] = members.map { member in
      switch split {
      case .share: Int64(member.share?.basisPoints ?? 0)
      case .amount: member.amount?.cents ?? 0
      case .invoices:
        max(invoices.filter { $0.member == member.name && $0.day <= day }.reduce(0) { $0 + $1.amount.cents }, 0)
      }
    }
    return Apportionment.parts(of: due, weights: weights)
  }
}
