public import Clauses
import Records

/// What a list of spotting is asked for, by a page, an export or the command line.
public struct SpottingFilter: Sendable, Equatable {
  /// Whether a social consideration is declared.
  public enum Consideration: String, Sendable, CaseIterable { case declared, none, unstated }

  /// The four criteria.
  public enum Criterion: String, Sendable, CaseIterable {
    case duration, amount, nature, people

    /// Its name on pages.
    public var french: String {
      switch self {
      case .duration: "Durée"
      case .amount: "Montant"
      case .nature: "Nature"
      case .people: "Publics"
      }
    }
  }

  /// How a list is ordered.
  public enum Order: String, Sendable, CaseIterable {
    /// The most promising first.
    case priority
    /// The soonest end first.
    case end
    /// The greatest amount first.
    case amount
  }

  /// Contracts or concessions only; nil: both.
  public var kind: AwardNotice.Kind?
  /// Where they are performed; nil: anywhere, unresolved places included.
  public var departement: DepartementCode?
  /// A SIRET, a SIREN or words of the buyer's name.
  public var buyer: String?
  /// The first two to eight digits of the CPV code.
  public var cpv: String?
  /// Least amount before tax, itself included; unknown amounts are left out.
  public var amountFrom: Euros?
  /// Greatest amount before tax, itself included; unknown amounts are left out.
  public var amountTo: Euros?
  /// First month of the expected end; unknown ends are left out.
  public var from: Month?
  /// Last month of the expected end, itself included; unknown ends are left out.
  public var to: Month?
  /// What they say of social considerations; nil: anything.
  public var consideration: Consideration?
  /// Criteria that must be met.
  public var criteria: Set<Criterion> = []
  /// Words that the object, the buyer or a holder must hold.
  public var text: String?

  /// A filter that lets every contract through.
  public init() {}

  /// The contracts that come back soon: those that end from the month of a day on, over so many months.
  public static func comingBack(from day: Day, months: Int) -> SpottingFilter {
    var filter = SpottingFilter()
    filter.from = day.month
    filter.to = day.month.adding(months - 1)
    return filter
  }

  /// The contracts that come back soon, over the months that the reference figures give.
  public static func comingBack(in world: World) throws -> SpottingFilter {
    let months = try world.figures.counts.figure(.windowDefaultMonths, on: world.today()).value
    return comingBack(from: world.today(), months: months)
  }

  /// Whether nothing is asked.
  public var isEmpty: Bool { self == SpottingFilter() }

  var query: SpottingQuery {
    var query = SpottingQuery()
    query.kind = kind
    query.departement = departement
    query.buyer = buyer
    query.cpv = cpv
    query.amountFrom = amountFrom
    query.amountTo = amountTo
    query.from = from
    query.to = to
    query.consideration = consideration.flatMap { SpottingQuery.Consideration(rawValue: $0.rawValue) }
    for (bit, criterion) in Criterion.allCases.enumerated() where criteria.contains(criterion) {
      query.criteria |= 1 << bit
    }
    query.text = text
    return query
  }
}

extension SpottingFilter.Order {
  var stored: SpottingQuery.Order { SpottingQuery.Order(rawValue: rawValue) ?? .priority }
}
