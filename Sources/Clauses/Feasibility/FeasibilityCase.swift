/// Whether the lots of a purchase lend themselves to a clause: a scored sheet with reasons, never a refusal.
public enum Feasibility {
  /// What is known of one lot.
  public struct Lot: Sendable, Equatable {
    /// How it is called, in French.
    public var label: String
    /// What is bought.
    public var cpv: CPVCode?
    /// Estimated amount before tax, renewals included.
    public var amount: Euros?
    /// Duration in months, renewals included.
    public var durationMonths: Int?
    /// The technicity that someone stated; nil to take that of the CPV code.
    public var technicity: Technicity?
    /// Inclusion structures where the contract is performed; nil where nobody counted them.
    public var structures: StructuresNearby?
    /// Inclusive suppliers that could do this very work; nil where nobody looked.
    public var suppliers: Int?
    /// Mean yearly turnover of those suppliers.
    public var meanTurnover: Euros?

    /// A lot of which only the name is known.
    public init(label: String) { self.label = label }
  }

  /// The four criteria, in the order of the sheet.
  public enum Criterion: String, Sendable, CaseIterable {
    case duration, amount, nature, people

    /// The criterion as users read it.
    public var french: String {
      switch self {
      case .duration: "Durée"
      case .amount: "Montant"
      case .nature: "Nature"
      case .people: "Publics"
      }
    }
  }

  /// What a score lets expect; the least favourable advises, it refuses nothing.
  public enum Level: String, Sendable, CaseIterable {
    /// Most criteria are met and none is missed.
    case favourable
    /// A clause is possible with arrangements.
    case possible
    /// A clause is hard as things stand.
    case difficult
    /// Too little is known.
    case toComplete

    /// The level in a French sentence.
    public var french: String {
      switch self {
      case .favourable: "Le lot se prête bien à une clause."
      case .possible: "Une clause est possible avec des aménagements."
      case .difficult: "Une clause est difficile en l’état\(colon) voyez les aménagements, ce n’est pas un refus."
      case .toComplete: "Trop peu d’éléments sont connus\(colon) complétez la fiche."
      }
    }
  }

  /// What a number of suppliers and a budget suggest.
  public enum SupplierAdvice: String, Sendable, CaseIterable {
    /// Reserving the whole contract can be considered.
    case reserveWhole
    /// Reserving one lot can be considered.
    case reserveLot
    /// A clause can rest on them.
    case clause
    /// Neither; which refuses nothing.
    case none

    /// The advice in a French sentence.
    public var french: String {
      switch self {
      case .reserveWhole: "Réserver tout le marché peut s’envisager."
      case .reserveLot: "Réserver un lot peut s’envisager."
      case .clause: "Une clause peut s’appuyer sur ces fournisseurs."
      case .none:
        "Trop peu de fournisseurs pour s’appuyer sur eux seuls\(colon) cherchez plus loin ou passez par l’embauche."
      }
    }
  }

  /// One lot assessed.
  public struct LotSheet: Sendable, Equatable {
    /// The lot.
    public let lot: Lot
    /// The answer to each criterion, in order.
    public let verdicts: [Criterion: Verdict]
    /// Points of the criteria that are known.
    public let score: Int
    /// The most points that those criteria could give.
    public let outOf: Int
    /// What it lets expect.
    public let level: Level
    /// What to do, in French sentences.
    public let advice: [String]
    /// Where people can begin; filled where technicity is high.
    public let waysIn: [String]
    /// Hours that a clause could give; nil where they cannot be estimated.
    public let hours: HoursRange?
    /// What the number of suppliers suggests; nil where it is not known.
    public let suppliers: SupplierAdvice?
    /// How it was reached.
    public let derivation: Derivation
  }

  /// All lots with their totals.
  public struct Sheet: Sendable, Equatable {
    /// The lots, in the order given.
    public let lots: [LotSheet]
    /// Amount of the lots whose amount is known.
    public let amount: Euros
    /// Hours of the lots that can be estimated, low, usual, high.
    public let hours: (low: Hours, usual: Hours, high: Hours)
    /// How many lots could not be estimated.
    public let unestimated: Int
    /// How to cut the purchase in lots, in French sentences.
    public let allotment: [String]
    /// How the whole was reached.
    public let derivation: Derivation

    /// Whether two sheets say the same.
    public static func == (a: Sheet, b: Sheet) -> Bool {
      a.lots == b.lots && a.amount == b.amount && a.hours == b.hours && a.unestimated == b.unestimated
        && a.allotment == b.allotment && a.derivation == b.derivation
    }
  }
}

extension FigureKey where Value == Int {
  /// Points of a criterion that is met.
  public static var feasibilityPointsYes: Self { .init("feasibility.points.yes") }
  /// Points of a criterion within reach.
  public static var feasibilityPointsProbable: Self { .init("feasibility.points.probable") }
  /// Suppliers above which the whole contract may be reserved.
  public static var reserveWholeOver: Self { .init("allotment.reserveWholeOver") }
  /// Suppliers above which a lot may be reserved.
  public static var reserveLotOver: Self { .init("allotment.reserveLotOver") }
  /// Suppliers above which a clause may rest on them.
  public static var clauseOver: Self { .init("allotment.clauseOver") }
}

extension FigureKey where Value == Percent {
  /// Share of the points from which a lot lends itself well.
  public static var feasibilityFavourable: Self { .init("feasibility.favourable") }
  /// Share of the points from which a clause is possible.
  public static var feasibilityPossible: Self { .init("feasibility.possible") }
  /// Share of the budget in the mean turnover under which suppliers would not depend on it too much.
  public static var supplierDependency: Self { .init("allotment.dependency") }
}

extension FigureKey where Value == Words {
  /// Ways in where technicity is high and the segment names none.
  public static var waysIn: Self { .init("feasibility.waysIn") }
}
