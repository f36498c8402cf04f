/// The five legal ways to bring insertion into a contract.
///
/// What each one asks for, its articles and how hours become due stand in the figures (``PossibilityTerms``). Splitting
/// into lots and variants are levers, not possibilities.
public enum Possibility: String, Sendable, CaseIterable {
  /// A condition of performance fixed by the buyer.
  case execution
  /// An award criterion; what the winner offers becomes contractual.
  case criterion
  /// A minimum condition and a criterion on what is offered beyond it.
  case executionAndCriterion
  /// A contract or a lot reserved for some kinds of employers.
  case reserved
  /// A contract whose very object is insertion or qualification.
  case insertionService

  /// The possibility as users read it.
  public var french: String {
    switch self {
    case .execution: "condition d’exécution"
    case .criterion: "critère d’attribution"
    case .executionAndCriterion: "condition d’exécution et critère d’attribution"
    case .reserved: "marché ou lot réservé"
    case .insertionService: "marché dont l’objet est l’insertion"
    }
  }

  /// Whether a document that speaks of another possibility alone says a part of this one.
  public func includes(_ other: Possibility) -> Bool {
    self == .executionAndCriterion && (other == .execution || other == .criterion)
  }

  /// Whether offers are compared on insertion.
  public var hasCriterion: Bool { self == .criterion || self == .executionAndCriterion }
}

/// Whom a contract may be reserved for.
public enum ReservedFamily: String, Sendable, CaseIterable {
  /// Adapted companies and establishments of support through work (EA, ESAT).
  case adapted
  /// Structures of insertion by economic activity (SIAE).
  case inclusion
  /// Companies established in prison.
  case prison
  /// Companies of the social and solidarity economy, for certain services only.
  case socialEconomy

  /// The family as users read it.
  public var french: String {
    switch self {
    case .adapted: "entreprises adaptées et ESAT"
    case .inclusion: "structures d’insertion par l’activité économique"
    case .prison: "activités en établissement pénitentiaire"
    case .socialEconomy: "entreprises de l’économie sociale et solidaire"
    }
  }
}

/// How the hours of a possibility become due.
public enum HoursBasis: String, Sendable, CaseIterable {
  /// The buyer fixes them.
  case fixed
  /// The level that the winner offered.
  case offered
  /// The larger of the buyer's minimum and the winner's offer.
  case larger
  /// None unless the documents say some.
  case optional
  /// The service itself defines them.
  case service

  /// Whether hours are due without more being said.
  public var areDue: Bool { self != .optional }

  /// The basis as users read it.
  public var french: String {
    switch self {
    case .fixed: "heures fixées par l’acheteur"
    case .offered: "heures proposées par l’entreprise retenue, devenues contractuelles"
    case .larger: "le plus grand du minimum de l’acheteur et de l’offre retenue"
    case .optional: "heures facultatives\(colon) dues seulement si les pièces en fixent"
    case .service: "heures définies par la prestation elle-même"
    }
  }
}
